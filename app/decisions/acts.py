"""What is answered from a mail that asks for voices: the voice of the one organisation that its reader speaks for, to
the version that the mail was about (R-23). Whoever speaks for several, or by proxy, does so on the page."""

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
from app.core.forms import Form
from app.core.names import names_of
from app.core.registries import Contact, actor_at
from app.core.slots import rendered
from app.decisions import queries, services
from app.decisions.addresses import decision_path
from app.decisions.forms import ObjectionByMailForm, VoiceByMailForm, WordsForm
from app.decisions.models import Decision, GivenVoice, Stage, Stand
from app.decisions.queries.counting import holders_for
from app.decisions.services import Speaking
from app.decisions.words import STAND_NOTES, STANDS
from app.moments.endings import end_in_words
from app.originals.showing import reading_of
from app.people.keys import mandated_for
from app.people.queries import own_languages, reads_language
from app.workinggroups.policy import has_voice
from app.workinggroups.queries import find_membership

VOICE = "decisions.voice"

_OVER = _l("Voices are taken no more. What came of it stands on its page.")
_AMENDED = _l("The proposal was amended since this mail was written. Read it, then give your voice.")


def sole_voice(actor: Actor, decision: Decision) -> UUID | None:
    """Return the organisation of the roll whose voice is the only one that the actor may give, and its
    own; else None."""
    place = find_membership(decision.group, actor.person_id)
    if place is None or not has_voice(place):
        return None
    held, speaks = holders_for([decision.id])[decision.id], mandated_for(actor)
    mine = [one for one in queries.roll_of(decision) if held.get(one, one) in speaks]
    return mine[0] if len(mine) == 1 and mine[0] not in held else None


def voice_asked(decision: Decision, parameters: dict[str, Any]) -> UUID | None:
    """Return the organisation whose voice a mail asks its reader for: the one that they spoke for when it was told;
    None for all others, who find the way on the page."""
    is_asked = decision.stage is Stage.OBJECTIONS and "window" in parameters and "at" in parameters
    window = decision.window
    if not is_asked or window is None or parameters["window"] != str(window.id):
        return None
    reader = actor_at(UUID(parameters["person"]), datetime.fromisoformat(parameters["at"]))
    return sole_voice(reader, decision)


def offered(decision: Decision, parameters: dict[str, Any], contact: Contact) -> str:
    """Return for whom a mail asks, and the links; where that voice stands already, which it is; "" where it asks for
    none."""
    organisation = voice_asked(decision, parameters)
    if organisation is None:
        return ""
    if (stands := queries.find_standing(decision, organisation)) is not None:
        return _done(stands.stand, _name_of(organisation), apart(decision.title))
    links = acts.offer(VOICE, decision.id, parameters, contact, about=f"{decision.version}:{organisation.hex}")
    return "\n".join((_("Give the voice of %(name)s", name=_name_of(organisation)), links)) if links else ""


def _about(link: ActLink) -> tuple[int, UUID]:
    version, _colon, organisation = link.about.partition(":")
    return int(version), UUID(organisation)


def _ask(holder: Holder, link: ActLink, now: datetime) -> Asked | Over:
    decision = queries.get_visible_decision(holder.actor, link.subject_id)
    version, organisation = _about(link)
    href, window, title = decision_path(decision), decision.window, apart(decision.title)
    if window is None or decision.stage is not Stage.OBJECTIONS or window.moment.until <= now:
        return Over(_OVER, href, title)
    if version != decision.version:
        return Over(_AMENDED, href, title)
    if sole_voice(holder.actor, decision) != organisation:
        changed = _("Whom you speak for has changed since this mail was written. Give the voice on the page.")
        return Over(changed, href, title)
    stands, stand = queries.find_standing(decision, organisation), Stand(link.choice)
    return Asked(
        thing=decision,
        title=_question(stand, _name_of(organisation)),
        lines=(
            _about_words(decision, version),
            _("Voices are taken until %(end)s.", end=end_in_words(window.moment, holder.zone or None)),
            STAND_NOTES[stand],
            _standing_words(stands, holder),
        ),
        href=href,
        stands=_done(stands.stand, _name_of(organisation), apart(decision.title)) if stands else "",
        words=_words(decision, holder, now),
        words_name=_("The proposal"),
        more={"changes": str(stands.id) if stands else ""},
    )


def _words(decision: Decision, holder: Holder, now: datetime) -> Markup:
    """Return the words of the version that is asked about, with the translation for the holder beside them, and their
    language where it is not one of the holder's."""
    reading = reading_of(holder.actor, decision.proposal, None, now)
    shown = (reading.original.language, *([reading.beside.language] if reading.beside else []))
    return rendered(
        "decisions/act_words.html", reading=reading, reads_it=any(reads_language(holder.actor, tag) for tag in shown)
    )


def _question(stand: Stand, organisation: str) -> str:
    if stand is Stand.CONSENT:
        # I18N: a question to who speaks for an organisation; the button says "We consent"
        return str(_("Does %(organisation)s consent?", organisation=organisation))
    if stand is Stand.ABSTAIN:
        # I18N: a question to who speaks for an organisation; the button says "We abstain"
        return str(_("Does %(organisation)s abstain?", organisation=organisation))
    # I18N: a question to who speaks for an organisation; the button says "We object"
    return str(_("Does %(organisation)s object?", organisation=organisation))


def _standing_words(stands: GivenVoice | None, holder: Holder) -> str:
    """Say what the organisation has said already, which another voice replaces."""
    if stands is None:
        return ""
    return str(
        _(
            "A voice stands: %(name)s gave it on %(day)s. What you send replaces it, and the earlier one stays in the "
            "history.",
            name=stands.giver.name if stands.giver is not None else "…",
            day=holder.day_of(stands.given_at),
        )
    )


def _name_of(organisation: UUID) -> str:
    return apart(names_of("organisation", [organisation], page_language())[organisation].text)


def _fill(form: Form, holder: Holder, _asked: Asked, _now: datetime) -> None:
    """The language of the page is the one in which its reader gets mails: it is chosen already, and can be changed."""
    if isinstance(form, WordsForm):
        if not form.is_submitted():
            form.language.data = page_language()
        form.offer_languages(first=[*own_languages(holder.actor), page_language()])


def _perform(actor: Actor, decision: Decision, link: ActLink, form: Form, now: datetime) -> None:
    version, organisation = _about(link)
    said = Speaking(
        organisation_id=organisation,
        stand=Stand(link.choice),
        version=version,
        words=form.words() if isinstance(form, WordsForm) else None,
        changes=form.changed() if isinstance(form, VoiceByMailForm) else None,
    )
    services.give_voice(actor, decision, said, now=now)


def _said(holder: Holder, link: ActLink, _now: datetime) -> Said | None:
    """Return the voice that stands now, whoever gave it; where none does, that the version is another."""
    decision = queries.get_visible_decision(holder.actor, link.subject_id)
    version, organisation = _about(link)
    href, stands = decision_path(decision), queries.find_standing(decision, organisation)
    if stands is None:
        lines = (_name_of(organisation), _about_words(decision, version))
        return Said(_why_none_stands(decision), href, counts=False, lines=lines)
    sentence = _done(stands.stand, _name_of(organisation), apart(decision.title))
    return Said(sentence, href, counts=stands.stand is Stand(link.choice))


def _about_words(decision: Decision, version: int) -> str:
    # I18N: the title of a decision stands between the marks
    return str(_("It is about “%(title)s”, version %(number)s.", title=apart(decision.title), number=version))


def _why_none_stands(decision: Decision) -> Any:
    return _AMENDED if decision.stage is Stage.OBJECTIONS else _OVER


def _done(stand: Stand, organisation: str, title: str) -> str:
    if stand is Stand.CONSENT:
        # I18N: what was done by a link of a mail; the title of a decision stands between the marks
        return str(_("%(organisation)s consents to “%(title)s”.", organisation=organisation, title=title))
    if stand is Stand.ABSTAIN:
        # I18N: what was done by a link of a mail; the title of a decision stands between the marks
        return str(_("%(organisation)s abstains on “%(title)s”.", organisation=organisation, title=title))
    # I18N: what was done by a link of a mail; the title of a decision stands between the marks
    return str(_("%(organisation)s objects to “%(title)s”.", organisation=organisation, title=title))


def register() -> None:
    """Tell the house what is answered from mails of this package."""
    forms = {Stand.OBJECT: ObjectionByMailForm}
    choices = {
        stand.value: Choice(
            STANDS[stand], forms.get(stand, VoiceByMailForm), "decisions/act_fields.html", is_weighty=True
        )
        for stand in Stand
    }
    acts.register(acts.Act(VOICE, choices, ask=_ask, perform=_perform, said=_said, fill=_fill))
