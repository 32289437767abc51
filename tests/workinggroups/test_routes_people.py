"""The people of a group, leaving, coordinators, observers: their pages."""

import sqlalchemy as sa

from app.core.audit import AuditLine
from app.extensions import db
from app.people.models import Role
from app.workinggroups import queries
from app.workinggroups.models import GroupCoordinator, ObserverRequestState, Standing
from tests.make.people import make_member, make_person, make_region, make_role
from tests.make.sessions import make_track
from tests.make.workinggroups import make_coordinator, make_observer_request, make_place


def test_those_inside_see_who_is_there_and_observers_are_marked(cast, browse):
    for person in (cast.member, cast.observer, cast.coordinator, cast.secretary):
        page = browse(person)
        page.open("/groups/land-group/people")
        assert page.status == 200
        assert "1 member · 1 observer" in page.text
        row = next(row for row in page.page.select("tbody tr") if "Olu Example" in row.get_text())
        assert row.select_one(".state").get_text(strip=True) == "Observer"
        assert "Unión de ejemplo" in page.text
        assert ("End this place" in page.text) is (person in (cast.coordinator, cast.secretary))
        assert ("people.csv" in page.answer.text) is (person in (cast.coordinator, cast.secretary))


def test_the_page_of_a_group_leads_whoever_is_inside_to_its_people(cast, browse):
    for person, is_inside in ((cast.member, True), (cast.observer, True), (cast.candidate, False)):
        page = browse(person)
        page.open("/groups/land-group")
        assert bool(page.page.select('a[href="/groups/land-group/people"]')) is is_inside


def test_who_is_outside_sees_no_people(cast, browse):
    for person in (cast.candidate, cast.friend):
        page = browse(person)
        page.open("/groups/land-group/people")
        assert page.status == 403
        page.open("/groups/secret-group/people")
        assert page.status == 404


def test_the_file_marks_observers_and_is_written_down(cast, browse):
    make_coordinator(cast.group, cast.member)
    page = browse(cast.coordinator)
    answer = page.client.get("/groups/land-group/people.csv")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Name,Name in Latin letters,In the group as,Runs the group")
    assert lines[1].startswith("Fatou Exemple,,Member of the group,Yes,Unión de ejemplo,Region LAC")
    assert lines[2].startswith("Olu Example,,Observer,,")
    assert "@" not in answer.text
    db.session.rollback()
    codes = db.session.scalars(sa.select(AuditLine.code)).all()
    assert "workinggroups.people.exported" in codes
    for person in (cast.member, cast.observer):
        outside = browse(person).client.get("/groups/land-group/people.csv").status_code
        assert outside == (200 if person is cast.member else 403)


def test_the_list_asks_as_many_questions_for_forty_people_as_for_two(cast, browse, count_queries):
    reader = browse(cast.coordinator)

    def asked() -> int:
        reader.client.get("/groups/land-group/people")
        with count_queries() as statements:
            reader.client.get("/groups/land-group/people")
        return len(statements)

    few = asked()
    for number in range(40):
        make_place(cast.group, make_member(f"Person {number}"))
    assert asked() == few


def test_leaving_says_first_what_happens(cast, browse):
    page = browse(cast.member)
    page.open("/groups/land-group/leave")
    assert "What you wrote stays yours" in page.text
    page.send(action="/leave")
    assert "You have left this group." in page.text
    assert queries.find_membership(cast.group, cast.member.id) is None
    page.open("/groups/land-group/leave")
    assert "There is nothing to leave." in page.text


def test_the_last_coordinator_is_told_to_name_another(cast, browse):
    page = browse(cast.coordinator)
    page.open("/groups/land-group/leave")
    page.send(action="/leave")
    assert page.status == 422
    assert "Nobody else runs this group." in page.text
    make_coordinator(cast.group, cast.member)
    page.open("/groups/land-group/leave")
    page.send(action="/leave")
    assert "You have left this group." in page.text


def test_who_leaves_a_group_nobody_knows_of_comes_back_to_the_list(cast, browse):
    make_place(cast.secret, cast.candidate)
    page = browse(cast.candidate)
    page.open("/groups/secret-group/leave")
    page.send(action="/leave")
    assert page.path == "/groups/"
    assert page.status == 200


def test_a_coordinator_ends_a_place_on_a_page_that_asks(cast, browse):
    place = queries.find_membership(cast.group, cast.member.id)
    address = f"/groups/land-group/people/{place.id}/end"
    page = browse(cast.observer)
    page.open(address)
    assert page.status == 403
    page = browse(cast.coordinator)
    page.open(address)
    assert "End the place of Fatou Exemple?" in page.text
    page.send(action="/end")
    assert "Fatou Exemple is no longer in this group, and is told." in page.text
    page.open(address)
    assert page.status == 404


def test_who_runs_a_group_cannot_be_put_out(cast, browse):
    place = make_place(cast.group, cast.coordinator)
    page = browse(cast.secretary)
    page.open(f"/groups/land-group/people/{place.id}/end")
    page.send(action="/end")
    assert page.status == 422
    assert "End their service as a coordinator first." in page.text


def test_appointing_by_name_and_ending(cast, browse):
    page = browse(cast.member)
    page.open("/groups/land-group/coordinators")
    assert page.status == 403
    page = browse(cast.coordinator)
    page.open("/groups/land-group/coordinators")
    page.send(has="person", person="Fatou Exemple")
    assert "Fatou Exemple runs this group now, and is told." in page.text
    row = queries.find_coordinator(cast.group.id, cast.member.id)
    page.open(f"/groups/land-group/coordinators/{row.id}/end")
    assert "End the service of Fatou Exemple?" in page.text
    page.send(action="/end")
    assert "Fatou Exemple no longer runs this group." in page.text
    page.open(f"/groups/land-group/coordinators/{row.id}/end")
    assert page.status == 404
    own = queries.find_coordinator(cast.group.id, cast.coordinator.id)
    page.open(f"/groups/land-group/coordinators/{own.id}/end")
    assert "Lay down your service?" in page.text
    page.send(action="/end")
    assert page.status == 422
    assert "Appoint another coordinator first" in page.text


def test_appointing_nobody_known_comes_back(cast, browse):
    page = browse(cast.coordinator)
    page.open("/groups/land-group/coordinators")
    page.send(has="person", person="nobody@example.org")
    assert page.status == 422
    assert "Nobody here is known by this." in page.text


def test_who_has_no_account_is_appointed_with_a_warning(cast, browse):
    person = make_person("Awa Sanscompte")
    make_place(cast.group, person)
    page = browse(cast.secretary)
    page.open("/groups/land-group/coordinators")
    page.send(has="person", person="Awa Sanscompte")
    assert "This person has no account yet" in page.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(GroupCoordinator)) == 3


def test_a_coordinator_answers_who_asks_to_observe(cast, browse):
    wish = make_observer_request(cast.group, cast.friend, words="Puis-je écouter ?")
    other = make_observer_request(cast.group, cast.outsider, words="")
    page = browse(cast.member)
    page.open("/groups/land-group/observers")
    assert page.status == 403
    page.open(f"/groups/land-group/observers/{wish.id}")
    assert page.status == 403
    page = browse(cast.coordinator)
    page.open("/groups/land-group")
    assert "2 people ask to observe" in page.text
    page.open("/groups/land-group/observers")
    assert "Puis-je écouter ?" in page.text
    page.open(f"/groups/land-group/observers/{wish.id}")
    page.send(has="reason", button=("decision", "accept"))
    assert "Jo Example observes this group now, and is told." in page.text
    assert queries.find_membership(cast.group, cast.friend.id).standing is Standing.OBSERVER
    page.open(f"/groups/land-group/observers/{other.id}")
    page.send(has="reason", button=("decision", "refuse"))
    assert page.status == 422
    page.send(has="reason", reason="We begin small.", button=("decision", "refuse"))
    assert "Pat Nobody is refused and told." in page.text
    assert "Nobody waits for your answer." in page.text
    page.open("/groups/land-group/observers?view=answered")
    assert "Jo Example" in page.text
    page.open(f"/groups/land-group/observers/{other.id}")
    assert "answered already" in page.text
    page = browse(cast.outsider)
    page.open("/groups/land-group")
    assert "We begin small." in page.text
    assert "Ask again to observe" in page.text


def test_two_coordinators_at_once_are_one_answer(cast, browse):
    wish = make_observer_request(cast.group, cast.friend)
    page = browse(cast.coordinator)
    page.open(f"/groups/land-group/observers/{wish.id}")
    values = page._defaults(page.form(has="reason"))
    values.add("decision", "accept")
    wish.state = ObserverRequestState.WITHDRAWN
    answer = page.client.post(f"/groups/land-group/observers/{wish.id}", data=values, follow_redirects=True)
    assert "Somebody has answered already." in answer.text


def test_founding_a_group_on_its_page(cast, browse):
    page = browse(cast.member)
    page.open("/groups/new")
    assert page.status == 403
    page = browse(cast.other_coordinator)
    page.open("/groups/new")
    page.send(has="name_en", name_en="River group", kind="regional")
    assert page.status == 422
    assert "Write the objectives in at least one language" in page.text
    page.send(has="name_en", kind="interregional", objectives_en="Rivers stay public.")
    assert page.status == 200
    assert page.path == "/groups/river-group"
    assert "You run this group." in page.text
    assert "Rivers stay public." in page.text


def test_a_regional_group_names_its_region(cast, browse):
    region = make_region("SSA")
    make_role(cast.candidate, Role.COORDINATOR)
    page = browse(cast.candidate)
    page.open("/groups/new")
    given = {"name_en": "Nile group", "objectives_en": "Water.", "kind": "regional"}
    page.send(has="name_en", **given)
    assert page.status == 422
    assert "Choose the region of a regional group." in page.text
    page.send(has="name_en", **given, region=str(region.id))
    assert page.status == 200
    assert "Region SSA" in page.text


def test_unknown_choices_come_back(cast, browse):
    page = browse(cast.secretary)
    page.open("/groups/new")
    page.send(
        has="name_en", name_en="X", objectives_en="Y", kind="chantier", admission="magic", audience="all", eligible=[]
    )
    assert page.status == 422
    for said in ("Choose what kind of group it is.", "Choose how people come in.", "Choose who sees"):
        assert said in page.text


def test_changing_a_group_on_its_page(cast, browse):
    track = make_track("Origin track")
    page = browse(cast.member)
    page.open("/groups/land-group/edit")
    assert page.status == 403
    page = browse(cast.coordinator)
    page.open("/groups/land-group/edit")
    page.send(has="name_en", audience="inside", origins=[str(track.id)])
    assert "The group is changed." in page.text
    assert "Origin track" in page.text
    page.open("/groups/land-group/edit")
    page.send(has="name_en", objectives_en="Other ones.")
    assert "asked whether they share the new objectives" in page.text
    assert browse(cast.candidate).client.get("/groups/land-group").status_code == 404


def test_closing_and_opening_again_ask_first(cast, browse):
    page = browse(cast.member)
    for act in ("close", "reopen"):
        page.open(f"/groups/land-group/{act}")
        assert page.status == 403
    page = browse(cast.coordinator)
    page.open("/groups/land-group/reopen")
    assert "open already" in page.text
    page.open("/groups/land-group/close")
    page.send(action="/close")
    assert "This group is closed." in page.text
    page.open("/groups/land-group/close")
    assert "closed already" in page.text
    page.open("/groups/land-group/reopen")
    page.send(action="/reopen")
    assert "The group is open again." in page.text
