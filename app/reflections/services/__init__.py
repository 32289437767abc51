"""The use cases that write reflections, their translations and what is asked and decided about them."""

from app.reflections.passages import Tagged
from app.reflections.services.answering import answer_reflection
from app.reflections.services.asking import answer_consent, ask_consent
from app.reflections.services.offering import offer_languages
from app.reflections.services.quoting import Quoted
from app.reflections.services.readership import change_readers
from app.reflections.services.reporting import hide_reported, leave_reported, report_reflection
from app.reflections.services.translating import (
    edit_translation,
    remove_translation,
    review_translation,
    translate,
)
from app.reflections.services.withholding import answer_appeal, ask_release, hold_back, release
from app.reflections.services.writing import (
    bring_back,
    edit_reflection,
    erase_reflection,
    withdraw,
    write_reflection,
)

__all__ = [
    "Quoted",
    "Tagged",
    "answer_appeal",
    "answer_consent",
    "answer_reflection",
    "ask_consent",
    "ask_release",
    "bring_back",
    "change_readers",
    "edit_reflection",
    "edit_translation",
    "erase_reflection",
    "hide_reported",
    "hold_back",
    "leave_reported",
    "offer_languages",
    "release",
    "remove_translation",
    "report_reflection",
    "review_translation",
    "translate",
    "withdraw",
    "write_reflection",
]
