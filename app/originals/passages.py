"""Words in another language than the text around them (R-02): where they occur, and how they are marked when shown.

The stored words are never touched. A text is rendered and cleaned first; then its pieces of text between the tags are
wrapped, tag by tag, so that marking cannot open or close anything of the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from flask_babel import lazy_gettext as _l
from markupsafe import Markup, escape

from app.core.errors import RuleBroken
from app.core.languages import check_tag, direction
from app.core.markdown import to_html
from app.originals.words import as_written

MOST = 5
"""Passages of one text."""

LONGEST = 2_000
"""Characters of one passage."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """Words and the tag of their language, as an author names them."""

    words: str
    language: str


def occurs(words: str, text: str) -> bool:
    """Whether these words stand in a text one after the other; how lines are broken does not matter."""
    wanted = " ".join(words.split())
    return bool(wanted) and wanted in " ".join(text.split())


def check_passages(given: Sequence[Tagged], *, body: str, language: str) -> list[Tagged]:
    """Return the passages as they are kept; raises `RuleBroken` at `passages` for words that are not in the text, in
    the text's own language, too long, or too many (R-02)."""
    if len(given) > MOST:
        raise RuleBroken(
            _l("Name at most %(most)s places in another language, and leave out the others.", most=MOST),
            field="passages",
            rule="R-02",
        )
    return list(dict.fromkeys(check_passage(one, body=body, language=language) for one in given))


def check_passage(given: Tagged, *, body: str, language: str) -> Tagged:
    """Return one passage as it is kept: its words composed, its language as a tag."""
    words, tag = as_written(given.words).strip(), check_tag(given.language, field="passages")
    if not occurs(words, body) or len(words) > LONGEST:
        raise RuleBroken(
            _l("These words do not stand in your text like this. Copy them from it, letter by letter."),
            field="passages",
            rule="R-02",
        )
    if tag == language:
        raise RuleBroken(
            _l("This is the language of the whole text already. Choose the other language."),
            field="passages",
            rule="R-02",
        )
    return Tagged(words, tag)


class _Pieces(HTMLParser):
    """Cleaned markup as pieces: tags as they are, and text between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[tuple[bool, str]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.pieces.append((False, self.get_starttag_text() or ""))

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append((False, f"</{tag}>"))

    def handle_data(self, data: str) -> None:
        self.pieces.append((True, data))


def _pieces_of(html: Markup) -> list[tuple[bool, str]]:
    parser = _Pieces()
    parser.feed(str(html))
    parser.close()
    return parser.pieces


def _plain(words: str) -> str:
    """What is read of words written with Markdown."""
    return "".join(piece for is_text, piece in _pieces_of(to_html(words)) if is_text)


def _places(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words stand: as whole words everywhere, else the first time (scripts without blanks)."""
    pattern = r"\s+".join(re.escape(part) for part in words.split())
    if not pattern:
        return
    whole = [match.span() for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]
    first = [match.span() for match in re.finditer(pattern, text)][:1]
    yield from whole or first


def mark(html: Markup, passages: Iterable[Tagged]) -> Markup:
    """Return rendered words with each passage in its own language and direction. The longest comes first; what is
    marked once is not marked again."""
    passages = sorted(passages, key=lambda one: -len(one.words))
    if not passages:
        return html
    pieces = _pieces_of(html)
    text = "".join(piece for is_text, piece in pieces if is_text)
    languages = [""] * len(text)
    for passage in passages:
        for start, end in _places(_plain(passage.words), text):
            if not any(languages[start:end]):
                languages[start:end] = [passage.language] * (end - start)
    shown, place = [], 0
    for is_text, piece in pieces:
        if not is_text:
            shown.append(Markup(piece))  # noqa: S704 - a tag as the cleaner left it
            continue
        shown.append(_marked(piece, languages[place : place + len(piece)]))
        place += len(piece)
    return Markup("").join(shown)


def _marked(piece: str, languages: Sequence[str]) -> Markup:
    """One piece of text, each run of another language wrapped; blanks between blocks stay as they are."""
    runs: list[Markup] = []
    start = 0
    for end in range(1, len(piece) + 1):
        if end < len(piece) and languages[end] == languages[start]:
            continue
        run, tag = piece[start:end], languages[start]
        if tag and run.strip():
            runs.append(Markup('<span lang="{}" dir="{}">{}</span>').format(tag, direction(tag), run))
        else:
            runs.append(escape(run))
        start = end
    return Markup("").join(runs)
