"""A group as one ZIP, written piece by piece: tables as CSV, texts as Markdown, files as they were brought, the same
once more for machines in `group.json`, and a README in the reader's language.

No more than a page of rows is ever in memory. What machines read is collected in files beside the archive that have no
name, so that nothing stays behind when a process is ended in the middle.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from app.core.actors import Actor
from app.core.archives import PIECE, Archive
from app.core.files import path_of
from app.core.languages import one_line
from app.core.tables import csv_pieces
from app.workinggroups.exporting.about import facts_of
from app.workinggroups.exporting.contents import Contents
from app.workinggroups.exporting.readme import readme
from app.workinggroups.exports import Brought, Part, Table, Text, for_machines, for_people, rooms_of
from app.workinggroups.models import WorkingGroup

FORMAT, VERSION = "maloca-group", 1
"""What `group.json` says of itself. The number grows when a reader of the old shape would misread the new one."""


def write_archive(
    out: BinaryIO, *, actor: Actor, group: WorkingGroup, by: str, now: datetime, contents: Contents
) -> None:
    """Write all that the actor reads of a group into `out`, and note in `contents` what that was; `by` is the name
    under which the export is made."""
    rooms = rooms_of(group)
    with Archive(out, now) as archive, _Index() as index:
        for room in rooms:
            for part in room.parts(actor, group, now):
                _write(archive, index, contents, part)
        archive.write("", "group.json", index.pieces(_head(group, by, now)))
        archive.write("", "README.txt", [readme(group, rooms, contents, by=by, now=now).encode("utf-8-sig")])


def _head(group: WorkingGroup, by: str, now: datetime) -> dict[str, Any]:
    return {"format": FORMAT, "version": VERSION, "made_at": now.isoformat(), "made_by": by, "group": facts_of(group)}


def _write(archive: Archive, index: _Index, contents: Contents, part: Part) -> None:
    if isinstance(part, Table):
        contents.rows[part.name] = _write_table(archive, index, part)
    elif isinstance(part, Text):
        path = archive.write(part.folder, f"{_titled(part.name)}.md", _markdown(part))
        index.add("texts", {"path": path, **part.facts, **part.data})
        contents.add_paper(part.folder)
    else:
        _copy(archive, index, contents, part)


def _write_table(archive: Archive, index: _Index, table: Table) -> int:
    """Write one table twice, for people and for machines, while its rows are read once; returns how many."""
    codes, count = [code for code, _heading in table.columns], 0

    def cells() -> Iterator[Sequence[object]]:
        nonlocal count
        yield [str(heading) for _code, heading in table.columns]
        for row in table.rows:
            count += 1
            index.add(table.name, dict(zip(codes, row, strict=True)))
            yield [for_people(value) for value in row]

    archive.write("", f"{table.name}.csv", csv_pieces(cells()))
    return count


def _titled(name: str) -> str:
    """A stroke in a title is no folder."""
    return name.replace("/", "-").replace("\\", "-")


def _markdown(text: Text) -> Iterator[bytes]:
    """Yield the front lines, which are YAML as well as plain to read, and the words."""
    yield b"---\n"
    for name, value in text.facts.items():
        if value not in (None, ""):
            plain = for_machines(value)
            shown = json.dumps(one_line(plain) if isinstance(plain, str) else plain, ensure_ascii=False)
            yield f"{name}: {shown}\n".encode()
    yield b"---\n\n"
    for piece in text.body:
        yield piece.encode()


def _copy(archive: Archive, index: _Index, contents: Contents, part: Brought) -> None:
    """Copy a file; one whose bytes the house has lost is named in the README instead of ending the export."""
    try:
        path = archive.copy(part.folder, part.stored.name, path_of(part.stored.id))
    except OSError:
        contents.lost.append(part.stored.name)
        index.add("files", {"path": None, **part.facts})
        return
    index.add("files", {"path": path, "sha256": part.stored.sha256, **part.facts})
    contents.add_paper(part.folder)


class _Index:
    """What machines read: lists of objects, each collected in a file without a name until all is written."""

    def __init__(self) -> None:
        self._lists: dict[str, BinaryIO] = {}

    def __enter__(self) -> _Index:
        return self

    def __exit__(self, *error: object) -> None:
        for collected in self._lists.values():
            collected.close()

    def add(self, name: str, facts: Mapping[str, object]) -> None:
        collected = self._lists.get(name)
        if collected is None:
            collected = self._lists[name] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the others
        else:
            collected.write(b",\n")
        collected.write(json.dumps(for_machines(facts), ensure_ascii=False).encode())

    def pieces(self, head: Mapping[str, object]) -> Iterable[bytes]:
        """Yield one JSON object: the facts of the head, then every list."""
        yield json.dumps(for_machines(head), ensure_ascii=False, indent=1)[:-2].encode()
        for name, collected in sorted(self._lists.items()):
            yield f",\n {json.dumps(name)}: [\n".encode()
            collected.seek(0)
            while piece := collected.read(PIECE):
                yield piece
            yield b"\n ]"
        yield b"\n}\n"
