"""Whose words a chat holds: the people of a track by what they are called there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.core.languages import fold


@dataclass(frozen=True, slots=True)
class Called:
    """How one person is called; `latin` is the name in Latin letters, "" for none."""

    person_id: UUID
    name: str
    latin: str
    place: str


class PeopleByName:
    """People of a track, found by name. Each has an unmistakable label; a name that two share finds neither, for words
    must never reach another person of the same name."""

    def __init__(self, people: Sequence[Called]) -> None:
        sharing: dict[str, list[Called]] = defaultdict(list)
        self._by_fold: dict[str, set[UUID]] = defaultdict(set)
        for one in people:
            sharing[_label(one)].append(one)
            for name in {fold(one.name), fold(one.latin)} - {""}:
                self._by_fold[name].add(one.person_id)
        self._by_label = {
            label if len(alike) == 1 else _numbered(label, number, one.place): one.person_id
            for label, alike in sharing.items()
            for number, one in enumerate(alike, 1)
        }
        self._label_of = {person_id: label for label, person_id in self._by_label.items()}

    @property
    def labels(self) -> list[str]:
        return list(self._by_label)

    def find(self, name: str) -> UUID | None:
        """Return who is meant, where the label or the name, as written or in Latin letters, is exactly one person's."""
        if (labelled := self._by_label.get(name)) is not None:
            return labelled
        ids = self._by_fold.get(fold(name), set())
        return next(iter(ids)) if len(ids) == 1 else None

    def label(self, name: str) -> str:
        """Return the label of who is meant, "" where nobody is or several might be."""
        person_id = self.find(name)
        return self._label_of[person_id] if person_id is not None else ""


def _numbered(label: str, number: int, place: str) -> str:
    return f"{label} ({number}, {place})" if place else f"{label} ({number})"


def _label(one: Called) -> str:
    return f"{one.name} ({one.latin})" if one.latin else one.name
