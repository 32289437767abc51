"""Who may read and write what sessions leave behind: the people of the track read, those who lead it write."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.core.audiences import sees
from app.outcomes.models import Outcome
from app.sessions.hosts import members_key
from app.sessions.keys import track_key
from app.sessions.models import Gathering, Track
from app.sessions.policy import can_lead_session, can_lead_track


def can_read(actor: Actor, track: Track) -> bool:
    """Participants and facilitators of the track, and the secretariat: notes and outcomes are no public pages."""
    return sees(actor, track_key(track.id))


def can_read_notes(actor: Actor, gathering: Gathering) -> bool:
    """Those who take part in what gathers, and the secretariat: a session's notes are its track's."""
    return sees(actor, members_key(gathering))


def can_write(actor: Actor, gathering: Gathering) -> bool:
    """Those who lead the gathering, and the secretariat."""
    return can_lead_session(actor, gathering)


def can_change(actor: Actor, outcome: Outcome) -> bool:
    """Whoever leads the session an outcome was noted in; it is the team's, not that of the one who typed it."""
    return can_lead_session(actor, outcome.session)


def can_hand_over(actor: Actor, track: Track) -> bool:
    """The sheet is made by those who lead the track, and by the secretariat (R-06)."""
    return can_lead_track(actor, track)


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    permissions.register("outcomes.read", can_read, "Read the notes and outcomes of a track")
    permissions.register("outcomes.write_notes", can_write, "Write and remove the notes of a session")
    permissions.register("outcomes.note", can_write, "Note a priority, an action or a commitment of a session")
    permissions.register("outcomes.change", can_change, "Edit, close, reopen and remove an outcome")
    permissions.register("outcomes.hand_over", can_hand_over, "Read the handover sheet of a track")
