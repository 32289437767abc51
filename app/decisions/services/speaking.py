"""One organisation, one voice: given under a mandate of that day, changed by saying so, and an objection withdrawn by
whoever raised it (R-23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import has_words
from app.core.permissions import require
from app.decisions import events, telling, texts
from app.decisions.models import (
    Decision,
    GivenVoice,
    Intent,
    RollLine,
    Stage,
    Stand,
    Statement,
    WindowKind,
)
from app.decisions.names import lazy_name
from app.decisions.queries import find_proxy, find_standing
from app.decisions.services.locking import check_not_settled, lock
from app.decisions.services.mandates import mandate_for
from app.decisions.texts import Words
from app.extensions import db
from app.moments.shown import lazy_day
from app.workinggroups.policy import has_voice
from app.workinggroups.queries import find_membership


class NoVoice(RuleBroken):
    """Observers and guests advise."""


class NotAskedYet(RuleBroken):
    """Voices are asked for after questions and reactions."""


class NotOnRoll(RuleBroken):
    """The organisation had no member in the group when the decision was opened."""


class AmendedMeanwhile(RuleBroken):
    """The voice was meant for an older version of the proposal."""


class AlreadySpoken(RuleBroken):
    """One organisation, one voice: changing it needs saying so."""


class VoiceChangedMeanwhile(RuleBroken):
    """The voice that was to be changed is not the one that stands."""


NO_REASON = _l(
    "An objection needs its reason: write why this would harm the aims of the group. Without one, choose to abstain."
)


class ReasonMissing(RuleBroken):
    """An objection without a reason is none."""


class VoiceGivenAway(RuleBroken):
    """The organisation gave its voice to another one."""


class ProxyMissing(RuleBroken):
    """The organisation does not hold this voice."""


class NothingToWithdraw(RuleBroken):
    """There is no objection that stands."""


@dataclass(frozen=True, slots=True)
class Speaking:
    """What an organisation says to one `version`. `through` is the one that speaks for it by proxy; `changes` is the
    voice that this one replaces, said on purpose; `words` are the reason of an objection, or what is added."""

    organisation_id: UUID
    stand: Stand
    version: int
    words: Words | None = None
    through: UUID | None = None
    changes: UUID | None = None


def give_voice(actor: Actor, decision: Decision, said: Speaking, *, now: datetime) -> GivenVoice:
    """Give the voice of an organisation, or change it. After the end of the window it is kept, marked late, and counts
    for nothing (R-22).

    Raises `NoVoice`, `NotAskedYet`, `AmendedMeanwhile`, `NotOnRoll`, `VoiceGivenAway`, `ProxyMissing`, the errors of
    mandates, `ReasonMissing`, `AlreadySpoken`, `VoiceChangedMeanwhile`.
    """
    require(actor, "decisions.take_part", decision)
    lock(decision)
    check_place(actor, decision)
    is_late = _is_late(decision, now)
    _check_version(decision, said)
    _check_roll(decision, said)
    mandate = mandate_for(actor, said.through or said.organisation_id, now=now)
    _check_reason(said)
    _make_room(decision, said, is_late, now)
    voice = GivenVoice(
        id=uuid4(),
        decision_id=decision.id,
        version=said.version,
        organisation_id=said.organisation_id,
        through_id=said.through,
        stand=said.stand,
        words=_words(actor, decision, said, is_late, now),
        given_at=now,
        given_by=actor.person_id,
        mandate_id=mandate.grant_id,
        mandate_from=mandate.from_on,
        mandate_until=mandate.until_on,
        is_late=is_late,
    )
    try:
        with db.session.begin_nested():
            db.session.add(voice)
    except IntegrityError:
        raise _already(find_standing(decision, said.organisation_id, is_late=is_late)) from None
    facts = {"organisation": str(said.organisation_id), "version": said.version, "stand": said.stand, "late": is_late}
    audit.record(actor, "decisions.voice.given", "decision", decision.id, facts, now=now)
    if said.stand is Stand.OBJECT and not is_late:
        telling.tell_objection(actor, decision, voice, now=now)
    events.voice_given.send(voice, actor=actor, now=now)
    return voice


def check_place(actor: Actor, decision: Decision) -> None:
    """Raise `NoVoice` for whoever is inside without being a member: who may not speak gives no voice away either."""
    place = find_membership(decision.group, actor.person_id)
    if place is not None and not has_voice(place):
        raise NoVoice(_l("Observers and guests ask and advise. Voices are given by members of the group."), rule="R-23")


def _is_late(decision: Decision, now: datetime) -> bool:
    window = decision.window
    if window is None or window.kind is not WindowKind.OBJECTIONS:
        raise NotAskedYet(
            _l("Voices are asked for after the questions and the reactions. You are told when it begins."), rule="R-23"
        )
    return decision.stage is not Stage.OBJECTIONS or now > window.moment.until


def _check_version(decision: Decision, said: Speaking) -> None:
    if said.version != decision.version:
        raise AmendedMeanwhile(
            _l(
                "The proposal has been amended since you opened this page. Read version %(number)s, then give your "
                "voice to it.",
                number=decision.version,
            ),
            rule="R-23",
        )


def _check_roll(decision: Decision, said: Speaking) -> None:
    if db.session.get(RollLine, (decision.id, said.organisation_id)) is None:
        raise NotOnRoll(
            _l(
                "This organisation is not on the roll: it had no member in the group when this was opened. You may "
                "react."
            ),
            field="organisation",
            rule="R-23",
        )
    proxy = find_proxy(decision, said.organisation_id)
    if said.through is None and proxy is not None:
        raise VoiceGivenAway(
            _l(
                "Your organisation gave its voice to %(holder)s for this decision. Take it back first, then speak.",
                holder=lazy_name(db.session.get_one(RollLine, (decision.id, proxy.holder_id)).names),
            ),
            field="organisation",
            rule="R-23",
        )
    if said.through is not None and (proxy is None or proxy.holder_id != said.through):
        raise ProxyMissing(
            _l("Your organisation does not hold this voice: nobody gave it, or it was taken back."),
            field="organisation",
            rule="R-23",
        )


def _check_reason(said: Speaking) -> None:
    if said.stand is Stand.OBJECT and (said.words is None or not has_words(said.words.body)):
        raise ReasonMissing(NO_REASON, field="body", rule="R-23")


def _make_room(decision: Decision, said: Speaking, is_late: bool, now: datetime) -> None:
    """Let the voice that stands become history, if that is what was wished."""
    standing = find_standing(decision, said.organisation_id, is_late=is_late)
    if standing is None and (said.changes is None or is_late):
        return  # late, it stands beside one that was given in time
    if standing is not None and said.changes is None:
        raise _already(standing)
    replacing = sa.update(GivenVoice).where(GivenVoice.id == said.changes, GivenVoice.replaced_at.is_(None))
    if standing is None or standing.id != said.changes or change_rows(replacing.values(replaced_at=now)) != 1:
        raise VoiceChangedMeanwhile(
            _l("The voice of this organisation has changed since you opened this page. Look at what stands now."),
            rule="R-23",
        )


def _already(standing: GivenVoice | None) -> AlreadySpoken:
    """One organisation, one voice; who gave it and when stands in the sentence."""
    if standing is None or standing.giver is None:
        sentence = _l("This organisation has spoken already. Open its voice and change it, if that is what you want.")
    else:
        sentence = _l(
            "This organisation has one voice, and %(name)s gave it on %(day)s. If yours is to replace it, send it "
            "again.",
            name=standing.giver.name,
            day=lazy_day(standing.given_at.date()),
        )
    return AlreadySpoken(sentence, field="organisation", rule="R-23")


def _words(actor: Actor, decision: Decision, said: Speaking, is_late: bool, now: datetime) -> Statement | None:
    if said.words is None or said.words.is_empty:
        return None
    return texts.write_statement(
        actor,
        decision,
        Intent.REASON,
        said.words,
        missing="",
        organisation_id=said.organisation_id,
        is_late=is_late,
        now=now,
    )


def withdraw_objection(
    actor: Actor, decision: Decision, voice: GivenVoice, words: Words | None = None, *, now: datetime
) -> GivenVoice:
    """Take an objection back, by a mandate of whoever raised it: "met by version 2". It stays on record.

    Raises `Settled`, `NothingToWithdraw`, and the errors of mandates.
    """
    require(actor, "decisions.take_part", decision)
    lock(decision)
    check_not_settled(decision)
    mandate_for(actor, voice.through_id or voice.organisation_id, now=now)
    withdrawing = sa.update(GivenVoice).where(
        GivenVoice.id == voice.id,
        GivenVoice.decision_id == decision.id,
        GivenVoice.stand == Stand.OBJECT,
        GivenVoice.replaced_at.is_(None),
        GivenVoice.withdrawn_at.is_(None),
    )
    if change_rows(withdrawing.values(withdrawn_at=now, withdrawn_by=actor.person_id)) != 1:
        raise NothingToWithdraw(_l("This objection does not stand any more. Look at the page again."), rule="R-23")
    db.session.refresh(voice)
    if words is not None and not words.is_empty:
        voice.withdrawal = texts.write_statement(
            actor,
            decision,
            Intent.WITHDRAWAL,
            words,
            missing="",
            organisation_id=voice.organisation_id,
            answers=voice.words,
            now=now,
        )
    facts = {"organisation": str(voice.organisation_id), "version": voice.version}
    audit.record(actor, "decisions.objection.withdrawn", "decision", decision.id, facts, now=now)
    return voice
