"""Comments on a paragraph, in any language. The words stay their author's own (R-01)."""

from __future__ import annotations

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.errors import NotFound, RuleBroken
from app.core.permissions import require
from app.drafting import telling
from app.drafting.models import Comment, JointText, TextState, TextVersion
from app.drafting.paragraphs import paragraphs_of
from app.drafting.services.audit_lines import record_comment
from app.drafting.services.checking import refuse_adopted
from app.extensions import db
from app.originals import services as originals
from app.workinggroups.keys import group_key


def comment_on(
    actor: Actor,
    text: JointText,
    version: TextVersion,
    paragraph: int,
    *,
    body: str,
    language: str,
    now: datetime,
) -> Comment:
    """Say something about a paragraph of a version, in whatever language (R-01). Whoever keeps the text learns of it,
    once a day at most.

    Raises `RuleBroken` when the text takes no comments, and at `body` and `language`; `NotFound` for a paragraph that
    the version has not.
    """
    require(actor, "drafting.comment", text)
    db.session.refresh(text, ["state"], with_for_update=True)
    refuse_adopted(text)
    if text.state is TextState.CLOSED:
        raise RuleBroken(
            _l(
                "This text takes no more comments: those who keep it are finishing it. Copy your words, and ask them "
                "to open it again."
            )
        )
    anchor = next((one for one in paragraphs_of(version.body) if one.number == paragraph), None)
    if anchor is None or version.text_id != text.id:
        raise NotFound
    comment = Comment(text=text, about_version=version.number, paragraph=paragraph, digest=anchor.digest)
    originals.begin(actor, comment, body=body, language=language, audience=group_key(text.group_id), now=now)
    db.session.add(comment)
    db.session.flush()
    record_comment(actor, "written", comment, now, language=comment.language, text=str(text.id))
    telling.tell_commented(actor, comment, now=now)
    return comment


def withdraw(actor: Actor, comment: Comment, *, now: datetime) -> Comment:
    """Hide one's own comment from everybody else, the answer to it too (R-01). Twice is once."""
    require(actor, "drafting.change_comment", comment)
    if originals.withdraw(actor, comment, now=now):
        record_comment(actor, "withdrawn", comment, now)
    return comment


def bring_back(actor: Actor, comment: Comment, *, now: datetime) -> Comment:
    """Show one's own comment again to the people of the group (R-01)."""
    require(actor, "drafting.change_comment", comment)
    if originals.bring_back(actor, comment):
        record_comment(actor, "brought_back", comment, now)
    return comment


def erase_comment(actor: Actor, comment: Comment, *, now: datetime) -> Comment:
    """Take one's own comment away for good, with its translations and name (R-01)."""
    require(actor, "drafting.change_comment", comment)
    originals.erase(actor, comment, now=now)
    return comment


def erase_what_goes_along(actor: Actor, comment: Comment, now: datetime) -> None:
    """Take away with a comment the words of its answer, which may repeat it."""
    comment.because, comment.because_language = "", ""
    db.session.flush()
    record_comment(actor, "erased", comment, now)
