"""What came of an engagement, what follows, and its end."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.engagements.blueprint import blueprint
from app.engagements.models import Engagement
from app.engagements.result_forms import FollowUpForm, ResultForm, fill
from app.engagements.routes.text_pages import address, form_page, load
from app.engagements.services import results
from app.people.queries import own_languages


def _languages_first() -> list[str]:
    return [*own_languages(current_actor()), page_language()]


@blueprint.route("/<uuid:engagement_id>/result", methods=["GET", "POST"])
def note_result(engagement_id: UUID) -> Any:
    """What came of it: taken up, in part, not, or no answer."""
    actor = current_actor()
    engagement = load(engagement_id, "engagements.run")
    form = ResultForm(result=engagement.result and engagement.result.value, on=engagement.result_on)
    fill(form, engagement.result_words, engagement.result_language)
    form.offer_languages(first=_languages_first())
    done = carry_out(
        form,
        lambda: results.note_result(
            actor,
            engagement,
            result=form.chosen(),
            on=form.on.data,
            words=form.words.data or "",
            language=form.spoken_tag(),
            now=clock.now(),
        ),
        address,
        lambda _engagement: _("Written down: what came of it."),
    )
    return done or form_page("result.html", engagement, form)


@blueprint.route("/<uuid:engagement_id>/follow-up", methods=["GET", "POST"])
def note_follow_up(engagement_id: UUID) -> Any:
    """How the groups go on with it."""
    actor = current_actor()
    engagement = load(engagement_id, "engagements.run")
    form = FollowUpForm()
    fill(form, engagement.follow_up, engagement.follow_up_language)
    form.offer_languages(first=_languages_first())
    done = carry_out(
        form,
        lambda: results.note_follow_up(
            actor, engagement, words=form.words.data or "", language=form.spoken_tag(), now=clock.now()
        ),
        address,
        lambda _engagement: _("Saved."),
    )
    return done or form_page("follow_up.html", engagement, form)


@blueprint.route("/<uuid:engagement_id>/result/take-back", methods=["GET", "POST"])
def take_back_result(engagement_id: UUID) -> Any:
    return _act(engagement_id, "take_back_result", results.take_back_result, _("It is open again what came of it."))


@blueprint.route("/<uuid:engagement_id>/end", methods=["GET", "POST"])
def end(engagement_id: UUID) -> Any:
    return _act(engagement_id, "end", results.close, _("This engagement has ended."))


@blueprint.route("/<uuid:engagement_id>/open-again", methods=["GET", "POST"])
def open_again(engagement_id: UUID) -> Any:
    return _act(engagement_id, "open_again", results.reopen, _("This engagement goes on."))


def _act(engagement_id: UUID, act: str, service: Any, said: str) -> Any:
    """An act of one button, asked on its own page."""
    actor, form = current_actor(), ActionForm()
    engagement: Engagement = load(engagement_id, "engagements.run")
    done = carry_out(form, lambda: service(actor, engagement, now=clock.now()), address, lambda _engagement: said)
    return done or form_page("act.html", engagement, form, act=act, back=address(engagement))
