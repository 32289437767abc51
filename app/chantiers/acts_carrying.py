"""What is answered from the mail that asks an organisation to carry a chantier: it carries it, once its objectives are
acknowledged (R-04), and may sign its mission letter in the same act (R-18); or it does not."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.chantiers import queries, services
from app.chantiers.acts import signed_words
from app.chantiers.addresses import carriers_path, request_path
from app.chantiers.forms import CarryByMailForm
from app.chantiers.models import Carrier, CarrierRequest, MissionLetter, RequestState
from app.chantiers.services.carrying import RequestAnswered, check_goes_on, check_room
from app.chantiers.services.letters import LetterChangedMeanwhile
from app.chantiers.showing import contributors_shown, name_of, reads_language_of
from app.core import acts
from app.core.actors import Actor
from app.core.acts import ActLink, Asked, Choice, Holder, Over, Said
from app.core.apart import apart
from app.core.context import page_language
from app.core.errors import NotFound, RuleBroken
from app.core.forms import Form
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.permissions import can
from app.core.registries import Contact
from app.core.slots import rendered
from app.extensions import db
from app.people.queries import reads_language
from app.workinggroups.models import GroupBlock
from app.workinggroups.queries import texts_of

CARRYING = "chantiers.carrying"
CARRY, DECLINE = "carry", "decline"

Answering = tuple[CarrierRequest, MissionLetter | None]
"""What is answered, and the letter that can be signed in the same act."""


def offer_to_carry(request: CarrierRequest, parameters: dict[str, Any], contact: Contact) -> str:
    """Return the paragraph of a mail with a link for yes and one for no."""
    return acts.offer(CARRYING, request.id, parameters, contact)


def _load(holder: Holder, link: ActLink) -> CarrierRequest:
    request = db.session.get(CarrierRequest, link.subject_id)
    if request is None or not can(holder.actor, "chantiers.answer_request", request):
        raise NotFound
    return request


def _ask(holder: Holder, link: ActLink, now: datetime) -> Asked | Over:
    request = _load(holder, link)
    group, carries = request.group, link.choice == CARRY
    href = request_path(group.slug, request.id)
    try:
        _check_is_open(request, carries=carries)
    except RuleBroken as over:
        return Over(over.message, href, name_of(group))
    letter = queries.find_letter_to_join(group, now.date())
    return Asked(
        thing=(request, letter),
        title=_question(_organisation(request), carries=carries),
        lines=(name_of(group), _("You speak for it, and you answer in its name.")),
        href=href,
        note=_("If you carry it, you are inside its group from then on. You can stop carrying it later.")
        if carries
        else "",
        words=_words(holder, request, letter if carries else None),
        words_name=_("The chantier"),
        more={"letter": letter},
    )


def _question(organisation: str, *, carries: bool) -> str:
    if carries:
        return str(_("Will %(organisation)s carry this chantier?", organisation=organisation))
    # I18N: a question to who speaks for an organisation; the button says "We decline", or "We do not carry it"
    return str(_("Does %(organisation)s decline?", organisation=organisation))


def _check_is_open(request: CarrierRequest, *, carries: bool) -> None:
    """Raise `RuleBroken` with the reason where this answer is not taken any more."""
    check_goes_on(request.group)
    if request.state is not RequestState.ASKED:
        raise RequestAnswered
    if carries:
        check_room(request.group, request.organisation)


def _words(holder: Holder, request: CarrierRequest, letter: MissionLetter | None) -> Markup:
    """Return what the chantier is for and what it wants, and the whole letter that can be signed."""
    texts = texts_of(request.group, page_language())
    blocks = [texts.get(block) for block in (GroupBlock.PURPOSE, GroupBlock.OBJECTIVES)]
    unread = [text.language for text in blocks if text and not reads_language(holder.actor, text.language)]
    return rendered(
        "chantiers/act_carrying_words.html",
        purpose=blocks[0],
        objectives=blocks[1],
        unread=unread[:1],
        letter=letter,
        body=to_html(letter.scope) if letter else "",
        contributors=contributors_shown(letter) if letter else [],
        reads_it=letter is None or reads_language_of(holder.actor, letter),
    )


def _organisation(request: CarrierRequest) -> str:
    name = names_of("organisation", [request.organisation_id], page_language())[request.organisation_id]
    return apart(name.text)


def _fill(form: Form, _holder: Holder, asked: Asked, _now: datetime) -> None:
    if isinstance(form, CarryByMailForm) and asked.more["letter"] is not None:
        form.ask(asked.more["letter"].digest)


def _perform(actor: Actor, thing: Answering, _link: ActLink, form: Form, now: datetime) -> None:
    """Answer; where the words of the letter changed meanwhile, the page that comes back shows the others."""
    request, letter = thing
    if not isinstance(form, CarryByMailForm):
        services.decline_carrying(actor, request, now=now)
        return
    signs = letter if form.signs.data else None
    try:
        services.accept_carrying(actor, request, signs=signs, read=str(form.read.data or ""), now=now)
    except LetterChangedMeanwhile:
        form.read.data, form.signs.data = letter.digest if letter else "", False
        raise


def _said(holder: Holder, link: ActLink, _now: datetime) -> Said | None:
    """Return whether the organisation carries the chantier now, and which edition it signed last: it may have stopped,
    or been asked once more."""
    request = _load(holder, link)
    words = {"organisation": _organisation(request), "chantier": apart(name_of(request.group).text)}
    carriers = queries.current_carriers(request.group)
    own = next((row for row in carriers if row.organisation_id == request.organisation_id), None)
    if own is not None:
        carries = _("%(organisation)s carries the chantier too: %(chantier)s", **words)
        return Said(carries, carriers_path(request.group.slug), counts=link.choice == CARRY, lines=_signed(own))
    declined = _("%(organisation)s does not carry the chantier: %(chantier)s", **words)
    return Said(declined, request_path(request.group.slug, request.id), counts=link.choice == DECLINE)


def _signed(carrier: Carrier) -> tuple[str, ...]:
    """Return the newest edition that a carrier signed, as a sentence; nothing where it signed none."""
    letters = queries.list_letters(carrier.group)
    signed = (row for row in letters if any(one.carrier_id == carrier.id for one in row.signatures))
    return tuple(signed_words(carrier, letter) for letter in islice(signed, 1))


def register() -> None:
    """Tell the house what is answered from the mail of this question."""
    choices = {
        CARRY: Choice(_l("We carry it"), CarryByMailForm, "chantiers/act_carrying_fields.html", is_weighty=True),
        DECLINE: Choice(_l("We do not carry it"), is_weighty=True),
    }
    acts.register(acts.Act(CARRYING, choices, ask=_ask, perform=_perform, said=_said, fill=_fill))
