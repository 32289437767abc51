"""What is asked about chantiers. What the actor cannot see is not there (`NotFound`)."""

from app.chantiers.queries.agreements import (
    find_agreement_for,
    get_visible_agreement,
    guests_of,
    list_agreements,
)
from app.chantiers.queries.carriers import (
    chantier_of,
    current_carriers,
    get_visible_carrier,
    get_visible_chantier,
    get_visible_request,
    is_chantier,
    list_carriers,
    list_requests,
    open_requests_to,
    organisations_carrying,
)
from app.chantiers.queries.letters import (
    can_still_be_signed,
    find_letter_to_join,
    get_visible_letter,
    letters_ending,
    letters_to_sign,
    list_letters,
    nameable,
    newest_letter,
)

__all__ = [
    "can_still_be_signed",
    "chantier_of",
    "current_carriers",
    "find_agreement_for",
    "find_letter_to_join",
    "get_visible_agreement",
    "get_visible_carrier",
    "get_visible_chantier",
    "get_visible_letter",
    "get_visible_request",
    "guests_of",
    "is_chantier",
    "letters_ending",
    "letters_to_sign",
    "list_agreements",
    "list_carriers",
    "list_letters",
    "list_requests",
    "nameable",
    "newest_letter",
    "open_requests_to",
    "organisations_carrying",
]
