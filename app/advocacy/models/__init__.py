"""Tables of advocacy: spaces and how one takes part, dated occurrences and their steps, who follows, who is let in."""

from app.advocacy.models.catalogue import Fact
from app.advocacy.models.claims import Claim
from app.advocacy.models.occurrences import OCCURRENCE, STEP, Occurrence, OccurrenceGoal, ReviewedState, Step
from app.advocacy.models.spaces import (
    DEADLINES,
    MODE,
    RULE,
    SPACE,
    Access,
    AdvocacySpace,
    Anchor,
    CatalogueNote,
    ModeCode,
    NoteAbout,
    OccurrenceKind,
    ParticipationMode,
    SpaceGoal,
    SpaceKind,
    StepCode,
    StepRule,
    WordLimit,
)
from app.advocacy.models.taking_part import FollowedSpace, OrganisationAccess, Standing

__all__ = [
    "DEADLINES",
    "MODE",
    "OCCURRENCE",
    "RULE",
    "SPACE",
    "STEP",
    "Access",
    "AdvocacySpace",
    "Anchor",
    "CatalogueNote",
    "Claim",
    "Fact",
    "FollowedSpace",
    "ModeCode",
    "NoteAbout",
    "Occurrence",
    "OccurrenceGoal",
    "OccurrenceKind",
    "OrganisationAccess",
    "ParticipationMode",
    "ReviewedState",
    "SpaceGoal",
    "SpaceKind",
    "Standing",
    "Step",
    "StepCode",
    "StepRule",
    "WordLimit",
]
