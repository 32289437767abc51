"""The use cases that write: proposing, carrying, the mission letter, agreements, and the state that follows (R-18)."""

from app.chantiers.services.accepting import accept_carrying
from app.chantiers.services.agreements import Agreed, come_in, end_agreement, record_agreement
from app.chantiers.services.carrying import (
    ask_carrier,
    decline_carrying,
    stop_carrying,
    withdraw_request,
)
from app.chantiers.services.letters import LetterWords, Named, sign_letter, write_letter
from app.chantiers.services.proposing import propose_chantier
from app.chantiers.services.reckoning import reckon

__all__ = [
    "Agreed",
    "LetterWords",
    "Named",
    "accept_carrying",
    "ask_carrier",
    "come_in",
    "decline_carrying",
    "end_agreement",
    "propose_chantier",
    "reckon",
    "record_agreement",
    "sign_letter",
    "stop_carrying",
    "withdraw_request",
    "write_letter",
]
