"""What other packages print of an outcome they do not know: its first words, where it stands, its state."""

from __future__ import annotations

from uuid import UUID

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.registries import Card
from app.outcomes.queries import list_readable
from app.sessions.addresses import session_path

GLIMPSE = 120


def glimpse(words: str) -> str:
    """Return the beginning of an outcome's words, on one line, cut after a word."""
    line = " ".join(words.split())
    return line if len(line) <= GLIMPSE else line[:GLIMPSE].rsplit(" ", 1)[0] + " …"


def describe_outcomes(ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Outcomes of tracks whose key the actor holds; state `open`, `done` or `dropped`."""
    rows = list_readable(actor, ids)
    tracks = names_of("track", {outcome.session.track_id for outcome in rows}, page_language())
    return {
        outcome.id: Card(
            title=glimpse(outcome.words),
            href=f"{session_path(outcome.session_id)}#outcome-{outcome.id}",
            language=outcome.language,
            state=outcome.state.value,
            part_of=tracks[outcome.session.track_id].text,
        )
        for outcome in rows
    }
