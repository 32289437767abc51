"""Handing a group on: the sheet, the note for whoever comes next, and the act; nobody is ever left without."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.core.notices import Notice
from app.extensions import db
from app.workinggroups import services
from app.workinggroups.models import HandoverNote
from app.workinggroups.queries import find_coordinator
from app.workinggroups.queries.handing_on import find_note, list_notes
from app.workinggroups.services.handover import NoteChangedMeanwhile, NotYours, RunsAlready, TakesNoPart
from tests.journeys.reader import Reader
from tests.make.people import make_person
from tests.make.workinggroups import make_coordinator, make_invitation, make_meeting, make_observer_request, make_place

SHEET = "/groups/land-group/handover"


def _read(reader: Reader, path: str) -> str:
    reader.open(path)
    return reader.text


def _status(reader: Reader, path: str) -> int:
    reader.open(path)
    return reader.status


def test_handing_over_appoints_one_and_ends_the_other_at_once_and_tells_both(cast, act, now):
    services.hand_over(act(cast.coordinator), cast.group, person_id=cast.member.id, now=now)
    assert find_coordinator(cast.group.id, cast.member.id) is not None
    assert find_coordinator(cast.group.id, cast.coordinator.id) is None
    told = {(row.person_id, row.kind) for row in db.session.scalars(sa.select(Notice))}
    assert told == {
        (cast.member.id, "workinggroups.coordinator_appointed"),
        (cast.coordinator.id, "workinggroups.handed_over"),
    }
    codes = set(db.session.scalars(sa.select(AuditLine.code)))
    assert {"workinggroups.group.handed_over", "workinggroups.coordinator.ended"} <= codes


def test_a_group_is_handed_to_nobody_who_only_listens_nor_to_who_could_not_sign_in(cast, act, now):
    alone = make_person("No Account")
    make_place(cast.group, alone)
    for person in (cast.observer, cast.outsider, alone):
        with pytest.raises(TakesNoPart):
            services.hand_over(act(cast.coordinator), cast.group, person_id=person.id, now=now)
    assert find_coordinator(cast.group.id, cast.coordinator.id) is not None


def test_who_runs_it_already_needs_no_handing_over(cast, act, now):
    make_coordinator(cast.group, cast.member)
    for person in (cast.member, cast.coordinator):
        with pytest.raises(RunsAlready):
            services.hand_over(act(cast.coordinator), cast.group, person_id=person.id, now=now)


def test_nobody_hands_over_what_is_not_theirs(cast, act, now):
    with pytest.raises(NotYours):
        services.hand_over(act(cast.secretary), cast.group, person_id=cast.member.id, now=now)
    for person in (cast.member, cast.observer, cast.other_coordinator):
        with pytest.raises(NotAllowed):
            services.hand_over(act(person), cast.group, person_id=cast.candidate.id, now=now)


def test_a_service_that_ended_meanwhile_is_handed_to_nobody(cast, act, now):
    actor = act(cast.coordinator)
    services.hand_over(actor, cast.group, person_id=cast.member.id, now=now)
    make_place(cast.group, cast.candidate)
    with pytest.raises(NotYours):
        services.hand_over(actor, cast.group, person_id=cast.candidate.id, now=now)


def test_every_version_of_the_note_is_kept_in_its_language(cast, act, now):
    actor = act(cast.coordinator)
    services.write_note(actor, cast.group, language="fr", body="Appeler Fatou.", version=0, now=now)
    services.write_note(actor, cast.group, language="es", body="Llamar a Fatou.", version=1, now=now)
    again = services.write_note(actor, cast.group, language="es", body="Llamar a Fatou.", version=2, now=now)
    assert again.version == 2
    kept = [(row.version, row.language, row.body) for row in list_notes(actor, cast.group)]
    assert kept == [(2, "es", "Llamar a Fatou."), (1, "fr", "Appeler Fatou.")]


def test_of_two_who_write_the_note_at_once_the_second_is_asked_to_look(cast, act, now):
    services.write_note(act(cast.coordinator), cast.group, language="fr", body="Une", version=0, now=now)
    with pytest.raises(NoteChangedMeanwhile):
        services.write_note(act(cast.secretary), cast.group, language="fr", body="Deux", version=0, now=now)
    note = find_note(cast.group)
    assert note is not None
    assert note.body == "Une"


@pytest.mark.parametrize("body", ["", "  \n", "x" * 20_001])
def test_a_note_has_words_and_not_too_many(cast, act, now, body):
    with pytest.raises(RuleBroken) as refused:
        services.write_note(act(cast.coordinator), cast.group, language="fr", body=body, version=0, now=now)
    assert refused.value.field == "body"


def test_the_note_is_read_by_those_who_run_the_group_alone(cast, act, browse, now):
    services.write_note(act(cast.coordinator), cast.group, language="fr", body="Secret de relais.", version=0, now=now)
    for person in (cast.coordinator, cast.secretary):
        assert "Secret de relais." in _read(browse(person), SHEET)
    with pytest.raises(NotAllowed):
        list_notes(act(cast.member), cast.group)
    assert "Secret de relais." not in _read(browse(cast.member), "/groups/land-group")


@pytest.mark.parametrize("path", [SHEET, f"{SHEET}/note", f"{SHEET}/to?person=x"])
def test_who_does_not_run_the_group_is_refused_and_who_does_not_know_it_finds_nothing(cast, browse, path):
    assert _status(browse(cast.member), path) == 403
    assert _status(browse(cast.observer), path) == 403
    assert _status(browse(cast.member), path.replace("land-group", "secret-group")) == 404


def test_the_sheet_says_who_is_inside_who_waits_and_what_comes(cast, browse):
    make_observer_request(cast.group, cast.friend)
    make_invitation(cast.group, cast.candidate)
    make_meeting(cast.group, "Example assembly")
    page = _read(browse(cast.coordinator), SHEET)
    for words in ("Coordinate and learn.", "Unión de ejemplo", "Olu Example", "Jo Example", "Example assembly"):
        assert words in page
    assert "Samira Example" in page
    assert "@" not in page


def test_a_coordinator_hands_over_on_two_pages(cast, browse):
    reader = browse(cast.coordinator)
    assert "Fatou Exemple" in _read(reader, SHEET)
    assert "Fatou Exemple" in _read(reader, f"{SHEET}/to/{cast.member.id}")
    page = reader.send(action=str(cast.member.id))
    assert "Fatou Exemple runs this group now" in page.get_text()
    assert find_coordinator(cast.group.id, cast.coordinator.id) is None


def test_the_page_that_asks_knows_only_those_who_may_take_over(cast, browse, unknown_id):
    for person in (cast.observer.id, cast.outsider.id, unknown_id):
        assert _status(browse(cast.coordinator), f"{SHEET}/to/{person}") == 404


def test_a_list_on_the_sheet_leads_to_the_question_and_back_where_nobody_was_chosen(cast, browse):
    reader = browse(cast.coordinator)
    reader.open(f"{SHEET}/to?person={cast.member.id}")
    assert reader.path == f"{SHEET}/to/{cast.member.id}"
    reader.open(f"{SHEET}/to?person=")
    assert reader.path == SHEET


def test_a_refusal_that_came_meanwhile_is_said_with_a_way_on(cast, act, browse, now):
    reader = browse(cast.coordinator)
    reader.open(f"{SHEET}/to/{cast.member.id}")
    make_coordinator(cast.group, cast.member)
    reader.send(action=str(cast.member.id))
    assert reader.status == 422
    assert "runs the group already" in reader.text
    assert "Choose somebody else" in reader.text


def test_a_note_is_written_on_its_page_and_comes_back_with_what_was_typed(cast, browse):
    reader = browse(cast.coordinator)
    reader.open(f"{SHEET}/note")
    reader.send(has="body", body="Parler à Rosa.", language="")
    assert reader.status == 422
    assert "Parler à Rosa." in reader.text
    reader.send(has="body", language="fr")
    assert "Parler à Rosa." in reader.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(HandoverNote)) == 1


def test_words_of_somebody_else_stand_beside_those_that_came_too_late(cast, act, browse, now):
    reader = browse(cast.coordinator)
    reader.open(f"{SHEET}/note")
    services.write_note(act(cast.secretary), cast.group, language="es", body="Antes que usted.", version=0, now=now)
    reader.send(has="body", body="Parler à Rosa.", language="fr")
    assert reader.status == 422
    assert "Antes que usted." in reader.text
    assert "Parler à Rosa." in reader.text
    reader.send(has="body")
    assert [row.version for row in list_notes(act(cast.coordinator), cast.group)] == [2, 1]


def test_the_sheet_costs_as_many_questions_for_many_as_for_one(cast, browse, count_queries):
    def more(number: int) -> None:
        make_place(cast.group, make_person(f"Person {number}"))
        make_observer_request(cast.group, make_person(f"Listener {number}"))
        db.session.flush()

    reader = browse(cast.coordinator)
    more(0)
    reader.open(SHEET)
    with count_queries() as few:
        reader.open(SHEET)
    for number in range(1, 12):
        more(number)
    with count_queries() as many:
        reader.open(SHEET)
    assert len(many) == len(few)
