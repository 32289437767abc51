"""Files of people: brought, tried, run in the background, forgotten; by page, by worker and by command."""

import io
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core import jobs as core_jobs
from app.core.actors import job
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.names import add_alias, names_of
from app.core.registries import actor_at
from app.extensions import db
from app.people import jobs, services
from app.people.imports.columns import guess_columns
from app.people.imports.table import read_table
from app.people.imports.trial import try_lines
from app.people.models import (
    Account,
    Affiliation,
    AffiliationKind,
    Appearance,
    ImportState,
    LineOutcome,
    MailLink,
    Organisation,
    PeopleImport,
    PeopleImportLine,
    Person,
)
from app.people.personal_data import erase_person, export_person, merge_person
from app.people.queries import imports as queries
from app.people.services import AlreadyRunning, Wishes
from tests.conftest import START
from tests.make.people import make_account, make_import, make_organisation, make_person, make_region, make_secretary
from tests.people.test_races import at_once, refusals

LOADER = job("tests")
FILE = """Name;E-mail;Organisation;Kind;Since;Languages;Region
Amina Exemple;amina@example.org;Example Union;Member;2021-05-01;français, wolof;LAC
Bola;not an address;;;;;
Chen;;Example Union;;;;
;nobody@example.org;;;;;
Dada;dada@example.org;Union of Nowhere;Ally;;;
"""
DOUBLED = "Name,Organisation\n" + "".join(f"Example {number // 2},Union of Nowhere\n" for number in range(24))
"""Each name twice in a row, all of an organisation that is not here yet."""


def count(model, **values) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).filter_by(**values))


def try_it(brought: PeopleImport, **wishes) -> PeopleImport:
    wished = Wishes(**wishes)
    fates = list(
        try_lines(
            queries.lines_of(brought.id),
            brought.columns,
            headings=len(brought.headings),
            adds_organisations=wished.adds_organisations,
        )
    )
    return services.keep_trial(LOADER, brought, columns=brought.columns, wishes=wished, fates=fates, now=START)


def load(text: str = FILE, **wishes) -> queries.Count:
    brought = services.run_file(LOADER, try_it(make_import(text), **wishes), now=START)
    db.session.commit()
    jobs.load_people(START)
    db.session.expire_all()
    return queries.counts_of([brought.id])[brought.id]


@pytest.fixture
def union(app, now) -> Organisation:
    make_region("LAC")
    organisation = make_organisation("Example Union")
    db.session.commit()
    return organisation


def test_trying_says_what_would_become_of_each_line_and_adds_nobody(union):
    brought = try_it(make_import(FILE))
    lines = queries.refused_of(brought.id)
    assert [(line.number, line.reason) for line in lines] == [
        (3, "email:email"),
        (5, "missing:name"),
        (6, "organisation_unknown:organisation"),
    ]
    counted = queries.counts_of([brought.id])[brought.id]
    assert (counted.added, counted.known, counted.refused, counted.total) == (2, 0, 3, 5)
    assert (brought.state, count(Person), count(Account)) == (ImportState.TRIED, 0, 0)


def test_good_lines_are_kept_and_bad_ones_named(union):
    counted = load()
    assert (counted.added, counted.refused, counted.waiting) == (2, 3, 0)
    amina = db.session.scalar(sa.select(Person).where(Person.name == "Amina Exemple"))
    assert [row.language for row in amina.languages] == ["fr", "wo"]
    assert (amina.preferred_language, amina.appearance) == ("fr", Appearance.NOBODY)
    account = db.session.get_one(Account, amina.id)
    assert (account.password_hash, account.verified_at) == (None, None)
    affiliation = db.session.scalar(sa.select(Affiliation).where(Affiliation.person_id == amina.id))
    assert (affiliation.kind, affiliation.from_on, affiliation.organisation_id) == (
        AffiliationKind.MEMBER,
        date(2021, 5, 1),
        union.id,
    )
    assert count(MailLink) == 0
    brought = db.session.scalar(sa.select(PeopleImport))
    assert (brought.state, brought.ended_at, brought.source) == (ImportState.DONE, START, None)


def test_loaded_twice_nobody_is_added(union):
    load(adds_organisations=True)
    before = [count(model) for model in (Person, Account, Affiliation, Organisation)]
    again = load(adds_organisations=True)
    assert (again.added, again.known, again.refused) == (0, 3, 2)
    assert [count(model) for model in (Person, Account, Affiliation, Organisation)] == before


def test_who_stands_in_a_file_twice_is_added_once(union):
    lines = ("A,a@example.org,", "A again,A@Example.org,", "B,,Example Union", "b,,example union", "B,,")
    text = "\n".join(["Name,E-mail,Organisation", *lines])
    tried = queries.counts_of([try_it(make_import(text)).id])
    assert [(found.added, found.known) for found in tried.values()] == [(3, 2)]
    counted = load(text)
    assert (counted.added, counted.known, count(Person)) == (3, 2, 3)


def test_an_unknown_organisation_is_added_where_that_is_wished_once(union):
    counted = load("Name,Organisation\nA,Union of Nowhere\nB,union of nowhere\n", adds_organisations=True)
    assert (counted.added, count(Organisation)) == (2, 2)
    made = db.session.scalar(sa.select(Organisation).where(Organisation.id != union.id))
    assert (made.certainty, made.is_listed) == ("unsure", True)
    assert names_of("organisation", [made.id], "en")[made.id].text == "Union of Nowhere"


def test_organisations_are_found_by_alias_and_by_acronym(union):
    add_alias("organisation", union.id, "es", "Unión Ejemplo")
    union.acronym = "UEX"
    db.session.commit()
    assert load("Name,Organisation\nA,union ejemplo\nB,uex\n").added == 2


def test_either_apostrophe_finds_the_same_organisation(union):
    known = make_organisation("Fédération des habitantes de l’Exemple")
    db.session.commit()
    assert load("Name,Organisation,Kind\nHélène,Fédération des habitantes de l'Exemple,Adhérent·e\n").added == 1
    assert db.session.scalars(sa.select(Affiliation.organisation_id)).all() == [known.id]


def test_a_name_that_two_organisations_bear_is_refused(union):
    make_organisation("Example Union")
    db.session.commit()
    load("Name,Organisation\nA,Example Union\n")
    assert db.session.scalar(sa.select(PeopleImportLine.reason)) == "organisation_many:organisation"


def test_who_is_known_is_left_as_they_were(union):
    person = make_person("Amina as she writes it", place="Dakar")
    make_account(person, "amina@example.org")
    db.session.commit()
    counted = load()
    assert (counted.known, person.name, person.place) == (1, "Amina as she writes it", "Dakar")
    assert count(Affiliation, person_id=person.id) == 0


def test_invitations_go_out_only_where_they_are_wished(union):
    load("Name,E-mail\nA,a@example.org\nB,\n", invites=True)
    assert count(MailLink) == 1


def test_a_line_that_the_house_cannot_write_is_refused_alone(union, monkeypatch):
    real = jobs.load_person

    def faulty(actor, said, *more, **named):
        if said.name == "A":
            raise RuntimeError(said.name)
        return real(actor, said, *more, **named)

    monkeypatch.setattr(jobs, "load_person", faulty)
    counted = load("Name\nA\nB\n")
    assert (counted.added, counted.refused) == (1, 1)
    assert db.session.scalar(sa.select(Person.name)) == "B"


def test_a_worker_that_stopped_goes_on_where_it_was(union, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    brought = services.run_file(LOADER, try_it(make_import("Name\nA\nB\nC\n")), now=START)
    db.session.commit()
    assert jobs.load_people(START) == 2
    db.session.expire_all()
    assert queries.counts_of([brought.id])[brought.id].waiting == 1
    assert brought.state is ImportState.RUNNING
    assert jobs.load_people(START) == 1
    db.session.expire_all()
    assert (brought.state, jobs.load_people(START)) == (ImportState.DONE, 0)


def test_two_workers_add_each_person_once(own_app):
    with own_app.app_context():
        services.run_file(LOADER, try_it(make_import(DOUBLED), adds_organisations=True), now=START)
        db.session.commit()
    at_once(own_app, *[lambda: jobs.load_people(START)] * 3)
    with own_app.app_context():
        jobs.load_people(START)
        assert (count(Person), count(Organisation), count(Affiliation)) == (12, 1, 12)
        assert (count(PeopleImportLine, outcome=LineOutcome.ADDED), count(PeopleImportLine)) == (12, 24)
        assert db.session.scalar(sa.select(PeopleImport.state)) is ImportState.DONE


def test_two_files_at_once_add_each_person_and_organisation_once(own_app):
    table = read_table(DOUBLED.encode())
    wishes = Wishes(adds_organisations=True)

    def load_whole() -> list[LineOutcome]:
        columns = guess_columns(table.headings)
        fates = jobs.load_lines(LOADER, table.lines, columns, wishes, headings=len(table.headings), now=START)
        return [fate.outcome for fate in fates]

    outcomes = at_once(own_app, *[load_whole] * 3)
    with own_app.app_context():
        assert (count(Person), count(Organisation), count(Affiliation)) == (12, 1, 12)
    assert sum(found.count(LineOutcome.ADDED) for found in outcomes) == 12
    assert {len(found) for found in outcomes} == {24}


def test_a_file_is_run_once(own_app):
    with own_app.app_context():
        brought_id = try_it(make_import("Name\nA\n")).id
        db.session.commit()

    def run() -> None:
        services.run_file(LOADER, db.session.get_one(PeopleImport, brought_id), now=START)

    assert refusals(at_once(own_app, *[run] * 4)) == 3


def test_a_file_that_runs_is_neither_changed_nor_forgotten(union):
    brought = services.run_file(LOADER, try_it(make_import("Name\nA\n")), now=START)
    with pytest.raises(AlreadyRunning):
        services.forget_file(LOADER, brought, now=START)
    with pytest.raises(AlreadyRunning):
        try_it(brought)
    with pytest.raises(AlreadyRunning):
        services.read_again(LOADER, brought, table=read_table(b"Name\nA\n"), now=START)


def test_files_go_a_month_after_they_were_brought(union):
    make_import()
    db.session.commit()
    assert jobs.drop_old(START + jobs.KEPT) == 0
    assert jobs.drop_old(START + jobs.KEPT + timedelta(seconds=1)) == 1
    assert (count(PeopleImport), count(PeopleImportLine)) == (0, 0)


def test_only_those_who_run_the_desk_load_people(union, now):
    outsider = actor_at(make_person().id, now)
    with pytest.raises(NotAllowed):
        services.bring_file(outsider, file_name="", source=b"", table=read_table(b"Name\nA\n"), now=now)


def test_what_a_file_said_of_a_person_is_theirs(union, now):
    load("Name,E-mail\nA,a@example.org\n")
    line = db.session.scalar(sa.select(PeopleImportLine))
    other = make_person()
    merge_person(other.id, line.person_id, START)
    db.session.expire_all()
    assert line.person_id == other.id
    assert export_person(other.id)["imported_lines"] == [{"number": 2, "cells": ["A", "a@example.org"]}]
    erase_person(other.id, now)
    db.session.expire_all()
    assert (line.person_id, line.cells) == (None, [])


def test_nothing_of_a_file_stands_in_the_audit(union):
    load()
    facts = " ".join(str(line.facts) for line in db.session.scalars(sa.select(AuditLine)))
    assert "Amina" not in facts
    assert "example.org" not in facts


def test_the_job_runs_every_few_seconds(app):
    found = next(found for found in core_jobs.registered() if found.name == "people.load")
    assert (found.work, found.every_seconds) == (jobs.load_people, 5)


# Pages


@pytest.fixture
def desk(union, reader_of):
    return reader_of(make_secretary())


def bring(reader, text: str = FILE, name: str = "people.csv"):
    reader.open("/people/import")
    values = reader._defaults(reader.form(action="/people/import"))
    data = values.to_dict() | {"file": (io.BytesIO(text.encode()), name)}
    return reader._show(reader.client.post("/people/import", data=data, follow_redirects=True))


def test_a_file_is_brought_tried_and_run_by_hand(desk):
    bring(desk)
    assert desk.status == 200
    assert "Columns to be checked" in desk.text
    desk.send(action="/columns")
    assert "Add 2 people" in desk.text
    assert "This is not an e-mail address." in desk.text
    desk.send(action="/run")
    assert "0 of 5 lines" in desk.text
    assert desk.page.find("meta", attrs={"http-equiv": "refresh"})
    jobs.load_people(START)
    desk.open(desk.path)
    assert "2 people added" in desk.text
    assert not desk.page.find("meta", attrs={"http-equiv": "refresh"})


def test_columns_are_changed_by_hand(desk):
    bring(desk, "zzz;yyy\nAmina;amina@example.org\n")
    desk.send(action="/columns")
    assert (desk.status, "Say which column holds the names" in desk.text) == (422, True)
    desk.send(action="/columns", name="0", email="0")
    assert "This column is chosen twice." in desk.text
    desk.send(action="/columns", name="0", email="1")
    assert "Add 1 person" in desk.text


def test_the_encoding_is_said_and_changed(desk):
    bring(desk, "Name,Place\nÉlodie,Dakar\n")
    assert "We took it for UTF-8." in desk.text
    desk.send(action="/encoding", encoding="cp1252", separator=",")
    assert "Ã‰lodie" in desk.page.find(id="name").get_text()
    desk.send(action="/encoding", encoding="utf-8", separator=",")
    assert "Élodie" in desk.page.find(id="name").get_text()


@pytest.mark.parametrize("text", ["", "Name\n", "PK\x03\x04", "\x00\x01\x02" * 99])
def test_a_file_that_is_none_is_said_at_the_field(desk, text):
    bring(desk, text)
    assert desk.status == 422
    assert desk.page.find(id="file-error")
    assert count(PeopleImport) == 0


def test_no_file_at_all_is_said_at_the_field(desk):
    desk.open("/people/import")
    desk.send(action="/people/import")
    assert desk.page.find(id="file-error")


def test_refused_lines_come_back_as_a_file_that_can_be_mended_and_brought_again(desk):
    bring(desk, "Name;E-mail\n=cmd();not an address\nBola;bola\n")
    desk.send(action="/columns")
    answer = desk.client.get(f"{desk.path}/refused.csv")
    table = read_table(answer.data)
    assert table.headings == ["Name", "E-mail", "Line", "Why not"]
    assert b"'=cmd()" in answer.data
    assert table.lines[0].cells[:3] == ["=cmd()", "not an address", "2"]


def test_a_file_is_forgotten_after_it_was_asked_twice(desk):
    bring(desk)
    path = desk.path
    desk.open(f"{path}/forget")
    assert count(PeopleImport) == 1
    desk.send(action="/forget")
    assert (desk.path, count(PeopleImport), count(PeopleImportLine)) == ("/people/import", 0, 0)


@pytest.mark.parametrize("part", ["", "/refused.csv", "/forget"])
def test_for_others_there_are_no_files(union, now, reader_of, part):
    brought = make_import()
    db.session.commit()
    reader = reader_of(make_person())
    reader.open(f"/people/import/{brought.id}{part}")
    assert reader.status == 404
    reader.open("/people/import")
    assert reader.status == 404


# Command


@pytest.fixture
def command(app, union, tmp_path):
    def run(text: str, *options: str):
        file = tmp_path / "people.csv"
        file.write_bytes(text.encode())
        return app.test_cli_runner().invoke(args=["load", "people", str(file), *options])

    return run


def test_the_command_names_bad_lines_and_keeps_good_ones(command):
    done = command(FILE)
    assert done.exit_code == 1
    assert done.output.splitlines()[0] == "Added: 2. Known already: 0. Refused: 3."
    assert "Line 3, E-mail: This is not an e-mail address." in done.output
    assert count(Person) == 2


def test_the_command_tries_without_adding(command):
    done = command("Name\nA\n", "--dry-run")
    assert (done.exit_code, done.output) == (0, "To add: 1. Known already: 0. Refused: 0.\n")
    assert count(Person) == 0


def test_the_command_takes_columns_by_heading_or_number(command):
    assert command("zzz,yyy\nA,a@example.org\n", "--columns", "name=zzz,email=2").exit_code == 0
    assert db.session.scalar(sa.select(Account.email_norm)) == "a@example.org"


@pytest.mark.parametrize(
    ("text", "options"),
    [("", ()), ("zzz\nA\n", ()), ("Name\nA\n", ("--columns", "boss=1")), ("Name\nA\n", ("--columns", "email=9"))],
)
def test_what_cannot_be_read_is_one_line_and_exit_code_2(command, text, options):
    done = command(text, *options)
    assert (done.exit_code, done.stdout) == (2, "")
    assert count(Person) == 0


def test_the_command_said_twice_adds_nobody_twice(command):
    for added in (3, 0):
        assert f"Added: {added}." in command(FILE, "--add-organisations").output
