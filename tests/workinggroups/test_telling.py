"""Who is told what they are in a group, in which words; what waits for whoever runs it; what a search finds."""

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails
from app.core.notices import Notice
from app.core.registries import Contact, still_wanted
from app.extensions import db
from app.workinggroups import queries, services
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.searching import documents_of_groups
from app.workinggroups.telling import places as telling
from app.workinggroups.waiting import waiting
from tests.make.people import make_assistance, make_person
from tests.make.workinggroups import make_observer_request, make_place


def told(kind):
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == kind)))


def written(notice, language="en"):
    with force_locale(language):
        return mails.write(notice.kind, notice.parameters, Contact("x@example.org", language, "Jo"))


def test_who_may_observe_is_told_with_the_way_there(cast, act, now):
    wish = make_observer_request(cast.group, cast.friend)
    services.accept_observer(act(cast.coordinator), wish, now=now)
    [notice] = told(telling.OBSERVES)
    assert notice.person_id == cast.friend.id
    words = written(notice)
    assert words.subject == "You may observe: Land group"
    assert words.text == (
        "You asked to observe the group Land group, and its coordinators have said yes.\n\n"
        "You read everything inside, may write in its topics and come to its meetings; you have no voice in its "
        "decisions: "
        "http://127.0.0.1:8000/groups/land-group"
    )


def test_who_is_refused_is_told_and_reads_why_on_the_page_alone(cast, act, now):
    wish = make_observer_request(cast.group, cast.friend)
    services.refuse_observer(act(cast.coordinator), wish, reason="Secret reason", now=now)
    words = written(told(telling.REFUSED)[0])
    assert words.subject == "Your request: Land group"
    assert "Secret reason" not in words.text
    assert words.text.endswith(
        "You can read why on the page of the group, and ask again: http://127.0.0.1:8000/groups/land-group"
    )


def test_who_is_appointed_is_told_unless_they_did_it_themselves(cast, act, now):
    services.appoint_coordinator(act(cast.coordinator), cast.group, person_id=cast.member.id, now=now)
    services.appoint_coordinator(act(cast.secretary), cast.group, person_id=cast.secretary.id, now=now)
    [notice] = told(telling.APPOINTED)
    words = written(notice)
    assert words.subject == "You run this group now: Land group"
    group = "http://127.0.0.1:8000/groups/land-group"
    assert f"{group}/handover" in words.text
    assert f"{group}/coordinators/{notice.parameters['row']}/end" in words.text
    assert f"{group}/leave" not in words.text


def test_whose_place_was_ended_is_told_and_who_leaves_is_not(cast, act, now):
    services.leave_group(act(cast.observer), cast.group, now=now)
    place = queries.find_membership(cast.group, cast.member.id)
    services.end_somebodys_place(act(cast.coordinator), cast.group, place, now=now)
    [notice] = told(telling.ENDED)
    words = written(notice)
    assert words.subject == "You are no longer in this group: Land group"
    assert "Your place in the group Land group was ended by those who run it." in words.text


def test_a_helper_reads_for_whom_it_is(cast, act, now):
    person = make_person("Awa Exemple")
    make_assistance(person, cast.candidate)
    wish = make_observer_request(cast.group, person)
    services.accept_observer(act(cast.coordinator), wish, now=now)
    notice = next(row for row in told(telling.OBSERVES) if row.person_id == cast.candidate.id)
    assert "Awa Exemple" in written(notice).text


def test_no_mail_leaves_that_is_not_true_any_more(cast, act, now):
    wish = make_observer_request(cast.group, cast.friend)
    services.accept_observer(act(cast.coordinator), wish, now=now)
    row = services.appoint_coordinator(act(cast.coordinator), cast.group, person_id=cast.member.id, now=now)
    notices = [*told(telling.OBSERVES), *told(telling.APPOINTED)]
    assert all(still_wanted(notice.kind, notice, now) for notice in notices)
    services.leave_group(act(cast.friend), cast.group, now=now)
    services.end_coordinator(act(cast.secretary), cast.group, row, now=now)
    assert not any(still_wanted(notice.kind, notice, now) for notice in notices)
    services.end_somebodys_place(
        act(cast.coordinator), cast.group, queries.find_membership(cast.group, cast.member.id), now=now
    )
    [ended] = told(telling.ENDED)
    assert still_wanted(ended.kind, ended, now)
    make_place(cast.group, cast.member)
    assert not still_wanted(ended.kind, ended, now)


def test_about_a_group_that_is_gone_nothing_is_written(cast, act, now):
    services.appoint_coordinator(act(cast.coordinator), cast.group, person_id=cast.member.id, now=now)
    wish = make_observer_request(cast.group, cast.friend)
    services.accept_observer(act(cast.coordinator), wish, now=now)
    notices = [*told(telling.OBSERVES), *told(telling.APPOINTED)]
    db.session.execute(sa.delete(WorkingGroup).where(WorkingGroup.id == cast.group.id))
    db.session.expire_all()
    assert [written(notice) for notice in notices] == [None, None]
    assert not any(still_wanted(notice.kind, notice, now) for notice in notices)


def test_requests_wait_on_the_overview_of_those_who_run_the_group(app, cast, act, now):
    make_observer_request(cast.group, cast.friend)
    make_observer_request(cast.group, cast.outsider)
    with app.test_request_context():
        for person in (cast.coordinator, cast.secretary):
            [line] = waiting(act(person), now)
            assert line.sentence == "2 people ask to observe."
            assert line.href == "/groups/land-group/observers"
        assert waiting(act(cast.member), now) == []
        cast.group.state = GroupState.CLOSED
        db.session.flush()
        assert waiting(act(cast.coordinator), now) == []


@pytest.mark.parametrize(("group", "audience"), [("group", "public"), ("secret", "group:")])
def test_a_search_finds_groups_for_those_who_know_of_them(cast, group, audience):
    thing = getattr(cast, group)
    [document] = documents_of_groups([thing.id])
    assert document.audience.startswith(audience)
    assert document.title in ("Land group", "Secret group")
    assert document.text == "Coordinate and learn."
