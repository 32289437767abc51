"""Tables of engagements: the plan, who leads and co-signs, its texts and signatures, who travels."""

from app.engagements.models.delegation import Delegate, PaperState, Part
from app.engagements.models.plans import (
    ENGAGEMENT,
    UNDER_WAY,
    Engagement,
    EngagementClaim,
    EngagementGoal,
    EngagementGroup,
    EngagementState,
    Result,
    Signatory,
    SignatoryState,
)
from app.engagements.models.texts import EngagementMaterial, EngagementText, SignOff

__all__ = [
    "ENGAGEMENT",
    "UNDER_WAY",
    "Delegate",
    "Engagement",
    "EngagementClaim",
    "EngagementGoal",
    "EngagementGroup",
    "EngagementMaterial",
    "EngagementState",
    "EngagementText",
    "PaperState",
    "Part",
    "Result",
    "SignOff",
    "Signatory",
    "SignatoryState",
]
