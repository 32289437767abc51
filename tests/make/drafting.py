"""Rows of joint texts for tests."""

from __future__ import annotations

from typing import Any

from app.core.word_count import count_words
from app.drafting.models import Comment, JointText, TextKeeper, TextVersion, Verdict
from app.drafting.paragraphs import paragraphs_of, plain
from app.extensions import db
from app.originals.models import OriginalVersion
from app.people.models import Person
from app.workinggroups.keys import group_key
from app.workinggroups.models import WorkingGroup
from tests.conftest import START

FRENCH = "# Pour un toit\n\nLe logement est un droit.\n\nNous demandons l’arrêt des expulsions."
REVISED = "# Pour un toit\n\nLe logement est un droit pour toutes.\n\nNous demandons l’arrêt des expulsions."
ARABIC = "نقترح أن نذكر النساء."
SPANISH = "Falta la fecha."


def make_text(
    group: WorkingGroup, keeper: Person | None, *bodies: str, title: str = "Pour un toit", **overrides: Any
) -> JointText:
    """A text in French with one version per body, kept by a person or by nobody."""
    bodies = bodies or (FRENCH,)
    values = {
        "group_id": group.id,
        "title": title,
        "language": "fr",
        "version": len(bodies),
        "begun_at": START,
        "begun_by": keeper and keeper.id,
        "changed_at": START,
    }
    text = JointText(**values | overrides)
    db.session.add(text)
    db.session.flush()
    if keeper is not None:
        make_keeper(text, keeper)
    for number, body in enumerate(bodies, 1):
        db.session.add(
            TextVersion(
                text_id=text.id,
                number=number,
                body=body,
                words=count_words(plain(body)),
                written_at=START,
                written_by=keeper and keeper.id,
            )
        )
    db.session.flush()
    db.session.expire(text)
    return text


def make_keeper(text: JointText, person: Person, **overrides: Any) -> TextKeeper:
    keeper = TextKeeper(**{"text_id": text.id, "person_id": person.id, "named_at": START} | overrides)
    db.session.add(keeper)
    db.session.flush()
    db.session.expire(text, ["keepers"])
    return keeper


def make_comment(
    text: JointText, author: Person | None, body: str = SPANISH, paragraph: int = 2, **overrides: Any
) -> Comment:
    """A comment in Spanish on a paragraph of the newest version, without an answer."""
    values = {
        "language": "es",
        "audience": group_key(text.group_id),
        "written_at": START,
        "changed_at": START,
        "about_version": text.version,
    } | overrides
    about = db.session.get_one(TextVersion, (text.id, values["about_version"]))
    digest = paragraphs_of(about.body)[paragraph - 1].digest
    comment = Comment(text=text, author_id=author and author.id, paragraph=paragraph, digest=digest, **values)
    comment.versions = [OriginalVersion(number=1, body=body, written_at=START)]
    db.session.add(comment)
    db.session.flush()
    return comment


def answered(comment: Comment, by: Person, verdict: Verdict = Verdict.TAKEN, **overrides: Any) -> Comment:
    values = {"verdict": verdict, "answers": 1, "answered_at": START, "answered_by": by.id} | overrides
    for name, value in values.items():
        setattr(comment, name, value)
    db.session.flush()
    return comment
