"""Material as lines of a page: what it is and how heavy, or to which site it leads, before anybody pays for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from flask import url_for

from app.core.files.words import file_words
from app.materials.models import Material
from app.materials.shelves import Part, kind_of


@dataclass(frozen=True, slots=True)
class Line:
    """One material. `words` is "PDF, 1.2 MB" for a file; `host` the site of a link."""

    material: Material
    href: str
    words: str
    host: str

    @property
    def readers(self) -> Any:
        """Who reads it, in words."""
        return kind_of(self.material).readers_of(self.material).words


@dataclass(frozen=True, slots=True)
class Group:
    """The material of one part of a shelf, or of the shelf as a whole (no part)."""

    part: Part | None
    lines: list[Line]


def href_of(material: Material) -> str:
    """Return where a material stands in the list of its shelf."""
    return f"{kind_of(material).list_href(material.shelf)}#material-{material.id}"


def lines_of(materials: Iterable[Material]) -> list[Line]:
    return [_line(material) for material in materials]


def _line(material: Material) -> Line:
    if material.file is None:
        return Line(material, material.url, "", urlsplit(material.url).hostname or "")
    href = url_for("materials.send_file", material_id=material.id)
    return Line(material, href, file_words(material.file), "")


def groups_of(materials: Iterable[Material], parts: Sequence[Part]) -> list[Group]:
    """Return the shelf's own first, then part by part in their order; empty ones left out."""
    lines: dict[UUID | None, list[Line]] = defaultdict(list)
    for line in lines_of(materials):
        lines[kind_of(line.material).session_of(line.material)].append(line)
    of_parts = [Group(part, lines[part.id]) for part in parts if part.id in lines]
    return [Group(None, lines[None]), *of_parts] if None in lines else of_parts
