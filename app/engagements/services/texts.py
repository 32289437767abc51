"""The texts of an engagement: joint texts of its groups, one for each language (docs/decisions/0020)."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import check_tag, own_name
from app.core.permissions import require
from app.drafting import services as drafting
from app.drafting.models import JointText
from app.engagements import events
from app.engagements.models import Engagement, EngagementState, EngagementText
from app.engagements.services.holding import check_goes_on, goes_on, hold, record
from app.extensions import db
from app.instruments.models import Instrument
from app.workinggroups.models import WorkingGroup


class OnlyWatches(RuleBroken):
    """Whoever only watches hands nothing in."""


class HasThatLanguage(RuleBroken):
    """There is a text in this language already."""

    def __init__(self, language: str, field: str) -> None:
        super().__init__(
            _l(
                "This engagement has a text in this language already: %(language)s. Write its next version, or choose "
                "another language.",
                language=own_name(language),
            ),
            field=field,
        )


def takes_texts(engagement: Engagement) -> bool:
    """Whether it has texts that are still written and signed."""
    return engagement.state is not EngagementState.WATCHING and goes_on(engagement)


def check_takes_texts(engagement: Engagement) -> None:
    """Raise `OnlyWatches`, or `RuleBroken` for what was handed in or is over."""
    if engagement.state is EngagementState.WATCHING:
        raise OnlyWatches(_l("This engagement only watches. Change its plan first: say that you take part."))
    check_goes_on(engagement)


def begin_draft(
    actor: Actor,
    engagement: Engagement,
    group: WorkingGroup,
    *,
    title: str,
    language: str,
    body: str,
    purpose: str = "",
    translation_of: JointText | None = None,
    instrument: Instrument | None = None,
    now: datetime,
) -> EngagementText:
    """Begin a text of an engagement in one of its groups, in a language it has none in yet. It may be the translation
    of a text that this group already writes for it, and may begin from a shared template.

    Raises `OnlyWatches`, `HasThatLanguage`, and `RuleBroken` at `group`, `title`, `language` and `body`.
    """
    require(actor, "engagements.write", engagement)
    hold(engagement)
    check_takes_texts(engagement)
    _check_group(engagement, group)
    tag = check_tag(language)
    _check_language(engagement, tag, field="language")
    original = translation_of if translation_of is not None and translation_of.group_id == group.id else None
    text = drafting.begin_text(
        actor, group, title=title, language=tag, purpose=purpose, body=body, translation_of=original, now=now
    )
    link = _link(actor, engagement, text, "text_begun", now)
    link.instrument_id = instrument.id if instrument is not None else None
    return link


def bring_text(actor: Actor, engagement: Engagement, text: JointText, *, now: datetime) -> EngagementText:
    """Make a text that one of the groups writes already the text of an engagement: whoever is inside the engagement
    reads its newest version from now on.

    Raises `OnlyWatches`, `HasThatLanguage`, and `RuleBroken` at `text` for one of another group or engagement.
    """
    require(actor, "engagements.write", engagement)
    require(actor, "drafting.begin", text.group)
    hold(engagement)
    check_takes_texts(engagement)
    if text.group_id not in {group.id for group in engagement.groups}:
        raise RuleBroken(
            _l("This text belongs to a group that has no part in this engagement. Choose one of the list."),
            field="text",
        )
    _check_language(engagement, text.language, field="text")
    return _link(actor, engagement, text, "text_brought", now)


def take_away(actor: Actor, link: EngagementText, *, now: datetime) -> Engagement:
    """Let a text be the engagement's no longer: it stays with its group, and so do the signatures under it.

    Raises `RuleBroken` once it was handed in.
    """
    require(actor, "engagements.run", link.engagement)
    engagement = link.engagement
    hold(engagement)
    check_takes_texts(engagement)
    db.session.delete(link)
    db.session.flush()
    record(actor, "text_taken_away", engagement, now, text=link.text_id)
    return engagement


def _check_group(engagement: Engagement, group: WorkingGroup) -> None:
    if group.id not in {one.id for one in engagement.groups}:
        raise RuleBroken(
            _l("This group has no part in this engagement. Choose one of the list."),
            field="group",
        )


def _check_language(engagement: Engagement, language: str, *, field: str) -> None:
    held = sa.select(EngagementText.id).join(JointText, JointText.id == EngagementText.text_id)
    if db.session.scalar(held.where(EngagementText.engagement_id == engagement.id, JointText.language == language)):
        raise HasThatLanguage(language, field)


def _link(actor: Actor, engagement: Engagement, text: JointText, what: str, now: datetime) -> EngagementText:
    link = EngagementText(engagement=engagement, text=text, added_at=now, added_by=actor.person_id)
    try:
        with db.session.begin_nested():
            db.session.add(link)
    except IntegrityError:
        raise RuleBroken(
            _l("This text belongs to another engagement already. Take it away there first, or begin another one."),
            field="text",
        ) from None
    begun = sa.update(Engagement).where(Engagement.id == engagement.id, Engagement.state == EngagementState.PLANNED)
    if change_rows(begun.values(state=EngagementState.IN_THE_MAKING, changed_at=now)):
        events.engagement_state_changed.send(engagement, actor=actor, now=now)
    record(actor, what, engagement, now, text=text.id, language=text.language)
    events.texts_changed.send(engagement, actor=actor, now=now)
    return link
