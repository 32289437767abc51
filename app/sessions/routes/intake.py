"""How a track takes people: its settings, its questions, and the applications that wait for an answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from wtforms.fields.choices import SelectChoice

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.sessions import queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import DecideForm, IntakeForm, question_form
from app.sessions.forms.joining import prompt_of
from app.sessions.models import Application, QuestionKind, Track
from app.sessions.services.applications import Decided
from app.sessions.services.intake import IntakeChanged
from app.sessions.services.questions import MOST_QUESTIONS
from app.sessions.showing.applications import VIEWS, applications_shown, first_view
from app.sessions.showing.places import places_words


def _load(slug: str, action: str) -> Track:
    """Return a track the actor sees and may do this to: 404 for the unseen, 403 for what others lead."""
    track = queries.get_visible_track(current_actor(), slug)
    permissions.require(current_actor(), action, track)
    return track


def _render(template: str, track: Track, form: Any, **more: Any) -> tuple[str, int]:
    name = names_of("track", [track.id], page_language())[track.id]
    return render_template(template, track=track, name=name, form=form, **more), form.status


def _address(track: Track) -> str:
    return url_for("sessions.change_intake", slug=track.slug)


@blueprint.route("/tracks/<slug>/intake", methods=["GET", "POST"])
def change_intake(slug: str) -> Any:
    track = _load(slug, "sessions.manage_intake")
    form = IntakeForm()
    done = carry_out(
        form,
        lambda: services.change_intake(
            current_actor(),
            track,
            capacity=form.capacity.data,
            needs_approval=bool(form.needs_approval.data),
            window=form.window(),
            now=clock.now(),
        ),
        lambda _changed: _address(track),
        _said_of_change,
    )
    if done:
        return done
    if not form.is_submitted():
        form.show(track.intake)
    questions = queries.list_questions(track)
    queue = queries.count_queues([track.id])[track.id]
    return _render(
        "sessions/intake.html",
        track,
        form,
        questions=[(question, prompt_of(question)) for question in questions],
        most_questions=MOST_QUESTIONS,
        queue=queue,
        words=places_words(track, queue, clock.now()),
    )


def _said_of_change(changed: IntakeChanged) -> str:
    said = [str(_("How this track takes people is changed."))]
    if changed.moved_up:
        said.append(
            ngettext(
                "%(num)s person moved up from the waiting list and is told.",
                "%(num)s people moved up from the waiting list and are told.",
                changed.moved_up,
            )
        )
    if changed.too_many:
        said.append(
            ngettext(
                "There is %(num)s person more than places. Nobody is put out: the first place that becomes free is not "
                "given again.",
                "There are %(num)s people more than places. Nobody is put out: the first %(num)s places that become "
                "free are not given again.",
                changed.too_many,
            )
        )
    return " ".join(said)


@blueprint.route("/tracks/<slug>/intake/questions/new", methods=["GET", "POST"])
def add_question(slug: str) -> Any:
    track = _load(slug, "sessions.manage_intake")
    form = question_form()
    done = carry_out(
        form,
        lambda: services.add_question(
            current_actor(),
            track,
            kind=QuestionKind(form.kind.data),
            prompts=form.names(),
            is_required=bool(form.is_required.data),
            now=clock.now(),
        ),
        lambda _question: _address(track),
        lambda _question: _("The question is added: whoever applies from now on is asked."),
    )
    return done or _render("sessions/question.html", track, form)


@blueprint.route("/tracks/<slug>/intake/questions/<uuid:question_id>/remove", methods=["GET", "POST"])
def remove_question(slug: str, question_id: UUID) -> Any:
    track = _load(slug, "sessions.manage_intake")
    question = queries.get_question(track, question_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.remove_question(current_actor(), track, question, now=clock.now()),
        lambda _question: _address(track),
        lambda _question: _("The question is not asked any more. Answers that were given stay."),
    )
    return done or _render("sessions/question_remove.html", track, form, prompt=prompt_of(question))


@blueprint.route("/tracks/<slug>/applications", methods=["GET", "POST"])
def decide_applications(slug: str) -> Any:
    actor, now, track = current_actor(), clock.now(), _load(slug, "sessions.decide_applications")
    queue = queries.count_queues([track.id])[track.id]
    view = request.args.get("view", "")
    view = view if view in VIEWS else first_view(queue)
    form = DecideForm()

    def work() -> Decided | list[Application]:
        if form.is_refusal:
            reason = form.reason.data or ""
            return services.refuse_applications(actor, track, ids=form.ids, reason=reason, now=now)
        return services.accept_applications(actor, track, ids=form.ids, now=now)

    back = url_for("sessions.decide_applications", slug=track.slug, view=view)
    done = carry_out(form, work, lambda _result: back, _said_of_decision)
    if done:
        return done
    page = queries.page_applications(actor, track, VIEWS[view], cursor=request.args.get("after", ""))
    form.chosen.choices = [SelectChoice(row.id, row.person.name) for row in page.rows]
    return _render(
        "sessions/applications.html",
        track,
        form,
        view=view,
        rows=applications_shown(actor, track, page.rows, now=now),
        next_cursor=page.next_cursor,
        queue=queue,
        words=places_words(track, queue, now),
        back=back,
    )


def _said_of_decision(result: Decided | list[Application]) -> str:
    if isinstance(result, list):
        number = len(result)
        return str(ngettext("%(num)s person is refused and told.", "%(num)s people are refused and told.", number))
    said = []
    if number := len(result.seated):
        said.append(
            ngettext(
                "%(num)s person has a place now and is told.", "%(num)s people have a place now and are told.", number
            )
        )
    if number := len(result.waiting):
        said.append(
            ngettext(
                "%(num)s person is on the waiting list, since every place is taken, and is told.",
                "%(num)s people are on the waiting list, since every place is taken, and are told.",
                number,
            )
        )
    if number := len(result.passed_over):
        said.append(
            ngettext(
                "%(num)s person has no affiliation at present that this track is open to: the application stays here.",
                "%(num)s people have no affiliation at present that this track is open to: the applications stay here.",
                number,
            )
        )
    return " ".join(map(str, said))
