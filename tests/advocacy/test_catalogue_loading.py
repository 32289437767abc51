"""The catalogue comes into the house once, follows a newer file, and never over what people stand by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.advocacy import events
from app.advocacy.catalogue import compare_catalogue, load_catalogue, read_catalogue, shipped_catalogue
from app.advocacy.catalogue.differences import Difference
from app.advocacy.catalogue.facts import CATALOGUE_ID
from app.advocacy.catalogue.house import loaded_on
from app.advocacy.catalogue.loading import CircleOfParents
from app.advocacy.models import (
    SPACE,
    AdvocacySpace,
    CatalogueNote,
    Occurrence,
    OccurrenceKind,
    ParticipationMode,
    Step,
    StepRule,
    WordLimit,
)
from app.advocacy.services import Dated, move_occurrence
from app.advocacy.services.steps import confirm_step
from app.core import actors
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.names import Certainty as NameCertainty
from app.core.names import all_names, set_name
from app.extensions import db
from app.moments.models import Certainty, Moment, MomentChange, Precision, Status
from app.moments.timing import Timing
from tests.advocacy.test_catalogue_reading import SMALL
from tests.conftest import START
from tests.make.advocacy import make_occurrence, make_space

HOUSE = actors.job("load advocacy")
LATER = START + timedelta(days=30)
Load = Callable[..., Any]


@pytest.fixture
def read(tmp_path: Path) -> Load:
    """Read the small catalogue with some words replaced, pair by pair."""

    def make(*pairs: tuple[str, str]) -> dict[str, Any]:
        text = SMALL
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "catalogue.yaml"
        path.write_text(text, encoding="utf-8")
        return read_catalogue(path, today=LATER.date())

    return make


@pytest.fixture
def load(app: Any, read: Load) -> Load:
    def make(*pairs: tuple[str, str], now: Any = START) -> Any:
        report = load_catalogue(HOUSE, read(*pairs), now=now)
        db.session.flush()
        db.session.expire_all()
        return report

    return make


def counted() -> dict[str, Any]:
    """Count everything that a load could write."""
    models = (AdvocacySpace, ParticipationMode, WordLimit, StepRule, Occurrence, Step, CatalogueNote, Moment)
    counts: dict[str, Any] = {
        model.__tablename__: db.session.scalar(sa.select(sa.func.count()).select_from(model))
        for model in (*models, MomentChange, AuditLine)
    }
    return counts | {"sequences": db.session.scalar(sa.select(sa.func.sum(Moment.sequence)))}


def space(code: str) -> AdvocacySpace:
    return db.session.scalars(sa.select(AdvocacySpace).filter_by(code=code)).one()


def occurrence(code: str) -> Occurrence:
    return db.session.scalars(sa.select(Occurrence).filter_by(code=code)).one()


def steps_of(code: str) -> list[Step]:
    return list(db.session.scalars(sa.select(Step).filter_by(occurrence_id=occurrence(code).id)))


def paths(rows: list[Difference]) -> list[str]:
    return ["/".join(filter(None, row.path)) for row in rows]


def test_the_shipped_catalogue_fills_an_empty_house(app: Any) -> None:
    report = load_catalogue(HOUSE, shipped_catalogue(), now=START)
    assert report.made["space"] == 24
    assert report.changed == Counter()
    assert report.differences.gone == []
    assert loaded_on() == date(2026, 11, 21)
    assert [row.code for row in db.session.scalars(sa.select(AuditLine)) if row.subject_id == CATALOGUE_ID] == [
        "advocacy.catalogue.loaded"
    ]


def test_loading_twice_writes_nothing_at_all(app: Any) -> None:
    load_catalogue(HOUSE, shipped_catalogue(), now=START)
    before = counted()
    db.session.expire_all()
    report = load_catalogue(HOUSE, shipped_catalogue(), now=LATER)
    assert report.is_empty
    assert not db.session.dirty
    assert not db.session.new
    assert counted() == before


def test_facts_keep_certainty_source_and_day(load: Load) -> None:
    load()
    committee = space("committee")
    assert committee.parent is space("council")
    assert committee.slug == "committee"
    assert committee.certainty is Certainty.VERIFIED
    assert committee.certainty_of("goals") is Certainty.TYPICAL
    assert (committee.source, committee.checked_on) == ("example.org; example.net", date(2026, 11, 21))
    assert committee.checked_by is None
    assert [row.goal for row in committee.goals] == [5, 11]
    names = all_names(SPACE, committee.id)
    assert (names["fr"].text, names["fr"].certainty) == ("Comité exemple", NameCertainty.UNSURE)
    mode = db.session.scalars(sa.select(ParticipationMode)).one()
    assert [(row.words, row.is_joint, row.certainty) for row in mode.limits] == [
        (3300, False, Certainty.VERIFIED),
        (6600, True, Certainty.TYPICAL),
    ]


def test_a_date_is_never_more_certain_than_the_file(load: Load) -> None:
    load()
    session = occurrence("committee_99")
    assert (session.moment.certainty, session.moment.precision) == (Certainty.UNSURE, Precision.WINDOW)
    assert session.moment.status is Status.PLANNED


def test_what_an_occurrence_was_before_is_its_history(load: Load) -> None:
    load()
    moment = occurrence("committee_99").moment
    change = db.session.scalars(sa.select(MomentChange).filter_by(moment_id=moment.id)).one()
    assert moment.sequence == 1
    assert (change.old["precision"], change.new["precision"]) == ("month", "window")


def test_a_known_deadline_stands_in_place_of_the_estimate(load: Load) -> None:
    load()
    known = steps_of("committee_86")
    assert [(row.rule.key if row.rule else "", row.moment.certainty) for row in known] == [
        ("parallel_report", Certainty.VERIFIED)
    ]
    estimated = steps_of("committee_99")
    assert [row.moment.certainty for row in estimated] == [Certainty.ESTIMATED]


def test_a_newer_file_says_first_what_it_changes(load: Load, read: Load) -> None:
    load()
    newer = read(
        ("compiled_on: 2026-11-21", "compiled_on: 2026-12-01"),
        ("[2027-01-15..2027-02-15]", "2027-02-01/2027-02-12"),
        ("words: 3300", "words: 3000"),
        ("Not checked.", "Seen on the page."),
    )
    before = counted()
    found = compare_catalogue(newer)
    assert counted() == before
    assert paths(found.added) == []
    assert {path: row.changes for path, row in zip(paths(found.changed), found.changed, strict=True)} == {
        "limit/committee/parallel_report/individual": {"words": (3300, 3000)},
        "occurrence/committee_99": {"when": ("[2027-01-15..2027-02-15]", "2027-02-01/2027-02-12")},
        "note/occurrence/committee_99/dates/0": {"text": ({"en": "Not checked."}, {"en": "Seen on the page."})},
    }


def test_a_moved_date_keeps_its_history_and_takes_its_steps_along(load: Load) -> None:
    load()
    moved: list[Any] = []
    with events.occurrence_moved.connected_to(lambda sender, **said: moved.append((sender.code, said["change"].old))):
        report = load(
            ("compiled_on: 2026-11-21", "compiled_on: 2026-12-01"),
            ("[2027-01-15..2027-02-15]", "2027-02-01/2027-02-12"),
            now=LATER,
        )
    assert report.changed == Counter({"occurrence": 1})
    session = occurrence("committee_99")
    assert session.moment.sequence == 2
    assert [code for code, _old in moved] == ["committee_99"]
    (step,) = steps_of("committee_99")
    assert step.moment.wall_start is not None
    assert step.moment.wall_start.date() == date(2027, 1, 4)
    assert step.moment.sequence == 1


def test_facts_that_stay_are_as_fresh_as_the_newer_file(load: Load) -> None:
    load()
    report = load(("compiled_on: 2026-11-21", "compiled_on: 2026-12-01"), now=LATER)
    assert (report.made, report.changed) == (Counter(), Counter())
    assert report.checked_again > 0
    assert space("committee").checked_on == loaded_on() == date(2026, 12, 1)
    assert load(("compiled_on: 2026-11-21", "compiled_on: 2026-12-01"), now=LATER).is_empty


def test_a_newer_file_cannot_put_a_space_below_itself(load: Load, read: Load) -> None:
    """The file says one half of the circle, people of this house the other one, by way of a space of their own."""
    load(("    parent: council\n", ""))
    own = make_space("Our office", parent_id=space("committee").id)
    council = space("council")
    council.parent_id, council.confirmed_at = own.id, START
    db.session.flush()
    before = counted()
    with pytest.raises(CircleOfParents) as refused:
        load()
    assert "“committee” below “council”" in str(refused.value.message)
    assert refused.value.line == SMALL[: SMALL.index("parent: council")].count("\n") + 1
    assert counted() == before
    council.parent_id = None
    db.session.flush()
    load()
    assert space("committee").parent_id == council.id


def test_an_older_file_makes_nothing_look_older(load: Load) -> None:
    load(("compiled_on: 2026-11-21", "compiled_on: 2026-12-01"))
    assert load().is_empty
    assert loaded_on() == date(2026, 12, 1)


def test_what_people_moved_stays_and_is_told(load: Load) -> None:
    load()
    own = Dated(Timing.days(date(2027, 3, 1), date(2027, 3, 12), "Europe/Zurich"), source="note of the committee")
    move_occurrence(HOUSE, occurrence("committee_99"), own, reason="note of the committee", now=START)
    report = load(now=LATER)
    assert report.is_empty
    (kept,) = report.differences.kept
    assert kept.path == ("occurrence", "committee_99")
    assert set(kept.changes) == {"when", "date_certainty", "status", "source", "certainty"}
    assert occurrence("committee_99").moment.certainty is Certainty.VERIFIED


def test_a_step_that_people_confirmed_stays(load: Load) -> None:
    load()
    (step,) = steps_of("committee_99")
    confirm_step(HOUSE, step, timing=Timing.days(date(2027, 1, 11), zone="Europe/Zurich"), source="note", now=START)
    newer = (
        'certainty: unsure\n        notes:',
        'certainty: unsure\n        steps: [{kind: parallel_report, mode: parallel_report, when: 2027-01-10, '
        'certainty: verified}]\n        notes:',
    )  # fmt: skip
    report = load(newer, now=LATER)
    assert paths(report.differences.kept) == ["step/committee_99/parallel_report/parallel_report"]
    assert [row.moment.wall_start.day for row in steps_of("committee_99") if row.moment.wall_start] == [11]


def test_a_file_may_bring_the_day_of_an_estimate(load: Load) -> None:
    load()
    (before,) = steps_of("committee_99")
    newer = (
        'certainty: unsure\n        notes:',
        'certainty: unsure\n        steps: [{kind: parallel_report, mode: parallel_report, when: 2027-01-10, '
        'certainty: verified}]\n        notes:',
    )  # fmt: skip
    assert load(newer, now=LATER).changed == Counter({"step": 1})
    (step,) = steps_of("committee_99")
    assert (step.id, step.moment.certainty, step.moment.status) == (before.id, Certainty.VERIFIED, Status.CONFIRMED)
    assert load(newer, now=LATER).is_empty


def test_names_that_the_house_gave_stay(load: Load) -> None:
    load()
    set_name(SPACE, space("committee").id, "en", "Our committee")
    report = load(now=LATER)
    assert paths(report.differences.kept) == ["name/committee/en"]
    assert all_names(SPACE, space("committee").id)["en"].text == "Our committee"


def test_what_a_file_no_longer_says_stays_and_is_told(load: Load) -> None:
    load()
    report = load(
        ("        states: [{place: BR, certainty: verified}]\n", ""),
        ("fr: [Comité exemple, Comité d’exemple]", "fr: Comité exemple"),
    )
    assert paths(report.differences.gone) == [
        "alias/committee/fr/Comité d’exemple",
        "state/committee_86/BR",
    ]
    assert len(occurrence("committee_86").states) == 1


def test_what_people_added_stays_out_of_sight_of_files(load: Load) -> None:
    load()
    make_space("Ours")
    make_occurrence(space("committee"), number=120)
    report = load(now=LATER)
    assert report.is_empty
    assert report.differences.gone == []


def test_a_session_that_people_wrote_down_before_the_file_stays_theirs(load: Load) -> None:
    load(("        number: 99\n", ""))
    session = make_occurrence(space("committee"), date(2027, 10, 4), number=100, kind=OccurrenceKind.SESSION)
    newer = (
        "      - id: committee_99\n",
        "      - {id: committee_100, kind: session, number: 100, when: 2027-10, certainty: typical, "
        "states: [{place: AR, certainty: typical}]}\n      - id: committee_99\n",
    )
    report = load(("        number: 99\n", ""), newer, now=LATER)
    assert report.is_empty
    assert paths(report.differences.kept) == ["occurrence/committee_100", "state/committee_100/AR"]
    assert session.code is None


def test_word_limits_of_a_mode_that_people_stand_by_are_theirs(load: Load) -> None:
    load()
    mode = db.session.scalars(sa.select(ParticipationMode)).one()
    mode.confirmed_at = START
    mode.limits = []
    db.session.flush()
    report = load(("languages: [en, fr]", "languages: [en]"), now=LATER)
    assert report.is_empty
    assert paths(report.differences.kept) == [
        "mode/committee/parallel_report",
        "limit/committee/parallel_report/individual",
        "limit/committee/parallel_report/joint",
    ]


def test_what_was_held_is_not_planned_again_by_an_older_file(load: Load) -> None:
    load(("        status: held\n", ""))
    moment = occurrence("committee_86").moment
    moment.status = Status.HELD
    db.session.flush()
    assert load(("        status: held\n", ""), now=LATER).is_empty


def test_a_cancelled_date_that_the_newer_file_calls_held(load: Load) -> None:
    load(("status: held", "status: cancelled"))
    assert load(now=LATER).changed == Counter({"occurrence": 1})
    assert occurrence("committee_86").moment.status is Status.HELD


def test_a_cancelled_session_takes_its_steps_with_it(load: Load) -> None:
    load()
    called_off: list[str | None] = []
    with events.occurrence_cancelled.connected_to(lambda sender, **_said: called_off.append(sender.code)):
        load(("was: [2026-10]", "was: [2026-10]\n        status: cancelled"), now=LATER)
    assert called_off == ["committee_99"]
    assert [row.moment.status for row in steps_of("committee_99")] == [Status.CANCELLED]


def test_another_rule_moves_the_estimates_of_its_space(load: Load) -> None:
    load(("[2027-01-15..2027-02-15]", "2027-02-01/2027-02-12"))
    report = load(
        ("[2027-01-15..2027-02-15]", "2027-02-01/2027-02-12"),
        ("offset: [-28, -21]", "offset: [-42, -35]"),
        ("typical: -28", "typical: -42"),
        now=LATER,
    )
    assert report.changed == Counter({"rule": 1})
    (step,) = steps_of("committee_99")
    assert step.moment.wall_start is not None
    assert step.moment.wall_start.date() == date(2026, 12, 21)


def test_only_those_who_keep_the_catalogue_load_it(app: Any, read: Load) -> None:
    with pytest.raises(NotAllowed):
        load_catalogue(replace(HOUSE, keys=frozenset()), read(), now=START)
    assert loaded_on() is None
