"""Who is told of a decision: one notice per person and fact, written in the transaction of the fact. Mails carry title
and link alone; what is proposed and said stays on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.core import notices
from app.core.actors import Actor
from app.core.notices import key_of
from app.core.registries import StillWanted, audience_holders
from app.core.remembering import remembered
from app.decisions.models import Decision, GivenVoice, Proposal, Proxy, Stage, Statement, Window
from app.decisions.queries.counting import holders_for, silent_on
from app.extensions import db
from app.moments.models import MomentChange
from app.originals.models import Translation
from app.people.keys import mandate_key
from app.people.queries import by_other_clocks
from app.workinggroups.keys import contributors_key, coordinators_key, group_key

OPENED = "decisions.window_opened"
PROLONGED = "decisions.window_prolonged"
CLOSING = "decisions.window_closing"
OBJECTED = "decisions.objected"
ANSWERED = "decisions.answered"
PROXY_GIVEN = "decisions.proxy_given"
AMENDED = "decisions.amended"
CLOSED = "decisions.closed"
TRANSLATED = "decisions.translated"

STALE_AFTER = timedelta(days=7)
"""A mail that could not leave for a week says old news."""


def tell_opened(actor: Actor, window: Window, *, now: datetime) -> None:
    """Tell everybody inside that questions, reactions or voices are asked for, until the window closes."""
    inside = audience_holders(group_key(window.decision.group_id), now) - {actor.person_id}
    tell(inside, OPENED, window.decision, f"{window.id}", now, window=window, expires_at=window.moment.until)


def tell_prolonged(actor: Actor, window: Window, *, now: datetime) -> None:
    """Tell everybody inside until when there is time now."""
    inside = audience_holders(group_key(window.decision.group_id), now)
    _tell_end(inside - {actor.person_id}, window, now)


def tell_clocks_moved(window: Window, change: MomentChange, *, now: datetime) -> None:
    """Tell those inside for whom new zone data moved the end, until later or sooner. For whoever lives by its clocks it
    has not moved, and what was said of it stands."""
    inside = audience_holders(group_key(window.decision.group_id), now)
    elsewhere = by_other_clocks(inside, window.moment.zone)
    old, new = key_of_end(window, datetime.fromisoformat(change.old["until"])), key_of_end(window)
    notices.take_over((PROLONGED, CLOSING), old, new, inside - elsewhere, expires_at=window.moment.until)
    _tell_end(elsewhere, window, now)


def _tell_end(people: Iterable[UUID], window: Window, now: datetime) -> None:
    until = window.moment.until
    tell(people, PROLONGED, window.decision, key_of_end(window), now, window=window, expires_at=until)


def tell_objection(actor: Actor, decision: Decision, voice: GivenVoice, *, now: datetime) -> None:
    """Tell whoever runs the group, and who proposed, that an organisation objects."""
    people = set(audience_holders(coordinators_key(decision.group_id), now)) - {actor.person_id}
    proposer = decision.proposal.author_id
    if proposer is not None and proposer != actor.person_id:
        people.add(proposer)
    tell(people, OBJECTED, decision, f"{voice.id}", now, about={"voice": str(voice.id)})


def tell_answered(actor: Actor, decision: Decision, answered: Statement, answer: Statement, *, now: datetime) -> None:
    """Tell who asked, or gave the reason of an objection, that somebody answered."""
    if answered.author_id is not None and answered.author_id != actor.person_id:
        about = {"answer": str(answer.id), "intent": answered.intent.value}
        tell([answered.author_id], ANSWERED, decision, f"{answer.id}", now, about=about)


def tell_proxy(actor: Actor, decision: Decision, proxy: Proxy, *, now: datetime) -> None:
    """Tell those who speak for the organisation that holds a voice from now on."""
    speakers = audience_holders(mandate_key(proxy.holder_id), now)
    people = speakers & audience_holders(contributors_key(decision.group_id), now) - {actor.person_id}
    tell(people, PROXY_GIVEN, decision, f"{proxy.id}", now, about={"proxy": str(proxy.id)})


def tell_amended(actor: Actor, decision: Decision, window: Window | None, *, now: datetime) -> None:
    """Tell everybody inside that there is another version, and until when they are asked about it. One mail says both:
    of a `window` that an amendment opens nothing else is told."""
    inside = audience_holders(group_key(decision.group_id), now) - {actor.person_id}
    key = f"{decision.id}:{decision.version}"
    tell(inside, AMENDED, decision, key, now, window=window, expires_at=window.moment.until if window else None)


def tell_closed(actor: Actor, decision: Decision, *, now: datetime) -> None:
    """Tell everybody inside what came out, as often as it was counted."""
    inside = audience_holders(group_key(decision.group_id), now) - {actor.person_id}
    tell(inside, CLOSED, decision, f"{decision.id}:{now.isoformat()}", now)


def key_of_end(window: Window, end: datetime | None = None) -> str:
    """What is said of one end of a window is said once, and anew when the end is put off."""
    return f"{window.id}:{end or window.moment.until:%Y%m%dT%H%M}"


def tell_translated(actor: Actor, translation: Translation, now: datetime) -> None:
    """Tell the author of a proposal or a statement that a translation waits for a look."""
    original = translation.original
    author_id = original.author_id
    if author_id in (None, actor.person_id) or not isinstance(original, Proposal | Statement):
        return
    notices.tell(
        author_id,
        TRANSLATED,
        f"{translation.id}:{translation.written_at.isoformat()}",
        {"translation": str(translation.id), "decision": str(original.decision_id)},
        now=now,
        audience=original.audience,
    )


def speakers_for(decision: Decision, organisations: Iterable[UUID], now: datetime) -> set[UUID]:
    """Return who takes part in the group and speaks today for one of these organisations: by its own mandate, or by the
    mandate of the one that holds its voice."""
    held = holders_for([decision.id])[decision.id]
    speaking = {held.get(organisation, organisation) for organisation in organisations}
    taking_part = audience_holders(contributors_key(decision.group_id), now)
    return {person for one in speaking for person in audience_holders(mandate_key(one), now)} & taking_part


def tell(
    people: Iterable[UUID],
    kind: str,
    decision: Decision,
    key: str,
    now: datetime,
    *,
    window: Window | None = None,
    about: Mapping[str, str] | None = None,
    expires_at: datetime | None = None,
    not_before: datetime | None = None,
) -> None:
    parameters = {"decision": str(decision.id), "stage": decision.stage.value, "version": str(decision.version)}
    parameters["at"] = now.isoformat()
    parameters |= about or {}
    if window is not None:
        parameters["window"] = str(window.id)
    notices.tell_many(
        sorted(people, key=str),
        kind,
        key,
        parameters,
        now=now,
        audience=group_key(decision.group_id),
        expires_at=expires_at or now + STALE_AFTER,
        happens_at=expires_at,
        not_before=not_before,
    )


def still_wanted(notice: Any, now: datetime) -> bool:
    """Asked at the last moment before a mail leaves: the person is still inside, and what it says is still so."""
    decision = db.session.get(Decision, UUID(notice.parameters["decision"]))
    if decision is None:
        return False
    if notice.person_id not in _who_is_inside(decision.group_id, now):
        return False
    return _STILL_SO[notice.kind](notice, decision, now)


def _objection_stands(notice: Any, decision: Decision, _now: datetime) -> bool:
    voice = db.session.get(GivenVoice, UUID(notice.parameters["voice"]))
    stands = voice is not None and voice.replaced_at is None and voice.withdrawn_at is None
    return stands and not decision.is_settled


def _proxy_stands(notice: Any, decision: Decision, _now: datetime) -> bool:
    proxy = db.session.get(Proxy, UUID(notice.parameters["proxy"]))
    return proxy is not None and proxy.revoked_at is None and not decision.is_settled


def _answer_stands(notice: Any, _decision: Decision, _now: datetime) -> bool:
    answer = db.session.get(Statement, UUID(notice.parameters["answer"]))
    return answer is not None and answer.withdrawn_at is None and answer.erased_at is None


def _came_out_so(notice: Any, decision: Decision, _now: datetime) -> bool:
    return bool(decision.stage.value == notice.parameters["stage"])


def _translation_is_there(notice: Any, _decision: Decision, _now: datetime) -> bool:
    return db.session.get(Translation, UUID(notice.parameters["translation"])) is not None


def _window_is_open(notice: Any, decision: Decision, now: datetime) -> bool:
    window = decision.window
    if window is None or str(window.id) != notice.parameters["window"]:
        return False
    return window.closed_at is None and window.moment.until > now


@remembered
def _who_is_inside(group_id: UUID, now: datetime) -> set[UUID]:
    return audience_holders(group_key(group_id), now)


@remembered
def _who_was_left(kind: str, key: str, group_id: UUID, now: datetime) -> set[UUID]:
    """Return to whom of a group a notice was left: asked once for all whom one batch asks."""
    keys = {key_of(kind, key, person): person for person in _who_is_inside(group_id, now)}
    return {keys[key] for key in notices.left_among(keys)}


def _is_reminded(notice: Any, window: Window, now: datetime) -> bool:
    """Whether the reader of a notice is reminded of the end that stands, and hears of it from that mail."""
    return notice.person_id in _who_was_left(CLOSING, key_of_end(window), window.decision.group_id, now)


def _is_put_off(notice: Any, window: Window, now: datetime) -> bool:
    """Whether the word that the end was put off takes the place of the mail that asks, in the words of that mail."""
    return notice.person_id in _who_was_left(PROLONGED, key_of_end(window), window.decision.group_id, now)


def _is_first_asked(notice: Any, decision: Decision, now: datetime) -> bool:
    """Whoever is told of the end by now, by a reminder or because it was put off, hears of it from that mail alone."""
    window = decision.window
    if window is None or not _window_is_open(notice, decision, now):
        return False
    return not _is_reminded(notice, window, now) and not _is_put_off(notice, window, now)


def _version_stands(notice: Any, decision: Decision, now: datetime) -> bool:
    """What was amended is told, by the word that the end was put off where there is one, and beside a reminder, which
    does not say it."""
    if str(decision.version) != notice.parameters["version"]:
        return False
    window = decision.window
    if window is None or "window" not in notice.parameters:
        return True
    is_said_later = _is_put_off(notice, window, now) and not _is_reminded(notice, window, now)
    return _window_is_open(notice, decision, now) and not is_said_later


def _is_news(notice: Any, decision: Decision, now: datetime) -> bool:
    """Of several ends the last is told, and to nobody whom a reminder tells of it."""
    window = decision.window
    if window is None or not _window_is_open(notice, decision, now) or _is_reminded(notice, window, now):
        return False
    return bool(notice.key == key_of(PROLONGED, key_of_end(window), notice.person_id))


def _reminds_of_the_end(notice: Any, decision: Decision, now: datetime) -> bool:
    """A reminder of an end that was put off gives way to the word that says so."""
    window = decision.window
    is_last = window is not None and notice.key == key_of(CLOSING, key_of_end(window), notice.person_id)
    return is_last and _may_speak(notice, decision, now)


def _may_speak(notice: Any, decision: Decision, now: datetime) -> bool:
    silent = silent_on([decision])[decision.id]
    is_asked = decision.stage is Stage.OBJECTIONS and _window_is_open(notice, decision, now)
    return is_asked and notice.person_id in speakers_for(decision, silent, now)


_STILL_SO: dict[str, Callable[[Any, Decision, datetime], bool]] = {
    OPENED: _is_first_asked,
    PROLONGED: _is_news,
    CLOSING: _reminds_of_the_end,
    OBJECTED: _objection_stands,
    ANSWERED: _answer_stands,
    PROXY_GIVEN: _proxy_stands,
    AMENDED: _version_stands,
    CLOSED: _came_out_so,
    TRANSLATED: _translation_is_there,
}
STILL_WANTED: dict[str, StillWanted] = dict.fromkeys(_STILL_SO, still_wanted)
