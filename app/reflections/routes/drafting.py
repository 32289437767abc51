"""Words from a meeting's chat: taken by who leads the session, made a reflection by who said them, or thrown away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock
from app.core.errors import NotFound, RuleBroken
from app.core.forms import ActionForm, carry_out
from app.core.languages import comma
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor, page_language
from app.extensions import db
from app.originals import showing as originals
from app.reflections.chat import Chat
from app.reflections.forms.drafts import ChatForm, DraftForm, TakeForm, TranscriptForm
from app.reflections.models import Draft, Reflection
from app.reflections.queries import drafts as queries
from app.reflections.routes import blueprint
from app.reflections.routes.composing import address_of, me, offer_own, send, typed, values_of
from app.reflections.services import drafts as services
from app.reflections.services.drafts import Taken
from app.reflections.whose import PeopleByName
from app.sessions.models import LearningSession
from app.sessions.queries import get_visible_session


def _session_values(session: LearningSession) -> dict[str, Any]:
    language = page_language()
    return {
        "session": session,
        "track": session.track,
        "session_name": names_of("session", [session.id], language)[session.id],
        "track_name": names_of("track", [session.track_id], language)[session.track_id],
    }


@blueprint.route("/sessions/<uuid:session_id>/chat", methods=["GET", "POST"])
def take_chat(session_id: UUID) -> Any:
    """Two steps on one address: paste, then choose what is taken and whose it is. Nothing is stored before the end."""
    actor, now = current_actor(), clock.now()
    session = get_visible_session(actor, session_id)
    require(actor, "reflections.take_chat", session)
    form = ChatForm() if "sayings-0-author" not in request.form or request.form.get("again") else TakeForm()
    if request.method != "POST" or request.form.get("again") or not form.validate():
        return render_template("reflections/chat.html", **_session_values(session), form=form), form.status
    chat, people = form.read(), queries.people_of(session.track, now)
    if not isinstance(form, TakeForm):
        form = TakeForm(formdata=None, chat=form.chat.data)
        form.prepare(chat, people)
        return _second_step(session, form, chat, people)
    form.prepare(chat, people)
    done = carry_out(
        form,
        lambda: services.take_chat(actor, session, taken=_taken(form, chat, people), now=now),
        lambda _drafts: url_for("sessions.show_session", session_id=session.id),
        lambda drafts: ngettext(
            "The words wait for %(num)s person, who decides what becomes of them.",
            "The words wait for %(num)s people, who decide what becomes of them.",
            len(drafts),
        ),
    )
    return done or _second_step(session, form, chat, people)


def _second_step(session: LearningSession, form: TakeForm, chat: Chat, people: PeopleByName) -> Any:
    page = render_template(
        "reflections/chat_take.html",
        **_session_values(session),
        form=form,
        chat=chat,
        rows=form.rows(chat),
        names=people.labels,
    )
    return page, form.status


def _taken(form: TakeForm, chat: Chat, people: PeopleByName) -> list[Taken]:
    """Return what was chosen; ticked words that are nobody's are asked again rather than dropped."""
    if left := form.left_without_author(chat, people):
        names = comma(page_language()).join(dict.fromkeys(left))
        raise RuleBroken(_("Say whose words these are, or do not take them: %(names)s.", names=names))
    return [Taken(author_id, words) for author_id, words in form.taken(chat, people)]


@blueprint.get("/reflections/drafts")
def list_drafts() -> Any:
    """What waits for the reader's own yes or no."""
    page = queries.list_drafts(current_actor(), cursor=request.args.get("after", ""))
    names = names_of("track", {draft.track_id for draft in page.rows}, page_language())
    rows = [(draft, names[draft.track_id], originals.beginning_of(draft.body)[0]) for draft in page.rows]
    return render_template("reflections/drafts.html", drafts=rows, next_cursor=page.next_cursor)


@blueprint.route("/reflections/drafts/<uuid:draft_id>", methods=["GET", "POST"])
def confirm_draft(draft_id: UUID) -> Any:
    """The author reads, changes and publishes what was taken down."""
    actor, now = current_actor(), clock.now()
    draft = queries.get_own_draft(actor, draft_id)
    require(actor, "reflections.use_draft", draft)
    if draft.of_reflection_id is not None:
        return _confirm_transcript(draft)
    person = me(actor)
    form = DraftForm(body=draft.body, language=draft.language or person.preferred_language)
    offer_own(form, person)
    answer = send(
        form,
        lambda: services.confirm_draft(
            actor,
            draft,
            **typed(form),
            now=now,
        ),
        lambda _row: _("Your reflection is published. You can change or withdraw it at any time."),
    )
    if answer:
        return answer
    return render_template(
        "reflections/draft.html",
        **values_of(form, actor, draft.track_id, now),
        draft=draft,
        **_draft_values(draft),
    ), form.status


def _draft_values(draft: Draft) -> dict[str, Any]:
    track_name = names_of("track", [draft.track_id], page_language())[draft.track_id]
    return {"track": draft.track, "track_name": track_name}


def _confirm_transcript(draft: Draft) -> Any:
    actor, now = current_actor(), clock.now()
    reflection = db.session.get(Reflection, draft.of_reflection_id)
    if reflection is None:
        raise NotFound
    form = TranscriptForm(body=draft.body)
    done = carry_out(
        form,
        lambda: services.confirm_transcript(
            actor, draft, body=form.body.data or "", language=reflection.language, now=now
        ),
        address_of,
        lambda _row: _("These are the words of your voice now."),
    )
    if done:
        return done
    page = render_template(
        "reflections/transcript.html", form=form, draft=draft, reflection=reflection, **_draft_values(draft)
    )
    return page, form.status


@blueprint.route("/reflections/drafts/<uuid:draft_id>/discard", methods=["GET", "POST"])
def discard_draft(draft_id: UUID) -> Any:
    """Asked on a page of its own: the words are kept nowhere else."""
    actor, now = current_actor(), clock.now()
    draft = queries.get_own_draft(actor, draft_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.discard_draft(actor, draft, now=now),
        lambda _none: url_for("reflections.list_drafts"),
        lambda _none: _("The words are gone. Nobody else has read them."),
    )
    if done:
        return done
    return render_template("reflections/discard.html", form=form, draft=draft, **_draft_values(draft)), form.status
