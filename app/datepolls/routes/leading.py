"""What those who plan do with a date poll: choose one of its hours, move its closing, lay it down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _

from app.core import clock
from app.core.forms import carry_out
from app.core.names import all_names
from app.core.web import current_actor
from app.datepolls import queries, services
from app.datepolls.blueprint import blueprint
from app.datepolls.forms import BecauseForm, ClosingForm, choose_form
from app.datepolls.hours import hour_of
from app.datepolls.routes.loading import address, form_page, languages_first, load
from app.datepolls.showing.hours import lives_of, look_at
from app.moments.endings import end_in_words


@blueprint.route("/date-polls/<uuid:date_poll_id>/hours/<uuid:option_id>", methods=["GET", "POST"])
def choose(date_poll_id: UUID, option_id: UUID) -> Any:
    """Take one of the hours: what else is said of a session or a meeting is said here."""
    actor, poll = current_actor(), load(date_poll_id, "datepolls.lead")
    option = queries.find_option(poll, option_id)
    hour = hour_of(poll, option)
    titles = {language: row.text for language, row in all_names("date_poll", poll.id).items()}
    form = choose_form(hour, titles, is_sent=request.method == "POST")
    done = carry_out(
        form,
        lambda: services.choose(actor, poll, option, names=form.names(), plan=form.plan(), now=clock.now()),
        lambda gathering: url_for("sessions.show_session", session_id=gathering.id),
        lambda _gathering: _("The hour is chosen. Whoever takes part is told."),
    )
    if done:
        return done
    look = look_at(hour, lives_of(actor, poll.owner, poll.zone, clock.now()))
    return form_page("choose.html", poll, form, hour=hour, look=look, option=option)


@blueprint.route("/date-polls/<uuid:date_poll_id>/closing", methods=["GET", "POST"])
def move_closing(date_poll_id: UUID) -> Any:
    actor, poll = current_actor(), load(date_poll_id, "datepolls.lead")
    end = poll.moment.wall_end
    form = ClosingForm(day=end and end.date(), hour=end and end.time(), zone=poll.moment.zone)
    done = carry_out(
        form,
        lambda: services.move_closing(actor, poll, form.closing(), now=clock.now()),
        address,
        lambda row: _("It closes on %(end)s.", end=end_in_words(row.moment)),
    )
    return done or form_page("closing.html", poll, form)


@blueprint.route("/date-polls/<uuid:date_poll_id>/lay-down", methods=["GET", "POST"])
def lay_down(date_poll_id: UUID) -> Any:
    """Asked on a page of its own, with a reason."""
    actor, poll = current_actor(), load(date_poll_id, "datepolls.lead")
    form = BecauseForm()
    form.offer_languages(first=languages_first())
    done = carry_out(
        form,
        lambda: services.lay_down(actor, poll, str(form.because.data or ""), form.tag(), now=clock.now()),
        address,
        lambda _poll: _("The date poll is laid down. Whoever takes part is told."),
    )
    return done or form_page("lay_down.html", poll, form)
