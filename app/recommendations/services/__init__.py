"""The use cases that write: noting and changing, saying where it stands, following, bringing evidence."""

from app.recommendations.services.checking import Written
from app.recommendations.services.following import (
    Seen,
    bring_evidence,
    follow,
    look,
    stop_following,
    take_evidence_back,
)
from app.recommendations.services.noting import ChangedMeanwhile, change, note, remove

__all__ = [
    "ChangedMeanwhile",
    "Seen",
    "Written",
    "bring_evidence",
    "change",
    "follow",
    "look",
    "note",
    "remove",
    "stop_following",
    "take_evidence_back",
]
