"""One calendar: what is in it before it is taken in, how it fares, and what is done with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from app.calendars import queries, services, showing
from app.calendars.addresses import calendar_path, calendars_path
from app.calendars.forms import RemoveForm, TakeInForm
from app.calendars.looking import look_at, read_in_page
from app.calendars.models import CalendarFeed
from app.calendars.reading import Reading, UnreadableCalendar
from app.calendars.routes import blueprint
from app.calendars.services import Kept
from app.calendars.words import failure_words
from app.core import clock
from app.core.actors import Actor
from app.core.addresses import absolute
from app.core.database import only_read_from_here
from app.core.errors import NotFound, RuleBroken
from app.core.forms import ActionForm, Form, carry_out
from app.core.web import current_actor
from app.extensions import db
from app.moments.zones import check_zone, place_of, reader_zone

NEXT_EVENTS = 10


def _load(feed_id: UUID) -> CalendarFeed:
    return queries.get_kept_feed(current_actor(), feed_id)


@blueprint.get("/calendars/<uuid:feed_id>")
def show_calendar(feed_id: UUID) -> Any:
    """Looked at: its first events, and what is unclear. Taken in: when it was read, and what went wrong."""
    page, _refused = _page(_load(feed_id), TakeInForm())
    return page


def _page(feed: CalendarFeed, form: Form, reading: Reading | None = None) -> tuple[str, int]:
    """`reading` is what was made of the calendar already, so that it is not read twice."""
    now = clock.now()
    earlier = queries.find_same_file(feed) if feed.is_tried else None
    zone = feed.zone or (earlier.zone if earlier else None)
    choose = form if isinstance(form, TakeInForm) else TakeInForm(formdata=None)
    if not choose.is_submitted():
        choose.zone.data = zone or ""
    elif feed.is_tried and not choose.zone.errors:
        zone = choose.chosen() or None
    choose.looked_by.data = zone or ""
    [line] = showing.lines_of([feed], now)
    values: dict[str, Any] = {"feed": feed, "line": line, "form": form, "choose": choose, "when": showing.when}
    values |= {"clock": zone and place_of(zone)}
    if feed.is_tried:
        reading = reading or _looked_at(feed, zone, form)
        theirs = services.theirs_of(reading, absolute(""))
        report = services.report_of(reading, own=len(reading.entries) - len(theirs))
        values |= {"entries": showing.entry_lines(feed, theirs, now), "is_full": reading.is_full}
        values |= _replaced(earlier, reading, now) if earlier else {}
    else:
        report = feed.report
        values |= {"events": queries.list_next_events(feed, zone=reader_zone(), now=now, limit=NEXT_EVENTS)}
    values |= {"report": report, "faults": showing.fault_lines(report)}
    page = render_template("calendars/show.html", **values, **showing.owner_values(queries.owner_of(feed)))
    return page, form.status


def _replaced(earlier: CalendarFeed, reading: Reading, now: datetime) -> dict[str, Any]:
    """Return what an earlier file of the same name brought, and what of it is missing in this one."""
    gone = services.list_gone(earlier, reading, own_address=absolute(""), now=now)
    return {"earlier": earlier, "gone": queries.list_events_of(gone[:NEXT_EVENTS]), "gone_count": len(gone)}


def _looked_at(feed: CalendarFeed, zone: str | None, form: Form) -> Reading:
    """Read what was brought, by the clock that was chosen for it or for an earlier file of its name; where that takes
    too long today, say so at the form and show nothing of it."""
    try:
        return look_at(feed.body, zone, clock.now())
    except UnreadableCalendar as error:
        _say(form, error)
        return Reading()


def _say(form: Form, error: UnreadableCalendar) -> None:
    form.refuse(RuleBroken(failure_words(error.trouble.value)))


def _reading_for(feed: CalendarFeed, form: TakeInForm) -> Reading:
    """Read with the clock that was chosen, before any transaction is open."""
    zone, body = form.chosen(), feed.body
    db.session.rollback()
    return read_in_page(body, check_zone(zone) if zone else None, clock.now())


@blueprint.post("/calendars/<uuid:feed_id>/take-in")
def take_in(feed_id: UUID) -> Any:
    return _keep(feed_id, services.take_in)


@blueprint.post("/calendars/<uuid:feed_id>/replace")
def replace(feed_id: UUID) -> Any:
    """Let a file that was looked at take the place of what an earlier one of the same name brought."""
    earlier = queries.find_same_file(_load(feed_id))
    if earlier is None:
        raise NotFound
    earlier_id = earlier.id

    def service(actor: Actor, newer: CalendarFeed, reading: Reading, **said: Any) -> Kept:
        return services.replace_calendar(actor, _load(earlier_id), newer, reading, **said)

    return _keep(feed_id, service, leads_to=earlier_id)


@blueprint.post("/calendars/<uuid:feed_id>/zone")
def choose_zone(feed_id: UUID) -> Any:
    return _keep(feed_id, services.choose_zone)


def _keep(feed_id: UUID, service: Any, leads_to: UUID | None = None) -> Any:
    actor, form = current_actor(), TakeInForm()
    feed = _load(feed_id)
    if form.zone.data and form.zone.validate(form):
        form.zone.data = check_zone(str(form.zone.data))
    try:
        reading = _reading_for(feed, form) if not form.zone.errors else None
    except UnreadableCalendar as error:
        _say(form, error)
        return _page(_load(feed_id), form, Reading())
    feed = _load(feed_id)
    if leads_to and reading and form.looked_by.data != form.chosen():  # by another clock something else goes out
        form.refuse(RuleBroken(_("These are not the dates you looked at before.")))
        only_read_from_here()
        return _page(_load(feed_id), form, reading)

    def work() -> Kept:
        assert reading is not None  # noqa: S101 - the form was checked
        kept: Kept = service(actor, feed, reading, zone=form.chosen(), own_address=absolute(""), now=clock.now())
        return kept

    return carry_out(form, work, lambda _kept: calendar_path(leads_to or feed_id), _said) or _page(feed, form)


def _said(kept: Kept) -> str:
    """Say what became of it, in one sentence."""
    if kept.has_more:
        return str(_("It holds many events. They come into the agenda within the next minutes."))
    if not kept.new:
        return str(_("The agenda is as this calendar says."))
    said = ngettext("%(num)s event stands in the agenda now.", "%(num)s events stand in the agenda now.", kept.new)
    return str(said)


@blueprint.post("/calendars/<uuid:feed_id>/pause")
def pause_calendar(feed_id: UUID) -> Any:
    actor, feed, form = current_actor(), _load(feed_id), ActionForm()
    done = carry_out(
        form,
        lambda: services.pause_calendar(actor, feed, now=clock.now()),
        lambda _none: calendar_path(feed_id),
        lambda _none: _("It is not read any more; its events stay."),
    )
    return done or _page(feed, form)


@blueprint.post("/calendars/<uuid:feed_id>/resume")
def resume_calendar(feed_id: UUID) -> Any:
    actor, feed, form = current_actor(), _load(feed_id), ActionForm()
    done = carry_out(
        form,
        lambda: services.resume_calendar(actor, feed, now=clock.now()),
        lambda _none: calendar_path(feed_id),
        lambda _none: _("It is read again within a minute or two."),
    )
    return done or _page(feed, form)


@blueprint.route("/calendars/<uuid:feed_id>/remove", methods=["GET", "POST"])
def remove_calendar(feed_id: UUID) -> Any:
    """Asked on a page of its own, with a tick: its events go along."""
    actor, feed, form = current_actor(), _load(feed_id), RemoveForm()
    owner = queries.owner_of(feed)
    [line] = showing.lines_of([feed], clock.now())
    leads_to = calendars_path(owner)
    done = carry_out(
        form,
        lambda: services.remove_calendar(actor, feed, now=clock.now()),
        lambda _count: leads_to,
        lambda _count: _("It is removed, and its events with it."),
    )
    if done:
        return done
    values = showing.owner_values(owner)
    return render_template("calendars/remove.html", feed=feed, line=line, form=form, **values), form.status
