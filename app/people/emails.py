"""The words of the mails about accounts and affiliations. Plain, short, in the recipient's language; links absolute.

A writer returns None when its link was used meanwhile or the affiliation is gone: nothing is sent then.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import house, mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.masking import is_masked
from app.core.names import names_of
from app.core.registries import Contact
from app.extensions import db
from app.people import labels, topics
from app.people.links import address_of
from app.people.models import Affiliation, AffiliationState, Assistance, MailLink, MailPurpose
from app.people.queries import own_name_of


def _house() -> str:
    return house.name_of_house(page_language())


def _link(parameters: dict[str, Any], purpose: MailPurpose) -> str | None:
    link = db.session.get(MailLink, UUID(parameters["link"]))
    return address_of(purpose, link.id) if link is not None and link.used_at is None else None


def write_verify(parameters: dict[str, Any], contact: Contact) -> Words | None:
    link = _link(parameters, MailPurpose.VERIFY)
    if link is None:
        return None
    return letter(
        _("Confirm your e-mail address"),
        _("You registered at %(house)s with this address. Open this link to confirm that it is yours:", house=_house()),
        link,
        _("The link can be used once, within 7 days. If you did not register, leave it: nothing will happen."),
    )


def write_reset(parameters: dict[str, Any], contact: Contact) -> Words | None:
    link = _link(parameters, MailPurpose.RESET)
    if link is None:
        return None
    return letter(
        _("Choose a new password"),
        _(
            "Somebody, probably you, asked for a new password at %(house)s. Open this link to choose it:",
            house=_house(),
        ),
        link,
        _("The link can be used once, within 3 hours. If it was not you, leave it: your password stays as it is."),
    )


def write_sign_in(parameters: dict[str, Any], contact: Contact) -> Words | None:
    link = _link(parameters, MailPurpose.SIGN_IN)
    if link is None:
        return None
    return letter(
        _("Your link to sign in"),
        _("Somebody, probably you, asked to sign in at %(house)s without a password. Open this link:", house=_house()),
        link,
        _("The link can be used once, within 30 minutes. If it was not you, leave it: nobody gets in without it."),
    )


def write_invite(parameters: dict[str, Any], contact: Contact) -> Words | None:
    link = _link(parameters, MailPurpose.INVITE)
    if link is None:
        return None
    words = letter(
        _("You are invited to %(house)s", house=_house()),
        _invites(parameters),
        link,
        # I18N: in a mail of invitation; %(house)s is the name of the house
        _("%(house)s is the house where inhabitants’ organisations learn and act together.", house=_house()),
        _("The link can be used once, within 14 days. Later you can ask for a new one on the page for signing in."),
    )
    return replace(words, name=own_name_of(UUID(parameters["person"]))) if parameters.get("is_named") else words


def _invites(parameters: dict[str, Any]) -> str:
    """Return who invites; nobody is named to whoever asked for a new link, nor in an example."""
    is_named = "invited_by" in parameters and not is_masked()
    name = own_name_of(UUID(parameters["invited_by"])) if is_named else ""
    if name:
        words = {"name": name, "house": _house()}
        # I18N: in a mail of invitation; %(name)s is who invites
        return str(
            _("%(name)s invites you to %(house)s. Open this link to choose your name and your password:", **words)
        )
    return str(_("You are invited to %(house)s. Open this link to choose your name and your password:", house=_house()))


def write_already_registered(_parameters: dict[str, Any], contact: Contact) -> Words:
    return letter(
        _("You have an account already"),
        _(
            "Somebody, probably you, registered at %(house)s with this address. You have an account already.",
            house=_house(),
        ),
        _("Sign in here: %(link)s", link=absolute("/sign-in")),
        _("If you have forgotten your password, choose a new one: %(link)s", link=absolute("/reset")),
        _("If it was not you, there is nothing to do."),
    )


def _affiliation(parameters: dict[str, Any]) -> Affiliation | None:
    return db.session.get(Affiliation, UUID(parameters["affiliation"]))


def _organisation_name(affiliation: Affiliation, contact: Contact) -> str:
    """ "" without an organisation, and for an address that is not confirmed (which has no name in its contact either):
    nothing that a stranger typed is mailed there."""
    if affiliation.organisation_id is None or not contact.name:
        return ""
    return names_of("organisation", [affiliation.organisation_id], page_language())[affiliation.organisation_id].text


def write_confirmed(parameters: dict[str, Any], contact: Contact) -> Words | None:
    affiliation = _affiliation(parameters)
    if affiliation is None:
        return None
    kind, name = labels.AFFILIATION_KINDS[affiliation.kind], _organisation_name(affiliation, contact)
    said = (
        _("Your affiliation is confirmed: %(kind)s, with %(organisation)s.", kind=kind, organisation=name)
        if name
        else _("Your affiliation is confirmed: %(kind)s.", kind=kind)
    )
    return letter(
        _("Your affiliation is confirmed"),
        said,
        _("You can now join the tracks that are open to you: %(link)s", link=absolute("/tracks/")),
    )


def write_refused(parameters: dict[str, Any], contact: Contact) -> Words | None:
    affiliation = _affiliation(parameters)
    if affiliation is None:
        return None
    name = _organisation_name(affiliation, contact)
    said = (
        _("Your affiliation with %(organisation)s could not be confirmed.", organisation=name)
        if name
        else _("Your affiliation could not be confirmed.")
    )
    return letter(
        _("Your affiliation was not confirmed"),
        said,
        _("Ask your organisation or the secretariat why. You can ask again here: %(link)s", link=absolute("/account")),
    )


def _or_helper(write: mails.Writer) -> mails.Writer:
    """A mail about somebody's own affiliation; their helper gets it in their place."""

    def written(parameters: dict[str, Any], contact: Contact) -> Words | None:
        affiliation = _affiliation(parameters)
        about = affiliation.person_id if affiliation is not None else None
        return mails.or_helper(partial(write, parameters), parameters, contact, about=about, name_of=own_name_of)

    return written


def write_asked(parameters: dict[str, Any], contact: Contact) -> Words | None:
    affiliation = _affiliation(parameters)
    if affiliation is None or affiliation.state is not AffiliationState.PENDING:
        return None
    kind, name = labels.AFFILIATION_KINDS[affiliation.kind], _organisation_name(affiliation, contact)
    said = (
        _("Somebody asks to be confirmed as %(kind)s, with %(organisation)s.", kind=kind, organisation=name)
        if name
        else _("Somebody asks to be confirmed as %(kind)s, without an organisation.", kind=kind)
    )
    return letter(
        _("An affiliation waits for you"),
        said,
        _("See who it is and answer here: %(link)s", link=absolute(f"/affiliations/{affiliation.id}")),
    )


def write_named_helper(parameters: dict[str, Any], contact: Contact) -> Words | None:
    assistance = db.session.get(Assistance, UUID(parameters["assistance"]))
    if assistance is None or assistance.ended_at is not None:
        return None
    return letter(
        _("You are named as a helper"),
        _("The secretariat asks you to help a person without e-mail: you write down here what they say."),
        _("See who it is, or say no, here: %(link)s", link=absolute("/acting")),
    )


def write_erasure_asked(_parameters: dict[str, Any], contact: Contact) -> Words:
    return letter(
        _("Somebody asks to be deleted"),
        _(
            "Somebody asks that their data be deleted. See what would go and answer here: %(link)s",
            link=absolute("/people/erasures"),
        ),
    )


def write_erasure_noted(_parameters: dict[str, Any], contact: Contact) -> Words:
    return letter(
        _("Your wish to be deleted"),
        _("You asked at %(house)s that your data be deleted. The secretariat will answer.", house=_house()),
        _("Until then you can take it back, for instance if it was not you: %(link)s", link=absolute("/account/data")),
    )


def write_erasure_refused(_parameters: dict[str, Any], contact: Contact) -> Words:
    return letter(
        _("Your data could not be deleted"),
        _(
            "The secretariat could not delete your data. Read why, and ask again if you wish: %(link)s",
            link=absolute("/account/data"),
        ),
    )


def write_erased(_parameters: dict[str, Any], contact: Contact) -> Words:
    return letter(
        _("Your data is deleted"),
        _("As you asked, everything about you at %(house)s is deleted.", house=_house()),
        _("What is counted stays without your name. This is our last mail; we forget this address within a week."),
    )


def register() -> None:
    """Tell the outbox who writes which kind of notice."""
    mails.register("people.verify", write_verify, is_repeated=True)
    mails.register("people.reset", write_reset, is_repeated=True)
    mails.register("people.sign_in", write_sign_in, is_repeated=True)
    mails.register("people.invite", write_invite, is_repeated=True)
    mails.register("people.already_registered", write_already_registered)
    mails.register("people.erasure_asked", write_erasure_asked)
    mails.register("people.erasure_noted", write_erasure_noted)
    mails.register("people.erasure_refused", write_erasure_refused)
    mails.register("people.erased", write_erased)
    mails.register("people.affiliation_confirmed", _or_helper(write_confirmed))
    mails.register("people.affiliation_refused", _or_helper(write_refused))
    mails.register("people.affiliation_asked", write_asked)
    mails.register("people.named_helper", write_named_helper)
    topics.register()
