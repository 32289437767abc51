"""What the pages that take an author's words share: who signs, and see it first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.forms import carry_out
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.permissions import can
from app.core.web import current_actor, page_language
from app.extensions import db
from app.originals import showing as originals
from app.originals.passages import check_passages, mark
from app.originals.words import as_written
from app.people.models import Person
from app.reflections import queries, showing
from app.reflections.forms import AnswerForm, EditForm, WriteForm
from app.reflections.forms.drafts import DraftForm
from app.reflections.forms.voice import SpeakForm
from app.reflections.models import Reflection
from app.reflections.policy import has_begun
from app.sessions.forms import SessionField
from app.sessions.models import Track
from app.sessions.queries import list_sessions

Composed = WriteForm | AnswerForm | DraftForm
"""A new text, with its readers and its name."""
Composing = Composed | EditForm
Signing = Composed | SpeakForm


def me(actor: Actor) -> Person:
    """Return the person who writes."""
    return db.session.get_one(Person, actor.person_id)


def own_note(actor: Actor) -> Markup:
    """Organisation and place that stand under the person's own name."""
    person = me(actor)
    return originals.standing(originals.organisation_of(person, clock.now()), person.place)


def offer_own(form: Signing, person: Person) -> None:
    """Offer the person's own languages before the others, and the own name to sign with."""
    form.offer_languages(first=[row.language for row in person.languages])
    form.call_own_name(person.name)


def offer_begun(form: SessionField, track: Track, now: datetime) -> None:
    """Offer the sessions that have begun, the newest first."""
    begun = [session for session in list_sessions(current_actor(), track) if has_begun(session, now)][::-1]
    names = names_of("session", [session.id for session in begun], page_language())
    form.offer_sessions((session.id, str(names[session.id])) for session in begun)


def typed(form: Composed) -> dict[str, Any]:
    """Return what a new text is made of, as the services take it."""
    return {
        "body": form.body.data or "",
        "language": form.tag(),
        "readers": form.readers(),
        "pseudonym": form.chosen_pseudonym(),
        "passages": form.named(),
    }


def values_of(form: Composed, actor: Actor, track_id: UUID, now: datetime) -> dict[str, Any]:
    """What the page of a text that will be signed prints around its fields, and the text itself where it is to be seen
    first."""
    return {
        "form": form,
        "counts": showing.reader_counts(track_id, now),
        "preview": previewed(form),
        "signature": form.chosen_pseudonym() or originals.own_signature(me(actor), form.spoken or page_language()),
        "own_note": own_note(actor),
    }


def send(form: Composing, work: Callable[[], Reflection], said: Callable[[Reflection], Any]) -> Response | None:
    """Carry out a sent form, unless its author asked to see the text first."""
    return None if form.preview.data else carry_out(form, work, address_of, said)


def previewed(form: Composing) -> dict[str, Any] | None:
    """What a text would look like, if it was asked for and nothing is wrong with it. Nothing is stored."""
    if not form.preview.data or not form.validate():
        return None
    body, language = as_written(form.body.data or ""), form.tag()
    passages = check_passages(form.named(), body=body, language=language)
    form.add_rows()
    return {
        "text": mark(to_html(body), passages),
        "language": language,
        "mixed": originals.languages_in(passages),
    }


def find_quoted(actor: Actor, reflection_id: str | None) -> Reflection | None:
    """Return the text somebody wants to quote, if it is there to be quoted."""
    try:
        quoted = queries.get_visible_reflection(actor, UUID(reflection_id or ""))
    except (NotFound, ValueError):
        return None
    return quoted if can(actor, "reflections.quote", quoted) else None


def address_of(reflection: Reflection) -> str:
    """Return the page of a reflection."""
    return url_for("reflections.show", reflection_id=reflection.id)
