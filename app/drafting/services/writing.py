"""A joint text is begun, and written on in versions. Each version is whole and never changed afterwards; two who write
at once find out about each other, and nothing is written over."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import check_tag
from app.core.permissions import require
from app.core.word_count import count_words
from app.drafting.models import Comment, JointText, TextKeeper, TextVersion
from app.drafting.paragraphs import plain
from app.drafting.services.audit_lines import record_text
from app.drafting.services.checking import check_line, check_title, check_words, refuse_adopted
from app.extensions import db
from app.workinggroups.models import WorkingGroup

FIRST = 1


class WrittenMeanwhile(RuleBroken):
    """Somebody wrote a newer version; what was typed is kept in the form, and nothing was written over."""

    def __init__(self, newest: int) -> None:
        super().__init__(
            _l(
                "Somebody wrote version %(number)s while you were writing. What you wrote here is not lost. Compare "
                "the two, take over what you want to keep, then send again.",
                number=newest,
            )
        )
        self.newest = newest


def begin_text(
    actor: Actor,
    group: WorkingGroup,
    *,
    title: str,
    language: str,
    purpose: str = "",
    body: str,
    translation_of: JointText | None = None,
    now: datetime,
) -> JointText:
    """Begin a text of a group with its first version; whoever begins it keeps it. It may be the translation of another
    text of the group into a language that this one has not yet.

    Raises `RuleBroken` at `title`, `language`, `purpose` and `body`.
    """
    require(actor, "drafting.begin", group)
    text = JointText(
        id=uuid4(),
        group_id=group.id,
        title=check_title(title),
        purpose=check_line(purpose, field="purpose"),
        language=check_tag(language),
        begun_at=now,
        begun_by=actor.person_id,
        changed_at=now,
    )
    words = check_words(body)
    if translation_of is not None:
        _follow(text, translation_of)
    db.session.add(text)
    db.session.flush()
    db.session.add(TextKeeper(text_id=text.id, person_id=actor.person_id, named_at=now, named_by=actor.person_id))
    _add_version(
        actor, text, FIRST, words, of_version=translation_of.version if translation_of is not None else None, now=now
    )
    db.session.expire(text, ["keepers"])
    record_text(actor, "begun", text, now, language=text.language)
    return text


def _follow(text: JointText, original: JointText) -> None:
    """Raise `RuleBroken` at `language` for a translation into the language that is translated."""
    if original.language == text.language:
        raise RuleBroken(
            _l("The original is in this language. Choose the language you translate into."), field="language"
        )
    text.translation_of_id = original.translation_of_id or original.id


def write_version(
    actor: Actor,
    text: JointText,
    *,
    body: str,
    changes: str,
    based_on: int,
    of_version: int | None = None,
    now: datetime,
) -> TextVersion:
    """Write the next version, with a line that says what is new. `based_on` is the version the writer was looking at;
    `of_version` the version of the original that a translation follows now. Comments whose answer waited for the next
    version are settled in it.

    Raises `WrittenMeanwhile` when there is a newer one, and `RuleBroken` at `body` (also for the same words once more)
    and `changes`, and when the group adopted the text.
    """
    require(actor, "drafting.keep", text)
    words = check_words(body)
    line = check_line(
        changes, field="changes", missing=_l("Say in a line what is new: the others read it before they compare.")
    )
    refuse_adopted(text)
    number = based_on + 1
    next_one = sa.update(JointText).where(
        JointText.id == text.id, JointText.version == based_on, JointText.adopted_on.is_(None)
    )
    moved = change_rows(next_one.values(version=number, changed_at=now))
    db.session.refresh(text)
    if moved != 1:
        refuse_adopted(text)
        raise WrittenMeanwhile(text.version)
    _refuse_same(text, based_on, words)
    version = _add_version(actor, text, number, words, changes=line, of_version=of_version, now=now)
    db.session.execute(
        sa.update(Comment)
        .where(Comment.text_id == text.id, Comment.verdict.is_not(None), Comment.settled_in.is_(None))
        .values(settled_in=number),
        execution_options={"synchronize_session": "fetch"},
    )
    record_text(actor, "written", text, now, version=number)
    return version


def _refuse_same(text: JointText, number: int, words: str) -> None:
    before = db.session.get_one(TextVersion, (text.id, number))
    if before.body == words:
        raise RuleBroken(
            _l("These are the words of version %(number)s: there is nothing new in them yet.", number=number),
            field="body",
        )


def _add_version(
    actor: Actor,
    text: JointText,
    number: int,
    words: str,
    *,
    changes: str = "",
    of_version: int | None,
    now: datetime,
) -> TextVersion:
    version = TextVersion(
        text_id=text.id,
        number=number,
        body=words,
        words=count_words(plain(words)),
        changes=changes,
        of_version=of_version if text.translation_of_id is not None else None,
        written_at=now,
        written_by=actor.person_id,
    )
    db.session.add(version)
    db.session.flush()
    return version
