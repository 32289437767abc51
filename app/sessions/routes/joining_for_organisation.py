"""Naming people of one's organisation for a track: whom, found by name where there are many, and what became of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.people import queries as people
from app.people.models import Organisation
from app.sessions import policy, queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import NamePeopleForm, PeopleSearch
from app.sessions.models import Track
from app.sessions.queries.people_to_name import MOST_LISTED
from app.sessions.services.joining_for_organisation import MOST_AT_ONCE, Outcome, Sent
from app.sessions.showing.joining import joining_of


@blueprint.route("/tracks/<slug>/join/for/<uuid:organisation_id>", methods=["GET", "POST"])
def join_for_organisation(slug: str, organisation_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    track = queries.get_visible_track(actor, slug)
    organisation = people.get_visible_organisation(actor, organisation_id)
    permissions.require(actor, "sessions.join_for_organisation", organisation)
    form = NamePeopleForm()
    done = carry_out(
        form,
        lambda: services.join_for_organisation(actor, track, organisation, person_ids=form.chosen, now=now),
        lambda _sent: url_for("sessions.show_track", slug=track.slug),
        _said_of,
    )
    return done or _show_people(track, organisation, form)


def _show_people(track: Track, organisation: Organisation, form: NamePeopleForm) -> tuple[str, int]:
    actor, now, language = current_actor(), clock.now(), page_language()
    search = PeopleSearch(request.args)
    found, has_more = queries.list_people_to_name(track, organisation, now.date(), name=search.asked)
    found = queries.people_to_name_among(track, organisation, now.date(), form.chosen) | found
    standing = queries.standings(track, found)
    form.people.choices = [SelectChoice(key, person.name) for key, person in found.items() if key not in standing]
    page = render_template(
        "sessions/name_people.html",
        track=track,
        name=names_of("track", [track.id], language)[track.id],
        organisation=organisation,
        organisation_name=names_of("organisation", [organisation.id], language)[organisation.id],
        places={key: person.place for key, person in found.items()},
        inside=[(person, standing[key]) for key, person in found.items() if key in standing],
        joining=joining_of(actor, track, now=now),
        is_open=policy.door_of(track, now) is policy.Door.OPEN,
        most=MOST_AT_ONCE,
        most_listed=MOST_LISTED,
        has_more=has_more,
        search=search,
        form=form,
    )
    return page, form.status


def _said_of(sent: Sent) -> str:
    said = []
    if number := len(sent[Outcome.SEATED]):
        said.append(ngettext("%(num)s person takes part now.", "%(num)s people take part now.", number))
    if number := len(sent[Outcome.WAITING]):
        said.append(
            ngettext("%(num)s person is on the waiting list.", "%(num)s people are on the waiting list.", number)
        )
    if number := len(sent[Outcome.ASKED]):
        said.append(
            ngettext(
                "%(num)s application is sent; the facilitators answer it.",
                "%(num)s applications are sent; the facilitators answer them.",
                number,
            )
        )
    if number := len(sent[Outcome.KNOWN]):
        said.append(ngettext("%(num)s person was there already.", "%(num)s people were there already.", number))
    return " ".join(map(str, said))
