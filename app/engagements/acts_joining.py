"""What is answered from the mail that asks an organisation to lead or to co-sign: it agrees, or declines."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.core import acts
from app.core.actors import Actor
from app.core.acts import ActLink, Asked, Choice, Holder, Over, Said
from app.core.apart import apart
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.languages import direction
from app.core.names import names_of
from app.core.permissions import can
from app.core.registries import Contact
from app.core.slots import rendered
from app.engagements import policy, services
from app.engagements.addresses import answer_path
from app.engagements.models import Engagement, Signatory, SignatoryState
from app.engagements.opening import opening_of
from app.engagements.services.holding import goes_on
from app.engagements.telling_joining import role_of
from app.extensions import db
from app.moments.shown import shown
from app.people.queries import reads_language

JOINING = "engagements.joining"
AGREE, DECLINE = "agree", "decline"

_LEADS_TO = {AGREE: SignatoryState.AGREED, DECLINE: SignatoryState.DECLINED}


def offer_to_join(signatory: Signatory, parameters: dict[str, Any], contact: Contact) -> str:
    """Return the paragraph of a mail with a link for yes and one for no."""
    return acts.offer(JOINING, signatory.id, parameters, contact, about=role_of(signatory))


def question(signatory: Signatory) -> str:
    """Return what an organisation is asked, as it is said on its page too."""
    if signatory.is_lead:
        return str(_("Does %(organisation)s lead this?", organisation=_name(signatory)))
    return str(_("Does %(organisation)s co-sign this?", organisation=_name(signatory)))


def _no_asked(signatory: Signatory) -> str:
    # I18N: a question to who speaks for an organisation; the button says "We decline", or "We do not carry it"
    return str(_("Does %(organisation)s decline?", organisation=_name(signatory)))


def _ask(holder: Holder, link: ActLink, _now: datetime) -> Asked | Over:
    signatory = _load(holder, link)
    engagement = signatory.engagement
    href, about = answer_path(engagement.id, signatory.id), _title(engagement)
    if not goes_on(engagement):
        return Over(_("This engagement is handed in or given up: there is nothing left to answer."), href, about)
    if signatory.state is _LEADS_TO[link.choice]:
        return Over(_answered(signatory), href, about)
    if role_of(signatory) != link.about:
        return Over("", href, about)
    closes = engagement.step.moment if engagement.step is not None else None
    return Asked(
        thing=signatory,
        title=question(signatory) if link.choice == AGREE else _no_asked(signatory),
        lines=(
            _title(engagement),
            _opening(holder, signatory),
            _("Closes: %(date)s.", date=shown(closes, holder.zone or None, page_language()).words) if closes else "",
        ),
        href=href,
        stands="" if signatory.state is SignatoryState.ASKED else _answered(signatory),
        note=_("You agree to take part. The text is signed later, each version anew.") if link.choice == AGREE else "",
        words=_aim(holder, engagement) if engagement.aim else "",
        words_name=_("What shall come of it?"),
    )


def _title(engagement: Engagement) -> Markup:
    title, language = engagement.title, engagement.language
    return Markup('<bdi lang="{}" dir="{}">{}</bdi>').format(language, direction(language), title)


def _aim(holder: Holder, engagement: Engagement) -> Markup:
    reads_it = reads_language(holder.actor, engagement.language)
    return rendered("engagements/act_aim.html", engagement=engagement, reads_it=reads_it)


def _load(holder: Holder, link: ActLink) -> Signatory:
    signatory = db.session.get(Signatory, link.subject_id)
    if signatory is None or not can(holder.actor, "engagements.speak_for", signatory):
        raise NotFound
    return signatory


def _opening(holder: Holder, signatory: Signatory) -> Any:
    """Return how, where and who leads; that only to whoever is inside, as who has declined is no longer."""
    engagement = signatory.engagement
    return opening_of(engagement, None if policy.is_inside(holder.actor, engagement) else {}).sentence


def _name(signatory: Signatory) -> str:
    name = names_of("organisation", [signatory.organisation_id], page_language())[signatory.organisation_id]
    return apart(name.text)


def _answered(signatory: Signatory) -> str:
    if signatory.state is SignatoryState.DECLINED:
        return str(_("%(organisation)s has declined.", organisation=_name(signatory)))
    return str(_("%(organisation)s has agreed.", organisation=_name(signatory)))


def _perform(actor: Actor, signatory: Signatory, link: ActLink, _form: Form, now: datetime) -> None:
    (services.agree if link.choice == AGREE else services.decline)(actor, signatory, now=now)


def _said(holder: Holder, link: ActLink, _now: datetime) -> Said | None:
    """Return how the organisation stands now: a second link of the same mail may have changed it."""
    signatory = _load(holder, link)
    href = answer_path(signatory.engagement_id, signatory.id)
    if signatory.state is SignatoryState.ASKED:
        lines = (question(signatory), apart(signatory.engagement.title))
        return Said("", href, counts=False, lines=lines)
    counts, opening = signatory.state is _LEADS_TO[link.choice], _opening(holder, signatory)
    return Said(_answered(signatory), href, counts=counts, lines=(opening,))


def register() -> None:
    """Tell the house what is answered from the mail of this question."""
    choices = {
        AGREE: Choice(_l("We agree"), is_weighty=True),
        DECLINE: Choice(_l("We decline"), is_weighty=True),
    }
    acts.register(acts.Act(JOINING, choices, ask=_ask, perform=_perform, said=_said))
