"""Reading the programme. `get_…` raises `NotFound`, `find_…` may be None, `list_…` many; all lists are batched."""

from app.sessions.queries.applications import (
    Queue,
    count_queues,
    eligible_options,
    find_last_application,
    find_open_application,
    list_applications_among,
    list_people_to_name,
    list_waiting,
    page_applications,
    position_of,
)
from app.sessions.queries.attendance import SheetRow, count_attendance, list_sheet
from app.sessions.queries.intake import get_question, list_questions, questions_by_id
from app.sessions.queries.members import (
    JoinOption,
    Roster,
    count_members,
    find_membership,
    language_needs,
    list_join_options,
    roster_of,
)
from app.sessions.queries.phases import Text, get_phase, list_phases, texts_of
from app.sessions.queries.sessions import (
    get_visible_session,
    list_next_sessions,
    list_sessions,
    list_sessions_of_tracks,
)
from app.sessions.queries.team import (
    facilitators_ever,
    find_people,
    get_facilitator,
    has_account,
    list_facilitators,
    regions_without_facilitator,
)
from app.sessions.queries.tracks import (
    TrackSummary,
    get_visible_track,
    list_my_facilitated,
    list_my_tracks,
    list_visible_tracks,
    summaries,
)

__all__ = [
    "JoinOption",
    "Queue",
    "Roster",
    "SheetRow",
    "Text",
    "TrackSummary",
    "count_attendance",
    "count_members",
    "count_queues",
    "eligible_options",
    "facilitators_ever",
    "find_last_application",
    "find_membership",
    "find_open_application",
    "find_people",
    "get_facilitator",
    "get_phase",
    "get_question",
    "get_visible_session",
    "get_visible_track",
    "has_account",
    "language_needs",
    "list_applications_among",
    "list_facilitators",
    "list_join_options",
    "list_my_facilitated",
    "list_my_tracks",
    "list_next_sessions",
    "list_people_to_name",
    "list_phases",
    "list_questions",
    "list_sessions",
    "list_sessions_of_tracks",
    "list_sheet",
    "list_visible_tracks",
    "list_waiting",
    "page_applications",
    "position_of",
    "questions_by_id",
    "regions_without_facilitator",
    "roster_of",
    "summaries",
    "texts_of",
]
