"""The use cases that write reflections and their translations."""

from app.reflections.services.readership import change_readers
from app.reflections.services.translating import (
    edit_translation,
    remove_translation,
    review_translation,
    translate,
)
from app.reflections.services.writing import (
    bring_back,
    edit_reflection,
    erase_reflection,
    withdraw,
    write_reflection,
)

__all__ = [
    "bring_back",
    "change_readers",
    "edit_reflection",
    "edit_translation",
    "erase_reflection",
    "remove_translation",
    "review_translation",
    "translate",
    "withdraw",
    "write_reflection",
]
