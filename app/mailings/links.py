"""The links at the foot of a mail: signed for one person, valid as long as the person is, usable again and again.

They open what one gets by mail and nothing else; who forwards a mail hands that on (docs/decisions/0023).
"""

from __future__ import annotations

from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from app.core.addresses import absolute
from app.core.masking import shown_token
from app.core.registries import WaysOut

EVERYTHING = ""
"""In place of a topic: all that can be stopped."""


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.config["SECRET_KEY"]), salt=f"mailings.{purpose}")


def choices_token(person_id: UUID) -> str:
    return str(_signer("choices").dumps(person_id.hex))


def read_choices_token(token: str) -> UUID | None:
    """Return the person a token was made for; None for one that was not made here."""
    try:
        return UUID(_signer("choices").loads(token))
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def stop_token(person_id: UUID, topic: str) -> str:
    return str(_signer("stop").dumps([person_id.hex, topic]))


def read_stop_token(token: str) -> tuple[UUID, str] | None:
    """Return person and topic; None for a token that was not made here."""
    try:
        person, topic = _signer("stop").loads(token)
        return UUID(person), str(topic)
    except (BadSignature, ValueError, TypeError, AttributeError):
        return None


def ways_out(person_id: UUID, topic: str) -> WaysOut:
    """Return the links of the foot of a mail."""
    return WaysOut(
        choose=absolute(f"/mails/choices/{shown_token(choices_token(person_id))}"),
        stop=absolute(f"/mails/stop/{shown_token(stop_token(person_id, topic))}"),
    )
