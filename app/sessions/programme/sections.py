"""Parts of a programme file that packages above load themselves: this loader checks them and knows no table of theirs.

A package registers a function for a section in its `init_app`. It is called after organisations, phases and tracks
stand, in the same transaction, and follows the same rules: a row is found by its code and made once, names follow the
file, what is unsure is left out and said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.core.actors import Actor
from app.sessions.programme.naming import NameKeeper


@dataclass
class LoadReport:
    """What one load did: rows made and changed by section, unsure facts left out, sections (or rows of them)
    that wait."""

    made: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.made and not self.changed


@dataclass(frozen=True, slots=True)
class Loading:
    """One run over a programme as a package above meets it: the whole checked file, the keeper of names, the report."""

    actor: Actor
    programme: dict[str, Any]
    names: NameKeeper
    report: LoadReport
    now: datetime


SectionLoader = Callable[[Loading], None]

_loaders: dict[str, SectionLoader] = {}


def register(section: str, loader: SectionLoader) -> None:
    """Register who loads a section of the file."""
    _loaders[section] = loader


def loaders() -> dict[str, SectionLoader]:
    return dict(_loaders)
