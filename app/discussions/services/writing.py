"""What people write in topics: a topic is opened, answered, and its words stay their author's own (R-01)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.languages import is_blank, one_line
from app.core.permissions import require
from app.discussions import events, telling
from app.discussions.models import Post, PostWithholding, Topic
from app.discussions.services.audit_lines import record_post
from app.extensions import db
from app.originals import services as originals
from app.originals.services import Change, Tagged
from app.workinggroups.keys import group_key
from app.workinggroups.models import WorkingGroup

LONGEST_TITLE = 200
NO_TITLE = _l("Write in a few words what it is about: others find the topic by them.")


def open_topic(
    actor: Actor,
    group: WorkingGroup,
    *,
    title: str,
    body: str,
    language: str,
    passages: Sequence[Tagged] = (),
    now: datetime,
) -> Post:
    """Open a topic in a group, with its first words, exactly as they were typed (R-01). The title is in the same
    language. Nobody is written to: it stands on the page of the group. Returns the post that opens it.

    Raises `RuleBroken` at `title` (missing, too long), `body`, `language` and `passages`.
    """
    require(actor, "discussions.write", group)
    topic = Topic(group_id=group.id, opened_at=now, last_at=now)
    opening = Post(topic=topic, is_opening=True, title=check_title(title))
    _begin(actor, opening, group.id, body=body, language=language, passages=passages, now=now)
    return _publish(actor, opening, now=now)


def reply(
    actor: Actor, topic: Topic, *, body: str, language: str, passages: Sequence[Tagged] = (), now: datetime
) -> Post:
    """Write in a topic, in whatever language (R-01). Whoever wrote in it learns of it, at most once a day.

    Raises `RuleBroken` when the topic is closed, and at `body`, `language` and `passages`.
    """
    require(actor, "discussions.reply", topic)
    _check_open(topic)
    post = _begin(actor, Post(topic=topic), topic.group_id, body=body, language=language, passages=passages, now=now)
    return _publish(actor, post, now=now)


def answer_post(
    actor: Actor, answered: Post, *, body: str, language: str, passages: Sequence[Tagged] = (), now: datetime
) -> Post:
    """Answer what somebody wrote in a topic; it stands beneath that, or beside it where that is an answer itself. To
    answer the post that opened the topic is to reply to the topic.

    Raises as `reply`; `NotFound` and `NotAllowed` when the words were taken back meanwhile.
    """
    if answered.is_opening:
        return reply(actor, answered.topic, body=body, language=language, passages=passages, now=now)
    require(actor, "discussions.answer", answered)
    _check_open(answered.topic)
    originals.lock(answered)
    require(actor, "discussions.answer", answered)  # withdrawn or taken out of sight while this was written
    post = Post(topic=answered.topic, answers_id=answered.id, thread_id=answered.thread_id or answered.id)
    _begin(actor, post, answered.topic.group_id, body=body, language=language, passages=passages, now=now)
    return _publish(actor, post, now=now)


def _begin(
    actor: Actor,
    post: Post,
    group_id: UUID,
    *,
    body: str,
    language: str,
    passages: Sequence[Tagged],
    now: datetime,
) -> Post:
    return originals.begin(
        actor, post, body=body, language=language, audience=group_key(group_id), passages=passages, now=now
    )


def check_title(typed: str) -> str:
    """Return a title as it is kept; raises `RuleBroken` at `title`."""
    title = one_line(typed)
    if is_blank(title):
        raise RuleBroken(NO_TITLE, field="title")
    if len(title) > LONGEST_TITLE:
        raise RuleBroken(_l("Write %(longest)s characters at most.", longest=LONGEST_TITLE), field="title")
    return title


def _check_open(topic: Topic) -> None:
    """Lock the topic, so that nobody closes it while something is written in it."""
    db.session.refresh(topic, ["closed_at"], with_for_update=True)
    if topic.closed_at is not None:
        raise RuleBroken(
            _l(
                "This topic was closed, and takes no more replies. Copy your words into a new topic, or ask the "
                "coordinators of the group to open it again."
            )
        )


def _publish(actor: Actor, post: Post, *, now: datetime) -> Post:
    db.session.add(post)
    post.topic.last_at = now
    db.session.flush()
    record_post(actor, "written", post, now, language=post.language, topic=str(post.topic_id))
    events.post_written.send(post, actor=actor, now=now)
    if not post.is_opening:
        telling.tell_replied(actor, post, now=now)
    return post


def edit_post(
    actor: Actor,
    post: Post,
    *,
    body: str,
    language: str,
    title: str | None = None,
    passages: Sequence[Tagged] | None = None,
    based_on: int | None = None,
    now: datetime,
) -> Post:
    """Write a new version of one's own words, as `originals.write_version` has it (R-01, R-02). The post that opens a
    topic may get another `title`; versions are kept of the words alone.

    Raises `ChangedMeanwhile`, and `RuleBroken` at `title`, `body`, `language` and `passages`.
    """
    require(actor, "discussions.change", post)
    checked = check_title(title) if post.is_opening and title is not None else post.title
    change = originals.write_version(
        actor, post, body=body, language=language, passages=passages, based_on=based_on, now=now
    )
    is_renamed, post.title = checked != post.title, checked
    if change is Change.WORDS:
        record_post(actor, "edited", post, now, version=post.version, language=post.language)
    elif change is Change.PASSAGES:
        record_post(actor, "passages_named", post, now, version=post.version)
    if is_renamed:
        record_post(actor, "renamed", post, now)
    if change or is_renamed:
        db.session.flush()
        events.post_edited.send(post, actor=actor, now=now)
    return post


def withdraw(actor: Actor, post: Post, *, now: datetime) -> Post:
    """Hide one's own words from everybody else, the secretariat included (R-01). Twice is once."""
    require(actor, "discussions.change", post)
    if originals.withdraw(actor, post, now=now):
        record_post(actor, "withdrawn", post, now)
        events.post_withdrawn.send(post, actor=actor, now=now)
    return post


def bring_back(actor: Actor, post: Post, *, now: datetime) -> Post:
    """Show one's own words again to the people of the group (R-01)."""
    require(actor, "discussions.change", post)
    if originals.bring_back(actor, post):
        record_post(actor, "brought_back", post, now)
        events.post_brought_back.send(post, actor=actor, now=now)
    return post


def erase_post(actor: Actor, post: Post, *, now: datetime) -> Post:
    """Take one's own words, title, versions, translations and name away for good; what others answered stays (R-01)."""
    require(actor, "discussions.change", post)
    originals.erase(actor, post, now=now)
    record_post(actor, "erased", post, now)
    return post


def erase_what_goes_along(actor: Actor, post: Post, now: datetime) -> None:
    """Take away with the words of a post its title, and what was said about it, which may repeat them."""
    post.title = ""
    db.session.flush()
    db.session.execute(sa.delete(PostWithholding).where(PostWithholding.post_id == post.id))
    events.post_erased.send(post, actor=actor, now=now)
