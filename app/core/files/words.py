"""A file in words: what it is and how heavy it is, because people pay for every megabyte."""

from __future__ import annotations

from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.context import page_language
from app.core.files.stored import StoredFile

TYPE_WORDS = {
    "application/pdf": _l("PDF"),
    "image/jpeg": _l("picture"),
    "image/png": _l("picture"),
    "image/webp": _l("picture"),
    "text/plain": _l("text"),
    "text/csv": _l("table"),
    "application/vnd.oasis.opendocument.text": _l("document"),
    "application/vnd.oasis.opendocument.spreadsheet": _l("table"),
    "application/vnd.oasis.opendocument.presentation": _l("slides"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _l("document"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _l("table"),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": _l("slides"),
    "audio/mpeg": _l("recording"),
}


def size_words(size: int) -> str:
    """Return a number of bytes as people read it: "640 kB", "1.2 MB"."""
    language = page_language().split("-", maxsplit=1)[0]
    if size < 1_000_000:
        # I18N: size of a file in kilobytes (a thousand bytes)
        return str(_("%(size)s kB", size=format_decimal(max(1, round(size / 1000)), locale=language)))
    # I18N: size of a file in megabytes (a million bytes)
    return str(_("%(size)s MB", size=format_decimal(round(size / 1_000_000, 1), locale=language)))


def file_words(stored: StoredFile) -> str:
    """Return what a file is and how heavy: "PDF, 1.2 MB"."""
    # I18N: a file: what it is, how heavy it is
    return str(
        _("%(kind)s, %(size)s", kind=TYPE_WORDS.get(stored.media_type, _l("file")), size=size_words(stored.size))
    )
