"""The words of advocacy: what its codes are called (`labels`, `taking_part`), how its things are named (`naming`)."""

from app.advocacy.words.labels import (
    ANCHORS,
    CERTAINTIES,
    CLAIMS,
    GOALS,
    NOTES_ABOUT,
    NUMBERED,
    OCCURRENCE_KINDS,
    SPACE_KINDS,
    STEPS,
)
from app.advocacy.words.naming import (
    FOR_TEMPLATES,
    checked_on_words,
    city_name,
    goal_name,
    in_words,
    mode_name,
    occurrence_name,
    step_called,
    step_name,
)
from app.advocacy.words.taking_part import ACCESSES, LIMIT_STATUSES, MODES, STANDINGS

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
    "city_name",
    "goal_name",
    "in_words",
    "mode_name",
    "occurrence_name",
    "step_called",
    "step_name",
]
