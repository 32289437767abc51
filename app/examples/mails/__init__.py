"""What a mail of each kind would say, told of invented people and things: for a house in which nobody was told it yet.

An example makes the few rows that its words are read from, and no others. Nothing of it is kept (`core.mail_examples`),
nobody is told, and it does not matter whether the house holds the example people.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

from app.core import mail_examples
from app.core.types import Facts
from app.examples.mails import bodies, ground, groups, reminded, tracks, voices
from app.examples.mails.bodies import Bodies

KINDS = ground.KINDS | tracks.KINDS | reminded.KINDS | groups.KINDS | voices.KINDS | bodies.KINDS


def inventor(now: datetime) -> mail_examples.Invent:
    """Return what makes the example of a kind and returns the parameters of its notice."""
    world = Bodies(now)

    @cache
    def invent(kind: str) -> Facts:
        return KINDS[kind](world) | {"person": str(world.reader.id)}

    return invent


def register() -> None:
    mail_examples.register("examples", KINDS, inventor)
