"""What an author does: write, edit, choose readers, withdraw, bring back, erase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.forms import ActionForm, carry_out
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor, page_language
from app.extensions import db
from app.people.models import Person
from app.reflections import queries, services, showing
from app.reflections.forms import EditForm, EraseForm, ReadersForm, WriteForm
from app.reflections.models import Reflection
from app.reflections.originals import as_written
from app.reflections.policy import has_begun
from app.reflections.readers import readers_of
from app.reflections.routes import blueprint
from app.reflections.routes.reading import page_values
from app.sessions.models import Track
from app.sessions.queries import get_visible_track, list_sessions


@blueprint.route("/tracks/<slug>/reflections/new", methods=["GET", "POST"])
def write(slug: str) -> Any:
    """A new reflection in a track; "see it first" shows it and keeps nothing."""
    actor, now = current_actor(), clock.now()
    track = get_visible_track(actor, slug)
    require(actor, "reflections.write", track)
    form = WriteForm(session=request.args.get("session", ""))
    _prepare(form, _me(actor), track, now)
    answer = _publish(
        form,
        lambda: services.write_reflection(
            actor,
            track,
            body=form.body.data or "",
            language=form.tag(),
            readers=form.readers(),
            pseudonym=form.chosen_pseudonym(),
            session_id=form.session_id(),
            now=now,
        ),
        lambda _row: _("Your reflection is published. You can change or withdraw it at any time."),
    )
    if answer:
        return answer
    return render_template(
        "reflections/write.html",
        form=form,
        track=track,
        track_name=names_of("track", [track.id], page_language())[track.id],
        counts=showing.reader_counts(track.id, now),
        preview=_previewed(form),
        signature=form.chosen_pseudonym() or showing.own_signature(_me(actor)),
        own_note=_own_note(actor),
    ), form.status


def _prepare(form: WriteForm, person: Person, track: Track, now: datetime) -> None:
    """Offer sessions that have begun, the newest first, and languages with the person's own before the others."""
    begun = [session for session in list_sessions(current_actor(), track) if has_begun(session, now)]
    sessions = begun[::-1]
    names = names_of("session", [session.id for session in sessions], page_language())
    form.offer_sessions((session.id, str(names[session.id])) for session in sessions)
    form.offer_languages(first=[row.language for row in person.languages])
    form.call_own_name(person.name)


def _me(actor: Actor) -> Person:
    return db.session.get_one(Person, actor.person_id)


def _own_note(actor: Actor) -> Markup:
    """Organisation and place that stand under the person's own name, each in its own direction."""
    person = _me(actor)
    organisation = showing.organisation_of(person, clock.now())
    place = Markup("<bdi>{}</bdi>").format(person.place) if person.place else ""
    return Markup(", ").join(part for part in (organisation, place) if part)


def _publish(
    form: WriteForm | EditForm, work: Callable[[], Reflection], said: Callable[[Reflection], Any]
) -> Response | None:
    """Carry out a sent form, unless its author asked to see the text first."""
    return None if form.preview.data else carry_out(form, work, _address, said)


def _previewed(form: WriteForm | EditForm) -> dict[str, Any] | None:
    """What a text would look like, if it was asked for and nothing is wrong with it. Nothing is stored."""
    if not form.preview.data or not form.validate():
        return None
    return {"text": to_html(as_written(form.body.data or "")), "language": form.tag()}


@blueprint.route("/reflections/<uuid:reflection_id>/edit", methods=["GET", "POST"])
def edit(reflection_id: UUID) -> Any:
    """A new version of the author's own text."""
    actor, now = current_actor(), clock.now()
    reflection = _load(actor, reflection_id, "reflections.edit")
    form = EditForm(body=reflection.versions[-1].body, language=reflection.language, version=str(reflection.version))
    form.offer_languages(first=[reflection.language, *(row.language for row in _me(actor).languages)])
    before = reflection.version
    answer = _publish(
        form,
        lambda: services.edit_reflection(
            actor, reflection, body=form.body.data or "", language=form.tag(), based_on=form.based_on(), now=now
        ),
        lambda row: (
            _("Version %(number)s is what people read now.", number=row.version)
            if row.version > before
            else _("Nothing was changed: these are the words that were there.")
        ),
    )
    if answer:
        return answer
    if form.general_errors:
        form.version.data = str(reflection.version)
    return render_template(
        "reflections/edit.html",
        **page_values(reflection),
        form=form,
        preview=_previewed(form),
        newest=showing.whole_text(reflection.versions[-1]) if form.general_errors else None,
    ), form.status


@blueprint.route("/reflections/<uuid:reflection_id>/readers", methods=["GET", "POST"])
def change_readers(reflection_id: UUID) -> Any:
    """Other readers, or another name."""
    actor, now = current_actor(), clock.now()
    reflection = _load(actor, reflection_id, "reflections.change_readers")
    form = ReadersForm(
        audience=readers_of(reflection.audience).value,
        under="other" if reflection.pseudonym else "own",
        pseudonym=reflection.pseudonym,
    )
    form.call_own_name(_me(actor).name)
    answer = carry_out(
        form,
        lambda: services.change_readers(
            actor, reflection, readers=form.readers(), pseudonym=form.chosen_pseudonym(), now=now
        ),
        leads_to=_address,
        said=lambda _row: _("Kept. This is who may read your reflection now."),
    )
    return answer or (
        render_template(
            "reflections/readers.html",
            **page_values(reflection),
            form=form,
            counts=showing.reader_counts(reflection.track_id, now),
            own_note=_own_note(actor),
        ),
        form.status,
    )


@blueprint.route("/reflections/<uuid:reflection_id>/withdraw", methods=["GET", "POST"])
def withdraw(reflection_id: UUID) -> Any:
    """Asked on its own page, then hidden from everybody but its author."""
    actor, now = current_actor(), clock.now()
    reflection = _load(actor, reflection_id, "reflections.withdraw")
    form = ActionForm()
    answer = carry_out(
        form,
        lambda: services.withdraw(actor, reflection, now=now),
        leads_to=_address,
        said=lambda _row: _("Withdrawn. Nobody but you sees this reflection. You can bring it back."),
    )
    return answer or (
        render_template("reflections/withdraw.html", **page_values(reflection), form=form),
        form.status,
    )


@blueprint.post("/reflections/<uuid:reflection_id>/bring-back")
def bring_back(reflection_id: UUID) -> Any:
    """Shown again to the readers it had."""
    actor, now = current_actor(), clock.now()
    reflection = _load(actor, reflection_id, "reflections.withdraw")
    form = ActionForm()
    answer = carry_out(
        form,
        lambda: services.bring_back(actor, reflection, now=now),
        leads_to=_address,
        said=lambda _row: _("Your reflection is back, for the readers it had."),
    )
    return answer or (
        render_template("reflections/withdraw.html", **page_values(reflection), form=form),
        form.status,
    )


@blueprint.route("/reflections/<uuid:reflection_id>/erase", methods=["GET", "POST"])
def erase(reflection_id: UUID) -> Any:
    """Asked twice: on its own page, and by a box to tick."""
    actor, now = current_actor(), clock.now()
    reflection = _load(actor, reflection_id, "reflections.erase")
    form = EraseForm()
    slug = reflection.track.slug
    answer = carry_out(
        form,
        lambda: services.erase_reflection(actor, reflection, now=now),
        leads_to=lambda _row: url_for("reflections.list_reflections", track=slug),
        said=lambda _row: _("Your reflection is erased, with all its versions and translations."),
    )
    return answer or (
        render_template("reflections/erase.html", **page_values(reflection), form=form),
        form.status,
    )


def _load(actor: Actor, reflection_id: UUID, action: str) -> Reflection:
    reflection = queries.get_visible_reflection(actor, reflection_id)
    require(actor, action, reflection)
    return reflection


def _address(reflection: Reflection) -> str:
    return url_for("reflections.show", reflection_id=reflection.id)
