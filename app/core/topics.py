"""Topics of mails: what somebody can stop getting, in human words. Each kind of notice belongs to exactly one.

A package says its part in `init_app`: `notices.register_topic(TOPIC.holding("sessions.moved", …))`. A topic that
several packages fill is declared in the lowest of them: people choose among ten lines, not among fifty kinds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Topic:
    """`label` and `note` are lazy words. `urgent_kinds` cannot wait for a digest, whatever the rhythm of a person. Of
    what is not optional (passwords, invitations, what the law asks for) nobody can be cut off, and it never waits."""

    code: str
    label: Any
    note: Any = ""
    kinds: frozenset[str] = field(default_factory=frozenset)
    urgent_kinds: frozenset[str] = field(default_factory=frozenset)
    is_optional: bool = True

    def holding(self, *kinds: str, urgent: Iterable[str] = ()) -> Topic:
        """Return the part of this topic that one package fills: kinds that can wait, and `urgent` ones."""
        cannot_wait = frozenset(urgent)
        return replace(self, kinds=frozenset(kinds) | cannot_wait, urgent_kinds=cannot_wait)


_topics: dict[str, Topic] = {}
_topic_of_kind: dict[str, str] = {}


def register(topic: Topic) -> None:
    """Add a topic, or a part of one that is known by its code already. A kind in two topics is a mistake of whoever
    builds: ValueError."""
    for kind in topic.kinds:
        if _topic_of_kind.setdefault(kind, topic.code) != topic.code:
            raise ValueError(f"{kind} belongs to the topic {_topic_of_kind[kind]} already")
    known = _topics.get(topic.code)
    if known is not None:
        if (known.label, known.is_optional) != (topic.label, topic.is_optional):
            raise ValueError(f"the topic {topic.code} is registered in other words already")
        topic = replace(known, kinds=known.kinds | topic.kinds, urgent_kinds=known.urgent_kinds | topic.urgent_kinds)
    _topics[topic.code] = topic


def all_topics() -> list[Topic]:
    """Return every topic, in the order in which packages registered them (the ground first)."""
    return list(_topics.values())


def find_topic(code: str) -> Topic | None:
    return _topics.get(code)


def topic_of(kind: str) -> Topic | None:
    """Return the topic of a kind of notice; None for one that nobody placed, which is sent at once (a test looks)."""
    return _topics.get(_topic_of_kind.get(kind, ""))
