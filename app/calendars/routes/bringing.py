"""The calendars of a group or an organisation, and the form that brings one."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.calendars import queries, services, showing
from app.calendars.addresses import calendar_path
from app.calendars.fetching import NotFetched
from app.calendars.forms import AgainForm, BringForm
from app.calendars.looking import Came, bring
from app.calendars.policy import Owner
from app.calendars.reading import UnreadableCalendar
from app.calendars.routes import blueprint
from app.calendars.words import failure_words
from app.core import clock
from app.core.actors import NETWORK, PUBLIC
from app.core.context import page_language
from app.core.database import only_read_from_here
from app.core.errors import NotFound, RuleBroken
from app.core.forms import carry_out
from app.core.often import TooOften, count_try
from app.core.permissions import require
from app.core.web import current_actor, takes_files
from app.events.services import INSIDE
from app.extensions import db
from app.people.queries import get_visible_organisation, own_languages
from app.workinggroups.queries import get_visible_group

MOST_FETCHED_HOURLY = 20
"""Addresses that one person lets the house ask for within an hour."""


def _group(slug: str) -> Owner:
    """The calendars of a group are the business of who runs it; to all others, the page is not for them (403)."""
    actor = current_actor()
    group = get_visible_group(actor, slug)
    require(actor, "calendars.bring", group)
    return group


def _organisation(organisation_id: UUID) -> Owner:
    actor = current_actor()
    organisation = get_visible_organisation(actor, organisation_id)
    require(actor, "calendars.bring", organisation)
    return organisation


@blueprint.get("/groups/<slug>/calendars")
def list_of_group(slug: str) -> Any:
    return _list(_group(slug))


@blueprint.get("/organisations/<uuid:organisation_id>/calendars")
def list_of_organisation(organisation_id: UUID) -> Any:
    return _list(_organisation(organisation_id))


def _list(owner: Owner) -> str:
    lines = showing.lines_of(queries.list_feeds(owner), clock.now())
    return render_template("calendars/list.html", lines=lines, **showing.owner_values(owner))


@blueprint.route("/groups/<slug>/calendars/new", methods=["GET", "POST"])
@takes_files
def bring_for_group(slug: str) -> Any:
    return _bring(_group(slug))


@blueprint.route("/organisations/<uuid:organisation_id>/calendars/new", methods=["GET", "POST"])
@takes_files
def bring_for_organisation(organisation_id: UUID) -> Any:
    return _bring(_organisation(organisation_id))


def _bring(owner: Owner) -> Any:
    """Brought, a calendar is looked at first: its page shows what is in it."""
    actor, now, form = current_actor(), clock.now(), BringForm()
    form.prepare(owner, [*own_languages(actor), page_language()])
    came = _came(form, now)
    done = came and carry_out(
        form,
        lambda: services.bring_calendar(actor, owner, form.calendar(came), now=now),
        lambda feed: calendar_path(feed.id),
        lambda _feed: _("This is what is in it. Look at it, then take it in."),
    )
    if done:
        return done
    form.ask_for_file_again()
    return render_template("calendars/bring.html", form=form, **showing.owner_values(owner)), form.status


@blueprint.route("/calendars/<uuid:feed_id>/again", methods=["GET", "POST"])
@takes_files
def bring_again(feed_id: UUID) -> Any:
    """The file of a calendar, brought anew: looked at like a new one, and what it would change is said there."""
    actor, now, form = current_actor(), clock.now(), AgainForm()
    feed = queries.get_kept_feed(actor, feed_id)
    if feed.address or feed.is_tried:
        raise NotFound
    owner, title, language, audience = queries.owner_of(feed), feed.title, feed.language, feed.audience
    readers = audience if audience in (NETWORK, PUBLIC) else INSIDE
    came = _came(form, now)
    done = came and carry_out(
        form,
        lambda: services.bring_calendar(
            actor, owner, services.Brought(title, language, readers, came.fetched.body or b""), now=now
        ),
        lambda newer: calendar_path(newer.id),
        lambda _newer: _("This is what is in it. Look at it, then take it in."),
    )
    values = showing.owner_values(owner)
    return done or (
        render_template("calendars/again.html", title=title, language=language, form=form, **values),
        form.status,
    )


def _came(form: BringForm | AgainForm, now: datetime) -> Came | None:
    """Fetch and read what was brought, once all else is right: a slip in a title costs no second request. What cannot
    be used is said at its field."""
    if not form.validate_on_submit():
        return None
    db.session.rollback()  # what was read so far holds SQLite's write lock
    try:
        if form.address_to_ask:
            count_try(current_actor().own_id, "calendars.fetch", MOST_FETCHED_HOURLY, now=now)
        return bring(form.address_to_ask, form.file.body, now)
    except TooOften as error:
        form.refuse(RuleBroken(error.message, field="address"))
        only_read_from_here()
        return None
    except (NotFetched, UnreadableCalendar) as error:
        code = error.code if isinstance(error, NotFetched) else error.trouble.value
        form.refuse(RuleBroken(failure_words(code), field="address" if form.address_to_ask else "file"))
        only_read_from_here()
        return None
