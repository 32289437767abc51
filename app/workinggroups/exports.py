"""What a group takes along when it is exported: every room gives its own part, and nobody knows all of them.

A room registers itself in its `init_app`:

```python
exports.register(
    exports.Room(code="tasks", holds=_l("Tasks: …"), leaves_out=_l("…"), parts=parts_of), order=30
)
```

`parts_of(actor, group, now)` yields tables, texts and files one after the other. It is called by the worker, outside of
any request, in the language of whoever asked, with that person's keys: **what the actor may not read is not in it**,
because the queries of each room ask for the actor, as those of its pages do. Rows are read page by page
(`core.paging.each_page`), so that a group of many years costs no more memory than one of a week.

A table becomes one CSV for people and one list in `group.json` for machines. A text becomes one Markdown file whose
front lines stand in `group.json` too. A file is copied as it was brought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.files import StoredFile
from app.moments.words import stamp
from app.workinggroups.models import WorkingGroup

AT_ONCE = 500
"""So many rows are read in one page of a file: as few questions as memory allows."""

ID = ("id", "id")
"""The last column of a table: what the house calls the thing, for ever. A row that must lead to nobody has none."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A value that people read in words of their language, and machines as a code that never changes."""

    code: str
    words: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of one shape. `name` is that of the file, without its ending, and of the list for machines; a column has its
    code for machines and its heading for people. The last one is `ID`."""

    name: str
    columns: Sequence[tuple[str, Any]]
    rows: Iterable[Sequence[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Words of people as Markdown. `facts` stand above them, the `id` first; `name` is what the text is called, in
    whatever script. `folder` is a word of ours: `topics`. `data` is for machines alone."""

    folder: str
    name: str
    facts: Mapping[str, object]
    body: Iterable[str]
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A file that somebody brought, as it is, under the name it came with."""

    folder: str
    facts: Mapping[str, object]
    stored: StoredFile


Part = Table | Text | Brought
Parts = Callable[[Actor, WorkingGroup, datetime], Iterator[Part]]


def _in_every_group(_group: WorkingGroup) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What one room gives: in one sentence what it `holds`, for the page and the README, and in another what it
    `leaves_out` ("" for nothing). `is_in` says which groups have such a room."""

    code: str
    holds: Any
    parts: Parts
    leaves_out: Any = ""
    is_in: Callable[[WorkingGroup], bool] = field(default=_in_every_group)


_rooms: dict[str, tuple[int, Room]] = {}


def register(room: Room, *, order: int) -> None:
    """Let a room give its part; rooms stand in the order of their numbers."""
    _rooms[room.code] = (order, room)


def rooms_of(group: WorkingGroup) -> list[Room]:
    """Return the rooms that a group has, in their order."""
    ordered = sorted(_rooms.values(), key=lambda pair: pair[0])
    return [room for _order, room in ordered if room.is_in(group)]


def for_people(value: object) -> object:
    """Return a value as a cell of a table that people read: words for codes, hours in UTC and said so."""
    if isinstance(value, bool):
        return str(_("Yes")) if value else ""
    if isinstance(value, Coded):
        return str(value.words)
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, Enum):
        return value.value
    return value if value is None or isinstance(value, int) else str(value)


def for_machines(value: object) -> Any:
    """Return a value as JSON has it: codes, ids and ISO 8601."""
    if isinstance(value, Coded):
        return value.code
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): for_machines(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [for_machines(one) for one in value]
    return value if value is None or isinstance(value, int | float) else str(value)
