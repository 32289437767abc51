"""The kinds of things with a date, put together as people look for them.

Everything with a moment belongs into the agenda, of packages that come later too: what stands here is how it may be
narrowed down, and nothing is left out for not standing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Kind:
    """A choice: its words, and the kinds of moments it stands for. `is_inside` where only people of the network have
    such dates."""

    label: Any
    subjects: tuple[str, ...]
    is_inside: bool = False


KINDS: dict[str, Kind] = {
    # I18N: a kind of dates in the agenda: the live meetings of tracks
    "sessions": Kind(_l("Sessions of tracks"), ("session",)),
    # I18N: a kind of dates in the agenda: meetings of working groups
    "meetings": Kind(_l("Meetings of groups"), ("meeting",), is_inside=True),
    # I18N: a kind of dates in the agenda: when bodies of the United Nations and others meet
    "advocacy": Kind(_l("Sessions of advocacy spaces"), ("occurrence",)),
    # I18N: a kind of dates in the agenda: by when something is handed in to an advocacy space
    "deadlines": Kind(_l("Deadlines of advocacy"), ("step",)),
    # I18N: a kind of dates in the agenda: decisions, polls and applications that are answered until an hour
    "answers": Kind(_l("To be answered"), ("decision", "poll", "date_poll", "intake")),
    # I18N: a kind of dates in the agenda: what somebody has taken on to do by a day
    "tasks": Kind(_l("Tasks and commitments"), ("task", "outcome"), is_inside=True),
    # I18N: a kind of dates in the agenda: what others organise, outside the network
    "events": Kind(_l("Events of others"), ("event",)),
}

DUE = frozenset({"task", "outcome"})
"""Kinds of moments by which something is done: nobody meets there. Of steps, their cards say it."""


def kinds_for(actor: Actor) -> dict[str, Kind]:
    """Return the kinds this reader may have dates of."""
    return {code: kind for code, kind in KINDS.items() if actor.is_person or not kind.is_inside}
