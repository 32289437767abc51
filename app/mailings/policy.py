"""Who may choose what somebody is mailed, and who reads what became of the house's mails."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor, ActorKind
from app.people.models import Person


def can_choose(actor: Actor, person: Person | None = None) -> bool:
    """One's own mails: signed in as oneself, or by the link at the foot of a mail. Not by the hand of a helper, whose
    mails are the helper's own."""
    is_oneself = (actor.is_person and not actor.is_helped) or actor.kind is ActorKind.LINK
    return is_oneself and (person is None or actor.person_id == person.id)


def can_read_log(actor: Actor, _thing: object = None) -> bool:
    """What became of each mail, to whom and about which topic, is the secretariat's."""
    return actor.is_secretariat and not actor.is_helped


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    permissions.register("mailings.choose", can_choose, "Choose which mails one gets, how often and at which hours")
    permissions.register("mailings.read_log", can_read_log, "Read what became of every mail, without its words")
    permissions.register("mailings.send_again", can_read_log, "Send a mail again that may not have arrived")
    permissions.register("mailings.lift_address", can_read_log, "Say that an address that was refused works again")
    permissions.register("mailings.preview", can_read_log, "Read what mails say, in every language, as an example")
