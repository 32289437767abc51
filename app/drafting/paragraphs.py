"""A text as paragraphs: what stands between empty lines. Comments are anchored to them, comparisons go by them."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass

import nh3

from app.core.markdown import to_html

_EMPTY_LINES = re.compile(r"\n(?:[^\S\n]*\n)+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph as it was written, counted from 1. `digest` tells its words from any others, however they are
    broken into lines."""

    number: int
    words: str
    digest: str


def paragraphs_of(body: str) -> list[Paragraph]:
    """Return the paragraphs of a text."""
    parts = (part.strip("\n") for part in _EMPTY_LINES.split(body))
    return [Paragraph(number, part, digest_of(part)) for number, part in enumerate(filter(str.strip, parts), 1)]


def digest_of(words: str) -> str:
    return hashlib.sha256(" ".join(words.split()).encode()).hexdigest()[:32]


def plain(body: str) -> str:
    """Return what is read of a text, without the signs of Markdown; paragraphs stay apart."""
    return "\n\n".join(
        html.unescape(nh3.clean(str(to_html(part.words)), tags=set())).strip() for part in paragraphs_of(body)
    )
