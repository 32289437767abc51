"""What a catalogue file would change in the house: two spreads of facts compared. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from app.advocacy.catalogue.facts import CatalogueFacts, Path, Values
from app.advocacy.catalogue.house import HouseFacts
from app.moments.models import Status

Changes = dict[str, tuple[Any, Any]]
"""By column: what stands in the house, what the file says."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that is not the same. `changes` is empty for what is added or gone."""

    path: Path
    changes: Changes


@dataclass
class Differences:
    """`added` and `changed` are what loading does; `kept` is what people of this house stand by although the file says
    otherwise; `gone` came with an earlier file, this one does not say it, and it stays. All in the order of the file;
    what is gone by its path."""

    added: list[Difference] = field(default_factory=list)
    changed: list[Difference] = field(default_factory=list)
    kept: list[Difference] = field(default_factory=list)
    gone: list[Difference] = field(default_factory=list)

    @property
    def would_change(self) -> int:
        """How many facts loading would make or change."""
        return len(self.added) + len(self.changed)


def differences_of(file: CatalogueFacts, house: HouseFacts) -> Differences:
    """Compare a file with the house."""
    found, theirs = Differences(), _said_whole(file, house)
    for path, said in file.rows.items():
        known = house.rows.get(path)
        if known is None:
            (found.kept if _owner_of(path) in theirs else found.added).append(Difference(path, {}))
        elif changes := dict(_changes(known, said)):
            (found.kept if path in house.theirs else found.changed).append(Difference(path, changes))
    found.gone = [Difference(path, {}) for path in sorted(house.brought - file.rows.keys() - house.theirs)]
    return found


def stands_above_itself(file: CatalogueFacts, house: HouseFacts, found: Differences) -> str | None:
    """Return a space that loading would put below itself: the file puts it below one that people of this house have
    put below it. None where there is no such circle."""
    is_put = [row.path for row in (*found.added, *found.changed) if row.path[0] == "space"]
    is_put = [path for path in is_put if file.rows[path]["parent"] != house.above.get(path[1], "")]
    above = house.above | {path[1]: file.rows[path]["parent"] for path in is_put}
    return next((path[1] for path in is_put if path[1] in _all_above(path[1], above)), None)


def _all_above(space: str, above: dict[str, str]) -> set[str]:
    seen: set[str] = set()
    while (space := above.get(space, "")) and space not in seen:
        seen.add(space)
    return seen


def _said_whole(file: CatalogueFacts, house: HouseFacts) -> set[tuple[str, Path]]:
    """Return the parts that people of this house said themselves, by kind of part and thing: word limits of ways to
    take part that they stand by, States of occurrences that they stand by, and all of an occurrence that they wrote
    down before the file did."""
    said = {("limit", path) for path in house.theirs if path[0] == "mode"}
    said |= {("state", path) for path in house.theirs if path[0] == "occurrence"}
    for path, row in file.rows.items():
        if path[0] == "occurrence" and (row["space"], row["kind"], row["number"]) in house.numbered:
            said |= {(part, path) for part in ("occurrence", "state", "step", "note")}
    return said


def _owner_of(path: Path) -> tuple[str, Path]:
    """Return the kind of a fact and the thing it is a part of."""
    match path[0]:
        case "limit":
            return "limit", ("mode", *path[1:3])
        case "state" | "step":
            return path[0], ("occurrence", path[1])
        case "note" if path[1] in ("occurrence", "step"):
            return "note", ("occurrence", path[2])
    return path[0], path


def _changes(known: Values, said: Values) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for column, new in said.items():
        if known[column] != new and not _goes_without_saying(column, known[column], new):
            yield column, (known[column], new)


def _goes_without_saying(column: str, known: Any, said: Any) -> bool:
    """Whether a file that says less than the house contradicts nothing: what was held is no longer planned."""
    if column == "status":
        return bool(known == Status.HELD.value and said in (Status.PLANNED.value, Status.CONFIRMED.value))
    return column == "modality" and not said
