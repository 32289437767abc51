"""Material as lines of a page: what it is and how heavy, or to which site it leads, before anybody pays for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from flask import url_for

from app.core.files.words import file_words
from app.core.names import Name, names_of
from app.core.web import page_language
from app.materials.models import Material
from app.materials.readers import Readers, readers_of
from app.sessions.models import LearningSession


@dataclass(frozen=True, slots=True)
class Line:
    """One material. `words` is "PDF, 1.2 MB" for a file; `host` the site of a link."""

    material: Material
    href: str
    words: str
    host: str

    @property
    def readers(self) -> Readers:
        return readers_of(self.material.audience)


@dataclass(frozen=True, slots=True)
class Group:
    """The material of one session, or of the track as a whole (no session)."""

    session: LearningSession | None
    name: Name | None
    lines: list[Line]


def lines_of(materials: Iterable[Material]) -> list[Line]:
    return [_line(material) for material in materials]


def _line(material: Material) -> Line:
    if material.file is None:
        return Line(material, material.url, "", urlsplit(material.url).hostname or "")
    href = url_for("materials.send_file", material_id=material.id)
    return Line(material, href, file_words(material.file), "")


def groups_of(materials: Iterable[Material], sessions: Sequence[LearningSession]) -> list[Group]:
    """Return the track's own first, then session by session in the order of their time; empty ones left out."""
    lines: dict[UUID | None, list[Line]] = defaultdict(list)
    for line in lines_of(materials):
        lines[line.material.session_id].append(line)
    names = names_of("session", [session.id for session in sessions], page_language())
    of_sessions = [Group(row, names[row.id], lines[row.id]) for row in sessions if row.id in lines]
    return [Group(None, None, lines[None]), *of_sessions] if None in lines else of_sessions
