"""The page of a date poll, which is where one answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.web import current_actor
from app.datepolls import policy, queries, services
from app.datepolls.blueprint import blueprint
from app.datepolls.forms import AnswerForm, answer_form
from app.datepolls.models import DatePoll
from app.datepolls.routes.loading import address, form_page, load
from app.datepolls.showing.hours import HourShown, best_first, hours_shown
from app.datepolls.showing.words import note_of, state_of, who_reads
from app.moments.endings import end_in_words, ending_of
from app.moments.queries import list_changes
from app.sessions.hosts import title_of


@blueprint.get("/date-polls/<uuid:date_poll_id>")
def show(date_poll_id: UUID) -> Any:
    poll = load(date_poll_id)
    hours = hours_shown(current_actor(), poll, clock.now())
    return _page(current_actor(), poll, hours, _form(hours))


@blueprint.post("/date-polls/<uuid:date_poll_id>")
def answer(date_poll_id: UUID) -> Any:
    actor, poll = current_actor(), load(date_poll_id, "datepolls.answer")
    form = _form(hours_shown(actor, poll, clock.now()))
    done = carry_out(
        form,
        lambda: services.answer(actor, poll, form.said(), now=clock.now()),
        address,
        lambda row: _("Your answer is kept. You may change it until %(end)s.", end=end_in_words(row.moment)),
    )
    return done or _page(actor, poll, hours_shown(actor, poll, clock.now()), form)


def _form(hours: list[HourShown]) -> AnswerForm:
    """What one answered already stands in it."""
    asked = [one for one in hours if not one.is_past]
    return answer_form(asked, {one.option.id: one.mine for one in asked if one.mine is not None})


def _page(actor: Actor, poll: DatePoll, hours: list[HourShown], form: AnswerForm) -> Any:
    now = clock.now()
    state, tone = state_of(poll, now)
    is_open = poll.is_open(now)
    by_option = {one.option.id: one for one in hours}
    return form_page(
        "show.html",
        poll,
        form,
        note=note_of(poll),
        asked=[(field, by_option[key]) for field, key in zip(form.fields_shown(), form.asked, strict=True)],
        hours=best_first(hours),
        has_answered=any(one.mine is not None for one in hours),
        answers=is_open and bool(form.asked) and policy.can_answer(actor, poll) and policy.writes(poll.owner),
        by_name=policy.can_see_names(actor, poll),
        leads=policy.can_lead(actor, poll) and policy.meets(poll.owner),
        is_open=is_open,
        state=state,
        tone=tone,
        ending=ending_of(poll.moment),
        answered=queries.count_answered([poll])[poll.id],
        could=len(queries.who_could(poll, now)) if is_open else 0,
        who_reads=who_reads(poll),
        gathering_title=title_of(poll.gathering, page_language()) if poll.gathering is not None else None,
        changes=list_changes(poll.moment) if poll.is_undecided else [],
    )
