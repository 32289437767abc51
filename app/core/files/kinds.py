"""What a file is, by what its bytes say and never by its name; and how it is written before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.files import images, office
from app.core.lists import listed

TEXT_SIGNS = "\t\n\r\f"


class Kind(StrEnum):
    """Kinds of files that a form may take."""

    PDF = "pdf"
    IMAGE = "image"
    OFFICE = "office"
    TEXT = "text"


DOCUMENTS = frozenset(Kind)
"""Everything that people read together."""

KIND_WORDS = {
    Kind.PDF: _l("PDF"),
    Kind.IMAGE: _l("pictures (JPEG, PNG, WebP)"),
    Kind.OFFICE: _l("office documents without macros (odt, ods, odp, docx, xlsx, pptx)"),
    Kind.TEXT: _l("plain text and CSV in UTF-8"),
}
"""Kinds in a list: "we take PDF, pictures (JPEG, PNG, WebP) and plain text"."""

ACCEPTED = {
    Kind.PDF: ".pdf",
    Kind.IMAGE: ".jpg,.jpeg,.png,.webp",
    Kind.OFFICE: ".odt,.ods,.odp,.docx,.xlsx,.pptx",
    Kind.TEXT: ".txt,.csv,.md",
}
"""What the file chooser of a device offers first; a help and no check."""

IMAGE_EXTENSIONS = {"JPEG": ("jpg", "jpeg"), "PNG": ("png",), "WEBP": ("webp",)}


class BadFile(RuleBroken):
    """A file that this form does not take; `message` says what it takes."""


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it will be kept: its bytes (pictures and recordings are written anew), type and endings of its name;
    `name` where the one it came with is not kept, `seconds` of a recording."""

    body: bytes
    media_type: str
    extensions: tuple[str, ...]
    seconds: int = 0
    name: str = ""


Maker = Callable[[bytes, str], Made]
"""Makes what is kept out of what came (bytes, and the name it came with). Raises `RuleBroken` with the way out."""


def taken_words(kinds: Collection[Kind]) -> str:
    """Return the kinds as a list in the language of the page."""
    return listed([KIND_WORDS[kind] for kind in Kind if kind in kinds], page_language())


def maker_of(kinds: Collection[Kind]) -> Maker:
    """Return what recognises files of these kinds and no others."""

    def make(body: bytes, name: str) -> Made:
        made = _recognise(body, name, kinds)
        if made is None:
            raise BadFile(
                _("This is not a file we can take. We take %(kinds)s.", kinds=taken_words(kinds)),
            )
        return made

    return make


def _recognise(body: bytes, name: str, kinds: Collection[Kind]) -> Made | None:
    if body.startswith(b"%PDF-"):
        return Made(body, "application/pdf", ("pdf",)) if Kind.PDF in kinds else None
    if body.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (body[:4], body[8:12]) == (b"RIFF", b"WEBP"):
        return _picture(body) if Kind.IMAGE in kinds else None
    if body.startswith(b"PK\x03\x04"):
        found = office.recognise(body) if Kind.OFFICE in kinds else None
        return Made(body, found[0], (found[1],)) if found else None
    return _text(body, name) if Kind.TEXT in kinds else None


def _picture(body: bytes) -> Made:
    made, anew = images.renewed(body)
    return Made(anew, f"image/{made.lower()}", IMAGE_EXTENSIONS[made])


def _text(body: bytes, name: str) -> Made | None:
    is_csv = name.lower().endswith(".csv")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        if name.lower().endswith((".csv", ".txt", ".md")) and b"\x00" not in body:
            raise BadFile(
                _l("This text is not in UTF-8, so that its accents would be spoilt. Save it as UTF-8, then send it.")
            ) from None
        return None
    if any(sign < " " and sign not in TEXT_SIGNS for sign in text):
        return None
    return Made(body, "text/csv", ("csv",)) if is_csv else Made(body, "text/plain", ("txt", "md"))
