"""A checked catalogue file, spread out: one row of plain values per fact, by its path. Pure.

A path names a fact for ever, in the file and in the house: `("mode", "csw", "written_statement")`. What stands in the
house is spread out the same way (`house`), so that the two can be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from app.advocacy.catalogue.references import key_of, limit_key, zone_of
from app.advocacy.catalogue.schema import CLOSED, JOINT, ONCE
from app.advocacy.catalogue.when import timing_of, written_of
from app.core.names import Certainty as NameCertainty
from app.moments.models import Status

Path = tuple[str, ...]
Values = dict[str, Any]
Row = dict[str, Any]

CATALOGUE = "catalogue"
_NAMES_OF_FACTS = uuid5(NAMESPACE_URL, "urn:maloca:advocacy-catalogue")
CATALOGUE_ID = uuid5(_NAMES_OF_FACTS, CATALOGUE)
"""What notes about everything and lines of the audit are about."""

NAME_CERTAINTIES = {
    "verified": NameCertainty.EXT,
    "typical": NameCertainty.TYPICAL,
    "unsure": NameCertainty.UNSURE,
}
SURE = "verified"


def id_of(path: Path) -> UUID:
    """Return the id of a row that a file brings: the same in every house, so a row tells that it came with a file."""
    return uuid5(_NAMES_OF_FACTS, "/".join(path))


@dataclass
class CatalogueFacts:
    """`rows` in the order in which they can be made: spaces after their parents, what belongs to a thing after it.
    `places` are positions in lists, `was` earlier dates, the oldest first: both count only when a row is made."""

    compiled_on: date
    rows: dict[Path, Values] = field(default_factory=dict)
    places: dict[Path, int] = field(default_factory=dict)
    was: dict[Path, list[str]] = field(default_factory=dict)


def facts_of(catalogue: Row) -> CatalogueFacts:
    """Spread out a catalogue that `reading.read_catalogue` has checked."""
    facts = CatalogueFacts(catalogue["compiled_on"])
    spread = _Spread(facts)
    for space in _parents_first(catalogue["spaces"]):
        spread.space(space)
    for space in catalogue["spaces"]:
        spread.ways_in(space)
        spread.dates(space)
    spread.notes((CATALOGUE,), catalogue, inherited="")
    return facts


def _parents_first(spaces: list[Row]) -> Iterator[Row]:
    waiting, made = list(spaces), set[str]()
    while waiting:
        ready = [space for space in waiting if space.get("parent") is None or space["parent"] in made]
        yield from ready
        made.update(space["id"] for space in ready)
        waiting = [space for space in waiting if space["id"] not in made]


class _Spread:
    def __init__(self, facts: CatalogueFacts) -> None:
        self.facts = facts

    def _add(self, path: Path, place: int, values: Values) -> None:
        self.facts.rows[path], self.facts.places[path] = values, place

    def space(self, row: Row) -> None:
        source = source_of(row, "")
        values = {
            "acronym": row.get("acronym", ""),
            "kind": str(row["kind"]),
            "parent": str(row["parent"]) if "parent" in row else "",
            "place": row.get("place", ""),
            "zone": str(row["zone"]) if "zone" in row else "",
            "url": str(row.get("url", "")),
            "goals": sorted(set(row.get("goals", []))),
        }
        self._add(("space", str(row["id"])), 0, values | _worth(row, source))
        for language, (main, *others) in row["names"].items():
            written = row["certainty"][1].get(f"names.{language}") or row["certainty"][1].get("names")
            certainty = NAME_CERTAINTIES[written or row["certainty"][0]].value
            self._add(("name", str(row["id"]), language), 0, {"text": main, "certainty": certainty})
            for other in others:
                self._add(("alias", str(row["id"]), language, other), 0, {"certainty": certainty})
        self.notes(("space", str(row["id"])), row, source)

    def ways_in(self, space: Row) -> None:
        source = source_of(space, "")
        for place, row in enumerate(space.get("modes", [])):
            path = ("mode", str(space["id"]), key_of(row))
            terms = row.get("terms", [])
            values = {
                "kind": str(row["kind"]),
                "access": row["access"],
                "names": row.get("names", {}),
                "languages": [str(language) for language in row.get("languages", [])],
                "is_closed": CLOSED in terms,
                "is_once_per_organisation": ONCE in terms,
            }
            self._add(path, place, values | _worth(row, source))
            for at, limit in enumerate(row.get("limits", [])):
                self._limit((*path[1:], *limit_key(limit)), at, limit, source_of(row, source))
            self.notes(path, row, source_of(row, source))
        for place, row in enumerate(space.get("rules", [])):
            self._rule(("rule", str(space["id"]), key_of(row)), place, row, source)

    def _limit(self, key: Path, place: int, row: Row, source: str) -> None:
        terms = row.get("terms", [])
        values = {
            "status": row.get("status", ""),
            "is_joint": JOINT in terms if terms else None,
            "words": row["words"],
            "cover_words": row.get("cover_words", 0),
        }
        self._add(("limit", *key), place, values | _worth(row, source))

    def _rule(self, path: Path, place: int, row: Row, source: str) -> None:
        kind, end = str(row["anchor"]).split(".")
        offset = row.get("offset")
        first, last = row.get("valid", (None, None))
        values = {
            "kind": str(row["kind"]),
            "mode": str(row.get("mode", "")),
            "occurrence_kind": kind,
            "anchor": "year" if "when" in row else end,
            "offset_min": offset[0] if offset else None,
            "offset_max": offset[-1] if offset else None,
            "typical": row.get("typical"),
            "fixed_on": str(row["when"])[2:] if "when" in row else "",
            "valid_from": first.isoformat() if first else "",
            "valid_until": last.isoformat() if last else "",
            "evidence": [[day.isoformat() for day in pair] for pair in row.get("evidence", [])],
        }
        self._add(path, place, values | _worth(row, source))
        self.notes(path, row, source_of(row, source))

    def dates(self, space: Row) -> None:
        for row in space.get("occurrences", []):
            path, source = ("occurrence", str(row["id"])), source_of(row, source_of(space, ""))
            place = row.get("place", [""])
            values = {
                "space": str(space["id"]),
                "kind": row["kind"],
                "number": row.get("number"),
                "names": row.get("names", {}),
                "themes": row.get("themes", {}),
                "place": place[0],
                "country": place[1] if len(place) > 1 else "",
                "goals": sorted(set(row.get("goals", []))),
                "status": row.get("status", Status.PLANNED.value),
                "modality": row.get("modality", ""),
            }
            self._add(path, 0, values | _date(row, zone_of(space, row)) | _worth(row, source))
            if "was" in row:
                zone = zone_of(space, row)
                self.facts.was[path] = [written_of(timing_of(before, zone)) for before in row["was"]]
            for state in row.get("states", []):
                self._add(("state", path[1], str(state["place"])), 0, _worth(state, source))
            for step in row.get("steps", []):
                self._step(path[1], step, zone_of(space, row, step), source)
            self.notes(path, row, source)

    def _step(self, occurrence: str, row: Row, zone: str | None, source: str) -> None:
        path = ("step", occurrence, str(row["kind"]), str(row.get("mode", "")))
        self._add(path, 0, {"names": row.get("names", {})} | _date(row, zone) | _worth(row, source))
        self.notes(path, row, source_of(row, source))

    def notes(self, about: Path, row: Row, inherited: str) -> None:
        counted = Counter[str]()
        for place, note in enumerate(row.get("notes", [])):
            path = ("note", *about, note["about"], str(counted[note["about"]]))
            counted[note["about"]] += 1
            self._add(path, place, {"text": note["text"]} | _worth(note, inherited))


def _date(row: Row, zone: str | None) -> Values:
    timing = timing_of(row["when"], zone)
    certainty, differing = row["certainty"]
    return {"when": written_of(timing), "zone": zone or "", "date_certainty": differing.get("when", certainty)}


def source_of(row: Row, inherited: str) -> str:
    """Return where a row was read. What was seen somewhere and does not say where was read where the thing it belongs
    to was; what nobody has seen has no source."""
    return "; ".join(row["source"]) if "source" in row else inherited if row["certainty"][0] == SURE else ""


_COLUMNS = {
    "number",
    "place",
    "zone",
    "url",
    "goals",
    "access",
    "languages",
    "names",
    "themes",
    "words",
    "kind",
    "terms",
}
"""Keys whose certainty has no place of its own."""


def _worth(row: Row, inherited: str) -> Values:
    certainty, differing = row["certainty"]
    kept = {key: level for key, level in differing.items() if key in _COLUMNS and not ("url" in row and key == "names")}
    return {"certainty": certainty, "certainties": kept, "source": source_of(row, inherited)}
