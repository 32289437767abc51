"""The words of advocacy: what its codes are called (`labels`), how its things are named (`naming`)."""

from app.advocacy.words.labels import (
    ACCESSES,
    ANCHORS,
    CERTAINTIES,
    CLAIMS,
    GOALS,
    LIMIT_STATUSES,
    MODES,
    NOTES_ABOUT,
    NUMBERED,
    OCCURRENCE_KINDS,
    SPACE_KINDS,
    STANDINGS,
    STEPS,
)
from app.advocacy.words.naming import (
    FOR_TEMPLATES,
    checked_on_words,
    goal_name,
    in_words,
    mode_name,
    occurrence_name,
    step_name,
)

__all__ = [
    "ACCESSES",
    "ANCHORS",
    "CERTAINTIES",
    "CLAIMS",
    "FOR_TEMPLATES",
    "GOALS",
    "LIMIT_STATUSES",
    "MODES",
    "NOTES_ABOUT",
    "NUMBERED",
    "OCCURRENCE_KINDS",
    "SPACE_KINDS",
    "STANDINGS",
    "STEPS",
    "checked_on_words",
    "goal_name",
    "in_words",
    "mode_name",
    "occurrence_name",
    "step_name",
]
