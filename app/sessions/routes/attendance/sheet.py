"""The attendance sheet: quick marking on a phone, and people who walk in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.web import current_actor
from app.people import queries as people
from app.sessions import policy, queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import AttendanceForm, ClaimantsForm, WalkInForm
from app.sessions.forms.attendance import NEW
from app.sessions.hosts import host_of
from app.sessions.models import Gathering
from app.sessions.queries.walk_ins import find_known
from app.sessions.services import Marks
from app.sessions.showing.attendance import ALL, VIEWS, groups_of, sheet_head


def load_sheet(session_id: UUID) -> Gathering:
    """Return the gathering whose sheet is asked for: 404 where it is unseen, 403 for whoever does not lead it."""
    gathering = queries.get_visible_gathering(current_actor(), session_id)
    permissions.require(current_actor(), "sessions.mark_attendance", gathering)
    return gathering


def sheet_address(gathering: Gathering, view: str = ALL) -> str:
    return url_for("sessions.mark_attendance", session_id=gathering.id, view=None if view == ALL else view)


def saved(marks: Marks) -> str:
    """Say what one save changed."""
    if not marks.marked and not marks.unmarked:
        return str(_("Saved. Nothing was different."))
    said = []
    if marks.marked:
        said.append(ngettext("%(num)s person marked.", "%(num)s people marked.", len(marks.marked)))
    if marks.unmarked:
        said.append(ngettext("%(num)s mark taken back.", "%(num)s marks taken back.", len(marks.unmarked)))
    return " ".join(str(sentence) for sentence in (_("Saved."), *said))


def saved_all(marks: Marks) -> str:
    """Say what marking everybody shown changed, and the way back."""
    way_back = [str(_("To undo it, take the ticks away and save."))] if marks.marked else []
    return " ".join([saved(marks), *way_back])


@blueprint.route("/sessions/<uuid:session_id>/attendance", methods=["GET", "POST"])
def mark_attendance(session_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    gathering = load_sheet(session_id)
    asked = request.args.get("view", ALL)
    view = asked if asked in VIEWS else ALL
    form = AttendanceForm()
    done = carry_out(
        form,
        lambda: services.save_attendance(
            actor, gathering, shown=form.shown, here=form.here, was_here=form.was_here, now=now
        ),
        lambda _marks: sheet_address(gathering, view),
        lambda marks: saved_all(marks) if form.is_all else saved(marks),
    )
    if done:
        return done
    rows = queries.list_sheet(gathering)
    groups = groups_of(rows, view)
    page = render_template(
        "sessions/attendance.html",
        **sheet_head(gathering),
        groups=groups,
        beside=host_of(gathering).beside(gathering, [row.person_id for row in rows]),
        unmarked_shown=sum(not row.is_here for group in groups for row in group.rows),
        view=view,
        ticked=form.here if form.is_submitted() else {row.person_id for row in rows if row.is_here},
        everybody=len(rows),
        here=sum(row.is_here for row in rows),
        figures=queries.figures_of([gathering.id])[gathering.id],
        unmarked_claims=sum(row.says_so and not row.is_here for row in rows),
        waiting=queries.find_waiting_list(actor, gathering),
        is_open=policy.attendance_is_open(gathering, now),
        form=form,
    )
    return page, form.status


@blueprint.route("/sessions/<uuid:session_id>/attendance/walk-in", methods=["GET", "POST"])
def add_walk_in(session_id: UUID) -> Any:
    actor, now, language = current_actor(), clock.now(), page_language()
    gathering = load_sheet(session_id)
    form = WalkInForm()
    form.organisation.choices = [("", _("None, or not known")), *people.organisation_choices(language)]
    done = carry_out(
        form,
        lambda: services.add_walk_in(
            actor,
            gathering,
            name=str(form.name.data or ""),
            language=str(form.language.data or ""),
            organisation_id=form.organisation.data,
            person_id=form.person_id,
            is_new=form.is_new,
            now=now,
        ),
        lambda _row: sheet_address(gathering),
        lambda _row: _("Marked as here."),
    )
    if done:
        return done
    known = (
        find_known(actor, gathering, str(form.name.data or ""), form.organisation.data) if form.person.errors else []
    )
    form.person.choices = [(str(person.id), person.name) for person in known] + [(NEW, _("Somebody else, who is new"))]
    page = render_template(
        "sessions/walk_in.html",
        **sheet_head(gathering),
        form=form,
        known=known,
        notes={str(person.id): " · ".join(p for p in (person.name_latin, person.place) if p) for person in known},
    )
    return page, form.status


@blueprint.route("/sessions/<uuid:session_id>/attendance/said", methods=["GET", "POST"])
def mark_claimants(session_id: UUID) -> Any:
    """Ask once more, with names and number; only those who stand on the page are marked."""
    actor, now = current_actor(), clock.now()
    gathering = load_sheet(session_id)
    form = ClaimantsForm()
    done = carry_out(
        form,
        lambda: services.mark_claimants(actor, gathering, shown=form.shown, now=now),
        lambda _marks: sheet_address(gathering),
        saved,
    )
    if done:
        return done
    claimants = [row for row in queries.list_sheet(gathering) if row.says_so]
    page = render_template(
        "sessions/attendance_said.html",
        **sheet_head(gathering),
        rows=[row for row in claimants if not row.is_here],
        has_claims=bool(claimants),
        form=form,
    )
    return page, form.status
