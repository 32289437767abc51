"""Tables of the co-learning programme: phases, tracks, learning sessions and other gatherings, facilitation,
attendance.

Names are name rows of the kinds `phase`, `track` and `session`. The time of a session is its moment and nothing else.
"""

from app.sessions.models.attendance import (
    Attendance,
    AttendanceClaim,
    AttendanceIntention,
    HeadCount,
    MeetingList,
)
from app.sessions.models.intake import (
    Application,
    ApplicationAnswer,
    ApplicationState,
    Intake,
    IntakeQuestion,
    QuestionKind,
)
from app.sessions.models.programme import (
    Phase,
    PhaseRegion,
    ProgrammeText,
    RamadanPlace,
    TextBlock,
    Track,
    TrackFacilitator,
    TrackMembership,
)
from app.sessions.models.sessions import AgendaItem, Gathering, LanguageMode, LearningSession, SessionLanguage

__all__ = [
    "AgendaItem",
    "Application",
    "ApplicationAnswer",
    "ApplicationState",
    "Attendance",
    "AttendanceClaim",
    "AttendanceIntention",
    "Gathering",
    "HeadCount",
    "Intake",
    "IntakeQuestion",
    "LanguageMode",
    "LearningSession",
    "MeetingList",
    "Phase",
    "PhaseRegion",
    "ProgrammeText",
    "QuestionKind",
    "RamadanPlace",
    "SessionLanguage",
    "TextBlock",
    "Track",
    "TrackFacilitator",
    "TrackMembership",
]
