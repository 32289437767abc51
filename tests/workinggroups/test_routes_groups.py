"""The list of groups and the page of one, for everybody who may look."""

import pytest

from app.extensions import db
from app.workinggroups.models import Admission, GroupBlock, GroupKind, GroupState, GroupText
from tests.make.people import make_member, make_organisation, make_region
from tests.make.sessions import make_session, make_track
from tests.make.workinggroups import make_group, make_invitation, make_observer_request, make_place


def test_a_visitor_sees_the_groups_by_kind_and_none_that_is_inside_alone(cast, browse):
    make_group("Region group", kind=GroupKind.REGIONAL, region_id=make_region("SSA").id)
    page = browse()
    page.open("/groups/")
    assert page.status == 200
    headings = [heading.get_text(strip=True) for heading in page.page.select("main h2")]
    assert headings == ["Interregional groups", "Regional groups"]
    assert "Region SSA" in page.text
    assert "a few members" in page.text
    assert "Secret group" not in page.text
    assert "You may join" not in page.text


def test_the_roof_leads_to_the_groups(cast, browse):
    page = browse()
    page.open("/groups/land-group")
    link = page.page.select_one("header nav a[href='/groups/']")
    assert link["aria-current"] == "page"


def test_each_line_says_the_way_in_or_why_not(cast, browse):
    make_group("Private circle", admission=Admission.INVITED)
    make_group("Old group", state=GroupState.CLOSED)
    invited = make_group("Inviting group")
    make_invitation(invited, cast.friend)
    asked = make_group("Asked group")
    make_observer_request(asked, cast.friend)

    def badge_of(page, name):
        line = next(item for item in page.page.select("main li") if item.h3.get_text(strip=True) == name)
        state = line.select_one(".state")
        return state.get_text(strip=True) if state else "", line.get_text(" ", strip=True)

    page = browse(cast.friend)
    page.open("/groups/")
    badge, words = badge_of(page, "Land group")
    assert badge == "Not open to you yet"
    assert "Open to Members and Allies. Your affiliation is another one: Friend." in words
    assert badge_of(page, "Private circle")[0] == "By invitation"
    assert badge_of(page, "Old group")[0] == ""
    assert "Closed" in badge_of(page, "Old group")[1]
    assert badge_of(page, "Inviting group")[0] == "You are invited"
    assert badge_of(page, "Asked group")[0] == "You asked to observe"
    for person, said in (
        (cast.candidate, "You may join"),
        (cast.member, "You are a member"),
        (cast.observer, "You observe"),
        (cast.coordinator, "You run this group"),
    ):
        page = browse(person)
        page.open("/groups/")
        assert badge_of(page, "Land group")[0] == said
        assert ("Your groups" in page.text) is (person is not cast.candidate)


def test_without_a_group_the_list_leads_on(app, browse):
    page = browse()
    page.open("/groups/")
    assert "There is no working group yet." in page.text


def test_the_list_asks_as_many_questions_for_thirty_groups_as_for_three(cast, browse, count_queries):
    reader = browse(cast.friend)

    def asked() -> int:
        reader.client.get("/groups/")
        with count_queries() as statements:
            reader.client.get("/groups/")
        return len(statements)

    few = asked()
    for number in range(30):
        make_group(f"Group {number}")
    assert asked() == few


def test_a_group_that_is_inside_alone_is_404_for_others(cast, browse):
    for person in (None, cast.member, cast.coordinator):
        page = browse(person)
        page.open("/groups/secret-group")
        assert page.status == 404
        page.open("/groups/unknown")
        assert page.status == 404
    for person in (cast.other_coordinator, cast.secretary):
        page = browse(person)
        page.open("/groups/secret-group")
        assert page.status == 200


def test_the_page_says_what_the_group_is_for_and_where_it_comes_from(cast, browse):
    track = make_track("Climate justice", slug="climate-justice")
    draft = make_track("Hidden track", slug="hidden", audience="track:x", published_at=None)
    make_session(track)
    cast.group.origins = [track, draft]
    for block, body in ((GroupBlock.PURPOSE, "We follow **land**."), (GroupBlock.PRIORITIES, "* Evictions")):
        db.session.add(GroupText(group_id=cast.group.id, block=block, language="en", body=body))
    page = browse()
    page.open("/groups/land-group")
    assert page.status == 200
    assert "We follow land" in page.text
    assert "Coordinate and learn." in page.text
    assert "Evictions" in page.text
    assert "Sign in to join" in page.text
    assert page.page.select_one("main a[href='/tracks/climate-justice#sessions']").get_text() == "1 session"
    assert page.page.select_one("main a[href='/reflections/?track=climate-justice']")
    assert "Hidden track" not in page.text
    assert "A coordinator" in page.text
    assert "Samira" not in page.text
    assert "A few people have joined." in page.text


def test_those_inside_read_who_runs_the_group_and_those_who_run_it_the_numbers(cast, browse):
    for person in (cast.member, cast.observer):
        page = browse(person)
        page.open("/groups/land-group")
        assert "Samira Example" in page.text
        assert "Your desk" not in page.text
    for person in (cast.coordinator, cast.secretary):
        page = browse(person)
        page.open("/groups/land-group")
        assert "1 person from 1 organisation have joined." in page.text or "1 person from 1 organisation" in page.text
        assert "Your desk" in page.text


def test_from_five_on_the_number_is_said_to_everybody(cast, browse):
    for number in range(6):
        place = make_organisation(f"Union {number}", region="SSA")
        make_place(cast.group, make_member(f"Person {number}"), place)
    page = browse()
    page.open("/groups/land-group")
    assert "7 people from 7 organisations have joined." in page.text


@pytest.mark.parametrize(
    ("state", "said"), [(GroupState.CLOSED, "This group is closed."), (GroupState.SUSPENDED, "suspended")]
)
def test_a_group_says_its_state(cast, browse, state, said):
    cast.group.state = state
    page = browse(cast.candidate)
    page.open("/groups/land-group")
    assert said in page.text
