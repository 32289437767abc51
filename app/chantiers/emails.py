"""The mails about chantiers: asked to carry, answered, a letter to sign, active or suspended, an agreement.

Short, in the recipient's language, with the page and without anybody's free words.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.chantiers import addresses, telling
from app.chantiers.acts import offer_to_sign
from app.chantiers.acts_carrying import offer_to_carry
from app.chantiers.models import Carrier, CarrierRequest, Chantier, MissionLetter, PartnershipAgreement, RequestState
from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.notices import Topic, register_topic
from app.core.registries import Contact
from app.extensions import db
from app.people.topics import INVITATIONS
from app.workinggroups.models import GroupState

CHANTIERS = Topic("chantiers", _l("Chantiers"), _l("Letters to sign, who carries a chantier, whether it is active."))


def _name(kind: str, thing_id: UUID) -> str:
    return names_of(kind, [thing_id], page_language())[thing_id].text


def _words(row: Carrier | CarrierRequest | PartnershipAgreement) -> dict[str, str]:
    return {"chantier": _name("group", row.group_id), "organisation": _name("organisation", row.organisation_id)}


def write_asked(parameters: dict[str, Any], contact: Contact) -> Words | None:
    request = db.session.get(CarrierRequest, UUID(parameters["request"]))
    if request is None:
        return None
    words = _words(request)
    address = absolute(addresses.request_path(request.group.slug, request.id))
    return letter(
        # I18N: subject of a mail to whoever speaks for an organisation that is asked to carry a chantier
        _("%(organisation)s is asked to carry a chantier: %(chantier)s", **words),
        _("%(organisation)s is asked to carry the chantier %(chantier)s together with others.", **words),
        _("You speak for it: read what it is about and answer here: %(address)s", address=address),
        offer_to_carry(request, parameters, contact),
    )


def write_answered(parameters: dict[str, Any], contact: Contact) -> Words | None:
    request = db.session.get(CarrierRequest, UUID(parameters["request"]))
    if request is None:
        return None
    words = _words(request)
    address = absolute(addresses.carriers_path(request.group.slug))
    if request.state is RequestState.ACCEPTED:
        subject = _("%(organisation)s carries the chantier too: %(chantier)s", **words)
        said = _("%(organisation)s accepted to carry the chantier %(chantier)s with you.", **words)
    else:
        subject = _("%(organisation)s does not carry the chantier: %(chantier)s", **words)
        said = _("%(organisation)s was asked to carry the chantier %(chantier)s, and declined.", **words)
    signs = ""
    if request.state is RequestState.ACCEPTED and request.group.state is not GroupState.ACTIVE:
        signs = _("The chantier is active once all who carry it have signed its mission letter.")
    next_step = _("Who carries it, and what comes next: %(address)s", address=address)
    return letter(subject, said, signs, next_step)


def write_to_sign(parameters: dict[str, Any], contact: Contact) -> Words | None:
    edition = db.session.get(MissionLetter, UUID(parameters["letter"]))
    if edition is None:
        return None
    name = _name("group", edition.group_id)
    carriers = telling.to_sign_by(UUID(parameters["person"]), edition, mails.now())
    address = absolute(addresses.letter_path(edition.group.slug, edition.edition))
    return letter(
        _("A mission letter to sign: %(chantier)s", chantier=name),
        _(
            "The mission letter of the chantier %(chantier)s waits for your organisation’s signature.",
            chantier=name,
        ),
        _("Read it and sign it here: %(address)s", address=address),
        offer_to_sign(carriers[0], edition, parameters, contact) if len(carriers) == 1 else "",
    )


def write_left(parameters: dict[str, Any], contact: Contact) -> Words | None:
    carrier = db.session.get(Carrier, UUID(parameters["carrier"]))
    if carrier is None:
        return None
    words = _words(carrier)
    address = absolute(addresses.carriers_path(carrier.group.slug))
    return letter(
        _("%(organisation)s no longer carries the chantier: %(chantier)s", **words),
        _("%(organisation)s no longer carries the chantier %(chantier)s.", **words),
        _("Who carries it, and what comes next: %(address)s", address=address),
    )


def write_state(parameters: dict[str, Any], contact: Contact) -> Words | None:
    chantier = db.session.get(Chantier, UUID(parameters["group"]))
    if chantier is None:
        return None
    name, is_active = _name("group", chantier.group_id), parameters["state"] == GroupState.ACTIVE.value
    address = absolute(addresses.carriers_path(chantier.group.slug))
    if is_active:
        subject = _("The chantier is active: %(chantier)s", chantier=name)
        said = _(
            "The chantier %(chantier)s is active: its carriers have signed a mission letter, and it is in force.",
            chantier=name,
        )
    else:
        subject = _("The chantier is suspended: %(chantier)s", chantier=name)
        said = _(
            "The chantier %(chantier)s is suspended: it needs two carriers and a mission letter in force that all of "
            "them have signed. What was written stays; it goes on as soon as both are there again.",
            chantier=name,
        )
    return letter(subject, said, _("Who carries it, and what comes next: %(address)s", address=address))


def write_agreed(parameters: dict[str, Any], contact: Contact) -> Words | None:
    agreement = db.session.get(PartnershipAgreement, UUID(parameters["agreement"]))
    if agreement is None:
        return None
    words = _words(agreement)
    address = absolute(addresses.carriers_path(agreement.group.slug))
    return letter(
        _("%(organisation)s may take part: %(chantier)s", **words),
        _(
            "There is a partnership agreement with %(organisation)s for the chantier %(chantier)s: its people may "
            "come in as guests.",
            **words,
        ),
        _("See what it is about and come in here: %(address)s", address=address),
    )


def write_agreement_ended(parameters: dict[str, Any], contact: Contact) -> Words | None:
    agreement = db.session.get(PartnershipAgreement, UUID(parameters["agreement"]))
    if agreement is None:
        return None
    words = _words(agreement)
    return letter(
        _("The agreement with %(organisation)s has ended: %(chantier)s", **words),
        _("The partnership agreement with %(organisation)s for the chantier %(chantier)s was ended.", **words),
        _("Nobody else comes in by it. Who is inside stays until their place is ended."),
    )


WRITERS = {
    telling.ASKED: write_asked,
    telling.ANSWERED: write_answered,
    telling.TO_SIGN: write_to_sign,
    telling.LEFT: write_left,
    telling.STATE: write_state,
    telling.AGREED: write_agreed,
    telling.AGREEMENT_ENDED: write_agreement_ended,
}


def register() -> None:
    """Tell the house who writes which mail."""
    for kind, write in WRITERS.items():
        mails.register(kind, write)
    register_topic(INVITATIONS.holding(telling.ASKED))
    register_topic(CHANTIERS.holding(*(kind for kind in WRITERS if kind != telling.ASKED)))
