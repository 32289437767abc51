"""What remains to translate, over all kinds of texts, into the languages a person offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.actors import Actor
from app.core.forms import carry_out
from app.core.languages import name_in
from app.core.paging import Page
from app.core.permissions import require
from app.core.web import current_actor, page_language
from app.extensions import db
from app.originals import queries, services, showing
from app.originals.forms import OfferForm
from app.originals.kinds import way_on
from app.originals.models import Original
from app.originals.routes import blueprint
from app.people.models import Person


@blueprint.route("/reflections/translations", methods=["GET", "POST"])
def list_untranslated() -> Any:
    """What remains to translate into the languages a person offers, and which these are. The address is a promise
    older than other kinds of texts."""
    actor, now = current_actor(), clock.now()
    require(actor, "originals.offer_languages")
    person = db.session.get_one(Person, actor.person_id)
    offered = queries.list_offers(person.id)
    form = OfferForm(languages=offered)
    form.offer(dict.fromkeys([*(row.language for row in person.languages), *offered]))
    answer = carry_out(
        form,
        lambda: services.offer_languages(actor, form.languages.data or (), now=now),
        leads_to=lambda _person: url_for("originals.list_untranslated"),
        said=lambda _person: _("Kept. This is what remains to translate into your languages."),
    )
    if answer:
        return answer
    page = render_template(
        "originals/untranslated.html", form=form, offered=offered, **_remaining(actor, person, offered)
    )
    return page, form.status


def _remaining(actor: Actor, person: Person, offered: Sequence[str]) -> dict[str, Any]:
    """Return one page of what remains to translate into one of the languages offered: of what the person can read, or
    of the others."""
    into = request.args.get("into", "")
    into = into if into in offered else next(iter(offered), "")
    read, is_read = [row.language for row in person.languages], "others" not in request.args
    after = request.args.get("after", "")
    page: Page[Original] = (
        queries.list_untranslated(actor, into=into, read=read, is_read=is_read, cursor=after) if into else Page([])
    )
    return {
        "into": into,
        "has_others": bool(read),
        "is_read": is_read,
        "originals": page.rows,
        "cards": showing.cards(actor, page.rows),
        "shown_name": showing.shown_name,
        "next_cursor": page.next_cursor,
        "language_word": lambda tag: name_in(tag, page_language()),
        "way_on": way_on(),
    }
