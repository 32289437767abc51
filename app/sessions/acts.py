"""What is answered from the mails about a gathering: "I come", "I cannot come", to the hour that the mail named."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core import acts, mails
from app.core.actors import Actor
from app.core.acts import ActLink, Asked, Choice, Holder, Over, Said
from app.core.apart import apart
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import Form
from app.core.permissions import can
from app.core.registries import Contact
from app.moments.mailed import time_words
from app.moments.shown import Shown, shown
from app.sessions import addresses, policy, queries, services
from app.sessions.hosts import owner_of, title_of, words_of
from app.sessions.models import Gathering

COMING = "sessions.coming"
YES, NO = "yes", "no"


def offer_coming(
    gathering: Gathering, parameters: dict[str, Any], contact: Contact, *, person_id: UUID | None = None
) -> str:
    """Return the paragraph of a mail with both answers: to the start that stands now, and to no other one. Who said for
    it that they come reads that, and how to say that they cannot. "" of what is over: nobody is asked."""
    if policy.is_over(gathering, mails.now()):
        return ""
    about = about_start(gathering)
    said = queries.find_intention(gathering, person_id or UUID(parameters["person"]))
    if said is None or not said.comes or said.for_start != gathering.moment.starts_at:
        return acts.offer(COMING, gathering.id, parameters, contact, person_id=person_id, about=about)
    address = acts.link(COMING, NO, gathering.id, parameters, contact, person_id=person_id, about=about)
    cannot = _("%(answer)s: %(address)s", answer=_("I cannot come"), address=address)
    return "\n".join((_("You said that you come."), cannot))


def about_start(gathering: Gathering) -> str:
    """Return what a link says of the hour it was mailed for."""
    return gathering.moment.starts_at.isoformat()


def _ask(holder: Holder, link: ActLink, now: datetime) -> Asked | Over:
    gathering = queries.get_visible_gathering(holder.actor, link.subject_id)
    if not can(holder.actor, "sessions.say_coming", gathering):
        raise NotFound
    href, words = addresses.session_path(gathering.id), words_of(gathering)
    title = apart(title_of(gathering, page_language()).text)
    if not policy.takes_place(gathering):
        return Over(words.off_when_asked, href, title)
    if not policy.can_still_be_asked(gathering, now):
        return Over(words.asked_too_late, href, title)
    if link.about != about_start(gathering):
        return Over(_moved_since(gathering, holder), href, title)
    return Asked(
        thing=gathering,
        # I18N: a question; the button below it says "I come", or "I cannot come"
        title=_("Do you come to “%(title)s”?", title=title)
        if link.choice == YES
        else _("You cannot come to “%(title)s”?", title=title),
        lines=(
            time_words(_shown(gathering, holder)),
            owner_of(gathering, page_language()).name.text,
        ),
        href=href,
        stands=_what_stands(gathering, holder),
        note=words.coming_is_seen,
    )


def _what_stands(gathering: Gathering, holder: Holder) -> str:
    """Return what a person said last for the hour that stands, by whatever way; "" where they said nothing for it."""
    said = queries.find_intention(gathering, holder.actor.person_id)
    if said is None or said.for_start != gathering.moment.starts_at:
        return ""
    title = apart(title_of(gathering, page_language()).text)
    if said.comes:
        return str(_("You come to “%(title)s”.", title=title))
    return str(_("You cannot come to “%(title)s”.", title=title))


def _shown(gathering: Gathering, holder: Holder) -> Shown:
    return shown(gathering.moment, holder.zone or None, page_language())


def _moved_since(gathering: Gathering, holder: Holder) -> str:
    """An answer to one hour is none to another."""
    return str(_("The date has changed since this mail was written: %(date)s.", date=_shown(gathering, holder).words))


def _perform(actor: Actor, gathering: Gathering, link: ActLink, _form: Form, now: datetime) -> None:
    services.say_coming(actor, gathering, comes=link.choice == YES, now=now)


def _said(holder: Holder, link: ActLink, _now: datetime) -> Said | None:
    """Return what a person said last for the hour that stands, by whatever way."""
    gathering = queries.get_visible_gathering(holder.actor, link.subject_id)
    if not can(holder.actor, "sessions.say_coming", gathering):
        return None
    href = addresses.session_path(gathering.id)
    if not policy.takes_place(gathering):
        return Said(words_of(gathering).off_when_asked, href, counts=False)
    stands = queries.find_intention(gathering, holder.actor.person_id)
    if stands is None or stands.for_start != gathering.moment.starts_at:
        again = _("You answered for the earlier time. It has moved: please say it again.")
        return Said(" ".join((again, _moved_since(gathering, holder))), href, counts=False)
    return Said(_what_stands(gathering, holder), href, counts=stands.comes == (link.choice == YES))


def register() -> None:
    """Tell the house what is answered from mails of this package."""
    choices = {YES: Choice(_l("I come")), NO: Choice(_l("I cannot come"))}
    acts.register(acts.Act(COMING, choices, ask=_ask, perform=_perform, said=_said))
