"""Questions, answers and reactions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import clock
from app.core.forms import carry_out
from app.core.web import current_actor
from app.decisions import queries, services, showing
from app.decisions.blueprint import blueprint
from app.decisions.forms import WordsForm
from app.decisions.models import Intent
from app.decisions.routes.loading import address, form_page, languages_first, load
from app.originals.pages import keeps_words


def _form() -> WordsForm:
    form = WordsForm()
    form.offer_languages(first=languages_first())
    return form


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/questions/new", methods=["GET", "POST"])
@keeps_words
def ask(slug: str, decision_id: UUID) -> Any:
    actor, decision = current_actor(), load(slug, decision_id, "decisions.ask")
    form = _form()
    done = carry_out(
        form,
        lambda: services.ask(actor, decision, form.words(), now=clock.now()),
        lambda said: address(decision, f"said-{said.id}"),
        lambda _said: _("Your question is asked."),
    )
    return done or form_page("say.html", decision, form, title=_("Ask a question"), send=_("Send the question"))


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/reactions/new", methods=["GET", "POST"])
@keeps_words
def react(slug: str, decision_id: UUID) -> Any:
    actor, decision = current_actor(), load(slug, decision_id, "decisions.take_part")
    form = _form()
    done = carry_out(
        form,
        lambda: services.react(actor, decision, form.words(), now=clock.now()),
        lambda said: address(decision, f"said-{said.id}"),
        lambda _said: _("Your reaction is there to read."),
    )
    title = _("Say what you think")
    return done or form_page("say.html", decision, form, title=title, send=_("Send"))


@blueprint.route(
    "/groups/<slug>/decisions/<uuid:decision_id>/statements/<uuid:statement_id>/answer", methods=["GET", "POST"]
)
@keeps_words
def answer(slug: str, decision_id: UUID, statement_id: UUID) -> Any:
    """To a question; or how an objection was answered, which stays its organisation's."""
    actor, decision = current_actor(), load(slug, decision_id, "decisions.answer")
    statement = queries.get_statement(decision, statement_id)
    form = _form()
    done = carry_out(
        form,
        lambda: services.answer(actor, decision, statement, form.words(), now=clock.now()),
        lambda _said: address(decision, f"said-{statement.id}"),
        lambda _said: _("Your answer is there to read."),
    )
    is_question = statement.intent is Intent.QUESTION
    title = _("Answer a question") if is_question else _("Say how this objection was answered")
    quoted = showing.said_of([statement])
    return done or form_page(
        "say.html", decision, form, title=title, send=_("Send the answer"), quoted=quoted[0] if quoted else None
    )
