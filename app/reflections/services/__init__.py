"""The use cases that write reflections, and what is asked and decided about them; translating is of all originals."""

from app.originals.services import Tagged
from app.reflections.services.answering import answer_reflection
from app.reflections.services.asking import answer_consent, ask_consent
from app.reflections.services.quoting import Quoted
from app.reflections.services.readership import change_readers
from app.reflections.services.reporting import hide_reported, leave_reported, report_reflection
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
    "erase_reflection",
    "hide_reported",
    "hold_back",
    "leave_reported",
    "release",
    "report_reflection",
    "withdraw",
    "write_reflection",
]
