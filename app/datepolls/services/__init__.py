"""What people do with date polls."""

from app.datepolls.services.answering import answer, drop_answers
from app.datepolls.services.asking import FEWEST, LENGTHS, MOST, BadHour, Plan, ask, check_hours
from app.datepolls.services.choosing import HourIsPast, choose
from app.datepolls.services.closing import lay_down, move_closing
from app.datepolls.services.locking import AlreadyChosen, Closed, LaidDown, MeetsNoMore

__all__ = [
    "FEWEST",
    "LENGTHS",
    "MOST",
    "AlreadyChosen",
    "BadHour",
    "Closed",
    "HourIsPast",
    "LaidDown",
    "MeetsNoMore",
    "Plan",
    "answer",
    "ask",
    "check_hours",
    "choose",
    "drop_answers",
    "lay_down",
    "move_closing",
]
