"""The polls of a group in its export: what was asked, and what came out of those that are closed. Nothing of what was
answered to an open one, for anybody: the results are asked where pages ask for them (`queries.results`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import own_name
from app.core.names import names_of
from app.polls import queries
from app.polls.models import Poll
from app.polls.queries import Result
from app.polls.showing import SHOWN, state_of
from app.polls.wordings import option_in, original_of
from app.workinggroups.exports import ID, Coded, Part, Room, Table
from app.workinggroups.models import WorkingGroup

STATES = {"confirmed": "open", "held": "closed", "cancelled": "laid_down"}
"""The tone of a badge, and the code of the same state for machines."""


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield all polls, the figures of every option of the closed ones, and the answers that may be shown."""
    polls = queries.list_polls(actor, group)
    yield Table(name="polls", columns=_of_polls(), rows=(_poll_row(row, now) for row in polls))
    yield Table(name="poll_results", columns=_of_results(), rows=_results(actor, polls, now))
    yield Table(name="poll_answers", columns=_of_answers(), rows=_answers(actor, polls, now))


def _of_polls() -> Sequence[tuple[str, Any]]:
    return (
        # I18N: column of a table of polls: what was asked
        ("question", _("Question")),
        ("language", _("Language")),
        ("state", _("State")),
        ("started_at", _("Opened (UTC)")),
        ("closes_at", _("Closes (UTC)")),
        ("shows", _("What is shown after the close?")),
        ("most", _("How many options may one choose?")),
        ID,
    )


def _poll_row(poll: Poll, now: datetime) -> Sequence[object]:
    words, tone = state_of(poll, now)
    return (
        original_of(poll).question,
        Coded(poll.language, own_name(poll.language)),
        Coded(STATES[tone], words),
        poll.started_at,
        poll.moment.until,
        Coded(poll.shows.value, SHOWN[poll.shows]),
        poll.most,
        poll.id,
    )


def _of_results() -> Sequence[tuple[str, Any]]:
    return (
        ("poll", _("Poll")),
        ("option", _("Option")),
        ("persons", _("Persons")),
        ("organisations", _("Organisations")),
        ("regions", _("Regions")),
        ID,
    )


def _closed(actor: Actor, polls: Sequence[Poll], now: datetime) -> Iterator[tuple[Poll, Result]]:
    for poll in polls:
        result = queries.results_of(actor, poll, now)
        if result is not None:
            yield poll, result


def _results(actor: Actor, polls: Sequence[Poll], now: datetime) -> Iterator[Sequence[object]]:
    for poll, result in _closed(actor, polls, now):
        asked, name = original_of(poll), _named(poll)
        for option in poll.options if not result.is_held_back else ():
            figure = result.figures[option.id]
            yield name, option_in(asked, option), figure.persons, figure.organisations, figure.regions, option.id


def _of_answers() -> Sequence[tuple[str, Any]]:
    return (
        ("poll", _("Poll")),
        ("by", _("Name")),
        ("organisation", _("Organisation")),
        ("options", _("Options")),
        # I18N: column of a table of answers to a poll: why somebody chose what they chose
        ("because", _("Because")),
        ("language", _("Language")),
    )


def _answers(actor: Actor, polls: Sequence[Poll], now: datetime) -> Iterator[Sequence[object]]:
    """Answers with names where they are shown, else the reasons alone."""
    for poll, result in _closed(actor, polls, now):
        asked, name = original_of(poll), _named(poll)
        organisations = names_of("organisation", _organisations(result), page_language())
        for said in result.said:
            chosen = "; ".join(option_in(asked, option) for option in poll.options if option.id in said.choices)
            stands_for = organisations[said.organisation_id].text if said.organisation_id else ""
            yield name, said.person or "", stands_for, chosen, said.because, said.language
        for because, language in result.reasons:
            yield name, "", "", "", because, language


def _organisations(result: Result) -> set[UUID]:
    return {said.organisation_id for said in result.said if said.organisation_id is not None}


def _named(poll: Poll) -> Coded:
    """The poll by its question for people, by its id for machines."""
    return Coded(str(poll.id), original_of(poll).question)


ROOM = Room(
    code="polls",
    holds=_l("Polls: what was asked, and the results of those that are closed."),
    leaves_out=_l("Answers to polls that are still open: nobody sees them before the close."),
    parts=parts_of,
)
