"""What is answered from the mail that asks for a signature: an organisation signs the version that the mail named."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core import acts
from app.core.actors import Actor
from app.core.acts import ActLink, Asked, Choice, Holder, Over, Said
from app.core.apart import apart
from app.core.context import page_language
from app.core.errors import NotFound, RuleBroken
from app.core.forms import Form
from app.core.names import names_of
from app.core.permissions import can
from app.core.registries import Contact
from app.core.slots import rendered
from app.drafting.models import JointText
from app.drafting.queries import get_version
from app.drafting.showing import paragraphs_shown
from app.engagements.addresses import text_path
from app.engagements.models import EngagementText, Signatory
from app.engagements.queries.texts import find_link, get_link, sign_offs_of
from app.engagements.services import signing
from app.engagements.services.texts import check_takes_texts
from app.engagements.showing_texts import waits_for_signature
from app.engagements.text_forms import SignByMailForm
from app.extensions import db
from app.moments.shown import shown
from app.people.queries import reads_language

SIGNATURE = "engagements.signature"


def offer_to_sign(signatory: Signatory, link: EngagementText, parameters: dict[str, Any], contact: Contact) -> str:
    """Return the paragraph of a mail with the link that signs the newest version of a text."""
    about = f"{link.text_id.hex}:{link.text.version}"
    return acts.offer(SIGNATURE, signatory.id, parameters, contact, about=about)


def _about(link: ActLink) -> tuple[UUID, int]:
    text, _colon, version = link.about.partition(":")
    return UUID(text), int(version)


def _ask(holder: Holder, link: ActLink, _now: datetime) -> Asked | Over:
    signatory = db.session.get(Signatory, link.subject_id)
    if signatory is None or not can(holder.actor, "engagements.speak_for", signatory):
        raise NotFound
    text_id, number = _about(link)
    engagement = signatory.engagement
    text = get_link(engagement, text_id)
    href = text_path(engagement.id, text_id)
    try:
        _check_is_open(signatory, text, number)
    except RuleBroken as over:
        return Over(over.message, href, apart(text.text.title))
    closes = engagement.step.moment if engagement.step is not None else None
    return Asked(
        thing=(signatory, text),
        # I18N: a question to who speaks for an organisation; the title of a text stands between the marks
        title=_("Does %(organisation)s sign “%(title)s”?", organisation=_name(signatory), title=apart(text.text.title)),
        lines=(
            _("Closes: %(date)s.", date=shown(closes, holder.zone or None, page_language()).words) if closes else "",
            _("Your organisation stands under exactly this version, and under no later one."),
        ),
        href=href,
        words=_words(holder, text, number),
        words_name=_("The text"),
        more={"number": number},
    )


def _words(holder: Holder, link: EngagementText, number: int) -> Markup:
    """Return the words that are signed, and their language where it is not one of the holder's."""
    version = get_version(link.text, number)
    return rendered(
        "engagements/act_words.html",
        text=link.text,
        version=version,
        paragraphs=paragraphs_shown(version, [])[0],
        reads_it=reads_language(holder.actor, link.text.language),
    )


def _check_is_open(signatory: Signatory, link: EngagementText, number: int) -> None:
    """Raise `RuleBroken` with the reason where this version is not to be signed any more."""
    check_takes_texts(link.engagement)
    signing.check_may_sign(signatory)
    if link.text.version != number:
        raise signing.NewerVersion(link.text.version)
    if _has_signed(signatory, link.text_id, number):
        raise signing.SignedAlready


def _has_signed(signatory: Signatory, text_id: UUID, number: int) -> bool:
    given = sign_offs_of([text_id])[text_id]
    return any(row.signatory_id == signatory.id and row.version == number for row in given)


def _name(signatory: Signatory) -> str:
    name = names_of("organisation", [signatory.organisation_id], page_language())[signatory.organisation_id]
    return apart(name.text)


def _fill(form: Form, _holder: Holder, asked: Asked, _now: datetime) -> None:
    if isinstance(form, SignByMailForm):
        form.ask(asked.more["number"])


def _perform(actor: Actor, thing: tuple[Signatory, EngagementText], link: ActLink, _form: Form, now: datetime) -> None:
    """Sign what the mail named: the digest of that version is what was read."""
    signatory, text = thing
    _text_id, number = _about(link)
    read = signing.digest_of(get_version(text.text, number), text.text.language)
    signing.sign(actor, signatory, text, read=read, now=now)


def _said(holder: Holder, link: ActLink, _now: datetime) -> Said | None:
    text_id, number = _about(link)
    signatory, text = db.session.get(Signatory, link.subject_id), db.session.get(JointText, text_id)
    if signatory is None or text is None or not can(holder.actor, "engagements.speak_for", signatory):
        return None
    href = text_path(signatory.engagement_id, text_id)
    if not _has_signed(signatory, text_id, number):
        about = _("It is about “%(title)s”, version %(number)s.", title=apart(text.title), number=number)
        return Said("", href, counts=False, lines=(_name(signatory), about))
    sentence = _(
        "%(organisation)s has signed version %(number)s of “%(title)s”.",
        organisation=_name(signatory),
        number=number,
        title=apart(text.title),
    )
    return Said(sentence, href, lines=_waiting(signatory, text))


def _waiting(signatory: Signatory, text: JointText) -> tuple[str, ...]:
    """Return that a newer version waits for the organisation; nothing where none does. What was signed goes on standing
    for its own version."""
    link = find_link(text)
    if link is None or link.engagement_id != signatory.engagement_id:
        return ()
    try:
        _check_is_open(signatory, link, text.version)
    except RuleBroken:
        return ()
    return (waits_for_signature(link, _name(signatory)),)


def register() -> None:
    """Tell the house what is answered from mails of this package."""
    choices = {"sign": Choice(_l("Sign"), SignByMailForm, "engagements/act_fields.html", is_weighty=True)}
    acts.register(acts.Act(SIGNATURE, choices, ask=_ask, perform=_perform, said=_said, fill=_fill))
