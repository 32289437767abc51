"""Translations: what remains, write one beside the original, edit or remove one's own, and the author's yes to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.forms import ActionForm, carry_out
from app.core.languages import name_in
from app.core.paging import Page
from app.core.permissions import require
from app.core.web import current_actor, page_language
from app.extensions import db
from app.people.models import Person
from app.reflections import queries, services, showing
from app.reflections.forms import EditTranslationForm, OfferForm, TranslateForm
from app.reflections.models import Reflection, Translation
from app.reflections.routes import blueprint
from app.reflections.routes.composing import keeps_words
from app.reflections.routes.reading import page_values

ONE = "/reflections/<uuid:reflection_id>/translations/<uuid:translation_id>"


@blueprint.route("/reflections/translations", methods=["GET", "POST"])
def list_untranslated() -> Any:
    """What remains to translate into the languages a person offers, and which these are."""
    actor, now = current_actor(), clock.now()
    require(actor, "reflections.offer_languages")
    person = db.session.get_one(Person, actor.person_id)
    offered = queries.list_offers(person.id)
    form = OfferForm(languages=offered)
    form.offer(dict.fromkeys([*(row.language for row in person.languages), *offered]))
    answer = carry_out(
        form,
        lambda: services.offer_languages(actor, form.languages.data or (), now=now),
        leads_to=lambda _person: url_for("reflections.list_untranslated"),
        said=lambda _person: _("Kept. This is what remains to translate into your languages."),
    )
    if answer:
        return answer
    into = request.args.get("into", "")
    into = into if into in offered else next(iter(offered), "")
    read, is_read = [row.language for row in person.languages], "others" not in request.args
    after = request.args.get("after", "")
    page = queries.list_untranslated(actor, into=into, read=read, is_read=is_read, cursor=after) if into else Page([])
    return render_template(
        "reflections/untranslated.html",
        form=form,
        offered=offered,
        into=into,
        has_others=bool(read),
        is_read=is_read,
        voices=showing.voices(actor, page.rows, showing.GLIMPSE),
        next_cursor=page.next_cursor,
        language_word=lambda tag: name_in(tag, page_language()),
    ), form.status


@blueprint.route("/reflections/<uuid:reflection_id>/translations/new", methods=["GET", "POST"])
@keeps_words
def translate(reflection_id: UUID) -> Any:
    """A translation into a language that has none yet; the original stands beside the field."""
    actor, now = current_actor(), clock.now()
    reflection = queries.get_visible_reflection(actor, reflection_id)
    require(actor, "reflections.translate", reflection)
    form = TranslateForm(of_version=str(reflection.version), language=request.args.get("into", ""))
    person = db.session.get_one(Person, actor.person_id)
    taken = [reflection.language, *(row.language for row in reflection.translations if not row.is_stale)]
    left_behind = next((row for row in reflection.translations if row.language == form.language.data), None)
    form.offer_languages(first=[row.language for row in person.languages], left_out=taken)
    answer = carry_out(
        form,
        lambda: services.translate(
            actor, reflection, language=form.tag(), body=form.body.data or "", of_version=form.version(), now=now
        ),
        leads_to=_address,
        said=lambda _row: _("Thank you. Your translation stands beside the original."),
    )
    return answer or (
        _page("reflections/translate.html", reflection, form=form, person=person, left_behind=left_behind),
        form.status,
    )


@blueprint.route(f"{ONE}/edit", methods=["GET", "POST"])
@keeps_words
def edit_translation(reflection_id: UUID, translation_id: UUID) -> Any:
    """The translator's own words, written anew."""
    actor, now = current_actor(), clock.now()
    reflection, translation = _load(actor, reflection_id, translation_id, "reflections.edit_translation")
    form = EditTranslationForm(body=translation.body, of_version=str(reflection.version))
    answer = carry_out(
        form,
        lambda: services.edit_translation(
            actor, translation, body=form.body.data or "", of_version=form.version(), now=now
        ),
        leads_to=_address,
        said=lambda _row: _("Your translation is kept, and follows the newest version."),
    )
    return answer or (
        _page(
            "reflections/edit_translation.html",
            reflection,
            form=form,
            translation=translation,
            person=translation.translator,
        ),
        form.status,
    )


@blueprint.post(f"{ONE}/review")
def review_translation(reflection_id: UUID, translation_id: UUID) -> Any:
    """The author's yes."""
    actor, now = current_actor(), clock.now()
    reflection, translation = _load(actor, reflection_id, translation_id, "reflections.review_translation")
    form = ActionForm()
    answer = carry_out(
        form,
        lambda: services.review_translation(actor, translation, now=now),
        leads_to=_address,
        said=lambda _row: _("Marked as reviewed by you."),
    )
    return answer or (
        _page("reflections/review_translation.html", reflection, form=form, translation=translation),
        form.status,
    )


@blueprint.route(f"{ONE}/remove", methods=["GET", "POST"])
def remove_translation(reflection_id: UUID, translation_id: UUID) -> Any:
    """Asked on its own page; the original is not touched."""
    actor, now = current_actor(), clock.now()
    reflection, translation = _load(actor, reflection_id, translation_id, "reflections.remove_translation")
    form = ActionForm()
    answer = carry_out(
        form,
        lambda: services.remove_translation(actor, translation, now=now),
        leads_to=lambda row: url_for("reflections.show", reflection_id=row.id),
        said=lambda _row: _("The translation is removed. The original is as it was."),
    )
    return answer or (
        _page("reflections/remove_translation.html", reflection, form=form, translation=translation),
        form.status,
    )


def _load(actor: Actor, reflection_id: UUID, translation_id: UUID, action: str) -> tuple[Reflection, Translation]:
    reflection = queries.get_visible_reflection(actor, reflection_id)
    translation = queries.get_translation(reflection, translation_id)
    require(actor, action, translation)
    return reflection, translation


def _page(template: str, reflection: Reflection, **values: Any) -> str:
    """A page with the original on it."""
    translation = values.get("translation")
    return render_template(
        template,
        **page_values(reflection),
        **values,
        original=showing.whole_text(reflection.versions[-1]),
        into=name_in(translation.language, page_language()) if translation else "",
    )


def _address(translation: Translation) -> str:
    values: dict[str, Any] = {"with": translation.language}
    return url_for("reflections.show", reflection_id=translation.reflection_id, **values)
