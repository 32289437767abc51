"""The use cases that write: proposing, opening windows, asking and reacting, speaking for an organisation, giving a
voice to another one, closing, amending, laying down, writing the outcome."""

from app.decisions.services.proposing import Plan, change_draft, propose
from app.decisions.services.proxies import give_proxy, revoke_proxy
from app.decisions.services.saying import answer, ask, react
from app.decisions.services.settling import amend, close_window, lay_down, record_outcome
from app.decisions.services.speaking import Speaking, give_voice, withdraw_objection
from app.decisions.services.windows import open_window, prolong_window
from app.decisions.texts import Words

__all__ = [
    "Plan",
    "Speaking",
    "Words",
    "amend",
    "answer",
    "ask",
    "change_draft",
    "close_window",
    "give_proxy",
    "give_voice",
    "lay_down",
    "open_window",
    "prolong_window",
    "propose",
    "react",
    "record_outcome",
    "revoke_proxy",
    "withdraw_objection",
]
