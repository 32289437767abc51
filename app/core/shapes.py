"""What a value of a file of facts may look like: small functions from a YAML node to a checked plain value.

A shape never raises for what a person wrote: it notes line and reason with the checker and goes on, so that a refused
file tells all its mistakes at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from app.core.languages import normal_tag

LARGEST = 50_000
"""Most values a file may have once its anchors are followed: far above any programme or catalogue, far below a trap."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    line: int
    reason: str


@dataclass
class Checker:
    """Collects what is wrong; `seen` counts values so that anchors of anchors come to an end."""

    problems: list[Problem] = field(default_factory=list)
    seen: int = 0

    def refuse(self, where: Node | int, reason: str) -> None:
        line = where if isinstance(where, int) else where.start_mark.line + 1
        self.problems.append(Problem(line, reason))

    def look_at(self, node: Node) -> None:
        """Count a value, a list or a table: empty ones too, for anchors of anchors make many of those. Raises
        `TooLarge`."""
        self.seen += 1
        if self.seen > LARGEST:
            raise TooLarge
        if not node.tag.startswith(_TAG) or node.tag.startswith(f"{_TAG}python/"):
            self.refuse(node, f"a file of facts has no tags such as “{node.tag.removeprefix(_TAG)}”")


class TooLarge(Exception):
    """The file has more values than any file of facts."""


class Code(str):
    """A short identifier that remembers its line, for references that lead nowhere."""

    __slots__ = ("line",)
    line: int


Shape = Callable[[Node, Checker], Any]
_REFUSED = None
_TAG = "tag:yaml.org,2002:"


def _scalar(node: Node, check: Checker, wanted: str) -> str | None:
    check.look_at(node)
    if not isinstance(node, ScalarNode):
        check.refuse(node, f"{wanted} is expected here, not a list or a table")
        return None
    if node.tag == f"{_TAG}null" or not node.value.strip():
        check.refuse(node, f"{wanted} is expected here, nothing is written")
        return None
    return str(node.value).strip()


def text(longest: int = 2000) -> Shape:
    def shape(node: Node, check: Checker) -> Any:
        value = _scalar(node, check, "a text")
        if value is not None and len(value) > longest:
            check.refuse(node, f"this text is longer than {longest} characters")
        return value

    return shape


def matching(pattern: str, wanted: str) -> Shape:
    """Text of one form; the value is a `Code`."""

    def shape(node: Node, check: Checker) -> Any:
        value = _scalar(node, check, wanted)
        if value is None:
            return _REFUSED
        if not re.fullmatch(pattern, value):
            check.refuse(node, f"“{value}” is not {wanted}")
            return _REFUSED
        code = Code(value)
        code.line = node.start_mark.line + 1
        return code

    return shape


code = matching(r"[A-Za-z][A-Za-z0-9_]{0,59}", "a code of letters, digits and underscores")


def one_of(*allowed: str) -> Shape:
    def shape(node: Node, check: Checker) -> Any:
        value = _scalar(node, check, "one of " + ", ".join(allowed))
        if value is not None and value not in allowed:
            check.refuse(node, f"“{value}” is none of " + ", ".join(allowed))
        return value

    return shape


def whole(low: int, high: int) -> Shape:
    def shape(node: Node, check: Checker) -> Any:
        value = _scalar(node, check, "a whole number")
        if value is None:
            return _REFUSED
        if not re.fullmatch(r"-?[0-9]{1,9}", value) or not low <= int(value) <= high:
            check.refuse(node, f"“{value}” is not a whole number from {low} to {high}")
            return _REFUSED
        return int(value)

    return shape


def refined(shape: Shape, reason_against: Callable[[Any], str]) -> Shape:
    """A value of a shape that a further rule may refuse: `reason_against` says why, "" where nothing is wrong. Values
    that are refused already are not asked about."""

    def ruled(node: Node, check: Checker) -> Any:
        known = len(check.problems)
        value = shape(node, check)
        if len(check.problems) == known and (reason := reason_against(value)):
            check.refuse(node, reason)
        return value

    return ruled


def day(node: Node, check: Checker) -> Any:
    """A day as year-month-day that exists."""
    value = _scalar(node, check, "a day")
    if value is None:
        return _REFUSED
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError:
        check.refuse(node, f"“{value}” is not a day such as 2022-02-05")
        return _REFUSED


def month(node: Node, check: Checker) -> Any:
    """A month as year-month; the value is its first day."""
    value = _scalar(node, check, "a month")
    if value is None:
        return _REFUSED
    try:
        return date.fromisoformat(f"{value}-01") if len(value) == 7 else date.fromisoformat("-")
    except ValueError:
        check.refuse(node, f"“{value}” is not a month such as 2022-02")
        return _REFUSED


def flag(node: Node, check: Checker) -> Any:
    value = _scalar(node, check, "true or false")
    if value is not None and value not in ("true", "false"):
        check.refuse(node, f"“{value}” is neither true nor false")
    return value == "true"


def list_of(shape: Shape) -> Shape:
    def whole_list(node: Node, check: Checker) -> Any:
        check.look_at(node)
        if not isinstance(node, SequenceNode):
            check.refuse(node, "a list is expected here")
            return []
        return [shape(item, check) for item in node.value]

    return whole_list


def one_or_many(shape: Shape, *, may_be_none: bool = True) -> Shape:
    """One value or a list of them; the value is always a list, empty only where there may be none."""

    def some(node: Node, check: Checker) -> Any:
        if isinstance(node, SequenceNode) and not node.value and not may_be_none:
            check.refuse(node, "this list is empty: leave its key out")
        return list_of(shape)(node, check) if isinstance(node, SequenceNode) else [shape(node, check)]

    return some


def _entries(node: Node, check: Checker) -> list[tuple[ScalarNode, Node]]:
    check.look_at(node)
    if not isinstance(node, MappingNode):
        check.refuse(node, "a table of keys and values is expected here")
        return []
    entries, known = [], set()
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            check.refuse(key, "a key is a word")
        elif key.value in known:
            check.refuse(key, f"the key “{key.value}” stands here twice")
        else:
            known.add(key.value)
            entries.append((key, value))
    return entries


def table(required: dict[str, Shape], optional: dict[str, Shape] | None = None) -> Shape:
    """Exactly these keys; a missing or an unknown one is refused."""
    allowed = required | (optional or {})

    def shape(node: Node, check: Checker) -> Any:
        values: dict[str, Any] = {}
        for key, value in _entries(node, check):
            if key.value not in allowed:
                check.refuse(key, f"unknown key “{key.value}”; known here: {', '.join(sorted(allowed))}")
            else:
                values[key.value] = allowed[key.value](value, check)
        if isinstance(node, MappingNode):
            for missing in required.keys() - values.keys():
                check.refuse(node, f"the key “{missing}” is missing")
        return values

    return shape


def keyed(key_pattern: str, wanted: str, shape: Shape) -> Shape:
    """Any keys of one form, each with the same kind of value."""

    def whole_table(node: Node, check: Checker) -> Any:
        values: dict[str, Any] = {}
        for key, value in _entries(node, check):
            if not re.fullmatch(key_pattern, key.value):
                check.refuse(key, f"“{key.value}” is not {wanted}")
            else:
                values[key.value] = shape(value, check)
        return values

    return whole_table


def by_language(shape: Shape) -> Shape:
    """A value per language; the keys are language tags in their usual case."""

    def names(node: Node, check: Checker) -> Any:
        values: dict[str, Any] = {}
        for key, value in _entries(node, check):
            try:
                values[normal_tag(key.value)] = shape(value, check)
            except ValueError:
                check.refuse(key, f"“{key.value}” is no language tag such as fr or pt-BR")
        return values

    return names
