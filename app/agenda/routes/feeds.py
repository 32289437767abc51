"""Feeds: for everybody, of a track, a group or a space, and private ones by a secret address."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from flask import request, url_for
from flask_babel import force_locale, pgettext
from flask_babel import gettext as _

from app.advocacy import queries as advocacy
from app.agenda import queries
from app.agenda.blueprint import blueprint
from app.agenda.feeds.answering import HOLDS, answer
from app.agenda.feeds.atom import MIMETYPE, Head, atom_file
from app.agenda.feeds.entries import entries_of
from app.agenda.models import Reach
from app.agenda.queries import Wanted
from app.agenda.showing.lines import lines_of
from app.agenda.showing.offered import spaces_within, wanted_at
from app.core import clock, house
from app.core.actors import VISITOR, Actor
from app.core.addresses import absolute
from app.core.context import locale_for, offered_languages, page_language
from app.core.errors import NotFound
from app.core.names import names_of
from app.core.registries import actor_at
from app.core.web import without_cookies
from app.moments.calendar_file import Feed, calendar_file
from app.people.queries import language_of_mails
from app.sessions.queries import get_visible_track
from app.workinggroups.queries import get_visible_group

BACK, AHEAD = timedelta(days=90), timedelta(days=730)
"""So long after its end a date stays in a feed, and so far ahead one reaches."""


def _house_name() -> str:
    return house.name_of_house(page_language())


def _calendar(actor: Actor, wanted: Wanted, name: str, *, is_private: bool = False) -> Any:
    """Answer with a calendar file. Dates cancelled or moved stay in it under their UID (A14)."""
    now, language = clock.now(), page_language()
    since, last = now - BACK, now + AHEAD

    def made() -> bytes:
        rows = queries.list_for_feed(actor, wanted, now=now, since=since, last=last)
        return calendar_file(entries_of(lines_of(actor, rows, now=now)), Feed(name, language, HOLDS))

    there = queries.print_of_feed(actor, wanted, since=since, last=last)
    of = (request.full_path, language, name, *sorted(actor.keys))
    return answer(made, of=of, there=there, now=now, mimetype="text/calendar", is_private=is_private)


def _news(wanted: Wanted, name: str, page: str) -> Any:
    """Answer with what was said or changed last, for everybody."""
    now = clock.now()
    head = Head(name, _house_name(), absolute(request.full_path.rstrip("?")), absolute(page))

    def made() -> bytes:
        rows = queries.list_changed(VISITOR, wanted, now=now)
        return atom_file(head, lines_of(VISITOR, rows, now=now), now=now)

    there = queries.print_of_feed(VISITOR, wanted, since=now, last=now + AHEAD * 50)
    return answer(made, of=(request.full_path, page_language(), name), there=there, now=now, mimetype=MIMETYPE)


def _within(name: str) -> str:
    # I18N: what a calendar or a feed is called in other programs: the name of the house, then of what it is about
    return str(_("%(house)s: %(what)s", house=_house_name(), what=name))


@blueprint.get("/agenda.ics")
@without_cookies
def public_feed() -> Any:
    """The dates that everybody may see, for calendar programs."""
    return _calendar(VISITOR, wanted_at(VISITOR, request.args), _house_name())


@blueprint.get("/agenda.atom")
@without_cookies
def public_news() -> Any:
    """The same dates as news."""
    return _news(wanted_at(VISITOR, request.args), _within(pgettext("dates", "Agenda")), url_for("agenda.show_list"))


def _of_track(slug: str) -> tuple[Wanted, str]:
    track = get_visible_track(VISITOR, slug)
    name = names_of("track", [track.id], page_language())[track.id].text
    return replace(wanted_at(VISITOR, request.args), track=track), _within(name)


@blueprint.get("/tracks/<slug>.ics")
@without_cookies
def track_feed(slug: str) -> Any:
    """The public dates of a track."""
    return _calendar(VISITOR, *_of_track(slug))


@blueprint.get("/tracks/<slug>.atom")
@without_cookies
def track_news(slug: str) -> Any:
    """The public dates of a track as news."""
    return _news(*_of_track(slug), url_for("sessions.show_track", slug=slug))


@blueprint.get("/groups/<slug>.ics")
@without_cookies
def group_feed(slug: str) -> Any:
    """The public dates of a group: those of the spaces it follows, and events of others that it keeps. What is inside
    stands in private feeds alone."""
    group = get_visible_group(VISITOR, slug)
    name = names_of("group", [group.id], page_language())[group.id].text
    return _calendar(VISITOR, replace(wanted_at(VISITOR, request.args), group=group), _within(name))


@blueprint.get("/advocacy/spaces/<slug>.ics")
@without_cookies
def space_feed(slug: str) -> Any:
    """The dates of an advocacy space and of the spaces within it."""
    space = advocacy.get_space(slug)
    name = advocacy.space_names([space])[space.id].text
    within = spaces_within(space, advocacy.list_spaces())
    return _calendar(VISITOR, replace(wanted_at(VISITOR, request.args), space_ids=within), _within(name))


@blueprint.get("/agenda/<token>.ics")
@without_cookies
def private_feed(token: str) -> Any:
    """The dates of one person, for whoever has the address: 404 once it was revoked. In `?lang=`, else in the language
    of their mails."""
    found = queries.find_link(token)
    if found is None:
        raise NotFound
    link, person = found
    asked = request.args.get("lang", "")
    language = asked if asked in offered_languages() else language_of_mails(person)
    actor = actor_at(person.id, clock.now())
    with force_locale(locale_for(language if language in offered_languages() else "en")):
        wanted = replace(wanted_at(actor, request.args), mine=link.reach is Reach.MINE)
        return _calendar(actor, wanted, _within(link.name), is_private=True)
