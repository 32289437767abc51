"""The desk of those who lead a track: the inbox, questions to authors, holding back, reports, releasing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.forms import ActionForm, Form, carry_out
from app.core.names import names_of
from app.core.permissions import require
from app.core.web import current_actor, page_language
from app.originals import showing as originals
from app.reflections import queries, services, showing
from app.reflections.forms import YES, AnswerAppealForm, AskConsentForm, InboxView, ReasonForm
from app.reflections.models import Reflection
from app.reflections.readers import Readers, readers_of
from app.reflections.routes import blueprint
from app.reflections.routes.composing import address_of
from app.reflections.routes.reading import page_values
from app.sessions.queries import get_visible_track


@blueprint.get("/tracks/<slug>/inbox")
def inbox(slug: str) -> str:
    """The newest texts of the track with what waits beside each."""
    actor = current_actor()
    track = get_visible_track(actor, slug)
    require(actor, "reflections.open_inbox", track)
    view = InboxView().chosen()
    page = queries.list_inbox(actor, track_id=track.id, view=view, cursor=request.args.get("after", ""))
    return render_template(
        "reflections/inbox.html",
        track=track,
        track_name=names_of("track", [track.id], page_language())[track.id],
        view=view.value,
        counts=queries.count_inbox(actor, track_id=track.id),
        voices=showing.voices(actor, page.rows),
        waiting=queries.waiting_of(page.rows),
        readers_of=lambda row: readers_of(row.audience).value,
        next_cursor=page.next_cursor,
    )


@blueprint.route("/reflections/<uuid:reflection_id>/consent/ask", methods=["GET", "POST"])
def ask_consent(reflection_id: UUID) -> Any:
    """Ask the author whether more people may read it."""
    actor, now = current_actor(), clock.now()
    reflection = load(actor, reflection_id)
    form = AskConsentForm()
    form.offer_readers(readers_of(reflection.audience), queries.widest_readers(reflection.answered))
    answer = carry_out(
        form,
        lambda: services.ask_consent(
            actor, reflection, readers=Readers(form.audience.data), words=form.words.data or "", now=now
        ),
        leads_to=lambda _request: _inbox_of(reflection, "asked"),
        said=lambda _request: _("Asked. Without the author’s yes nothing changes; you will be told of the answer."),
    )
    is_asked = queries.find_open_request(reflection) is not None
    return answer or page("reflections/ask_consent.html", reflection, form, is_asked=is_asked)


@blueprint.route("/reflections/<uuid:reflection_id>/hold", methods=["GET", "POST"])
def hold_back(reflection_id: UUID) -> Any:
    """Keep it from its readers, with a reason for its author."""
    actor, now = current_actor(), clock.now()
    reflection = load(actor, reflection_id)
    form = ReasonForm()
    answer = carry_out(
        form,
        lambda: services.hold_back(actor, reflection, reason=form.reason.data or "", now=now),
        leads_to=lambda _withholding: _inbox_of(reflection, "held"),
        said=lambda _withholding: _("Held. Its author and those who lead the track still read it, nobody else."),
    )
    return answer or page("reflections/hold.html", reflection, form)


@blueprint.route("/reflections/<uuid:reflection_id>/release", methods=["GET", "POST"])
def release(reflection_id: UUID) -> Any:
    """Show it again; where its author asks for it, with an answer."""
    actor, now = current_actor(), clock.now()
    reflection = load(actor, reflection_id)
    withholding = queries.get_withholding(reflection)
    if withholding.appealed_at is not None and withholding.appeal_answered_at is None:
        return _answer_appeal(actor, reflection)
    require(actor, "reflections.release", withholding)
    form = ActionForm()
    answer = carry_out(
        form,
        lambda: services.release(actor, withholding, now=now),
        leads_to=address_of,
        said=lambda _row: _("Shown again, to the readers it had."),
    )
    return answer or page("reflections/release.html", reflection, form, withholding=withholding)


def _answer_appeal(actor: Actor, reflection: Reflection) -> Any:
    withholding = queries.get_withholding(reflection)
    require(actor, "reflections.answer_appeal", withholding)
    form, now = AnswerAppealForm(), clock.now()
    answer = carry_out(
        form,
        lambda: services.answer_appeal(
            actor, withholding, lifts=form.lifts.data == YES, answer=form.answer.data or "", now=now
        ),
        leads_to=address_of,
        said=lambda row: (
            _("Still kept from its readers. The author reads your answer.")
            if row.withheld_at
            else _("Shown again, to the readers it had. The author is told.")
        ),
    )
    reports = queries.reports_behind(withholding)
    return answer or page("reflections/answer_appeal.html", reflection, form, withholding=withholding, reports=reports)


@blueprint.route("/reflections/<uuid:reflection_id>/reports", methods=["GET", "POST"])
def decide_reports(reflection_id: UUID) -> Any:
    """Read what people say about it, and hide it with a reason."""
    actor, now = current_actor(), clock.now()
    reflection = load(actor, reflection_id)
    form = ReasonForm()
    answer = carry_out(
        form,
        lambda: services.hide_reported(actor, reflection, reason=form.reason.data or "", now=now),
        leads_to=lambda row: _inbox_of(row, "reported"),
        said=lambda _row: _("Hidden everywhere. Its author is told, and may appeal once."),
    )
    return answer or _reports_page(reflection, form)


@blueprint.post("/reflections/<uuid:reflection_id>/reports/leave")
def leave_reported(reflection_id: UUID) -> Any:
    """Leave it as it is."""
    actor, now = current_actor(), clock.now()
    reflection = load(actor, reflection_id)
    form = ActionForm()
    answer = carry_out(
        form,
        lambda: services.leave_reported(actor, reflection, now=now),
        leads_to=lambda row: _inbox_of(row, "reported"),
        said=lambda _row: _("Left as it is. Nobody but you and those who reported knows of it."),
    )
    return answer or _reports_page(reflection, form)


def _reports_page(reflection: Reflection, form: Form) -> Any:
    reason = form if isinstance(form, ReasonForm) else ReasonForm(formdata=None)
    reports = queries.list_reports(reflection)
    return page("reflections/reports.html", reflection, form, reason=reason, reports=reports)


def load(actor: Actor, reflection_id: UUID) -> Reflection:
    """Return a text that the actor looks after."""
    reflection = queries.get_visible_reflection(actor, reflection_id)
    require(actor, "reflections.look_after", reflection)
    return reflection


def page(template: str, reflection: Reflection, form: Form, **values: Any) -> Any:
    """Return a page with the whole original on it, and the status of its form."""
    return render_template(
        template,
        **page_values(reflection),
        **values,
        form=form,
        original=originals.whole_text(reflection.versions[-1]),
        readers=readers_of(reflection.audience).value,
    ), form.status


def _inbox_of(reflection: Reflection, view: str) -> str:
    return url_for("reflections.inbox", slug=reflection.track.slug, view=view)
