"""The use cases that write originals and their translations; those about the words are building blocks of kinds."""

from app.originals.passages import Tagged
from app.originals.services.locking import lock
from app.originals.services.offering import offer_languages
from app.originals.services.translating import (
    AlreadyTranslated,
    edit_translation,
    remove_translation,
    review_translation,
    translate,
)
from app.originals.services.writing import (
    Change,
    ChangedMeanwhile,
    begin,
    bring_back,
    empty_out,
    erase,
    withdraw,
    write_version,
)

__all__ = [
    "AlreadyTranslated",
    "Change",
    "ChangedMeanwhile",
    "Tagged",
    "begin",
    "bring_back",
    "edit_translation",
    "empty_out",
    "erase",
    "lock",
    "offer_languages",
    "remove_translation",
    "review_translation",
    "translate",
    "withdraw",
    "write_version",
]
