"""The explicit list of everything a catalogue file may say: at most 40 keys, with types (docs/decisions/0021).

Whatever is not listed here refuses the file. A fact that fits no key is a note. Checked rows keep their certainty as a
pair: that of the row, and by key those that differ from it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from yaml.nodes import Node, SequenceNode

from app.advocacy.catalogue.when import NoDate, day_of, timing_of
from app.advocacy.models import (
    Access,
    ModeCode,
    NoteAbout,
    OccurrenceKind,
    SpaceKind,
    Standing,
    StepCode,
)
from app.core.shapes import (
    Checker,
    Shape,
    by_language,
    code,
    day,
    keyed,
    list_of,
    matching,
    one_of,
    one_or_many,
    refined,
    table,
    text,
    whole,
)
from app.moments.models import Certainty, Modality, Status

SURE_TO_UNSURE = (Certainty.VERIFIED.value, Certainty.TYPICAL.value, Certainty.UNSURE.value)
"""What a file may call a fact; `estimated` is what this house computes."""

ONCE, CLOSED, JOINT, INDIVIDUAL = "once_per_organisation", "closed", "joint", "individual"
"""Words under `terms`: of a mode the first two, of a word limit the others."""

one_or_more = partial(one_or_many, may_be_none=False)
name = text(longest=400)
line = text(longest=200)
label = by_language(text(longest=300))
names = refined(
    by_language(one_or_more(name)), lambda said: "" if said else "a space has a name in one language at least"
)
source = one_or_more(line)
address = matching(r"https?://\S{1,480}", "a web address of at most 480 characters")
zone = matching(r"[A-Za-z_]+(/[A-Za-z_+-]+)+|UTC", "a zone such as Europe/Zurich")
country = matching(r"[A-Z]{2}", "a country by its ISO code such as AZ")
language = matching(r"[a-z]{2,3}(-[A-Z]{2})?", "a language code such as fr")


def code_of(*allowed: str) -> Shape:
    """One of some codes, which remembers its line."""
    return matching("|".join(allowed), "one of " + ", ".join(allowed))


_level = one_of(*SURE_TO_UNSURE)


def certainty(node: Node, check: Checker) -> tuple[str, dict[str, str]]:
    """How sure a row is: one word, or a list of that word and a table of keys that are less (or more) sure."""
    if not isinstance(node, SequenceNode):
        return _level(node, check), {}
    if len(node.value) != 2:
        check.refuse(node, "a certainty is one word, or a list of that word and a table of the keys that differ")
        return "", {}
    differing: dict[str, str] = keyed(r"[a-z_]+(\.[A-Za-z-]+)?", "a key of this row", _level)(node.value[1], check)
    return _level(node.value[0], check), differing


def _reason_against_when(written: Any) -> str:
    try:
        timing_of(str(written), "UTC")
    except NoDate as error:
        return str(error)
    return ""


def _reason_against_yearly(written: Any) -> str:
    try:
        day_of(f"2000{str(written)[1:]}", str(written))
    except NoDate as error:
        return str(error)
    return ""


when = refined(matching(r"\S+", "a date"), _reason_against_when)
each_year = refined(matching(r"--[0-9]{2}-[0-9]{2}", "a day of each year such as --06-01"), _reason_against_yearly)


def validity(node: Node, check: Checker) -> Any:
    """From one day to another, open where ".." stands: a pair of days or None."""
    written = matching(r"(\.\.|[0-9-]{10})/(\.\.|[0-9-]{10})", "a time such as 2021-01-01/..")(node, check)
    if written is None:
        return None, None
    try:
        first, last = (None if part == ".." else day_of(part) for part in written.split("/"))
    except NoDate as error:
        check.refuse(node, str(error))
        return None, None
    if first and last and last < first:
        check.refuse(node, f"“{written}” ends before it begins")
    return first, last


def _reason_against_offset(ends: list[int]) -> str:
    if len(ends) > 2:
        return "an offset is one number of days, or a list of the least and the greatest"
    return f"this range is turned round: {ends[0]} comes after {ends[-1]}" if ends[0] > ends[-1] else ""


offset = refined(one_or_more(whole(-3650, 3650)), _reason_against_offset)
anchor = matching(
    rf"({'|'.join(kind.value for kind in OccurrenceKind)})\.(start|end)", "an anchor such as session.start"
)


def _pair(days: list[Any]) -> str:
    return "" if len(days) == 2 else "evidence is a pair of days: that of the step, that of its anchor"


def _reason_against_columns(row: dict[str, Any]) -> str:
    for column in row["certainty"][1]:
        if column.partition(".")[0] not in row or column in ("certainty", "source"):
            return f"the certainty of “{column}” is told, but this row says no “{column}”"
    return ""


KEYS: set[str] = set()
"""Every key a file may use, wherever it stands."""


def keys(required: dict[str, Shape], optional: dict[str, Shape] | None = None) -> Shape:
    """A table whose keys count among those of the file."""
    KEYS.update(required, optional or ())
    return table(required, optional)


def fact(required: dict[str, Shape], optional: dict[str, Shape] | None = None, *rules: Callable[[Any], str]) -> Shape:
    """A row of the catalogue: exactly these keys, a certainty always, a source where one is known."""
    shape = keys({"certainty": certainty} | required, {"source": source} | (optional or {}))
    for rule in (_reason_against_columns, *rules):
        shape = refined(shape, rule)
    return shape


note = fact({"about": one_of(*(about.value for about in NoteAbout)), "text": by_language(text(longest=2000))})
MOST_NOTES = 60
"""Of one thing. The loader finds a note by what it is about and its number."""

notes = refined(list_of(note), lambda rows: f"more than {MOST_NOTES} notes" if len(rows) > MOST_NOTES else "")


def _reason_against_words(row: dict[str, Any]) -> str:
    if row.get("cover_words", 0) >= row["words"]:
        return f"{row['cover_words']} words for the cover page leave nothing of {row['words']}"
    return ""


limit = fact(
    {"words": whole(1, 100_000)},
    {
        "cover_words": whole(0, 100_000),
        "status": one_of(*(standing.value for standing in Standing)),
        "terms": one_or_more(one_of(JOINT, INDIVIDUAL)),
    },
    _reason_against_words,
)

mode = fact(
    {"kind": code_of(*(mode.value for mode in ModeCode)), "access": one_of(*(access.value for access in Access))},
    {
        "id": code,
        "names": label,
        "languages": list_of(language),
        "terms": one_or_more(one_of(ONCE, CLOSED)),
        "limits": list_of(limit),
        "notes": notes,
    },
)


def _reason_against_rule(row: dict[str, Any]) -> str:
    if ("when" in row) == ("offset" in row):
        return "a rule has either an offset from its anchor or a day of each year (when)"
    if "typical" in row and ("offset" not in row or not row["offset"][0] <= row["typical"] <= row["offset"][-1]):
        return f"the typical {row['typical']} days lie outside the offset"
    if "when" in row and not str(row["anchor"]).endswith(".start"):
        return "a rule with a day of each year is anchored to a start, such as session.start"
    return ""


rule = fact(
    {"kind": code_of(*(step.value for step in StepCode)), "anchor": anchor},
    {
        "id": code,
        "mode": code,
        "offset": offset,
        "typical": whole(-3650, 3650),
        "when": each_year,
        "valid": validity,
        "evidence": list_of(refined(list_of(day), _pair)),
        "notes": notes,
    },
    _reason_against_rule,
)

step = fact(
    {"kind": code_of(*(step.value for step in StepCode)), "when": when},
    {"mode": code, "names": label, "zone": zone, "notes": notes},
)

state = fact({"place": country})
place = one_or_more(text(longest=120))


def _reason_against_place(written: list[str]) -> str:
    if len(written) > 2 or (len(written) == 2 and not re.fullmatch("[A-Z]{2}", written[1])):
        return "a place is a city, or a list of a city and the ISO code of its country"
    return ""


occurrence = fact(
    {"id": code, "kind": one_of(*(kind.value for kind in OccurrenceKind)), "when": when},
    {
        "number": whole(1, 100_000),
        "names": label,
        "themes": label,
        "place": refined(place, _reason_against_place),
        "zone": zone,
        "status": one_of(*(status.value for status in Status)),
        "modality": one_of(*(modality.value for modality in Modality)),
        "goals": list_of(whole(1, 17)),
        "states": list_of(state),
        "steps": list_of(step),
        "was": list_of(when),
        "notes": notes,
    },
)

space = fact(
    {"id": code, "names": names, "kind": one_of(*(kind.value for kind in SpaceKind))},
    {
        "acronym": text(longest=40),
        "parent": code,
        "place": text(longest=120),
        "zone": zone,
        "url": address,
        "goals": list_of(whole(1, 17)),
        "modes": list_of(mode),
        "rules": list_of(rule),
        "occurrences": list_of(occurrence),
        "notes": notes,
    },
)

_WHOLE: dict[str, Shape] = {"schema_version": whole(1, 1), "compiled_on": day, "spaces": list_of(space)}
KEYS.update(_WHOLE)


def catalogue_by(today: date) -> Shape:
    """A whole catalogue, written down today or before: everything it says counts as looked at on that day."""

    def reason_against(compiled_on: date) -> str:
        return "" if compiled_on <= today else f"the file says it was written on {compiled_on}, a day still to come"

    return keys(_WHOLE | {"compiled_on": refined(day, reason_against)}, {"notes": notes})
