"""Office documents: a ZIP whose members prove what it is, without programs in it, and no bomb.

Nothing is unpacked but two short lists. What a ZIP would grow to is read from its directory.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken

MOST_MEMBERS = 5_000
MOST_UNPACKED = 200_000_000
MOST_OF_A_LIST = 1_000_000

OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
OFFICE_OPEN = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    "ppt/presentation.xml": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
}
_PLACES_OF_PROGRAMS = ("basic/", "scripts/", "dialogs/", "xl/macrosheets/", "customui/")


class BadDocument(RuleBroken):
    """A document that holds a program, or would fill a disk."""


def recognise(body: bytes) -> tuple[str, str] | None:
    """Return media type and extension of an office document; None for any other ZIP. Raises `BadDocument`."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return _recognise(archive)
    # whatever a broken or hostile archive makes the standard library raise: it is no document of ours then
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, KeyError):
        return None


def _recognise(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise BadDocument(
            _l("Unpacked, this document would fill a disk. Take large pictures out of it, or save it as PDF.")
        )
    names = {member.filename for member in members}
    found = _open_document(archive, names) or _office_open(archive, names)
    if found and _has_programs(archive, names):
        raise BadDocument(
            _l("There is a program (a macro) in this document, which could harm its readers. Save it without macros.")
        )
    return found


def _open_document(archive: zipfile.ZipFile, names: set[str]) -> tuple[str, str] | None:
    if not {"mimetype", "content.xml"} <= names:
        return None
    media_type = _read(archive, "mimetype", 200).decode("ascii", "replace").strip()
    extension = OPEN_DOCUMENT.get(media_type)
    return (media_type, extension) if extension else None


def _office_open(archive: zipfile.ZipFile, names: set[str]) -> tuple[str, str] | None:
    if "[Content_Types].xml" not in names:
        return None
    return next((found for member, found in OFFICE_OPEN.items() if member in names), None)


def _has_programs(archive: zipfile.ZipFile, names: set[str]) -> bool:
    for name in names:
        folded = name.casefold().lstrip("/")
        if folded.endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in f"/{folded}":
            return True
        if folded.startswith(_PLACES_OF_PROGRAMS):
            return True
    if "[Content_Types].xml" not in names:
        return False
    listed = _read(archive, "[Content_Types].xml", MOST_OF_A_LIST).lower()
    return b"macroenabled" in listed or b"vbaproject" in listed


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """Return the beginning of a member, however much its directory says there is."""
    with archive.open(name) as member:
        return member.read(most)
