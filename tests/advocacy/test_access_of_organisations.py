"""What status an organisation has: noted, changed, ended; who keeps it, who reads it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from flask import Flask

from app.advocacy.models import OrganisationAccess, Standing
from app.advocacy.services.access import HasItAlready, Noted, change_access, note_access, remove_access
from app.core.errors import NotAllowed, RuleBroken
from app.core.registries import actor_at
from app.extensions import db
from app.moments.models import Certainty
from app.people.models import Organisation, Person, Role
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.advocacy import make_access
from tests.make.people import (
    make_account,
    make_member,
    make_organisation,
    make_person,
    make_role,
    make_secretary,
    sign_in,
)

Days = tuple[date | None, date | None]


@pytest.fixture
def organisation(app: Flask, now: datetime) -> Organisation:
    return make_organisation("Coalition X")


@pytest.fixture
def speaker(organisation: Organisation) -> Person:
    person = make_person("Kofi Example")
    make_account(person)
    make_role(person, Role.MANDATED, organisation.id)
    db.session.commit()
    return person


def test_whoever_speaks_for_it_and_the_secretariat_keep_it(
    organisation: Organisation, speaker: Person, now: datetime
) -> None:
    row = note_access(
        actor_at(speaker.id, START), organisation,
        Noted(standing=Standing.ECOSOC_SPECIAL, from_on=date(2019, 7, 1), is_seen=True, source="ECOSOC list 2025"),
        now=now,
    )  # fmt: skip
    assert (row.certainty, row.checked_on, row.confirmed_by) == (Certainty.VERIFIED, now.date(), speaker.id)
    secretary = actor_at(make_secretary().id, START)
    change_access(secretary, row, Noted(standing=Standing.ECOSOC_SPECIAL, until_on=date(2026, 6, 30)), now=now)
    assert (row.certainty, row.until_on, row.confirmed_at) == (Certainty.UNSURE, date(2026, 6, 30), None)
    with pytest.raises(NotAllowed):
        note_access(actor_at(make_member().id, START), organisation, Noted(standing=Standing.IPCC), now=now)
    remove_access(secretary, row, now=now)
    assert db.session.get(OrganisationAccess, row.id) is None


@pytest.mark.parametrize(
    ("noted", "field"),
    [
        ({"from_on": date(2026, 2, 1), "until_on": date(2026, 1, 31)}, "until_on"),
        ({"is_seen": True}, "source"),
        ({"source": "x" * 501}, "source"),
    ],
)
def test_turned_days_and_a_source_without_name_are_refused(
    organisation: Organisation, speaker: Person, now: datetime, noted: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        note_access(actor_at(speaker.id, START), organisation, Noted(standing=Standing.UNFCCC, **noted), now=now)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("first", "second", "overlaps"),
    [
        ((None, None), (None, None), True),
        ((None, date(2020, 6, 30)), (date(2020, 7, 1), None), False),
        ((None, date(2020, 6, 30)), (date(2020, 6, 30), None), True),
        ((date(2020, 7, 1), None), (None, date(2020, 6, 30)), False),
        ((date(2020, 7, 1), date(2021, 7, 1)), (date(2019, 1, 1), date(2022, 1, 1)), True),
    ],
)
def test_the_same_status_is_not_noted_twice_for_one_day(
    organisation: Organisation, speaker: Person, first: Days, second: Days, overlaps: bool
) -> None:
    now = START
    make_access(organisation, Standing.IPCC, from_on=first[0], until_on=first[1])
    actor, noted = actor_at(speaker.id, START), Noted(standing=Standing.IPCC, from_on=second[0], until_on=second[1])
    if overlaps:
        with pytest.raises(HasItAlready):
            note_access(actor, organisation, noted, now=now)
    else:
        note_access(actor, organisation, noted, now=now)
    note_access(actor, organisation, Noted(standing=Standing.UNFCCC), now=now)


@pytest.fixture
def browse(app: Flask) -> Callable[[Person], Reader]:
    def browsing(person: Person) -> Reader:
        db.session.commit()
        return Reader(sign_in(app.test_client(), person))

    return browsing


def test_it_stands_on_the_page_of_the_organisation(
    organisation: Organisation, speaker: Person, browse: Callable[[Person], Reader], app: Flask
) -> None:
    page = next(
        str(rule).replace("<uuid:organisation_id>", str(organisation.id))
        for rule in app.url_map.iter_rules()
        if rule.endpoint == "people.show_organisation"
    )
    reader = browse(speaker)
    reader.open(page)
    assert "No status is noted." in reader.text
    reader.open(reader.page.select_one("#access a.button")["href"])
    reader.send(has="standing")
    assert "Choose the status from the list." in reader.text
    reader.send(has="standing", standing="ecosoc_special", from_on="2019-07-01", source="ECOSOC list", is_seen="y")
    room = reader.page.select_one("#access").get_text(" ", strip=True)
    for words in ("ECOSOC, special consultative status", "since 1 July 2019", "ECOSOC list", "21 November 2026"):
        assert words in room
    reader.open(reader.page.select_one("#access li a")["href"])
    reader.send(has="standing", until_on="2020-01-01", is_seen=None)
    assert "1 July 2019" in reader.page.select_one("#access details").get_text()
    [row] = db.session.query(OrganisationAccess)
    outsider = browse(make_member("Outside Example"))
    outsider.open(page)
    assert outsider.page.select_one("#access .button") is None
    for path in (f"/advocacy/status/{row.id}", f"/advocacy/status/{row.id}/remove"):
        assert outsider.client.get(path).status_code == 403
    assert outsider.client.get(f"/advocacy/organisations/{organisation.id}/status/new").status_code == 403
    assert outsider.client.get(f"/advocacy/status/{organisation.id}").status_code == 404
    reader.open(f"/advocacy/status/{row.id}/remove")
    reader.send(action="/remove", has="submission_id")
    assert "No status is noted." in reader.text
