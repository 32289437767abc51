"""Who is who: the lines of a meeting's list beside the people of one sheet.

Sure are the address of an account of somebody on the sheet, and a name that only one of them bears, in any order of
its words. What merely resembles is a suggestion that a facilitator confirms. Nobody who is not on the sheet is ever
looked at, so that a list tells nothing about who has an account here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from app.sessions.meeting_lists.cells import MOST_MINUTES, is_machine
from app.sessions.meeting_lists.reading import ListLine
from app.sessions.meeting_lists.spelling import sounds_of, words_of

MOST_SUGGESTIONS = 4


class Kind(StrEnum):
    """What a line is taken for until somebody says otherwise."""

    SURE = "sure"
    LIKELY = "likely"
    UNKNOWN = "unknown"
    MACHINE = "machine"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on the sheet; `email` is the confirmed address of their account, in its normal form, or ""."""

    person_id: UUID
    names: tuple[str, ...]
    email: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One or several lines that are one person's (or one machine's): `numbers` are the lines, `names` how they were
    written, `person_id` who it surely is, `suggestions` who it may be."""

    kind: Kind
    numbers: tuple[int, ...]
    names: tuple[str, ...]
    minutes: int | None
    person_id: UUID | None = None
    suggestions: tuple[UUID, ...] = ()

    @property
    def number(self) -> int:
        """The first line stands for all."""
        return self.numbers[0]

    @property
    def name(self) -> str:
        return self.names[0] if self.names else ""


@dataclass(slots=True)
class _Sheet:
    """The people of a sheet by all that a line may be recognised by."""

    by_email: dict[str, UUID] = field(default_factory=dict)
    by_words: dict[tuple[str, ...], set[UUID]] = field(default_factory=lambda: defaultdict(set))
    by_word: dict[str, set[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(set))
    by_sounds: dict[tuple[str, ...], set[UUID]] = field(default_factory=lambda: defaultdict(set))
    order: dict[UUID, int] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[Known]) -> _Sheet:
        sheet = cls()
        for place, person in enumerate(people):
            sheet.order[person.person_id] = place
            if person.email:
                sheet.by_email[person.email] = person.person_id
            for name in person.names:
                if words := words_of(name):
                    sheet.by_words[words].add(person.person_id)
                    for word in words:
                        sheet.by_word[word].add(words)
                if sounds := sounds_of(name):
                    sheet.by_sounds[sounds].add(person.person_id)
        return sheet

    def resembling(self, words: tuple[str, ...], sounds: tuple[str, ...]) -> list[UUID]:
        """Return who bears all words of the line and more, all of whose words stand in the line, or who sounds alike.
        A word that more than a hundred names hold tells nothing."""
        found = set(self.by_sounds.get(sounds, ())) if sounds else set()
        telling = [word for word in words if 0 < len(self.by_word.get(word, ())) <= 100]
        for known in {known for word in telling for known in self.by_word[word]}:
            if set(words) <= set(known) or (len(known) > 1 and set(known) <= set(words)):
                found |= self.by_words[known]
        return sorted(found, key=lambda person_id: self.order[person_id])[:MOST_SUGGESTIONS]


def match(lines: Sequence[ListLine], people: Iterable[Known]) -> list[Entry]:
    """Return the entries of a list in the order of its lines; every line stands in exactly one."""
    sheet = _Sheet.of(people)
    joined: dict[object, Entry] = {}
    for line in lines:
        entry = _entry(line, sheet)
        key = entry.person_id or words_of(line.name) or line.name or line.email.casefold()
        joined[key] = _join(joined[key], entry) if key in joined else entry
    return list(joined.values())


def _entry(line: ListLine, sheet: _Sheet) -> Entry:
    words, names = words_of(line.name), (line.name,) if line.name else ()
    new = Entry(Kind.UNKNOWN, (line.number,), names, line.minutes)
    known = sheet.by_email.get(line.email.casefold()) if line.email else None
    namesakes = sheet.by_words.get(words, set()) if words else set()
    if known is None and len(namesakes) == 1:
        known = next(iter(namesakes))
    if known is not None:
        return replace(new, kind=Kind.SURE, person_id=known)
    suggestions = tuple(sheet.resembling(words, sounds_of(line.name)))
    if suggestions:
        return replace(new, kind=Kind.LIKELY, suggestions=suggestions)
    return replace(new, kind=Kind.MACHINE) if not line.name or is_machine(line.name) else new


def _join(first: Entry, other: Entry) -> Entry:
    """Two devices, or a line that fell and was taken up again: one person, the minutes together."""
    known = [minutes for minutes in (first.minutes, other.minutes) if minutes is not None]
    return replace(
        first,
        numbers=(*first.numbers, *other.numbers),
        names=tuple(dict.fromkeys((*first.names, *other.names))),
        minutes=min(sum(known), MOST_MINUTES) if known else None,
    )
