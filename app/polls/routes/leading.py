"""Saying a poll in another language, moving its closing, laying it down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.markdown import to_html
from app.core.web import current_actor
from app.moments.endings import end_in_words
from app.polls import services
from app.polls.blueprint import blueprint
from app.polls.forms import BecauseForm, ClosingForm, WordingForm
from app.polls.models import Poll
from app.polls.routes.loading import address, form_page, languages_first, load
from app.polls.wordings import original_of


@blueprint.route("/groups/<slug>/polls/<uuid:poll_id>/wordings", methods=["GET", "POST"])
def say_in(slug: str, poll_id: UUID) -> Any:
    """The same in another language: `in` in the address names one; words that are there already stand in the form."""
    actor, poll = current_actor(), load(slug, poll_id, "polls.word")
    form = _wording_form(poll, request.args.get("in", page_language()))
    form.offer_languages(first=languages_first(), left_out=[poll.language])
    done = carry_out(
        form,
        lambda: services.say_in(actor, poll, form.wording(), now=clock.now()),
        lambda _row: address(poll),
        lambda _row: _("It is said in one more language. The words it was asked in stand beside it."),
    )
    asked = original_of(poll)
    return done or form_page("wording.html", poll, form, asked=asked, explanation=to_html(asked.explanation))


def _wording_form(poll: Poll, language: str) -> WordingForm:
    there = next((row for row in poll.wordings if row.language == language and language != poll.language), None)
    if there is None:
        return WordingForm(language=language if language != poll.language else "")
    return WordingForm(
        language=language,
        question=there.question,
        explanation=there.explanation,
        options="\n".join(there.options),
    )


@blueprint.route("/groups/<slug>/polls/<uuid:poll_id>/closing", methods=["GET", "POST"])
def move_closing(slug: str, poll_id: UUID) -> Any:
    actor, poll = current_actor(), load(slug, poll_id, "polls.change")
    end = poll.moment.wall_end
    form = ClosingForm(day=end and end.date(), hour=end and end.time(), zone=poll.moment.zone)
    done = carry_out(
        form,
        lambda: services.move_closing(actor, poll, form.closing(), now=clock.now()),
        address,
        lambda row: _("It closes on %(end)s.", end=end_in_words(row.moment)),
    )
    return done or form_page("closing.html", poll, form)


@blueprint.route("/groups/<slug>/polls/<uuid:poll_id>/lay-down", methods=["GET", "POST"])
def lay_down(slug: str, poll_id: UUID) -> Any:
    """Asked on a page of its own, with a reason."""
    actor, poll = current_actor(), load(slug, poll_id, "polls.change")
    form = BecauseForm()
    form.offer_languages(first=languages_first())
    done = carry_out(
        form,
        lambda: services.lay_down(actor, poll, str(form.because.data or ""), form.tag(), now=clock.now()),
        address,
        lambda _poll: _("The poll is laid down. Nobody has seen the answers, and nobody will."),
    )
    return done or form_page("lay_down.html", poll, form)
