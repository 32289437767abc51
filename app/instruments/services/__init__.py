"""The use cases that write: offering, writing on, adding a language, describing, withdrawing."""

from app.instruments.services.checking import LONGEST_BODY, Tags, Words, check_goals, checked_line
from app.instruments.services.standing import describe, offer_again, withdraw
from app.instruments.services.writing import WrittenMeanwhile, add_language, offer, write_version

__all__ = [
    "LONGEST_BODY",
    "Tags",
    "Words",
    "WrittenMeanwhile",
    "add_language",
    "check_goals",
    "checked_line",
    "describe",
    "offer",
    "offer_again",
    "withdraw",
    "write_version",
]
