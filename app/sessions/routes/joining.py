"""Taking part in a track: asking for a place, naming people of one's organisation, leaving."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.people import queries as people
from app.people.models import Organisation
from app.sessions import policy, queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import JoinForm, NamePeopleForm, join_form
from app.sessions.models import Application, ApplicationState, Track, TrackMembership
from app.sessions.routes.tracks import show
from app.sessions.services.delegation import MOST_AT_ONCE, Outcome, Sent
from app.sessions.services.membership import Left
from app.sessions.services.questions import answer_field
from app.sessions.showing.joining import fill_known, joining_of


def _address(track: Track) -> str:
    return url_for("sessions.show_track", slug=track.slug)


def _said(result: TrackMembership | Application) -> str:
    if isinstance(result, TrackMembership):
        return str(_("You take part in this track now. We tell you when a session is added or moves."))
    if result.state is ApplicationState.ASKED:
        return str(_("Your application is sent. The facilitators answer it, and we write to you then."))
    position = queries.position_of(result)
    return str(
        _(
            "Every place is taken. You are number %(position)s on the waiting list and move up by yourself: we write "
            "to you then.",
            position=position,
        )
    )


def _show_form(track: Track, form: JoinForm) -> tuple[str, int]:
    actor, now = current_actor(), clock.now()
    if not form.is_whole.data:
        fill_known(form, actor)
    page = render_template(
        "sessions/apply.html",
        track=track,
        name=names_of("track", [track.id], page_language())[track.id],
        joining=joining_of(actor, track, now=now, form=form),
        form=form,
        answer_field=answer_field,
    )
    return page, form.status


@blueprint.route("/tracks/<slug>/join", methods=["GET", "POST"])
def join_track(slug: str) -> Any:
    """The button of a track that asks nothing leads here as well as the whole page; each comes back where it was."""
    actor, now = current_actor(), clock.now()
    track = queries.get_visible_track(actor, slug)
    form = join_form(queries.list_questions(track))
    done = carry_out(
        form,
        lambda: services.join_track(
            actor,
            track,
            organisation_id=form.organisation_id,
            alone=form.is_alone,
            answers=form.answers(),
            said=form.said(),
            now=now,
        ),
        lambda _result: _address(track),
        _said,
    )
    if done:
        return done
    asks_first = track.intake.needs_approval or form.questions
    if form.is_submitted() and not form.is_whole.data and not asks_first:
        return show(track, join_form=form)
    return _show_form(track, form)


@blueprint.route("/tracks/<slug>/leave", methods=["GET", "POST"])
def leave_track(slug: str) -> Any:
    actor, now = current_actor(), clock.now()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.join_track", track)
    form = ActionForm()
    # who leaves a draft sees it no more
    stays_visible = track.published_at is not None or policy.can_lead_track(actor, track)
    done = carry_out(
        form,
        lambda: services.leave_track(actor, track, now=now),
        lambda _left: _address(track) if stays_visible else url_for("sessions.list_tracks"),
        _said_on_leaving,
    )
    if done:
        return done
    membership = queries.find_membership(track, actor.person_id)
    page = render_template(
        "sessions/leave.html",
        track=track,
        name=names_of("track", [track.id], page_language())[track.id],
        membership=membership,
        application=None if membership else queries.find_open_application(track, actor.person_id),
        form=form,
    )
    return page, form.status


def _said_on_leaving(left: Left) -> str:
    if left is Left.PLACE:
        return str(_("You have left this track."))
    if left is Left.APPLICATION:
        return str(_("Your application is taken back."))
    return str(_("You were not in this track."))


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
        lambda _sent: _address(track),
        _said_of,
    )
    return done or _show_people(track, organisation, form)


def _show_people(track: Track, organisation: Organisation, form: NamePeopleForm) -> tuple[str, int]:
    actor, now, language = current_actor(), clock.now(), page_language()
    found = queries.list_people_to_name(track, organisation, now.date())
    standing = queries.standings(track, [person.id for person in found])
    form.people.choices = [SelectChoice(person.id, person.name) for person in found if person.id not in standing]
    page = render_template(
        "sessions/name_people.html",
        track=track,
        name=names_of("track", [track.id], language)[track.id],
        organisation=organisation,
        organisation_name=names_of("organisation", [organisation.id], language)[organisation.id],
        places={person.id: person.place for person in found},
        inside=[(person, standing[person.id]) for person in found if person.id in standing],
        joining=joining_of(actor, track, now=now),
        is_open=policy.door_of(track, now) is policy.Door.OPEN,
        most=MOST_AT_ONCE,
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
