"""The page of a poll, which is where one answers; taking an answer back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.forms import ActionForm, carry_out
from app.core.markdown import to_html
from app.core.web import current_actor
from app.moments.endings import end_in_words, ending_of
from app.moments.queries import list_changes
from app.polls import policy, queries, services, showing
from app.polls.blueprint import blueprint
from app.polls.forms import AnswerForm, SeveralForm
from app.polls.models import Poll, PollWording
from app.polls.routes.loading import address, form_page, languages_first, load
from app.polls.wordings import wording_of


@blueprint.get("/groups/<slug>/polls/<uuid:poll_id>")
def show(slug: str, poll_id: UUID) -> Any:
    actor, poll = current_actor(), load(slug, poll_id)
    return _page(actor, poll, _form(actor, poll))


@blueprint.post("/groups/<slug>/polls/<uuid:poll_id>")
def answer(slug: str, poll_id: UUID) -> Any:
    actor, poll = current_actor(), load(slug, poll_id, "polls.answer")
    form = _form(actor, poll)
    done = carry_out(
        form,
        lambda: services.answer(actor, poll, form.given(), now=clock.now()),
        lambda _row: address(poll),
        lambda _row: _("Your answer is kept. You may change it until %(end)s.", end=end_in_words(poll.moment)),
    )
    return done or _page(actor, poll, form)


@blueprint.post("/groups/<slug>/polls/<uuid:poll_id>/take-back")
def take_back(slug: str, poll_id: UUID) -> Any:
    actor, poll = current_actor(), load(slug, poll_id, "polls.answer")
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.take_back(actor, poll, now=clock.now()),
        lambda _done: address(poll),
        lambda _done: _("Your answer is taken back. You may answer again as long as the poll is open."),
    )
    return done or _page(actor, poll, _form(actor, poll), refused=form)


def _form(actor: Actor, poll: Poll) -> AnswerForm:
    """What one answered already stands in it."""
    own = queries.find_answer(poll, actor.person_id)
    several = poll.most > 1
    chosen = [str(choice.option_id) for choice in own.choices] if own is not None else []
    form = (SeveralForm if several else AnswerForm)(
        choices=chosen if several else "".join(chosen),
        because=own.because if own is not None else "",
        language=own.language if own is not None else "",
    )
    form.offer(showing.options_in(poll, _wording(poll)).items())
    form.offer_languages(first=languages_first())
    return form


def _wording(poll: Poll) -> PollWording:
    return wording_of(poll, request.args.get("in", ""))


def _page(actor: Actor, poll: Poll, form: AnswerForm, refused: ActionForm | None = None) -> Any:
    now, wording = clock.now(), _wording(poll)
    own = queries.find_answer(poll, actor.person_id)
    result = queries.results_of(actor, poll, now)
    state, tone = showing.state_of(poll, now)
    is_open = poll.is_open(now)
    text, status = form_page(
        "show.html",
        poll,
        form,
        refused=refused,
        wording=wording,
        explanation=to_html(wording.explanation),
        notes={str(key): words for key, words in showing.originals_beside(poll, wording).items()},
        own=own if is_open else None,
        answers=is_open and policy.can_answer(actor, poll) and policy.writes(poll.group),
        writes=policy.writes(poll.group),
        is_open=is_open,
        state=state,
        tone=tone,
        ending=ending_of(poll.moment),
        answered=queries.count_answers([poll])[poll.id],
        could=queries.count_could(poll, now) if is_open else 0,
        afterwards=showing.afterwards(poll),
        result=showing.result_shown(result, poll, wording) if result is not None else None,
        changes=list_changes(poll.moment) if is_open else [],
    )
    return text, refused.status if refused is not None else status
