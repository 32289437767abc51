"""Joint texts in the export of their group: every text in all its versions, what was said about it, and the answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.languages import own_name
from app.core.paging import each_page
from app.drafting import queries, showing
from app.drafting.models import Comment, JointText, TextVersion
from app.drafting.words import STATES, VERDICTS
from app.originals.queries import current_versions
from app.originals.showing import shown_name
from app.workinggroups.exports import AT_ONCE, ID, Coded, Part, Room, Table, Text
from app.workinggroups.models import WorkingGroup


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield the tables of texts and of comments, then every version, and what was said about each text."""
    yield _texts(actor, group)
    yield _comments(actor, group)
    for text in _all_texts(actor, group):
        for line in reversed(queries.version_lines(text)):
            yield _version(actor, text, queries.get_version(text, line.number))
        if queries.count_comments(actor, text):
            facts = {"id": f"{text.id}/comments", "text": text.id, "title": text.title}
            # I18N: name of a file with what was said about a text; %(title)s is the text's
            name = _("Comments on %(title)s", title=text.title)
            yield Text(folder="texts", name=name, facts=facts, body=_said(actor, text, name))


def _all_texts(actor: Actor, group: WorkingGroup) -> Iterator[JointText]:
    for page in each_page(lambda cursor: queries.page_of_texts(actor, group, cursor=cursor, size=AT_ONCE)):
        yield from page


def _all_comments(actor: Actor, text: JointText) -> Iterator[tuple[Comment, str]]:
    """Yield comments with their words, without those their authors took back."""
    for page in each_page(lambda cursor: queries.page_of_comments(actor, text, cursor=cursor, size=AT_ONCE)):
        rows = [row for row in page if row.withdrawn_at is None]
        words = current_versions(rows)
        yield from ((row, words[row.id].body) for row in rows)


def _texts(actor: Actor, group: WorkingGroup) -> Table:
    columns = (
        ("title", _("Title")),
        ("language", _("Language")),
        ("state", _("State")),
        ("adopted_on", _("Adopted on")),
        # I18N: column of a table of texts: the number of its newest version
        ("version", _("Version")),
        ("keepers", _("Kept by")),
        # I18N: column of a table of texts: the id of the text that it is a translation of
        ("translation_of", _("Translation of")),
        ID,
    )
    return Table(name="texts", columns=columns, rows=(_row(actor, text) for text in _all_texts(actor, group)))


def _row(actor: Actor, text: JointText) -> Sequence[object]:
    return (
        text.title,
        Coded(text.language, own_name(text.language)),
        Coded(text.state.value, STATES[text.state]),
        text.adopted_on,
        text.version,
        ", ".join(str(name) for _id, name in showing.keepers_of(actor, text)),
        text.translation_of_id,
        text.id,
    )


def _comments(actor: Actor, group: WorkingGroup) -> Table:
    columns = (
        # I18N: column of a table of comments: the text they are about
        ("text", _("Text")),
        ("about_version", _("Version")),
        # I18N: column of a table of comments: the number of the paragraph
        ("paragraph", _("Paragraph")),
        # I18N: column of a table of comments: who wrote it
        ("by", _("By")),
        ("written_at", _("Written on")),
        ("language", _("Language")),
        # I18N: column of a table of comments: what became of it
        ("verdict", _("Answer")),
        ("settled_in", _("Answered in version")),
        ("text_id", "text_id"),
        ID,
    )
    rows = (
        (
            text.title,
            row.about_version,
            row.paragraph,
            shown_name(row),
            row.written_at,
            Coded(row.language, own_name(row.language)),
            Coded(row.verdict.value, VERDICTS[row.verdict]) if row.verdict else None,
            row.settled_in,
            text.id,
            row.id,
        )
        for text in _all_texts(actor, group)
        for row, _words in _all_comments(actor, text)
    )
    return Table(name="comments", columns=columns, rows=rows)


def _version(actor: Actor, text: JointText, version: TextVersion) -> Text:
    facts = {
        "id": f"{text.id}/{version.number}",
        "text": text.id,
        "title": text.title,
        "purpose": text.purpose,
        "language": text.language,
        "version": version.number,
        "of_version": version.of_version,
        "changes": version.changes,
        "words": version.words,
        "by": str(showing.writers_of(actor, [version]).get(version.number, "")),
        "written_at": version.written_at,
    }
    return Text(folder="texts", name=f"{text.title} {version.number}", facts=facts, body=[version.body, "\n"])


def _said(actor: Actor, text: JointText, name: str) -> Iterator[str]:
    yield f"# {name}\n\n"
    for row, words in _all_comments(actor, text):
        about = _("Paragraph %(number)s of version %(version)s", number=row.paragraph, version=row.about_version)
        yield f"## {about}\n\n{shown_name(row)} · {own_name(row.language)} · {row.written_at.date()}\n\n{words}\n\n"
        for translation in row.translations:
            yield f"({own_name(translation.language)})\n\n{translation.body}\n\n"
        if row.verdict is not None:
            yield f"**{VERDICTS[row.verdict]}**\n\n" + (f"{row.because}\n\n" if row.because else "")


ROOM = Room(
    code="texts",
    holds=_l("Texts the group writes together: every version, the comments with their translations and answers."),
    leaves_out=_l("Comments that their authors took back."),
    parts=parts_of,
)
