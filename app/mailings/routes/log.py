"""The log of the house's mails, for the secretariat: what waits, what was sent, what was not and why."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock, heartbeat, registries
from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.outbox import OutboxMail
from app.core.paging import Page
from app.core.permissions import require
from app.core.registries import Card
from app.core.topics import all_topics, topic_of
from app.core.web import at_most_hourly, current_actor
from app.mailings import labels, log, resending
from app.mailings.forms import LogFilter
from app.mailings.log import Filter, Line, LogState
from app.mailings.planned import Planned, list_let_go, list_planned
from app.mailings.routes.blueprint import blueprint
from app.moments.local import in_zone
from app.moments.timing import Timing, resolve
from app.moments.words import hour
from app.moments.zones import reader_zone

AHEAD = 30
"""So many of what is planned, or was and told nobody, stand below."""
MOST_NAMED = 3
"""So many of the things that a mail is about are named on its line."""


def hour_of(instant: datetime) -> str:
    """Return the hour of an instant on the reader's clock."""
    return hour(in_zone(instant, reader_zone()))


def topic_names(kinds: tuple[str, ...]) -> list[str]:
    """Return what mails of some kinds are about, each topic once."""
    return sorted({str(topic.label) for kind in kinds if (topic := topic_of(kind))})


def _filter() -> tuple[LogFilter, Filter]:
    form = LogFilter(request.args)
    if not form.validate():
        raise NotFound
    since = _begin_of(form.since.data) if form.since.data else None
    state = LogState(form.state.data) if form.state.data else None
    return form, Filter(state, str(form.topic.data or ""), str(form.person.data or ""), since)


def _begin_of(day: date) -> datetime:
    """Return when a day begins on the clocks whose hours the page shows."""
    return resolve(Timing.window(day, day, reader_zone() or "UTC"))[0]


@blueprint.get("/mails/log")
def list_mails() -> str:
    """Mails that were made, newest first."""
    actor = current_actor()
    require(actor, "mailings.read_log")
    form, wanted = _filter()
    return _page("mails", form, log.list_mails(actor, wanted, cursor=str(form.after.data or "")))


@blueprint.get("/mails/log/waiting")
def list_waiting() -> str:
    """What has its hour and no mail yet, soonest first; below it what is planned further ahead."""
    actor = current_actor()
    require(actor, "mailings.read_log")
    form, wanted = _filter()
    plans = []
    if not (wanted.person or form.after.data):
        plans = list_planned(actor, now=clock.now(), limit=AHEAD, topic=wanted.topic)
    page = log.list_waiting(actor, wanted, cursor=str(form.after.data or ""))
    return _page("waiting", form, page, plans=plans, cards=_cards(plans, actor))


def _cards(plans: list[Planned], actor: Actor) -> dict[UUID, Card]:
    return registries.cards([(row.subject_kind, row.subject_id) for row in plans], actor)


@blueprint.get("/mails/log/dropped")
def list_dropped() -> str:
    """What became no mail, and why; below it the reminders that told nobody."""
    actor = current_actor()
    require(actor, "mailings.read_log")
    form, wanted = _filter()
    plans = []
    if not (wanted.person or form.after.data):
        plans = list_let_go(actor, since=wanted.since, limit=AHEAD, topic=wanted.topic)
    page = log.list_dropped(actor, wanted, cursor=str(form.after.data or ""))
    return _page("dropped", form, page, plans=plans, cards=_cards(plans, actor))


def _page(view: str, form: LogFilter, page: Page[Line], **more: object) -> str:
    now = clock.now()
    worker = heartbeat.last_seen(now)
    return render_template(
        "mailings/log.html",
        view=view,
        worker=worker,
        is_missed=worker.is_missed(now),
        form=form,
        lines=page.rows,
        next_url=url_for(f"mailings.list_{view}", **_kept(after=page.next_cursor)) if page.next_cursor else "",
        labels=labels,
        about=topic_names,
        most_named=MOST_NAMED,
        topics={topic.code: topic.label for topic in all_topics()},
        hour_of=hour_of,
        zone=reader_zone() or "",
        repeatable=resending.REPEATABLE,
        **more,
    )


def _kept(**more: str) -> dict[str, Any]:
    return {name: value for name, value in (request.args | more).items() if value}


@blueprint.route("/mails/log/<uuid:mail_id>/again", methods=["GET", "POST"])
@at_most_hourly(60)
def send_mail_again(mail_id: UUID) -> Response | tuple[str, int]:
    """Ask, then send a mail again."""
    actor = current_actor()
    require(actor, "mailings.send_again")
    mail = log.get_mail(actor, mail_id)
    form = ActionForm()
    response = carry_out(
        form,
        lambda: resending.send_again(actor, mail, now=clock.now()),
        lambda _mail: url_for("mailings.list_mails"),
        lambda _mail: _("The mail is on its way again."),
    )
    return response or _asking(form, mail)


@blueprint.post("/mails/log/<uuid:mail_id>/address")
def lift_address(mail_id: UUID) -> Response | tuple[str, int]:
    """Say that the address of a mail works again."""
    actor = current_actor()
    require(actor, "mailings.lift_address")
    mail = log.get_mail(actor, mail_id)
    form = ActionForm()
    response = carry_out(
        form,
        lambda: resending.lift_address(actor, mail, now=clock.now()),
        lambda _lifted: url_for("mailings.list_mails", state="failed"),
        lambda _lifted: _("Mails go to this address again."),
    )
    return response or _asking(form, mail)


def _asking(form: ActionForm, mail: OutboxMail) -> tuple[str, int]:
    page = render_template("mailings/send_again.html", form=form, mail=mail, topic_of=topic_of, labels=labels)
    return page, form.status
