"""The use cases that write: starting a poll, saying it in another language, answering, moving its closing, laying it
down, closing it."""

from app.polls.services.answering import Given, answer, drop_answers, take_back
from app.polls.services.closing import close_poll, lay_down, move_closing
from app.polls.services.starting import Plan, start_poll
from app.polls.services.wording import Wording, say_in

__all__ = [
    "Given",
    "Plan",
    "Wording",
    "answer",
    "close_poll",
    "drop_answers",
    "lay_down",
    "move_closing",
    "say_in",
    "start_poll",
    "take_back",
]
