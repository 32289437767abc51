"""What waits in the programme for those who lead it: applications, sessions that begin soon and lack something, sheets
that nobody filled, teams without a region, tracks without a next session."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.actors import Actor
from app.core.context import page_language
from app.core.lists import listed
from app.core.names import Name, names_of
from app.core.permissions import can
from app.core.waiting import MOST, Kind, Line
from app.moments.models import Modality, Precision
from app.moments.shown import shown
from app.sessions import policy, queries
from app.sessions.models import LearningSession, Track
from app.sessions.policy import Door

SOON = timedelta(days=14)
"""So long before a session its languages and its link should be known; so long after, who was there is remembered."""


@dataclass(frozen=True, slots=True)
class _Programme:
    """The published tracks this actor leads, of phases that are not over, with their sessions in order."""

    actor: Actor
    now: datetime
    tracks: Sequence[Track]
    sessions: dict[UUID, list[LearningSession]]
    names: dict[UUID, Name]

    def coming(self, track: Track) -> list[LearningSession]:
        return [row for row in self._taking_place(track) if not policy.is_over(row, self.now)]

    def soon(self) -> list[LearningSession]:
        begins_soon = [row for track in self.tracks for row in self.coming(track) if self._is_near(row)]
        return sorted(begins_soon, key=lambda row: row.moment.starts_at)

    def just_held(self) -> list[LearningSession]:
        return [
            row
            for track in self.tracks
            for row in self._taking_place(track)
            if self.now - SOON < row.moment.until < self.now and row.moment.precision is Precision.MINUTE
        ]

    def _taking_place(self, track: Track) -> list[LearningSession]:
        return [row for row in self.sessions.get(track.id, []) if policy.takes_place(row)]

    def _is_near(self, row: LearningSession) -> bool:
        return row.moment.precision is Precision.MINUTE and row.moment.starts_at < self.now + SOON


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """For whoever leads tracks; the secretariat leads all of them."""
    led = [
        track
        for track in queries.list_visible_tracks(actor)
        if track.published_at and track.phase.year_to >= now.year and can(actor, "sessions.plan_session", track)
    ]
    if not led:
        return []
    ids = [track.id for track in led]
    sessions = queries.list_sessions_of_tracks(actor, ids)
    programme = _Programme(actor, now, led, sessions, names_of("track", ids, page_language()))
    kinds: tuple[Callable[[_Programme], Iterator[Line]], ...] = (
        _applications,
        _unmarked,
        _without_languages,
        _without_link,
        _without_session,
        _without_region,
    )
    return [line for kind in kinds for line in islice(kind(programme), MOST)]


def _applications(programme: _Programme) -> Iterator[Line]:
    queues = queries.count_queues([track.id for track in programme.tracks])
    for track in programme.tracks:
        if asked := queues[track.id].asked:
            yield Line(
                Kind.ANSWER,
                ngettext("%(num)s application waits for an answer.", "%(num)s applications wait for an answer.", asked),
                url_for("sessions.decide_applications", slug=track.slug),
                _("Answer"),
                programme.names[track.id],
            )


def _unmarked(programme: _Programme) -> Iterator[Line]:
    held = programme.just_held()
    marked = queries.count_attendance([session.id for session in held])
    for session in held:
        if not marked.get(session.id, (0, 0))[0]:
            yield Line(
                Kind.CARE,
                _("Nobody is marked as here yet at the session of %(day)s.", day=_day(session)),
                url_for("sessions.mark_attendance", session_id=session.id),
                _("Mark attendance"),
                programme.names[session.track_id],
            )


def _without_languages(programme: _Programme) -> Iterator[Line]:
    soon = programme.soon()
    told = queries.sessions_with_languages([session.id for session in soon])
    for session in soon:
        if session.id not in told:
            yield Line(
                Kind.CARE,
                _("In which languages is the session of %(day)s held? Nobody has said it yet.", day=_day(session)),
                url_for("sessions.change_session", session_id=session.id),
                # I18N: link to the form of a session, to write down its languages
                _("Say the languages"),
                programme.names[session.track_id],
            )


def _without_link(programme: _Programme) -> Iterator[Line]:
    for session in programme.soon():
        if not session.join_link and session.moment.modality is not Modality.ON_SITE:
            yield Line(
                Kind.CARE,
                _("The session of %(day)s has no link to its meeting yet.", day=_day(session)),
                url_for("sessions.change_session", session_id=session.id),
                # I18N: link to the form of a session, to write the address of the online meeting
                _("Add the link"),
                programme.names[session.track_id],
            )


def _without_session(programme: _Programme) -> Iterator[Line]:
    """A track that takes people, or has just begun, and of which nobody knows when it meets next."""
    for track in programme.tracks:
        is_expected = not programme.sessions.get(track.id) or policy.door_of(track, programme.now) is not Door.CLOSED
        if is_expected and not programme.coming(track):
            yield Line(
                Kind.CARE,
                _("No next session is planned."),
                url_for("sessions.plan_session", slug=track.slug),
                _("Plan a session"),
                programme.names[track.id],
            )


def _without_region(programme: _Programme) -> Iterator[Line]:
    """R-05, for whoever appoints; of tracks that still go on."""
    tracks = [track for track in programme.tracks if can(programme.actor, "sessions.appoint_facilitator", track)]
    going_on = [track for track in tracks if programme.coming(track) or not programme.sessions.get(track.id)]
    missing, language = queries.uncovered_regions(going_on), page_language()
    names = names_of("region", {region.id for regions in missing.values() for region in regions}, language)
    for track in going_on:
        if regions := missing.get(track.id):
            said = listed([names[region.id] for region in regions], language)
            yield Line(
                Kind.CARE,
                ngettext(
                    "Nobody in the team comes from a region of the phase: %(regions)s.",
                    "Nobody in the team comes from %(num)s regions of the phase: %(regions)s.",
                    len(regions),
                    regions=said,
                ),
                url_for("sessions.edit_team", slug=track.slug),
                _("Appoint facilitators"),
                programme.names[track.id],
            )


def _day(session: LearningSession) -> str:
    return shown(session.moment).first.day_of_year
