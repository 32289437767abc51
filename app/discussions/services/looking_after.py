"""Taking a post out of sight, and the way back. The words stay as they are (R-01); their author reads the reason, and
may ask once that they be shown again. Whoever runs the group answers."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.discussions import events, telling
from app.discussions.models import Post, PostWithholding
from app.discussions.services.audit_lines import record_post
from app.discussions.services.reasons import check_reason
from app.extensions import db
from app.originals.services import lock


def take_out_of_sight(actor: Actor, post: Post, *, reason: str, now: datetime) -> PostWithholding:
    """Keep a post from the people of the group, with a reason its author reads.

    Raises `RuleBroken` at `reason`, and when somebody did so before.
    """
    require(actor, "discussions.look_after", post)
    reason = check_reason(reason, field="reason")
    lock(post)
    require(actor, "discussions.look_after", post)  # withdrawn while the reason was written
    withholding = PostWithholding(post_id=post.id, reason=reason, by_id=actor.person_id, at=now)
    try:
        with db.session.begin_nested():
            db.session.add(withholding)
    except IntegrityError:
        raise RuleBroken(_l("These words are out of sight already. Their page says why.")) from None
    post.withheld_at = now
    db.session.flush()
    record_post(actor, "withheld", post, now)
    events.post_withheld.send(post, actor=actor, now=now)
    telling.tell_withheld(actor, withholding, now=now)
    return withholding


def ask_to_show(actor: Actor, withholding: PostWithholding, *, words: str, now: datetime) -> PostWithholding:
    """Let the author ask that a post be shown again, once. Raises `RuleBroken` at `words`, and the second time."""
    require(actor, "discussions.ask_to_show", withholding.post)
    words = check_reason(words, field="words")
    not_asked = sa.update(PostWithholding).where(
        PostWithholding.id == withholding.id, PostWithholding.lifted_at.is_(None), PostWithholding.asked_at.is_(None)
    )
    if change_rows(not_asked.values(plea=words, asked_at=now)) != 1:
        raise RuleBroken(_l("You have asked already. The answer will stand on this page."))
    db.session.refresh(withholding)
    record_post(actor, "showing_asked", withholding.post, now)
    telling.tell_asked(withholding, now=now)
    return withholding


def keep_out_of_sight(actor: Actor, withholding: PostWithholding, *, answer: str, now: datetime) -> PostWithholding:
    """Answer an author that the words stay out of sight, and why. Raises `RuleBroken` at `answer`, and when somebody
    answered meanwhile."""
    require(actor, "discussions.look_after", withholding.post)
    answer = check_reason(answer, field="answer")
    waits = sa.update(PostWithholding).where(
        PostWithholding.id == withholding.id,
        PostWithholding.lifted_at.is_(None),
        PostWithholding.asked_at.is_not(None),
        PostWithholding.answered_at.is_(None),
    )
    if change_rows(waits.values(answer=answer, answered_at=now, answered_by=actor.person_id)) != 1:
        raise RuleBroken(_l("Somebody else answered meanwhile. Read their answer on this page."))
    db.session.refresh(withholding)
    record_post(actor, "showing_refused", withholding.post, now)
    telling.tell_refused(actor, withholding, now=now)
    return withholding


def show_again(actor: Actor, withholding: PostWithholding, *, now: datetime) -> Post:
    """Show a post to the people of the group again, and tell its author. Raises `RuleBroken` when that was done."""
    post = withholding.post
    require(actor, "discussions.look_after", post)
    lock(post)
    is_open = sa.update(PostWithholding).where(
        PostWithholding.id == withholding.id, PostWithholding.lifted_at.is_(None)
    )
    if change_rows(is_open.values(lifted_at=now, answered_by=actor.person_id)) != 1:
        raise RuleBroken(_l("These words are shown again already."))
    db.session.refresh(withholding)
    post.withheld_at = None
    db.session.flush()
    record_post(actor, "released", post, now)
    events.post_released.send(post, actor=actor, now=now)
    telling.tell_released(actor, withholding, now=now)
    return post
