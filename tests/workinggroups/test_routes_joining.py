"""Coming into a group through its page (A2, R-04)."""

import sqlalchemy as sa

from app.extensions import db
from app.people.models import AffiliationKind
from app.workinggroups.models import Admission, GroupMembership, GroupState, ObserverRequest, Standing
from app.workinggroups.queries import find_membership
from tests.make.people import make_affiliation, make_organisation
from tests.make.workinggroups import make_invitation, make_place


def places() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(GroupMembership))


def test_who_is_eligible_and_acknowledges_is_in_at_once(cast, browse):
    page = browse(cast.candidate)
    page.open("/groups/land-group")
    page.send(action="/join", acknowledge="y")
    assert page.status == 200
    assert "You are a member of this group" in page.text
    place = find_membership(cast.group, cast.candidate.id)
    assert place.standing is Standing.MEMBER
    assert place.acknowledged_edition == 1
    assert place.organisation_id is not None


def test_without_the_tick_nothing_is_made_and_the_rule_is_said(cast, browse):
    before = places()
    page = browse(cast.candidate)
    page.open("/groups/land-group")
    page.send(action="/join")
    assert page.status == 422
    assert "Tick that you have read the objectives and share them" in page.text
    assert "Ask to observe" in page.text
    assert places() == before


def test_a_friend_is_told_the_rule_and_the_way_out_in_the_language_of_the_page(cast, browse):
    before = places()
    page = browse(cast.friend)
    page.open("/groups/land-group?lang=en")
    assert not page.page.select("form[action$='/join']")
    token = page.page.select_one("input[name=csrf_token]")["value"]
    answer = page.client.post("/groups/land-group/join", data={"csrf_token": token, "acknowledge": "y"})
    assert answer.status_code == 422
    assert "This group is open to Members and Allies" in answer.text
    assert "/groups/land-group/observe" in answer.text
    assert places() == before


def test_who_belongs_to_several_organisations_says_for_which(cast, browse):
    other = make_organisation("Federación de ejemplo")
    make_affiliation(cast.candidate, other, kind=AffiliationKind.ALLY)
    page = browse(cast.candidate)
    page.open("/groups/land-group")
    page.send(action="/join", acknowledge="y")
    assert page.status == 422
    assert "Choose the one for which you join." in page.text
    page.send(action="/join", acknowledge="y", organisation=str(other.id))
    assert page.status == 200
    assert find_membership(cast.group, cast.candidate.id).organisation_id == other.id


def test_a_second_click_is_one_place(cast, browse):
    page = browse(cast.candidate)
    page.open("/groups/land-group")
    form = page.form(action="/join")
    values = page._defaults(form)
    values["acknowledge"] = "y"
    before = places()
    for _click in range(2):
        assert page.client.post("/groups/land-group/join", data=values).status_code == 303
    again = values.copy()
    again["submission_id"] = ""
    page.client.post("/groups/land-group/join", data=again)
    assert places() == before + 1


def test_groups_by_invitation_and_closed_ones_say_so(cast, browse):
    cast.group.admission = Admission.INVITED
    page = browse(cast.candidate)
    page.open("/groups/land-group")
    assert "by invitation alone" in page.text
    cast.group.state = GroupState.CLOSED
    page.open("/groups/land-group")
    assert "takes nobody any more" in page.text
    assert "Ask to observe" not in page.text


def test_the_invited_are_led_to_their_invitation(cast, browse):
    make_invitation(cast.group, cast.friend)
    page = browse(cast.friend)
    page.open("/groups/land-group")
    assert page.page.select_one("main a[href='/groups/land-group/invitation']")


def test_a_group_nobody_knows_of_takes_nobody(cast, browse):
    page = browse(cast.candidate)
    for address in ("join", "acknowledge", "observe", "observe/withdraw"):
        assert page.client.post(f"/groups/secret-group/{address}").status_code == 404
    assert page.client.get("/groups/secret-group/observe").status_code == 404


def test_a_friend_asks_to_observe_and_takes_it_back(cast, browse):
    page = browse(cast.friend)
    page.open("/groups/land-group/observe")
    page.send(has="words", words="We fight evictions and want to listen.")
    assert "Your request is sent." in page.text
    assert "You asked to observe this group." in page.text
    request = db.session.scalars(sa.select(ObserverRequest)).one()
    assert request.words == "We fight evictions and want to listen."
    page.open("/groups/land-group/observe")
    assert "You asked to observe this group." in page.text
    page.open("/groups/land-group")
    page.send(action="/observe/withdraw")
    assert "Your request is taken back." in page.text
    assert "Ask to observe" in page.text


def test_too_many_words_come_back(cast, browse):
    page = browse(cast.friend)
    page.open("/groups/land-group/observe")
    page.send(has="words", words="x" * 1001)
    assert page.status == 422


def test_who_is_inside_need_not_ask_to_observe(cast, browse):
    page = browse(cast.member)
    page.open("/groups/land-group/observe")
    assert "You are inside this group already." in page.text
    assert not page.page.select("main form")


def test_a_group_without_observers_says_so(cast, browse):
    cast.group.takes_observers = False
    page = browse(cast.friend)
    page.open("/groups/land-group")
    assert "Ask to observe" not in page.text
    page.open("/groups/land-group/observe")
    assert "takes no observers" in page.text


def test_members_acknowledge_changed_objectives(cast, browse):
    cast.group.objectives_edition = 2
    page = browse(cast.member)
    page.open("/groups/land-group")
    assert "The objectives have changed since you acknowledged them." in page.text
    page.send(action="/acknowledge")
    assert "The objectives have changed" not in page.text
    assert find_membership(cast.group, cast.member.id).acknowledged_edition == 2


def test_a_coordinator_who_is_a_member_reads_that_they_run_it(cast, browse):
    make_place(cast.group, cast.coordinator)
    reader = browse(cast.coordinator)
    reader.open(f"/groups/{cast.group.slug}")
    assert "You run this group." in reader.text
    assert "You are a member" not in reader.text
