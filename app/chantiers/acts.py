"""What is answered from the mail about a mission letter: an organisation that carries signs it. What is signed are the
words that stood on the page of the link: an edition that nobody signed may have changed since the mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.chantiers import services
from app.chantiers.addresses import letter_path
from app.chantiers.forms import SignByMailForm
from app.chantiers.models import Carrier, MissionLetter
from app.chantiers.queries import can_still_be_signed
from app.chantiers.services.letters import CannotBeSigned, LetterChangedMeanwhile, SignedAlready
from app.chantiers.showing import contributors_shown, days_words, name_of, reads_language_of
from app.core import acts
from app.core.actors import Actor
from app.core.acts import ActLink, Asked, Choice, Holder, Over, Said
from app.core.apart import apart
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.permissions import can
from app.core.registries import Contact
from app.core.slots import rendered
from app.extensions import db

LETTER = "chantiers.letter"

Signing = tuple[Carrier, MissionLetter, str]
"""Who signs what, and the digest of the words that stand on the page."""


def offer_to_sign(carrier: Carrier, letter: MissionLetter, parameters: dict[str, Any], contact: Contact) -> str:
    """Return the paragraph of a mail with the link that signs an edition for a carrier."""
    return acts.offer(LETTER, carrier.id, parameters, contact, about=letter.id.hex)


def _find(holder: Holder, link: ActLink) -> tuple[Carrier, MissionLetter]:
    carrier, letter = db.session.get(Carrier, link.subject_id), db.session.get(MissionLetter, UUID(link.about))
    if carrier is None or letter is None or not can(holder.actor, "chantiers.sign_letter", carrier):
        raise NotFound
    if carrier.left_at is not None or letter.group_id != carrier.group_id:
        raise NotFound
    return carrier, letter


def _ask(holder: Holder, link: ActLink, now: datetime) -> Asked | Over:
    carrier, letter = _find(holder, link)
    href = letter_path(letter.group.slug, letter.edition)
    if any(row.carrier_id == carrier.id for row in letter.signatures):
        return Over(SignedAlready().message, href, _title(letter))
    if not can_still_be_signed(letter, now.date()):
        return Over(CannotBeSigned().message, href, _title(letter))
    organisation = _organisation(carrier)
    return Asked(
        thing=(carrier, letter, letter.digest),
        # I18N: a question to who speaks for an organisation; the title of a text stands between the marks
        title=_("Does %(organisation)s sign “%(title)s”?", organisation=organisation, title=_title(letter)),
        lines=(days_words(letter.from_on, letter.until_on),),
        href=href,
        note=_(
            "You speak for %(organisation)s. Your signature binds it to this letter as it stands above; who signed, "
            "and with which mandate, is kept.",
            organisation=organisation,
        ),
        words=_words(holder, letter),
        words_name=_("Mission letter"),
        more={"number": letter.edition, "digest": letter.digest},
    )


def _words(holder: Holder, letter: MissionLetter) -> Markup:
    """Return the whole letter, and its language where it is not one of the holder's."""
    return rendered(
        "chantiers/act_words.html",
        letter=letter,
        body=to_html(letter.scope),
        contributors=contributors_shown(letter),
        reads_it=reads_language_of(holder.actor, letter),
    )


def _title(letter: MissionLetter) -> str:
    return apart(_("Mission letter: %(chantier)s", chantier=name_of(letter.group).text))


def _organisation(carrier: Carrier) -> str:
    name = names_of("organisation", [carrier.organisation_id], page_language())[carrier.organisation_id]
    return apart(name.text)


def _fill(form: Form, _holder: Holder, asked: Asked, _now: datetime) -> None:
    if isinstance(form, SignByMailForm):
        form.ask(**asked.more)


def _perform(actor: Actor, thing: Signing, _link: ActLink, form: Form, now: datetime) -> None:
    """Sign the words that stood on the page; where they changed meanwhile, the page that comes back shows the others,
    which are read before they are signed."""
    carrier, letter, digest = thing
    assert isinstance(form, SignByMailForm)  # noqa: S101 - the form of the only choice
    try:
        services.sign_letter(actor, carrier, letter, read=str(form.read.data or ""), now=now)
    except LetterChangedMeanwhile:
        form.read.data, form.has_read.data = digest, False
        raise


def _said(holder: Holder, link: ActLink, _now: datetime) -> Said | None:
    carrier, letter = _find(holder, link)
    return Said(signed_words(carrier, letter), letter_path(letter.group.slug, letter.edition))


def signed_words(carrier: Carrier, letter: MissionLetter) -> str:
    """Return that a carrier has signed an edition."""
    words = _(
        # I18N: %(number)s is the edition of a mission letter; its title stands between the marks
        "%(organisation)s has signed edition %(number)s of “%(title)s”.",
        organisation=_organisation(carrier),
        number=letter.edition,
        title=_title(letter),
    )
    return str(words)


def register() -> None:
    """Tell the house what is answered from mails of this package."""
    choices = {"sign": Choice(_l("Sign"), SignByMailForm, "chantiers/act_fields.html", is_weighty=True)}
    acts.register(acts.Act(LETTER, choices, ask=_ask, perform=_perform, said=_said, fill=_fill))
