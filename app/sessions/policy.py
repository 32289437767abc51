"""Who may do what with the programme. Pure answers from the actor's keys and the row in hand; nothing is queried."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.core import permissions
from app.core.actors import Actor
from app.moments.models import NOT_TAKING_PLACE, Precision, Status
from app.people.keys import affiliation_key, mandate_key
from app.people.models import Organisation
from app.sessions.hosts import leaders_key, members_key
from app.sessions.keys import facilitators_key, track_key
from app.sessions.models import Gathering, HeadCount, Phase, Track

LINK_SHOWN_BEFORE = timedelta(hours=24)
ATTENDANCE_OPENS_BEFORE = timedelta(minutes=30)
CLAIMS_CLOSE_AFTER = timedelta(hours=48)


def can_run_programme(actor: Actor, _thing: Phase | Track | None = None) -> bool:
    """Phases, tracks, publishing and appointing are the secretariat's."""
    return actor.is_secretariat


def can_lead_track(actor: Actor, track: Track) -> bool:
    """Sessions are planned by the facilitators of this very track, and by the secretariat."""
    return actor.is_secretariat or actor.holds(facilitators_key(track.id))


def can_lead_session(actor: Actor, gathering: Gathering) -> bool:
    """Those who lead what it belongs to: a facilitator of one track leads no session of another."""
    return actor.is_secretariat or actor.holds(leaders_key(gathering))


def can_ask_to_join(actor: Actor, _track: Track) -> bool:
    """Anybody with an account may ask; whether R-03 lets them in is answered in words, by the service."""
    return actor.is_person


def is_eligible(actor: Actor, track: Track) -> bool:
    """R-03: a current, confirmed affiliation of a kind that this track is open to."""
    return any(actor.holds(affiliation_key(kind)) for kind in track.eligible)


class Door(StrEnum):
    """Whether a track takes people now: from a moment on, at present, not or no more."""

    OPENS = "opens"
    OPEN = "open"
    CLOSED = "closed"


def door_of(track: Track, now: datetime) -> Door:
    """A window of applications decides alone; without one, the track is open or not. A window without an end stays
    open."""
    window = track.intake.moment
    if window is None:
        return Door.OPEN if track.is_open else Door.CLOSED
    if now < window.starts_at:
        return Door.OPENS
    return Door.OPEN if window.wall_end is None or now < window.until else Door.CLOSED


def can_join_for(actor: Actor, organisation: Organisation) -> bool:
    """Who speaks for an organisation names its people for a track."""
    return actor.is_person and actor.holds(mandate_key(organisation.id))


def takes_part(actor: Actor, track: Track) -> bool:
    """Participants and facilitators of the track."""
    return actor.holds(track_key(track.id))


def takes_part_in(actor: Actor, gathering: Gathering) -> bool:
    """Whoever belongs to what is gathering here: a session's track, those who lead it included."""
    return actor.holds(members_key(gathering))


def is_over(gathering: Gathering, now: datetime) -> bool:
    """A gathering is current until its moment ends."""
    return gathering.moment.until < now


def is_held(gathering: Gathering, now: datetime) -> bool:
    """Over, and not called off before."""
    return is_over(gathering, now) and gathering.moment.status not in NOT_TAKING_PLACE


def takes_place(gathering: Gathering) -> bool:
    """Neither cancelled nor postponed."""
    return gathering.moment.status not in NOT_TAKING_PLACE


def can_still_change(gathering: Gathering, now: datetime) -> bool:
    """Not begun and not called off: what a change of a whole series reaches."""
    return gathering.moment.starts_at > now and gathering.moment.status in (Status.PLANNED, Status.CONFIRMED)


def can_see_join_link(actor: Actor, gathering: Gathering, now: datetime) -> bool:
    """Those who take part, while it is there."""
    return takes_part_in(actor, gathering) and link_is_there(gathering, now)


def link_is_there(gathering: Gathering, now: datetime) -> bool:
    """From 24 hours before the start until the end, and only if it takes place."""
    moment = gathering.moment
    if moment.status in NOT_TAKING_PLACE or moment.precision is not Precision.MINUTE:
        return False
    return moment.starts_at - LINK_SHOWN_BEFORE <= now <= moment.until


def attendance_is_open(gathering: Gathering, now: datetime) -> bool:
    """Marking begins half an hour before the start and never closes: late lists are lists too."""
    return now >= gathering.moment.starts_at - ATTENDANCE_OPENS_BEFORE


def claim_window(gathering: Gathering) -> tuple[datetime, datetime]:
    """First and last instant at which participants say that they were there, and count who sat beside them."""
    return gathering.moment.starts_at - ATTENDANCE_OPENS_BEFORE, gathering.moment.until + CLAIMS_CLOSE_AFTER


def can_still_be_asked(gathering: Gathering, now: datetime) -> bool:
    """Whether somebody comes is asked until one can say that one is there."""
    return now < claim_window(gathering)[0]


def can_claim_attendance(actor: Actor, gathering: Gathering) -> bool:
    """Those who take part speak for themselves."""
    return actor.is_person and takes_part_in(actor, gathering)


def can_take_back_claim(actor: Actor, _gathering: Gathering | None = None) -> bool:
    """One's own word is one's own, also after leaving."""
    return actor.is_person


def can_count_heads(actor: Actor, gathering: Gathering) -> bool:
    """Who leads the gathering, and those who take part: the one whose screen it is."""
    return can_lead_session(actor, gathering) or can_claim_attendance(actor, gathering)


def can_change_head_count(actor: Actor, head_count: HeadCount) -> bool:
    """Who counted, as long as they take part, and who leads the gathering."""
    if can_lead_session(actor, head_count.gathering):
        return True
    return can_claim_attendance(actor, head_count.gathering) and head_count.counted_by == actor.person_id


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    for code, policy, sentence in (
        ("sessions.run_programme", can_run_programme, "Create and edit phases and tracks"),
        ("sessions.publish_track", can_run_programme, "Publish a track, or take it back"),
        ("sessions.appoint_facilitator", can_run_programme, "Appoint facilitators of a track and end their service"),
        ("sessions.join_track", can_ask_to_join, "Ask to join a track, and leave it (R-03 decides who is let in)"),
        ("sessions.join_for_organisation", can_join_for, "Name people of one's organisation who take part in a track"),
        ("sessions.manage_intake", can_lead_track, "Say how a track takes people: places, approval, window, questions"),
        ("sessions.decide_applications", can_lead_track, "Read the applications of a track, give places and refuse"),
        ("sessions.keep_ramadan", can_lead_track, "Say at which places of a track Ramadan is kept"),
        ("sessions.plan_session", can_lead_track, "Plan a session of a track"),
        ("sessions.lead_session", can_lead_session, "Edit, confirm, move, cancel and reopen a session"),
        ("sessions.mark_attendance", can_lead_session, "Mark who attended a session"),
        ("sessions.read_roster", can_lead_track, "Read the roster of a track: names, languages, needs"),
        ("sessions.say_coming", can_claim_attendance, "Say whether one will come to a session"),
        ("sessions.claim_attendance", can_claim_attendance, "Say of oneself that one attended a session"),
        ("sessions.take_back_claim", can_take_back_claim, "Take back what one said of oneself"),
        ("sessions.count_heads", can_count_heads, "Count people without an account behind one screen"),
        ("sessions.change_head_count", can_change_head_count, "Correct or remove a count of people behind a screen"),
    ):
        permissions.register(code, policy, sentence)
