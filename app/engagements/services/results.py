"""What came of an engagement, what follows from it, and when it is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import check_tag, is_blank
from app.core.permissions import require
from app.engagements import events
from app.engagements.models import Engagement, EngagementState, Result
from app.engagements.services.holding import hold, record
from app.extensions import db

LONGEST_WORDS = 10_000


class NotHandedIn(RuleBroken):
    """A result before the submission."""

    def __init__(self) -> None:
        super().__init__(
            _l("Nothing can have come of it yet: it is not handed in. Note the submission first, with its day.")
        )


def note_result(
    actor: Actor,
    engagement: Engagement,
    *,
    result: Result,
    on: date | None = None,
    words: str = "",
    language: str,
    now: datetime,
) -> Engagement:
    """Write down what came of it, on which day that became known, and how, in words of one language.

    Raises `NotHandedIn`, and `RuleBroken` at `on` for a day to come or before the submission, at `words` and
    `language`.
    """
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if engagement.submitted_on is None:
        raise NotHandedIn
    check_result_day(engagement, on, now)
    said = check_words(words)
    engagement.result, engagement.result_on = result, on
    engagement.result_words, engagement.result_language = said, check_tag(language) if said else ""
    engagement.changed_at = now
    db.session.flush()
    record(actor, "result_noted", engagement, now, result=result.value)
    events.engagement_changed.send(engagement, actor=actor, now=now)
    return engagement


def check_result_day(engagement: Engagement, on: date | None, now: datetime) -> None:
    """Raise `RuleBroken` at `on` for a day on which nothing can have become known."""
    if on is None or engagement.submitted_on is None:
        return
    if on > (now + timedelta(days=1)).date():  # somewhere it is tomorrow already
        raise RuleBroken(_l("This day is still to come. Write down the day on which it became known."), field="on")
    if on < engagement.submitted_on:
        raise RuleBroken(
            _l("This day lies before the one on which it was handed in. Change one of the two."), field="on"
        )


def check_words(typed: str, *, field: str = "words") -> str:
    """Return words as they are kept, "" for none; raises `RuleBroken` at the field."""
    words = typed.strip()
    if len(words) > LONGEST_WORDS:
        raise RuleBroken(_l("Write %(longest)s characters at most.", longest=LONGEST_WORDS), field=field)
    return "" if is_blank(words) else words


def take_back_result(actor: Actor, engagement: Engagement, *, now: datetime) -> Engagement:
    """Say that it is not known yet what came of it: noted by mistake. Twice is once. Raises `RuleBroken` where the
    engagement has ended."""
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if engagement.state is EngagementState.CLOSED:
        raise RuleBroken(_l("This engagement has ended. Open it again first."))
    if engagement.result is not None:
        engagement.result, engagement.result_on = None, None
        engagement.result_words = engagement.result_language = ""
        engagement.changed_at = now
        db.session.flush()
        record(actor, "result_taken_back", engagement, now)
        events.engagement_changed.send(engagement, actor=actor, now=now)
    return engagement


def note_follow_up(actor: Actor, engagement: Engagement, *, words: str, language: str, now: datetime) -> Engagement:
    """Write down how the groups go on with it, at any time; empty words take it away. Raises `RuleBroken` at `words`
    and `language`."""
    require(actor, "engagements.run", engagement)
    hold(engagement)
    said = check_words(words)
    engagement.follow_up, engagement.follow_up_language = said, check_tag(language) if said else ""
    if db.session.is_modified(engagement):
        engagement.changed_at = now
        db.session.flush()
        record(actor, "follow_up_noted", engagement, now)
        events.engagement_changed.send(engagement, actor=actor, now=now)
    return engagement


def close(actor: Actor, engagement: Engagement, *, now: datetime) -> Engagement:
    """Say that an engagement has ended. Twice is once. Raises `RuleBroken` for one that was not handed in, and for one
    of which nobody has said what came of it; one that watches ends at any time."""
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if engagement.state is EngagementState.CLOSED:
        return engagement
    if engagement.state not in (EngagementState.SUBMITTED, EngagementState.WATCHING):
        raise RuleBroken(_l("This is not handed in, so it does not end here. Note its submission, or give it up."))
    if engagement.state is EngagementState.SUBMITTED and engagement.result is None:
        raise RuleBroken(_l("Say first what came of it. “No answer” is an answer too."))
    _move(actor, engagement, EngagementState.CLOSED, "ended", now)
    return engagement


def reopen(actor: Actor, engagement: Engagement, *, now: datetime) -> Engagement:
    """Let an engagement that has ended go on. Raises `RuleBroken` for one that has not."""
    require(actor, "engagements.run", engagement)
    hold(engagement)
    if engagement.state is not EngagementState.CLOSED:
        raise RuleBroken(_l("This engagement goes on already. Look at its page."))
    state = EngagementState.SUBMITTED if engagement.submitted_on else EngagementState.WATCHING
    _move(actor, engagement, state, "opened_again", now)
    return engagement


def _move(actor: Actor, engagement: Engagement, state: EngagementState, act: str, now: datetime) -> None:
    engagement.state, engagement.changed_at = state, now
    engagement.version += 1
    db.session.flush()
    record(actor, act, engagement, now)
    events.engagement_state_changed.send(engagement, actor=actor, now=now)
