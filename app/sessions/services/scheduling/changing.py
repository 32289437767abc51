"""Changing what a gathering says, its time apart. Of two who save at once, the second hears of the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app.core import audit
from app.core.actors import Actor
from app.core.naming import Names, check_names, write_names
from app.core.permissions import require
from app.extensions import db
from app.moments import services as moments
from app.moments.models import Modality
from app.sessions import events
from app.sessions.hosts import words_of
from app.sessions.models import Gathering
from app.sessions.services.contents import contents_of, digest_of
from app.sessions.services.scheduling.parts import (
    AgendaLine,
    Languages,
    check_agenda,
    check_link,
    write_agenda,
    write_languages,
)


def lock_session(gathering: Gathering, filled_from: str = "") -> None:
    """Let one writer at a time replace the rows below a gathering; what was changed since it was read is not lost."""
    read = contents_of(gathering)
    db.session.flush()
    db.session.refresh(gathering, ["join_link"], with_for_update=True)
    db.session.expire(gathering, ["languages", "agenda"])
    if contents_of(gathering) != read or (filled_from and filled_from != digest_of(gathering)):
        raise moments.ChangedMeanwhile(words_of(gathering).changed_meanwhile)


def change_session(
    actor: Actor,
    gathering: Gathering,
    *,
    names: Names,
    languages: Languages,
    agenda: Sequence[AgendaLine],
    join_link: str,
    modality: Modality | None = None,
    filled_from: str = "",
    now: datetime,
) -> Gathering:
    """Change everything of a gathering but its time. Of two who save at once, the second hears of the first.

    `filled_from` is the `digest_of` what the writer was looking at; empty: it is not asked.
    Raises `NeedsName`, `BadLink`, `BadAgenda`, `ChangedMeanwhile`.
    """
    require(actor, "sessions.lead_session", gathering)
    check_names(names)
    lock_session(gathering, filled_from)
    gathering.join_link = check_link(join_link)
    write_languages(gathering, languages)
    write_agenda(gathering, check_agenda(agenda, gathering.moment))
    db.session.flush()
    write_names(gathering.kind, gathering.id, names)
    if modality is not None:
        moments.change_moment(actor, gathering.moment, modality=modality, now=now)
    audit.record(actor, "sessions.session.changed", gathering.kind, gathering.id, now=now)
    events.session_changed.send(gathering, actor=actor, now=now)
    return gathering
