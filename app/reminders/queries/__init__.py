"""Reading reminders: which rules hold, what is planned, what is sent next."""

from app.reminders.queries.coming import Coming, list_coming
from app.reminders.queries.deadlines import Standing, groups_by_id, standings_of
from app.reminders.queries.plans import choose_among, find_own_plan, rules_for, rules_in_force, rules_of

__all__ = [
    "Coming",
    "Standing",
    "choose_among",
    "find_own_plan",
    "groups_by_id",
    "list_coming",
    "rules_for",
    "rules_in_force",
    "rules_of",
    "standings_of",
]
