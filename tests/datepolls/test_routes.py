"""The pages of date polls: who finds them, asking in two steps, answering, choosing, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.notices import Notice
from app.datepolls import queries, services
from app.datepolls.hours import hours_of
from app.datepolls.models import DatePoll, DatePollAnswer
from app.datepolls.queries import reading
from app.extensions import db
from app.sessions.models import LearningSession
from app.workinggroups.models import GroupMeeting, GroupState
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.datepolls import IF_NEED, NO, YES, Asked, make_date_poll, say
from tests.make.decisions import in_days
from tests.make.moments import wall
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.sessions import make_session

LATER = START + timedelta(days=7, seconds=1)


def browse(app, person) -> Reader:
    return Reader(sign_in(app.test_client(), person))


def base_of(circle: Asked) -> str:
    return f"/{'groups' if circle.observer else 'tracks'}/{circle.owner.slug}/date-polls"


def path_of(poll: DatePoll, more: str = "") -> str:
    return f"/date-polls/{poll.id}{more}"


def typed(*hours: str, **more: str) -> dict[str, str]:
    """What is typed into the form: days and hours in Nairobi."""
    rows = {}
    for number, hour in enumerate(hours, start=1):
        rows[f"day_{number}"], rows[f"hour_{number}"] = hour.split()
    end = in_days(7)
    closing = {"day": f"{end.wall:%Y-%m-%d}", "hour": f"{end.wall:%H:%M}"}
    return {"name_en": "A first meeting", "zone": "Africa/Nairobi", "lasts": "90"} | closing | rows | more


def said(*words: str) -> dict[str, str]:
    return {f"says_{number}": word for number, word in enumerate(words, start=1)}


def count(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.fixture
def committed(poll, track_poll) -> DatePoll:
    db.session.commit()
    return poll


def test_who_is_outside_finds_nothing(app, group, track, committed, track_poll):
    outsider = browse(app, make_member())
    option = committed.options[0].id
    for path in (
        path_of(committed), path_of(track_poll), path_of(committed, "/closing"), path_of(committed, "/lay-down"),
        path_of(committed, f"/hours/{option}"), base_of(group), base_of(track), f"{base_of(group)}/new",
        f"{base_of(track)}/new",
    ):  # fmt: skip
        assert outsider.client.get(path).status_code == 404, path
    leader = browse(app, group.leader)
    assert leader.client.get(path_of(committed, f"/hours/{track_poll.options[0].id}")).status_code == 404
    assert leader.client.get(path_of(track_poll)).status_code == 404


def test_who_takes_part_answers_and_does_not_lead(app, group, track, committed, track_poll):
    for circle, poll in ((group, committed), (track, track_poll)):
        member = browse(app, circle.people[0])
        for more in ("/closing", "/lay-down", f"/hours/{poll.options[0].id}"):
            assert member.client.get(path_of(poll, more)).status_code == 403
        assert member.client.get(f"{base_of(circle)}/new").status_code == 403
        assert member.open(path_of(poll)).find("a", string="Choose this hour") is None
    observer = browse(app, group.observer)
    observer.open(path_of(committed))
    assert "Send my answer" not in observer.text
    assert observer.client.post(path_of(committed)).status_code == 403


def test_nothing_is_asked_before_it_was_looked_at(app, track, clock):
    make_session(track.owner, wall_start=wall("2027-02-13 15:00"), number=1)
    track.leader.zone = "America/Lima"
    db.session.commit()
    reader = browse(app, track.leader)
    reader.open(f"{base_of(track)}/new")
    reader.send(has="name_en", **typed("2026-12-05 17:00", "2026-12-06 10:00"))
    assert (reader.status, count(DatePoll)) == (200, 0)
    look = reader.page.find(id="look").get_text(" ", strip=True)
    assert "Nothing is sent yet." in look
    assert "Sunday 6 December 2026, 02:00–03:30 in Lima" in look.replace("\u2060", "")
    assert "at night" in look
    assert "hard 1 of 1 time" in look.replace("\xa0", " "), "it is 7 in Lima at 15 in Nairobi"
    reader.send(has="name_en")
    assert "It is open until Saturday 28 November 2026" in reader.text
    poll = db.session.scalars(sa.select(DatePoll)).one()
    assert (poll.track_id, count(Notice)) == (track.owner.id, 3)


def test_what_changed_after_the_look_is_looked_at_again(app, group, clock):
    db.session.commit()
    reader = browse(app, group.leader)
    reader.open(f"{base_of(group)}/new")
    reader.send(has="name_en", **typed("2026-12-05 17:00", "2026-12-06 10:00"))
    reader.send(has="name_en", hour_1="18:00")
    assert "These are not the dates you looked at before." in reader.text
    assert count(DatePoll) == 0
    reader.send(has="name_en", button=("again", "y"))
    assert count(DatePoll) == 0
    reader.send(has="name_en")
    assert count(DatePoll) == 1


@pytest.mark.parametrize(
    ("rows", "more", "sentence"),
    [
        (("2026-12-05 17:00",), {}, "Offer 2 to 12 hours."),
        (("2026-12-05 17:00", "2026-12-05 17:00"), {}, "This hour stands there twice."),
        (("2026-12-05 17:00", "2026-11-01 17:00"), {}, "This hour is past."),
        (("2026-12-05 17:00", "2026-12-06 17:00"), {"day_3": "2026-12-07"}, "Say at which hour it begins."),
        (("2026-12-05 17:00", "2026-12-06 17:00"), {"hour_3": "17:00"}, "Choose a day."),
        (("2026-12-05 17:00", "2026-12-06 17:00"), {"hour_1": "soon"}, "Write the hour from 00:00 to 23:59: 17:30."),
        (
            ("2027-04-30 00:30", "2027-05-01 17:00"),
            {"zone": "Africa/Cairo"},
            "00:30 does not exist in Cairo on Friday 30 April 2027: the clocks go forward. Choose 01:30?",
        ),
        (("2026-12-05 17:00", "2026-12-06 17:00"), {"zone": ""}, "Choose a place."),
        (("2026-12-05 17:00", "2026-12-06 17:00"), {"name_en": ""}, "Write a name in at least one language"),
    ],
)
def test_what_cannot_be_asked_comes_back_filled_in(app, group, clock, *, rows, more, sentence):
    db.session.commit()
    reader = browse(app, group.leader)
    reader.open(f"{base_of(group)}/new")
    reader.send(has="name_en", **typed(*rows, **more))
    assert (reader.status, count(DatePoll)) == (422, 0)
    assert sentence in reader.text
    assert reader.page.find(attrs={"name": "day_2"}).get("value", "") == (rows[1].split()[0] if len(rows) > 1 else "")


def test_an_hour_that_comes_twice_is_asked_about_in_its_row(app, group, clock):
    db.session.commit()
    reader = browse(app, group.leader)
    reader.open(f"{base_of(group)}/new")
    reader.send(has="name_en", **typed("2027-10-28 23:30", "2027-11-05 17:00", zone="Africa/Cairo"))
    assert "23:30 comes twice in Cairo" in reader.text
    reader.send(has="name_en", which_1="second")
    reader.send(has="name_en")
    poll = db.session.scalars(sa.select(DatePoll)).one()
    assert [option.is_second_start for option in poll.options] == [True, False]


def test_the_closing_is_refused_at_its_field_after_the_look(app, group, clock):
    db.session.commit()
    reader = browse(app, group.leader)
    reader.open(f"{base_of(group)}/new")
    reader.send(has="name_en", **typed("2026-12-05 17:00", "2026-12-06 17:00", day="2026-12-24"))
    reader.send(has="name_en")
    assert reader.status == 422
    assert "Answers would be taken after an hour has begun." in reader.page.find(id="day-error").get_text()


def test_one_answers_each_hour_and_changes_it(app, group, committed, clock):
    reader = browse(app, group.people[0])
    reader.open(path_of(committed))
    assert "Everybody inside the group reads who said what, at once." in reader.text
    reader.send(has="says_1", **said("yes", "if_need"))
    assert (reader.status, count(DatePollAnswer)) == (422, 0)
    assert "Say whether this hour suits you." in reader.page.find(id="says_3-error").get_text()
    assert reader.page.find("input", attrs={"name": "says_2", "value": "if_need"}).has_attr("checked")
    reader.send(has="says_1", says_3="maybe")
    assert reader.status == 422
    reader.send(has="says_1", says_3="no")
    assert "Your answer is kept. You may change it until Saturday 28 November 2026, 12:00 in Nairobi." in reader.text
    assert "1 of 4 people has answered." in reader.text or "1 of 4 people have answered." in reader.text
    reader.send(has="says_1", says_1="no")
    assert [queries.said_by(committed, group.people[0].id)[one.id] for one in committed.options] == [NO, IF_NEED, NO]


def test_the_same_form_sent_twice_acts_once(app, group, committed, clock):
    reader = browse(app, group.people[0])
    reader.open(path_of(committed))
    values = reader._defaults(reader.form(has="says_1"))
    values.update(said("yes", "yes", "yes"))
    answers = [reader.client.post(path_of(committed), data=values).status_code for _again in range(2)]
    assert (answers, count(DatePollAnswer)) == ([303, 303], 3)


def test_a_page_from_before_the_first_hour_was_past_answers_the_hours_it_showed(app, group, committed, clock):
    services.move_closing(group.lead(), committed, in_days(15), now=START)
    db.session.commit()
    reader = browse(app, group.people[0])
    reader.open(path_of(committed))
    clock.move_to(hours_of(committed)[committed.options[0]].starts_at + timedelta(minutes=1))
    reader.send(has="says_1", **said("no", "if_need", "yes"))
    assert "Your answer is kept." in reader.text
    _past, second, third = (one.id for one in committed.options)
    assert queries.said_by(committed, group.people[0].id) == {second: IF_NEED, third: YES}
    assert reader.page.find("input", attrs={"name": "says_3", "value": "yes"}).has_attr("checked")


def test_an_answer_after_the_close_is_refused_with_the_hour_at_which_it_closed(app, group, committed, clock):
    reader = browse(app, group.people[0])
    reader.open(path_of(committed))
    clock.move_to(LATER)
    reader.send(has="says_1", **said("yes", "yes", "yes"))
    assert (reader.status, count(DatePollAnswer)) == (422, 0)
    assert "This date poll closed on Saturday 28 November 2026, 12:00 in Nairobi." in reader.text
    assert "Closed, no hour chosen yet" in reader.text


def test_names_are_for_the_group_and_in_a_track_for_those_who_lead(app, group, track, *, committed, track_poll, clock):
    for circle, poll in ((group, committed), (track, track_poll)):
        say(circle.actor(0), poll, YES, NO, IF_NEED)
    db.session.commit()
    assert "Person Example 1" in browse(app, group.people[1]).open(path_of(committed)).get_text()
    assert "Person Example 1" in browse(app, group.observer).open(path_of(committed)).get_text()
    assert "Person Example 1" in browse(app, track.leader).open(path_of(track_poll)).get_text()
    assert "Person Example 1" in browse(app, make_secretary()).open(path_of(track_poll)).get_text()
    other = browse(app, track.people[1])
    other.open(path_of(track_poll))
    assert "Person Example 1" not in other.text
    assert "the others read numbers" in other.text
    assert "at night for" not in other.page.find(id="result").get_text()


def test_the_hour_that_suits_most_stands_first_and_is_chosen_once(app, group, committed, clock):
    say(group.actor(0), committed, NO, YES, IF_NEED)
    db.session.commit()
    leader, twin = browse(app, group.leader), browse(app, group.leader)
    first = leader.open(path_of(committed)).select("#result tbody tr")[0]
    assert "Sunday 6 December 2026" in first.get_text()
    for reader in (leader, twin):
        reader.open(first.find("a", string="Choose this hour")["href"])
    assert leader.page.find(attrs={"name": "name_en"})["value"] == "A first meeting"
    leader.send(has="name_en", join_link="https://meet.example.org/x")
    meeting = db.session.scalars(sa.select(GroupMeeting)).one()
    assert leader.path == f"/sessions/{meeting.id}"
    assert meeting.join_link == "https://meet.example.org/x"
    twin.send(has="name_en")
    assert (twin.status, count(GroupMeeting)) == (422, 1)
    assert "What came of it stands on its page." in twin.text
    leader.open(path_of(committed))
    assert leader.page.find("a", href=f"/sessions/{meeting.id}")
    assert "Hour chosen" in leader.text
    assert "Choose this hour" not in leader.text
    assert leader.client.get(path_of(committed, "/closing")).status_code == 200, "the service refuses in words"


def test_an_hour_of_a_track_becomes_a_session_that_is_expected_or_certain(app, track, committed, track_poll, clock):
    leader = browse(app, track.leader)
    leader.open(path_of(track_poll, f"/hours/{track_poll.options[0].id}"))
    leader.send(has="name_en", name_en="")
    assert (leader.status, count(LearningSession)) == (422, 0)
    leader.send(has="name_en", name_fr="Une première rencontre", is_confirmed=None)
    session = db.session.scalars(sa.select(LearningSession)).one()
    assert (session.moment.status.value, session.track_id) == ("planned", track.owner.id)


def test_the_closing_moves_and_the_poll_opens_again(app, group, committed, clock):
    clock.move_to(LATER)
    leader = browse(app, group.leader)
    leader.open(path_of(committed, "/closing"))
    leader.send(has="day", day="2026-12-24")
    assert leader.status == 422
    leader.send(has="day", day="2026-12-01", hour="09:00", zone="Africa/Nairobi")
    assert "It closes on Tuesday 1 December 2026, 09:00 in Nairobi." in leader.text
    assert "Open until" in leader.text
    assert "History" in leader.text


def test_it_is_laid_down_with_a_reason_that_everybody_reads(app, group, committed, clock):
    leader = browse(app, group.leader)
    leader.open(path_of(committed, "/lay-down"))
    leader.send(has="because", language="fr")
    assert leader.status == 422
    leader.send(has="because", because="Nous nous verrons au forum.", language="fr")
    member = browse(app, group.people[0])
    member.open(path_of(committed))
    assert "Nous nous verrons au forum." in member.page.find("blockquote", lang="fr").get_text()
    assert "Your answer" not in member.text


def test_rooms_and_desks_lead_to_it(app, group, track, *, committed, track_poll, clock):
    for circle, page in ((group, f"/groups/{group.owner.slug}"), (track, f"/tracks/{track.owner.slug}")):
        member, leader = browse(app, circle.people[0]), browse(app, circle.leader)
        room = member.open(page).find(id="date-polls")
        assert "A first meeting" in room.get_text()
        assert "waits for your answer" in room.get_text()
        assert leader.open(page).find("a", href=f"{base_of(circle)}/new")
        assert "A first meeting" in member.open(base_of(circle)).get_text()
    outsider = browse(app, make_member())
    assert outsider.open(f"/tracks/{track.owner.slug}").find(id="date-polls") is None


def test_what_is_over_fills_pages_and_what_is_asked_stands_on_each(app, group, committed, clock, monkeypatch):
    monkeypatch.setattr(reading, "OVER_ON_A_PAGE", 2)
    for number in range(3):
        over = make_date_poll(group.owner, group.leader, names={"en": f"Given up {number}"})
        services.lay_down(group.lead(), over, "We met elsewhere.", "en", now=START)
        over.started_at = START - timedelta(days=3 - number)
    db.session.commit()
    member = browse(app, group.people[0])
    member.open(base_of(group))
    assert [name in member.text for name in ("A first meeting", "Given up 2", "Given up 1", "Given up 0")] == [
        True, True, True, False,
    ]  # fmt: skip
    member.open(member.page.find("a", href=lambda href: href and "after=" in href)["href"])
    assert ("A first meeting" in member.text, "Given up 0" in member.text) == (True, True)
    assert "Given up 1" not in member.text


def test_a_room_where_all_is_over_leads_to_what_was_asked(app, group, committed, clock):
    services.lay_down(group.lead(), committed, "We met elsewhere.", "en", now=START)
    db.session.commit()
    room = browse(app, group.people[0]).open(f"/groups/{group.owner.slug}").find(id="date-polls")
    assert "No hour is being looked for at the moment." in room.get_text()


def test_where_nothing_was_asked_whoever_leads_is_invited_to(app, group, clock):
    db.session.commit()
    assert "No hour was ever asked about here." in browse(app, group.leader).open(base_of(group)).get_text()
    assert "No hour is being looked for" in browse(app, group.people[0]).open(base_of(group)).get_text()
    group.owner.state = GroupState.CLOSED
    db.session.commit()
    leader = browse(app, group.leader)
    assert leader.open(base_of(group)).find("a", href=f"{base_of(group)}/new") is None
    leader.open(f"{base_of(group)}/new")
    assert "No meeting is planned in this group at present." in leader.text


def test_who_hands_over_or_leaves_reads_what_is_open(app, group, track, *, committed, track_poll, clock):
    say(group.actor(0), committed, YES, YES, YES)
    make_date_poll(group.owner, group.leader)
    db.session.commit()
    leaving = browse(app, group.people[0]).open(f"/groups/{group.owner.slug}/leave").get_text()
    assert "Your answer to an open date poll goes with you." in leaving
    assert "A first meeting" in browse(app, group.leader).open(f"/groups/{group.owner.slug}/handover").get_text()
    assert "A first meeting" in browse(app, track.leader).open(f"/tracks/{track.owner.slug}/handover").get_text()


def test_a_page_of_a_poll_that_is_over_sends_no_form(app, group, committed, clock):
    services.lay_down(group.lead(), committed, "Why not.", "en", now=START)
    db.session.commit()
    leader = browse(app, group.leader)
    assert "This date poll is over." in leader.open(path_of(committed, f"/hours/{committed.options[0].id}")).get_text()
