"""What an author answers (may more people read it, why is it kept back), and what a reader reports."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.forms import carry_out
from app.core.permissions import can, require
from app.core.web import current_actor
from app.extensions import db
from app.people.models import Person
from app.reflections import queries, services
from app.reflections.forms import YES, AnswerConsentForm, WordsForm
from app.reflections.models import Ground, Withholding
from app.reflections.readers import readers_of
from app.reflections.routes import blueprint
from app.reflections.routes.composing import address_of
from app.reflections.routes.looking_after import page
from app.reflections.routes.reading import page_values


@blueprint.route("/reflections/<uuid:reflection_id>/consent", methods=["GET", "POST"])
def answer_consent(reflection_id: UUID) -> Any:
    """The author's yes or no to more readers; without a question the page says that nothing is asked."""
    actor, now = current_actor(), clock.now()
    reflection = queries.get_visible_reflection(actor, reflection_id)
    require(actor, "reflections.change_readers", reflection)
    asked = queries.find_open_request(reflection)
    if asked is None:
        return render_template("reflections/nothing_asked.html", **page_values(reflection))
    form = AnswerConsentForm()
    answer = carry_out(
        form,
        lambda: services.answer_consent(actor, asked, is_granted=form.answer.data == YES, now=now),
        leads_to=address_of,
        said=lambda _row: (
            _("Thank you. These are its readers now; you may change them at any time.")
            if form.answer.data == YES
            else _("Thank you. Nothing has changed.")
        ),
    )
    asker = db.session.get(Person, asked.asked_by) if asked.asked_by else None
    return answer or page(
        "reflections/consent.html",
        reflection,
        form,
        asked=asked,
        asker=asker.name if asker else "",
        wanted=readers_of(asked.audience).value,
    )


@blueprint.route("/reflections/<uuid:reflection_id>/withheld", methods=["GET", "POST"])
def show_withheld(reflection_id: UUID) -> Any:
    """Why a text is kept from its readers, for its author, who may ask for release, and for those who lead. To its
    author the page stays when the text is shown again, for the answer stands there."""
    actor, now = current_actor(), clock.now()
    reflection = queries.get_visible_reflection(actor, reflection_id)
    if can(actor, "reflections.appeal", reflection):
        withholding = queries.latest_withholding(reflection)
    else:
        require(actor, "reflections.look_after", reflection)
        withholding = queries.get_withholding(reflection)
    form = WordsForm()
    answer = carry_out(
        form,
        lambda: services.ask_release(actor, withholding, words=form.words.data or "", now=now),
        leads_to=lambda _withholding: address_of(reflection),
        said=lambda _withholding: _("Asked. You will be told of the answer."),
    )
    return answer or page(
        "reflections/withheld.html",
        reflection,
        form,
        withholding=withholding,
        may_ask=_may_ask(actor, withholding),
    )


def _may_ask(actor: Actor, withholding: Withholding) -> bool:
    """Whether there is something left to ask."""
    if withholding.lifted_at is not None or not can(actor, "reflections.appeal", withholding.reflection):
        return False
    if withholding.appealed_at is None:
        return True
    return withholding.ground is Ground.CARE and withholding.appeal_answered_at is not None


@blueprint.route("/reflections/<uuid:reflection_id>/report", methods=["GET", "POST"])
def report(reflection_id: UUID) -> Any:
    """A reader says what is wrong with a text."""
    actor, now = current_actor(), clock.now()
    reflection = queries.get_visible_reflection(actor, reflection_id)
    require(actor, "reflections.report", reflection)
    form = WordsForm()
    answer = carry_out(
        form,
        lambda: services.report_reflection(actor, reflection, words=form.words.data or "", now=now),
        leads_to=lambda _report: address_of(reflection),
        said=lambda _report: _(
            "Thank you. Those who lead the track read what you say, and decide. Its author does not learn who you are."
        ),
    )
    reported = queries.find_own_report(actor, reflection)
    may_report = reported is None or queries.is_about_older_words(reported, reflection)
    return answer or page("reflections/report.html", reflection, form, own_report=reported, may_report=may_report)
