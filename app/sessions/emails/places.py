"""The mails about a place in a track: given, moved up, put on the waiting list, refused, named by one's organisation.

They say what happened and lead to the page of the track; why somebody was refused stands there and in no mail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.registries import Contact
from app.extensions import db
from app.people.queries import own_name_of
from app.sessions import addresses, telling
from app.sessions.models import Application, ApplicationState, Track, TrackMembership


@dataclass(frozen=True, slots=True)
class Facts:
    """What the mails about a place say. `state` is that of the application; None where there was none. `person_id` has
    the place; it is their helper who reads where that is not the recipient."""

    person_id: UUID
    track: str
    address: str
    leave: str
    organisation: str
    named_by: str
    state: ApplicationState | None


def _facts(parameters: dict[str, Any]) -> Facts | None:
    track = db.session.get(Track, UUID(parameters["track"]))
    if track is None:
        return None
    row: TrackMembership | Application | None
    if "membership" in parameters:
        row = db.session.get(TrackMembership, UUID(parameters["membership"]))
    else:
        row = db.session.get(Application, UUID(parameters["application"]))
    if row is None:
        return None
    by = row.asked_by if isinstance(row, Application) else row.joined_by
    language, path = page_language(), addresses.track_path(track.slug)
    return Facts(
        person_id=row.person_id,
        track=names_of("track", [track.id], language)[track.id].text,
        address=absolute(path),
        leave=absolute(f"{path}/leave"),
        organisation=_name_of(row.organisation_id, language),
        named_by=own_name_of(by),
        state=row.state if isinstance(row, Application) else None,
    )


def _name_of(organisation_id: UUID | None, language: str) -> str:
    return names_of("organisation", [organisation_id], language)[organisation_id].text if organisation_id else ""


def _write_place_given(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("You have a place: %(track)s", track=facts.track),
        _("You applied for the track %(track)s, and you have a place in it now.", track=facts.track),
        _("Its sessions, at your hour: %(address)s", address=facts.address),
        _leave(facts),
    )


def _write_moved_up(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("You moved up: %(track)s", track=facts.track),
        _("A place became free in the track %(track)s, and it is yours.", track=facts.track),
        _("Its sessions, at your hour: %(address)s", address=facts.address),
        _leave(facts),
    )


def _write_waiting(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("You are on the waiting list: %(track)s", track=facts.track),
        _(
            "Your application for the track %(track)s is accepted, but every place is taken. You are on the "
            "waiting list and move up by yourself: we write to you then.",
            track=facts.track,
        ),
        _("Your place on the list: %(address)s", address=facts.address),
    )


def _write_refused(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("Your application: %(track)s", track=facts.track),
        _("The facilitators of the track %(track)s could not give you a place.", track=facts.track),
        _("You can read why on the page of the track, and apply again: %(address)s", address=facts.address),
    )


def _write_named(facts: Facts, contact: Contact) -> Words:
    return letter(
        # I18N: subject of a mail to somebody whose organisation named them for a track
        _("%(organisation)s named you: %(track)s", organisation=facts.organisation, track=facts.track),
        _named(facts),
        _("The track, its sessions at your hour: %(address)s", address=facts.address),
        # I18N: in a mail to somebody who was named by their organisation; the link leads to one form
        _("If you do not want to take part, say so here: %(address)s", address=facts.leave),
    )


def _named(facts: Facts) -> str:
    words = {"organisation": facts.organisation, "name": facts.named_by, "track": facts.track}
    if facts.state is ApplicationState.WAITING:
        return str(
            _(
                "%(name)s named you for %(organisation)s in the track %(track)s. Every place is taken: you are on the "
                "waiting list and move up by yourself.",
                **words,
            )
        )
    if facts.state is ApplicationState.ASKED:
        return str(
            _(
                "%(name)s proposed you for %(organisation)s in the track %(track)s. The facilitators answer, and we "
                "write to you then.",
                **words,
            )
        )
    return str(_("%(name)s named you: you take part in the track %(track)s for %(organisation)s now.", **words))


def _leave(facts: Facts) -> str:
    # I18N: in a mail to somebody who has a place in a track
    return str(_("If you cannot come any more, leave your place to somebody else: %(address)s", address=facts.leave))


def _writer(write: Callable[[Facts, Contact], Words]) -> mails.Writer:
    def written(parameters: dict[str, Any], contact: Contact) -> Words | None:
        facts = _facts(parameters)
        if facts is None:
            return None
        return mails.or_helper(partial(write, facts), parameters, contact, about=facts.person_id, name_of=own_name_of)

    return written


def register() -> None:
    mails.register(telling.places.PLACE_GIVEN, _writer(_write_place_given))
    mails.register(telling.places.MOVED_UP, _writer(_write_moved_up))
    mails.register(telling.places.WAITING, _writer(_write_waiting))
    mails.register(telling.places.REFUSED, _writer(_write_refused))
    mails.register(telling.places.NAMED, _writer(_write_named), is_own=True)
