"""What an author does: write, edit, choose readers, withdraw, bring back, erase."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor, page_language
from app.originals import showing as originals
from app.reflections import queries, services, showing
from app.reflections.forms import EditForm, EraseForm, ReadersForm, WriteForm
from app.reflections.models import Reflection
from app.reflections.readers import readers_of
from app.reflections.routes import blueprint
from app.reflections.routes.composing import (
    address_of,
    find_quoted,
    me,
    offer_begun,
    offer_own,
    own_note,
    previewed,
    send,
    typed,
    values_of,
)
from app.reflections.routes.reading import page_values
from app.reflections.services.quoting import LONGEST_QUOTE
from app.sessions.queries import get_visible_track


@blueprint.route("/tracks/<slug>/reflections/new", methods=["GET", "POST"])
def write(slug: str) -> Any:
    """A new reflection in a track, with words of another one where `quote` names it; "see it first" shows it and keeps
    nothing."""
    actor, now = current_actor(), clock.now()
    track = get_visible_track(actor, slug)
    require(actor, "reflections.write", track)
    form = WriteForm(session=request.args.get("session", ""), quote=request.args.get("quote", ""))
    quoted = find_quoted(actor, form.quote.data)
    offer_begun(form, track, now)
    offer_own(form, me(actor))
    _prepare_quote(form, quoted)
    answer = send(
        form,
        lambda: services.write_reflection(
            actor,
            track,
            **typed(form),
            session_id=form.session_id(),
            quotes=form.quotes(),
            now=now,
        ),
        lambda _row: _("Your reflection is published. You can change or withdraw it at any time."),
    )
    if answer:
        return answer
    return render_template(
        "reflections/write.html",
        **values_of(form, actor, track.id, now),
        track=track,
        track_name=names_of("track", [track.id], page_language())[track.id],
        quoted=quoted,
        quoted_text=originals.whole_text(quoted.versions[-1]) if quoted else "",
        quoted_by=originals.shown_by(quoted) if quoted else "",
    ), form.status


def _prepare_quote(form: WriteForm, quoted: Reflection | None) -> None:
    """Fill in a short text whole; of a long one its author's words are copied. On a page that is asked for, a text that
    is not there is no quote; in a form that was sent, the service says so."""
    if request.method == "POST":
        return
    if quoted is None:
        form.quote.data = ""
    elif len(quoted.versions[-1].body) <= LONGEST_QUOTE:
        form.quoted_words.data = quoted.versions[-1].body


@blueprint.route("/reflections/<uuid:reflection_id>/edit", methods=["GET", "POST"])
def edit(reflection_id: UUID) -> Any:
    """A new version of the author's own text."""
    actor, now = current_actor(), clock.now()
    reflection = _load(actor, reflection_id, "reflections.edit")
    form = EditForm(body=reflection.versions[-1].body, language=reflection.language, version=str(reflection.version))
    form.offer_languages(first=[reflection.language, *(row.language for row in me(actor).languages)])
    if request.method != "POST":
        form.fill_passages(reflection.versions[-1].passages)
    before = (reflection.version, _passages(reflection))
    answer = send(
        form,
        lambda: services.edit_reflection(
            actor,
            reflection,
            body=form.body.data or "",
            language=form.tag(),
            passages=form.named(),
            based_on=form.based_on(),
            now=now,
        ),
        lambda row: _what_changed(row, *before),
    )
    if answer:
        return answer
    if form.general_errors:
        form.version.data = str(reflection.version)
    return render_template(
        "reflections/edit.html",
        **page_values(reflection),
        form=form,
        preview=previewed(form),
        newest=originals.whole_text(reflection.versions[-1]) if form.general_errors else None,
    ), form.status


def _passages(reflection: Reflection) -> list[tuple[str, str]]:
    return [(row.words, row.language) for row in reflection.versions[-1].passages]


def _what_changed(reflection: Reflection, version: int, passages: list[tuple[str, str]]) -> str:
    if reflection.version > version:
        return str(_("Version %(number)s is what people read now.", number=reflection.version))
    if _passages(reflection) != passages:
        return str(_("Kept. The words are as they were; their languages are shown as you said."))
    return str(_("Nothing was changed: these are the words that were there."))


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
    form.call_own_name(me(actor).name)
    form.offer_readers(queries.widest_readers(reflection.answered))
    answer = carry_out(
        form,
        lambda: services.change_readers(
            actor, reflection, readers=form.readers(), pseudonym=form.chosen_pseudonym(), now=now
        ),
        leads_to=address_of,
        said=lambda _row: _("Kept. This is who may read your reflection now."),
    )
    return answer or (
        render_template(
            "reflections/readers.html",
            **page_values(reflection),
            form=form,
            counts=showing.reader_counts(reflection.track_id, now),
            own_note=own_note(actor),
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
        leads_to=address_of,
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
        leads_to=address_of,
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
