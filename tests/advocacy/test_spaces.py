"""The page of a space: what it is, how its year goes, who can take part, what is to be checked."""

from __future__ import annotations

import re
from datetime import date

import pytest

from app.advocacy.models import (
    MODE,
    SPACE,
    Access,
    AdvocacySpace,
    Anchor,
    CatalogueNote,
    ModeCode,
    NoteAbout,
    OccurrenceKind,
    ParticipationMode,
    StepCode,
    StepRule,
    WordLimit,
)
from app.advocacy.queries import list_modes, list_rules
from app.advocacy.services import plan_steps
from app.advocacy.showing.spaces import tree
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.timing import Timing
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.advocacy import make_limit, make_mode, make_occurrence, make_rule, make_space, make_step
from tests.make.moments import HOUSE
from tests.make.people import make_person, make_secretary, sign_in


@pytest.fixture
def cedaw(app, now):
    return make_space("Committee on women", acronym="CEDAW", slug="cedaw", url="https://example.org/cedaw")


def note(space, about, text, thing=None, **overrides):
    values = {"certainty": Certainty.VERIFIED, "source": "example.org"} | overrides
    kind, thing_id = (MODE, thing.id) if thing is not None else (SPACE, space.id)
    row = CatalogueNote(
        space_id=space.id, object_kind=kind, object_id=thing_id, about=about, texts={"en": text}, **values
    )
    db.session.add(row)
    db.session.flush()


def read(client, slug="cedaw"):
    answer = client.get(f"/advocacy/spaces/{slug}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_list_is_a_tree(client, cedaw):
    make_space("Working group of the committee", parent_id=cedaw.id, slug="below")
    page = client.get("/advocacy/spaces/").get_data(as_text=True)
    assert page.index("Committee on women") < page.index("Working group of the committee")


def test_an_unknown_space_is_not_there(client, app):
    assert client.get("/advocacy/spaces/nowhere").status_code == 404


def test_a_visitor_reads_how_the_year_goes(client, cedaw):
    note(cedaw, NoteAbout.CYCLE, "Three sessions a year.")
    make_rule(
        cedaw,
        offset_min=-28,
        offset_max=-21,
        typical=-28,
        evidence=[["2011-10-01", "2011-10-17"], ["2023-09-11", "2023-10-09"]],
        valid_from=date(2011, 1, 1),
    )
    page = read(client)
    assert "Three sessions a year." in page
    assert "21 to 28 days before it begins, usually 28" in page
    assert "seen 2 times between 2011 and 2023" in page
    assert "holds for sessions from 1 January 2011 on" in page


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"offset_min": -28, "offset_max": -28}, "28 days before it begins"),
        ({"offset_min": 100, "offset_max": 150, "anchor": Anchor.END}, "100 to 150 days after it ends"),
        ({"offset_min": 60, "offset_max": 60}, "60 days after it begins"),
        ({"offset_min": -5, "offset_max": -2, "anchor": Anchor.END}, "2 to 5 days before it ends"),
        ({"offset_min": -3, "offset_max": 4}, "from 3 days before it begins to 4 days after"),
        ({"offset_min": 0, "offset_max": 0, "anchor": Anchor.END}, "on the day it ends"),
        ({"anchor": Anchor.YEAR, "fixed_on": "06-01", "offset_min": None, "offset_max": None}, "each year on 1 June"),
    ],
)
def test_rules_are_said_in_words(client, cedaw, rule, said):
    make_rule(cedaw, **rule)
    assert said in read(client)


def test_a_rule_says_for_what_it_holds_where_those_of_its_space_differ(client, cedaw):
    make_rule(cedaw, -28)
    assert "For: Session" not in read(client)
    make_rule(cedaw, -40, occurrence_kind=OccurrenceKind.PRE_SESSION)
    page = read(client)
    assert "For: Session" in page
    assert "For: Pre-sessional working group" in page


def test_ways_to_take_part_say_access_languages_limits_and_what_is_closed(client, cedaw):
    mode = make_mode(
        cedaw,
        ModeCode.WRITTEN_STATEMENT,
        access=Access.ECOSOC,
        languages=["en", "fr"],
        is_closed=True,
        is_once_per_organisation=True,
    )
    make_limit(mode, 1500, cover_words=100, status="ecosoc_special", is_joint=True)
    note(cedaw, NoteAbout.CHANNEL, "By the online system.", mode)
    page = read(client)
    assert "ECOSOC consultative status needed" in page
    assert "English, French" in page
    assert "1500 words, of which about 100 for the cover page" in page
    assert "(ECOSOC, special consultative status, joint texts)" in page
    assert "closed" in page
    assert "By the online system." in page


def test_what_nobody_has_seen_is_never_said_as_sure(client, cedaw):
    make_mode(cedaw, certainty=Certainty.UNSURE)
    note(cedaw, NoteAbout.TO_CHECK, "The hour of deadlines.", certainty=Certainty.UNSURE)
    page = read(client)
    to_check = page[page.index('id="to-check"') :]
    assert "The hour of deadlines." in to_check
    assert "Parallel report" in to_check
    assert "Some of this is to be checked." in page


def test_coming_and_past_sessions_and_deadlines_stand_apart(client, cedaw):
    make_occurrence(cedaw, date(2023, 10, 9), date(2023, 10, 27), number=86, status=Status.HELD)
    make_step(make_occurrence(cedaw, date(2027, 2, 8), number=96), date(2027, 1, 11))
    page = read(client)
    coming, past = page.split('id="past"')
    assert "Session 96" in coming
    assert "Session 86" in past
    assert "1 deadline is to come." in page


def test_only_the_secretariat_changes_the_catalogue(client, cedaw, now):
    mode, rule = make_mode(cedaw), make_rule(cedaw)
    limit = make_limit(mode, 1000)
    sign_in(client, make_person())
    for path in (
        "/advocacy/spaces/new",
        "/advocacy/spaces/cedaw/change",
        "/advocacy/spaces/cedaw/modes/new",
        f"/advocacy/spaces/cedaw/modes/{mode.id}",
        f"/advocacy/spaces/cedaw/modes/{mode.id}/limits/new",
        f"/advocacy/spaces/cedaw/modes/{mode.id}/limits/{limit.id}",
        f"/advocacy/spaces/cedaw/modes/{mode.id}/limits/{limit.id}/remove",
        "/advocacy/spaces/cedaw/rules/new",
        f"/advocacy/spaces/cedaw/rules/{rule.id}",
    ):
        assert client.get(path).status_code == 403, path
    assert "Change this space" not in read(client)


@pytest.fixture
def keeper(client, now):
    secretary = make_secretary()
    sign_in(client, secretary)
    return secretary


WRITTEN = {"kind": "governing_body", "certainty": "verified", "source": "example.org/city", "name_en": "City council"}


def post(client, path, data):
    """Open the page and send its form with these values alone, as hidden fields are on it."""
    reader = Reader(client)
    reader.open(path)
    hidden = {
        field["name"]: field["value"]
        for field in reader.form(has="certainty" if "certainty" in data else "submission_id").find_all(
            "input", type="hidden"
        )
    }
    return client.post(path, data=hidden | data, follow_redirects=False)


def test_the_secretariat_adds_a_space_of_the_houses_own(client, keeper, cedaw):
    answer = post(
        client,
        "/advocacy/spaces/new",
        {
            **WRITTEN,
            "parent": str(cedaw.id),
            "place": "Dakar",
            "zone": "Africa/Dakar",
            "goals": ["11", "16"],
            "url": "https://example.org/city",
        },
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)
    space = db.session.query(AdvocacySpace).filter_by(slug="city-council").one()
    assert (space.place, space.zone, space.parent_id) == ("Dakar", "Africa/Dakar", cedaw.id)
    assert [goal.goal for goal in space.goals] == [11, 16]
    assert (space.confirmed_by, space.checked_by) == (keeper.id, keeper.id)
    assert "City council" in read(client, "city-council")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_en": ""}, "Write a name in at least one language"),
        ({"zone": "Atlantis/Centre"}, "We do not know this place."),
        ({"source": ""}, "Say where you have read it"),
        ({"certainty": "estimated"}, "Choose how sure this is."),
        ({"certainty": ""}, "Choose how sure this is."),
        ({"kind": "castle"}, "Choose what kind of space it is."),
        ({"url": "javascript:alert(1)"}, "beginning with https://"),
    ],
)
def test_what_no_space_can_be_is_refused_in_words(client, keeper, cedaw, wrong, said):
    answer = post(client, "/advocacy/spaces/new", WRITTEN | wrong)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_a_space_cannot_stand_below_itself(client, keeper, cedaw):
    below = make_space("Below", parent_id=cedaw.id)
    answer = post(client, "/advocacy/spaces/cedaw/change", WRITTEN | {"parent": str(below.id)})
    assert answer.status_code == 422
    assert "stands below the one you are writing about" in answer.get_data(as_text=True)


def test_another_clock_holds_for_estimates_that_have_none_of_their_own(client, keeper, cedaw):
    """R-08: what is written down with a clock keeps it, and the form says so."""
    make_rule(cedaw)
    own = make_occurrence(cedaw, date(2027, 3, 8), number=96)
    moving = make_occurrence(cedaw, timing=Timing.days(date(2027, 7, 5)), number=97)
    with_their_steps = [add_estimates(one) for one in (own, moving)]
    assert [step.moment.zone for step in with_their_steps] == ["Europe/Zurich", "Europe/Zurich"]
    page = client.get("/advocacy/spaces/cedaw/change").get_data(as_text=True)
    assert "Dates that are written down keep the one they were given." in page
    values = WRITTEN | {"kind": "treaty_body", "acronym": "CEDAW", "url": cedaw.url, "zone": "America/New_York"}
    assert post(client, "/advocacy/spaces/cedaw/change", values).status_code == 303
    db.session.expire_all()
    assert [step.moment.zone for step in with_their_steps] == ["Europe/Zurich", "America/New_York"]


def add_estimates(occurrence):
    [step] = plan_steps(HOUSE, occurrence, now=START).made
    return step


def test_columns_that_nobody_touched_stay_as_unsure_as_they_were(client, keeper, cedaw):
    cedaw.certainties = {"url": "typical", "place": "unsure"}
    db.session.flush()
    values = WRITTEN | {"kind": "treaty_body", "acronym": "CEDAW", "url": cedaw.url, "place": "New York"}
    assert post(client, "/advocacy/spaces/cedaw/change", values).status_code == 303
    assert cedaw.certainties == {"url": "typical"}
    assert cedaw.confirmed_by == keeper.id


MODE_WRITTEN = {"code": "oral_statement", "access": "ecosoc", "certainty": "typical"}


def test_a_way_to_take_part_is_added_limited_and_changed(client, keeper, cedaw):
    answer = post(client, "/advocacy/spaces/cedaw/modes/new", MODE_WRITTEN | {"texts_in": ["en", "es"]})
    assert answer.status_code == 303
    mode = list_modes(cedaw)[0]
    assert (mode.key, mode.languages, mode.access) == ("oral_statement", ["en", "es"], Access.ECOSOC)
    path = f"/advocacy/spaces/cedaw/modes/{mode.id}"
    limit = {"words": "1500", "cover_words": "100", "standing": "ecosoc_special", "joint": "", "certainty": "typical"}
    assert post(client, f"{path}/limits/new", limit).status_code == 303
    row = db.session.query(WordLimit).one()
    assert (row.words, row.cover_words, row.status, row.is_joint) == (1500, 100, "ecosoc_special", None)
    assert post(client, f"{path}/limits/new", limit).status_code == 422
    assert post(client, f"{path}/limits/{row.id}", limit | {"words": "1400", "joint": "joint"}).status_code == 303
    assert (row.words, row.is_joint) == (1400, True)
    assert "1400 words" in client.get(path).get_data(as_text=True)
    assert client.get(f"{path}/limits/{row.id}").status_code == 200
    assert "1400 words" in client.get(f"{path}/limits/{row.id}/remove").get_data(as_text=True)
    assert post(client, f"{path}/limits/{row.id}/remove", {}).status_code == 303
    assert mode.limits == []
    assert post(client, path, MODE_WRITTEN | {"access": "none", "is_closed": "y"}).status_code == 303
    assert (mode.access, mode.is_closed) == (Access.NONE, True)


def test_nothing_is_said_of_a_new_fact_before_somebody_says_it(client, keeper, cedaw):
    mode = make_mode(cedaw)
    for path in ("modes/new", f"modes/{mode.id}/limits/new", "rules/new", "new"):
        page = client.get(f"/advocacy/spaces/{path}" if path == "new" else f"/advocacy/spaces/cedaw/{path}")
        choices = re.findall('<input[^>]*name="certainty"[^>]*>', page.get_data(as_text=True))
        assert len(choices) == 3
        assert not [choice for choice in choices if "checked" in choice]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"words": "100", "cover_words": "100"}, "fewer words than the whole"),
        ({"words": "0"}, "from 1 to 100,000"),
        ({"words": "many"}, "Write a number."),
        ({"standing": "friend"}, "Choose for whom the limit holds."),
    ],
)
def test_what_no_limit_can_be_is_refused_in_words(client, keeper, cedaw, wrong, said):
    mode = make_mode(cedaw)
    answer = post(
        client,
        f"/advocacy/spaces/cedaw/modes/{mode.id}/limits/new",
        {"words": "1500", "certainty": "typical"} | wrong,
    )
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_two_equal_ways_are_refused_in_words(client, keeper, cedaw):
    assert post(client, "/advocacy/spaces/cedaw/modes/new", MODE_WRITTEN).status_code == 303
    answer = post(client, "/advocacy/spaces/cedaw/modes/new", MODE_WRITTEN)
    assert answer.status_code == 422
    assert "already has such a way" in answer.get_data(as_text=True)
    named = post(client, "/advocacy/spaces/cedaw/modes/new", MODE_WRITTEN | {"name_en": "At the opening"})
    assert named.status_code == 303
    assert db.session.query(ParticipationMode).count() == 2


RULE_WRITTEN = {
    "step": "parallel_report",
    "kind": "session",
    "anchor": "start",
    "side": "before",
    "nearest": "21",
    "furthest": "28",
    "usual": "28",
    "certainty": "typical",
}


def test_a_rule_is_added_and_sessions_to_come_have_their_estimate_from_it(client, keeper, cedaw):
    make_occurrence(cedaw, date(2027, 2, 8), number=96)
    assert post(client, "/advocacy/spaces/cedaw/rules/new", RULE_WRITTEN).status_code == 303
    rule = list_rules(cedaw)[0]
    assert (rule.offset_min, rule.offset_max, rule.typical) == (-28, -21, -28)
    assert "around Monday 11 January 2027" in read(client)
    path = f"/advocacy/spaces/cedaw/rules/{rule.id}"
    assert 'value="28"' in client.get(path).get_data(as_text=True)
    assert post(client, path, RULE_WRITTEN | {"usual": "21"}).status_code == 303
    assert "around Monday 18 January 2027" in read(client)


def test_a_rule_of_the_same_day_each_year(client, keeper, cedaw):
    yearly = {"anchor": "year", "fixed_month": "6", "fixed_day": "1", "nearest": "", "furthest": "", "usual": ""}
    assert post(client, "/advocacy/spaces/cedaw/rules/new", RULE_WRITTEN | yearly).status_code == 303
    rule = db.session.query(StepRule).one()
    assert (rule.anchor, rule.fixed_on, rule.offset_min) == (Anchor.YEAR, "06-01", None)
    assert rule.step is StepCode.PARALLEL_REPORT
    assert client.get(f"/advocacy/spaces/cedaw/rules/{rule.id}").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"nearest": "28", "furthest": "21", "usual": ""}, "turned round"),
        ({"usual": "60"}, "lies between the two others"),
        ({"nearest": "", "furthest": "", "usual": ""}, "Write how many days before or after."),
        ({"furthest": "3000"}, "from 0 to 2000"),
        ({"nearest": "-21", "furthest": "-28", "usual": ""}, "without a sign"),
        ({"valid_from": "2024-01-01", "valid_until": "2023-01-01"}, "lies before the first one"),
        ({"valid_from": "2023-02-30"}, "Write the day as year, month and day"),
        ({"anchor": "year", "fixed_month": "2", "fixed_day": "30"}, "This day does not exist."),
        ({"anchor": "year", "fixed_month": "", "fixed_day": "1"}, "This day does not exist."),
        ({"anchor": "year", "fixed_month": "moon", "fixed_day": "1"}, "This day does not exist."),
        ({"anchor": "moon"}, "Choose from what the days are counted."),
    ],
)
def test_what_no_rule_can_say_is_refused_in_words(client, keeper, cedaw, wrong, said):
    answer = post(client, "/advocacy/spaces/cedaw/rules/new", RULE_WRITTEN | wrong)
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)


def test_two_equal_rules_are_refused_in_words(client, keeper, cedaw):
    assert post(client, "/advocacy/spaces/cedaw/rules/new", RULE_WRITTEN).status_code == 303
    answer = post(client, "/advocacy/spaces/cedaw/rules/new", RULE_WRITTEN)
    assert answer.status_code == 422
    assert "already has a rule" in answer.get_data(as_text=True)


def test_what_belongs_to_another_space_is_not_found_here(client, keeper, cedaw):
    other = make_space("Other")
    mode, rule = make_mode(other), make_rule(other)
    assert client.get(f"/advocacy/spaces/cedaw/modes/{mode.id}").status_code == 404
    assert client.get(f"/advocacy/spaces/cedaw/rules/{rule.id}").status_code == 404
    assert client.get(f"/advocacy/spaces/{other.slug}/modes/{mode.id}/limits/{rule.id}").status_code == 404


def test_spaces_below_one_another_are_not_lost(app):
    """Two people at once, each with one half of the circle."""
    one, other = make_space("One", slug="one"), make_space("Other", slug="other")
    below = make_space("Below", slug="below", parent_id=one.id)
    assert [branch.space for branch in tree()] == [one, other]
    one.parent_id, other.parent_id = other.id, one.id
    db.session.flush()
    assert {branch.space for branch in tree()} == {one, other, below}


def test_a_deadline_that_is_over_is_not_silently_missing(client, cedaw):
    session = make_occurrence(cedaw, date(2027, 3, 8), number=71)
    make_step(session, date(2026, 10, 12))
    off = make_occurrence(cedaw, date(2027, 6, 8), number=72, status=Status.CANCELLED)
    make_step(off, date(2027, 4, 12))
    page = read(client)
    assert "Deadlines already over" in page
    assert "Probably over" in page
    assert "1 session is to come." in page
