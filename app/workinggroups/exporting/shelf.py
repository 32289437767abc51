"""The material of a group in its export: links as they are, files as they were brought."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.files.words import file_words
from app.core.languages import own_name
from app.materials.queries import list_materials
from app.workinggroups.exports import ID, Brought, Coded, Part, Room, Table
from app.workinggroups.models import GroupMaterial, WorkingGroup
from app.workinggroups.shelf import SHELF


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield the list of all material, then every file that the actor sees."""
    found: Sequence[GroupMaterial] = list_materials(actor, group)
    yield _table(found)
    for material in found:
        if material.file is not None and material.file.removed_at is None:
            facts = {
                "id": material.id,
                "title": material.title,
                "language": material.language,
                "media_type": material.file.media_type,
                "added_at": material.added_at,
            }
            yield Brought(folder="files", stored=material.file, facts=facts)


def _table(found: Sequence[GroupMaterial]) -> Table:
    columns = (
        # I18N: column of a table of material: what it is called
        ("title", _("Title")),
        ("language", _("Language")),
        # I18N: column of a table of material: the address of a link
        ("link", _("Link")),
        # I18N: column of a table of material: the name of a file
        ("file", _("File")),
        # I18N: column of a table of material: what a file is and how heavy
        ("what", _("What it is")),
        # I18N: column of a table of material: for whom it is
        ("readers", _("Who reads it")),
        ("added_at", _("Added on")),
        ID,
    )
    return Table(name="materials", columns=columns, rows=(_row(material) for material in found))


def _row(material: GroupMaterial) -> Sequence[object]:
    readers = SHELF.readers_of(material)
    return (
        material.title,
        Coded(material.language, own_name(material.language)),
        material.url,
        material.file.name if material.file is not None else "",
        file_words(material.file) if material.file is not None else "",
        Coded(readers.code, readers.words),
        material.added_at,
        material.id,
    )


ROOM = Room(
    code="materials",
    holds=_l("Material: every link, and every file as it was brought."),
    parts=parts_of,
)
