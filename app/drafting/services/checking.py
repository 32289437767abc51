"""What the words of a joint text must be, and when a text may be written at all."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.languages import is_blank, one_line
from app.drafting.models import JointText, TextState
from app.drafting.paragraphs import paragraphs_of
from app.originals.words import as_written, check_body

LONGEST_TITLE = 200
LONGEST_LINE = 300
LONGEST_BODY = 40_000
MOST_PARAGRAPHS = 300


def check_title(typed: str) -> str:
    """Return a title as it is kept; raises `RuleBroken` at `title`."""
    title = one_line(typed)
    if is_blank(title):
        raise RuleBroken(_l("Give the text a title: the group finds it by that."), field="title")
    return _short(title, LONGEST_TITLE, "title")


def check_line(typed: str, *, field: str, missing: Any = None) -> str:
    """Return one line as it is kept; raises `RuleBroken` at the field, also when it is `missing` and must be there."""
    line = one_line(typed)
    if is_blank(line) and missing is not None:
        raise RuleBroken(missing, field=field)
    return _short(line, LONGEST_LINE, field)


def _short(line: str, longest: int, field: str) -> str:
    if len(line) > longest:
        raise RuleBroken(_l("Write %(longest)s characters at most.", longest=longest), field=field)
    return line


def check_words(typed: str) -> str:
    """Return the words of a version as they are kept; raises `RuleBroken` at `body`."""
    body = as_written(typed)
    check_body(body, longest=LONGEST_BODY)
    count = len(paragraphs_of(body))
    if count > MOST_PARAGRAPHS:
        raise RuleBroken(
            _l(
                "Your text has %(count)s paragraphs, and there is room for %(most)s. Put some of them together.",
                count=count,
                most=MOST_PARAGRAPHS,
            ),
            field="body",
        )
    return body


def refuse_adopted(text: JointText) -> None:
    """Raise `RuleBroken` for a text that the group adopted."""
    if text.state is TextState.ADOPTED:
        raise RuleBroken(
            _l("The group adopted this text, so it stands as it is. Whoever runs the group can open it again.")
        )
