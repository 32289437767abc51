"""The mails about proposals. What was proposed is said once the address is proven: to those who answer, and in the
answer. Before that goes the way to the page alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.addresses import absolute
from app.core.mails import Words, letter
from app.core.notices import register_topic
from app.core.registries import Contact
from app.events.addresses import event_path
from app.extensions import db
from app.moments.mailed import dated_line, shown_typed
from app.moments.shown import shown
from app.people.topics import ACCOUNT, DESK
from app.proposals import queries, telling
from app.proposals.links import confirm_address, proposal_path
from app.proposals.models import Proposal, ProposalState


def _proposal(parameters: dict[str, Any]) -> Proposal | None:
    return db.session.get(Proposal, UUID(parameters["proposal"]))


def write_link(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    proposal = _proposal(parameters)
    if proposal is None or proposal.state is not ProposalState.SENT:
        return None
    return letter(  # none of their words: anybody may have typed any address
        # I18N: subject of a mail
        _("Is this address yours?"),
        _("With this address somebody proposed a meeting for our agenda."),
        _("If that was you, say so here: %(address)s", address=confirm_address(proposal.id)),
        _("If it was not you, do nothing: nobody else has read it, and it is forgotten in three days."),
    )


def write_answered(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    proposal = _proposal(parameters)
    if proposal is None:
        return None
    subject = _("Your proposal “%(title)s”", title=proposal.title)
    if proposal.state is ProposalState.REFUSED:
        words = letter(
            subject,
            _("It was not taken into our agenda. Who answered writes:"),
            proposal.because,
            _("Your address is forgotten in a month."),
        )
        return replace(words, name=proposal.name)
    if proposal.event is None:
        return None
    return replace(_published(proposal, subject), name=proposal.name)


def _published(proposal: Proposal, subject: str) -> Words:
    """What stands in the agenda; of what not everybody may see, no more than that there is an answer."""
    event, forgotten = queries.find_open_event(proposal), _("Your address is forgotten in a month.")
    if event is None:
        return letter(subject, _("This proposal is answered."), forgotten)
    return letter(
        subject,
        dated_line(event.title, shown(event.moment)),
        _("It stands in our agenda: %(address)s", address=absolute(event_path(event.id))),
        forgotten,
        date=event.moment.starts_at,
    )


def write_came(parameters: dict[str, Any], _contact: Contact) -> Words | None:
    proposal = _proposal(parameters)
    if proposal is None:
        return None
    return letter(
        _("A meeting was proposed for the agenda"),
        _("Somebody proposed a meeting. It is seen once you publish it."),
        dated_line(proposal.title, shown_typed(proposal.timing)),
        _("Read it and answer: %(address)s", address=absolute(proposal_path(proposal.id))),
        date=proposal.starts_at,
    )


def register() -> None:
    mails.register(telling.LINK, write_link, is_repeated=True)
    mails.register(telling.ANSWERED, write_answered)
    mails.register(telling.CAME, write_came)
    register_topic(ACCOUNT.holding(telling.LINK, telling.ANSWERED))  # mails to an address, which nobody subscribed
    register_topic(DESK.holding(telling.CAME))
