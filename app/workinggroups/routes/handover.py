"""Handing a group on: the sheet that whoever takes over reads, the note for them, and the act itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock, permissions
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.moments.printed import print_line
from app.moments.shown import day_of
from app.people.forms import to_uuid
from app.workinggroups import queries, services, words
from app.workinggroups.blueprint import blueprint
from app.workinggroups.forms.handing_on import NoteForm
from app.workinggroups.models import WorkingGroup
from app.workinggroups.queries.handing_on import find_note, list_notes
from app.workinggroups.routes.groups import address, name_of
from app.workinggroups.showing.handover import notes_shown, sheet_of, who_may_take_over


def _load(slug: str) -> WorkingGroup:
    group = queries.get_visible_group(current_actor(), slug)
    permissions.require(current_actor(), "workinggroups.hand_over", group)
    return group


def _runs_it(group: WorkingGroup) -> bool:
    """Whether the reader has a service to hand over; the secretariat runs every group and has none."""
    person_id = current_actor().person_id
    return person_id is not None and queries.find_coordinator(group.id, person_id) is not None


@blueprint.get("/groups/<slug>/handover")
def show_handover(slug: str) -> Any:
    """One sheet to read and to print, for those who run the group."""
    actor, now, group = current_actor(), clock.now(), _load(slug)
    return render_template(
        "workinggroups/handover.html",
        group=group,
        name=name_of(group),
        words=words,
        texts=queries.texts_of(group, page_language()),
        sheet=sheet_of(actor, group, now),
        runs_it=_runs_it(group),
        candidates=who_may_take_over(actor, group, now),
        day=day_of(now),
        print_line=print_line(now),
    )


@blueprint.route("/groups/<slug>/handover/note", methods=["GET", "POST"])
def write_handover_note(slug: str) -> Any:
    """The note for whoever takes over: written on, with every earlier version kept."""
    actor, group = current_actor(), _load(slug)
    last = find_note(group)
    given = {"body": last.body, "version": str(last.version), "language": last.language} if last is not None else {}
    form = NoteForm(**given)
    form.offer_languages(first=[page_language()])
    done = carry_out(
        form,
        lambda: services.write_note(
            actor,
            group,
            language=form.tag(),
            body=str(form.body.data or ""),
            version=form.based_on(),
            now=clock.now(),
        ),
        lambda _note: url_for("workinggroups.show_handover", slug=group.slug, _anchor="note"),
        lambda _note: _("Your note is kept. Those who run the group read it."),
    )
    if done:
        return done
    notes = notes_shown(list_notes(actor, group))
    newer = notes[0] if notes and form.is_refused and notes[0].note.version != form.based_on() else None
    if newer is not None:
        form.version.data = str(newer.note.version)
    page = render_template("workinggroups/handover_note.html", group=group, name=name_of(group), form=form, newer=newer)
    return page, form.status


@blueprint.get("/groups/<slug>/handover/to")
def choose_successor(slug: str) -> Response:
    """The list on the sheet leads here, and from here to the page that asks once more."""
    group, person_id = _load(slug), to_uuid(request.args.get("person"))
    if person_id is None:
        return redirect(url_for("workinggroups.show_handover", slug=group.slug, _anchor="hand-over"), 303)
    return redirect(url_for("workinggroups.hand_over", slug=group.slug, person_id=person_id), 303)


@blueprint.route("/groups/<slug>/handover/to/<uuid:person_id>", methods=["GET", "POST"])
def hand_over(slug: str, person_id: UUID) -> Any:
    """Asked twice: chosen on the sheet, confirmed here."""
    actor, now, group = current_actor(), clock.now(), _load(slug)
    chosen = dict(who_may_take_over(actor, group, now)).get(person_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.hand_over(actor, group, person_id=person_id, now=now),
        lambda _appointed: address(group),
        lambda appointed: _("%(name)s runs this group now. Both of you are told.", name=appointed.person.name),
    )
    if done:
        return done
    if chosen is None and not form.is_refused:
        raise NotFound
    page = render_template(
        "workinggroups/hand_over.html",
        group=group,
        name=name_of(group),
        chosen=chosen,
        form=form,
        has_note=find_note(group) is not None,
    )
    return page, form.status
