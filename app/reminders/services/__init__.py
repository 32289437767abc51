"""What is done with reminders: plans of one's own, planning, sending, taking care of a deadline."""

from app.reminders.services.caring import acknowledge_deadline, escalate, list_unanswered, put_off_asking
from app.reminders.services.choosing import Chosen, choose_plan, go_back
from app.reminders.services.handing_back import hand_back, let_go_of
from app.reminders.services.planning import TURN, coming_moments, list_marked, mark, plan_marked, put_off, replan
from app.reminders.services.sending import let_go_of_missed, list_due, put_off_sending, send

__all__ = [
    "TURN",
    "Chosen",
    "acknowledge_deadline",
    "choose_plan",
    "coming_moments",
    "escalate",
    "go_back",
    "hand_back",
    "let_go_of",
    "let_go_of_missed",
    "list_due",
    "list_marked",
    "list_unanswered",
    "mark",
    "plan_marked",
    "put_off",
    "put_off_asking",
    "put_off_sending",
    "replan",
    "send",
]
