"""The pages of translating: write a translation beside the original, edit or remove one's own, the author's yes to it.

Each kind of original has them under its own address (`mount`), on its own blueprint, so that its addresses stay and the
page is lit as a part of its capability.
"""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.languages import name_in
from app.core.permissions import require
from app.core.web import current_actor, page_language
from app.extensions import db
from app.originals import queries, services, showing
from app.originals.addresses import original_url
from app.originals.forms import EditTranslationForm, TranslateForm
from app.originals.kinds import kind_called
from app.originals.models import Original, Translation
from app.originals.routes.keeping import keeps_words
from app.people.models import Person


def mount(blueprint: Blueprint, code: str, prefix: str) -> None:
    """Hang the pages of translating one kind of text under `prefix`, which is where the kind has its own pages:
    `/reflections` makes `/reflections/<id>/translations/new`, and `…/<translation>/edit`, `review`, `remove`. A prefix
    may have parts of its own, as `/groups/<slug>/topics`; the kind then says its `place`."""
    new = f"{prefix}/<uuid:original_id>/translations/new"
    one = f"{prefix}/<uuid:original_id>/translations/<uuid:translation_id>"
    for rule, name, view, methods in (
        (new, "translate", translate, ["GET", "POST"]),
        (f"{one}/edit", "edit_translation_of", edit_translation, ["GET", "POST"]),
        (f"{one}/review", "review_translation_of", review_translation, ["POST"]),
        (f"{one}/remove", "remove_translation_of", remove_translation, ["GET", "POST"]),
    ):
        blueprint.add_url_rule(rule, f"{name}_{code}", partial(view, code), methods=methods)


@keeps_words
def translate(code: str, original_id: UUID, **place: Any) -> Any:
    """A translation into a language that has none yet; the original stands beside the field."""
    actor, now = current_actor(), clock.now()
    original = _visible(actor, code, original_id, place)
    require(actor, "originals.translate", original)
    form = TranslateForm(of_version=str(original.version), language=request.args.get("into", ""))
    person = db.session.get_one(Person, actor.person_id)
    taken = [original.language, *(row.language for row in original.translations if not row.is_stale)]
    left_behind = next((row for row in original.translations if row.language == form.language.data), None)
    form.offer_languages(first=[row.language for row in person.languages], left_out=taken)
    answer = carry_out(
        form,
        lambda: services.translate(
            actor, original, language=form.tag(), body=form.body.data or "", of_version=form.version(), now=now
        ),
        leads_to=_address,
        said=lambda _row: _("Thank you. Your translation stands beside the original."),
    )
    return answer or (
        _page("originals/translate.html", original, form=form, person=person, left_behind=left_behind),
        form.status,
    )


@keeps_words
def edit_translation(code: str, original_id: UUID, translation_id: UUID, **place: Any) -> Any:
    """The translator's own words, written anew."""
    actor, now = current_actor(), clock.now()
    original, translation = _load(actor, code, original_id, place, translation_id, action="originals.edit_translation")
    form = EditTranslationForm(body=translation.body, of_version=str(original.version))
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
            "originals/edit_translation.html",
            original,
            form=form,
            translation=translation,
            person=translation.translator,
        ),
        form.status,
    )


def review_translation(code: str, original_id: UUID, translation_id: UUID, **place: Any) -> Any:
    """The author's yes."""
    actor, now = current_actor(), clock.now()
    original, translation = _load(
        actor, code, original_id, place, translation_id, action="originals.review_translation"
    )
    form = ActionForm()
    answer = carry_out(
        form,
        lambda: services.review_translation(actor, translation, now=now),
        leads_to=_address,
        said=lambda _row: _("Marked as reviewed by you."),
    )
    return answer or (
        _page("originals/review_translation.html", original, form=form, translation=translation),
        form.status,
    )


def remove_translation(code: str, original_id: UUID, translation_id: UUID, **place: Any) -> Any:
    """Asked on its own page; the original is not touched."""
    actor, now = current_actor(), clock.now()
    original, translation = _load(
        actor, code, original_id, place, translation_id, action="originals.remove_translation"
    )
    form = ActionForm()
    answer = carry_out(
        form,
        lambda: services.remove_translation(actor, translation, now=now),
        leads_to=original_url,
        said=lambda _row: _("The translation is removed. The original is as it was."),
    )
    return answer or (
        _page("originals/remove_translation.html", original, form=form, translation=translation),
        form.status,
    )


def _visible(actor: Actor, code: str, original_id: UUID, place: dict[str, Any]) -> Original:
    """The text, where the actor sees it and the address says where it stands; raises `NotFound`."""
    kind = kind_called(code)
    if kind.get_visible is None:
        found = queries.get_visible_original(actor, original_id, kind.model)
    else:
        found = kind.get_visible(actor, original_id)
    if kind.place(found) != place:
        raise NotFound
    return found


def _load(
    actor: Actor, code: str, original_id: UUID, place: dict[str, Any], translation_id: UUID, *, action: str
) -> tuple[Original, Translation]:
    original = _visible(actor, code, original_id, place)
    translation = queries.get_translation(original, translation_id)
    require(actor, action, translation)
    return original, translation


def _page(template: str, original: Original, **values: Any) -> str:
    """A page with the original on it."""
    actor, translation = current_actor(), values.get("translation")
    return render_template(
        template,
        **values,
        original=original,
        reading=showing.reading_of(actor, original, "", clock.now()),
        frame=showing.frame_of(actor, original),
        is_mine=actor.person_id is not None and actor.person_id == original.author_id,
        into=name_in(translation.language, page_language()) if translation else "",
    )


def _address(translation: Translation) -> str:
    return original_url(translation.original, translation.language)
