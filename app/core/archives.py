"""ZIP archives that leave the house: written piece by piece, so that a large one costs no memory, under names that are
harmless on every system it is opened on."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from app.core.files.names import clean_name

ARCHIVE_TYPE = "application/zip"
PIECE = 64 * 1024
OLDEST = (1980, 1, 1, 0, 0, 0)
"""A ZIP knows no earlier time."""


class Archive:
    """One ZIP that is being written into `out`. Every entry has the hour of `made_at` (UTC), and no name stands twice,
    not even where capitals or the spelling of an accent are the only difference."""

    def __init__(self, out: BinaryIO, made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._at = max(made_at.utctimetuple()[:6], OLDEST)
        self._taken: set[str] = set()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *error: object) -> None:
        self._zip.close()

    def write(self, folder: str, name: str, pieces: Iterable[bytes]) -> str:
        """Write an entry that is pressed together; returns the path it got. `folder` is a word of ours ("" for the
        top), `name` may be anybody's and ends with its kind."""
        path = self._free(folder, name)
        with self._zip.open(self._entry(path, zipfile.ZIP_DEFLATED), "w", force_zip64=True) as entry:
            for piece in pieces:
                entry.write(piece)
        return path

    def copy(self, folder: str, name: str, source: Path) -> str:
        """Write a file of the house as it is: most of what people bring is pressed together already. Raises `OSError`
        before anything is written where it cannot be opened."""
        with source.open("rb") as brought:
            path = self._free(folder, name)
            with self._zip.open(self._entry(path, zipfile.ZIP_STORED), "w", force_zip64=True) as entry:
                while piece := brought.read(PIECE):
                    entry.write(piece)
        return path

    def _entry(self, path: str, manner: int) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(path, self._at)
        entry.compress_type = manner
        entry.external_attr = 0o644 << 16
        return entry

    def _free(self, folder: str, name: str) -> str:
        stem, _dot, kind = name.rpartition(".")
        clean = clean_name(f"{stem or kind}.{kind}", [kind.lower()])
        stem, path, number = clean[: -len(kind) - 1], _path(folder, clean), 1
        while _alike(path) in self._taken:
            number += 1
            path = _path(folder, f"{stem} ({number}).{kind.lower()}")
        self._taken.add(_alike(path))
        return path


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _alike(path: str) -> str:
    """What two names have in common that some systems take for one."""
    return unicodedata.normalize("NFKC", path).casefold()
