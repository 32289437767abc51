"""What the pages of a decision offer to whom: the next act on top, whose voice is whose, whom leaving would silence."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from app.core.registries import actor_at
from app.decisions import services
from app.decisions.models import Stage, Stand
from app.decisions.queries import proxies_of, statements_of
from app.decisions.texts import Words
from app.extensions import db
from app.workinggroups.models import Standing
from app.workinggroups.services import leave_group
from tests.conftest import START
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.decisions.test_routes import browse, path_of
from tests.make.decisions import give_proxy, make_speaker, open_decision, speak
from tests.make.people import make_account, make_person
from tests.make.workinggroups import make_place

AT = VOICES_FROM + timedelta(hours=1)


@pytest.fixture
def at():
    """A clock that stands in the window for voices."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


def words(reader) -> str:
    """The text of a page, without the blanks that a reader of markup puts around names."""
    return reader.text.replace(" ,", ",").replace(" :", ":")


def buttons(page) -> list[str]:
    return [link.get_text(" ", strip=True) for link in page.select("main a.button:not(.button--outlined)")]


def links(page) -> list[str]:
    return [link.get_text(" ", strip=True) for link in page.select("main a")]


def test_a_voice_held_for_another_is_named_wherever_it_waits(app, circle, decision, at):
    give_proxy(circle, decision, 2, 0, now=AT)
    speak(circle, decision, 0, now=AT)
    db.session.commit()
    holder = browse(app, circle.speakers[0])
    holder.open("/")
    assert "Your organisation has not spoken" not in holder.text
    assert "Your organisation holds the voice of Example Organisation 3 and has not given it" in holder.text
    holder.open(f"/groups/{circle.group.slug}/decisions")
    assert "your organisation has not spoken" not in holder.text
    assert "the voice of Example Organisation 3, through you, is not given yet" in words(holder)
    page = holder.open(path_of(decision))
    assert buttons(page) == ["Give the voice of Example Organisation 3"]
    shown = links(page)
    assert shown.index("Give the voice of Example Organisation 3") < shown.index(
        "Change the voice of Example Organisation 1"
    )


def test_who_gave_the_voice_away_reads_to_whom_and_takes_it_back_until_it_is_used(app, circle, decision, at):
    giver = browse(app, circle.speakers[0])
    giver.open(path_of(decision, "/proxies/new"))
    first, second = (str(one.id) for one in circle.organisations[:2])
    assert first not in {option["value"] for option in giver.page.select("select[name=holder] option")}
    giver.send(has="giver", giver=first, holder=second)
    said = "Example Organisation 1 gave its voice to Example Organisation 2"
    assert f"{said}. It can be taken back until it is used." in giver.text
    for more in ("", "/voice"):
        page = giver.open(path_of(decision, more))
        assert f"{said}, which speaks for it in this decision." in words(giver)
        assert "You have no mandate" not in giver.text
    proxy = proxies_of(decision)[0]
    assert giver.open(path_of(decision)).select(f'main a[href$="/proxies/{proxy.id}/revoke"]')
    holder_id = circle.organisations[1].id
    speak(circle, decision, 1, now=AT, organisation_id=circle.organisations[0].id, through=holder_id)
    db.session.commit()
    page = giver.open(path_of(decision))
    assert not page.select(f'main a[href$="/proxies/{proxy.id}/revoke"]')


def test_only_voices_that_can_be_given_away_are_offered_and_only_in_time(app, circle, decision, at):
    speak(circle, decision, 0, now=AT)
    db.session.commit()
    spoken, lead = browse(app, circle.speakers[0]), browse(app, circle.coordinator)
    assert "Give a voice to another organisation" not in links(spoken.open(path_of(decision)))
    spoken.open(path_of(decision, "/proxies/new"))
    assert "There is no voice that could be given to another organisation now" in spoken.text
    assert "Give a voice to another organisation" in links(lead.open(path_of(decision)))
    page = lead.open(path_of(decision, "/proxies/new"))
    offered = [option.get_text(strip=True) for option in page.select("select[name=giver] option")][1:]
    assert offered == ["Example Organisation 2", "Example Organisation 3"]
    second, third = (str(one.id) for one in circle.organisations[1:])
    lead.send(has="giver", giver=second, holder=third)
    assert (lead.status, "say where the paper lies" in lead.text) == (422, True)
    lead.send(has="giver", giver=second, holder=third, paper="Folder 12")
    assert "Give a voice to another organisation" not in links(lead.open(path_of(decision)))
    at.move_to(CLOSED_AT)
    assert "Give a voice to another organisation" not in links(lead.open(path_of(decision)))


def test_when_the_time_is_over_the_next_act_stands_on_top_for_whoever_leads(app, circle, decision, at):
    make_place(circle.group, circle.coordinator)
    db.session.commit()
    at.move_to(CLOSED_AT)
    lead, member = browse(app, circle.coordinator), browse(app, circle.speakers[0])
    page = lead.open(path_of(decision))
    assert buttons(page) == ["Count the voices"]
    assert "The time is over: count the voices, or give more time." in lead.text
    page = member.open(path_of(decision))
    assert buttons(page) == []
    assert "Give the voice of Example Organisation 1 late" in links(page)
    assert "silence, counted as consent" not in member.text
    speak(circle, decision, 0, now=CLOSED_AT + timedelta(minutes=1))
    db.session.commit()
    at.move_to(CLOSED_AT + timedelta(minutes=2))
    assert "Change the late voice of Example Organisation 1" in links(member.open(path_of(decision)))


@pytest.mark.parametrize(
    ("stage", "act"), [(Stage.CLARIFICATION, "Ask for reactions"), (Stage.REACTIONS, "Ask for voices")]
)
def test_a_step_whose_time_is_over_leads_to_the_next(app, circle, clock, stage, act):
    decision, now = open_decision(circle, stage)
    clock.move_to(now + timedelta(days=8))
    lead = browse(app, circle.coordinator)
    page = lead.open(path_of(decision))
    assert buttons(page) == [act]
    assert "The time is over: take the next step, or give more time." in lead.text


def test_an_objection_is_seen_on_top_while_voices_are_given(app, circle, decision, at):
    lead, member = browse(app, circle.coordinator), browse(app, circle.speakers[1])
    lead.open(path_of(decision))
    assert "An objection stands" not in lead.text
    speak(circle, decision, 0, Stand.OBJECT, now=AT)
    db.session.commit()
    page = lead.open(path_of(decision))
    assert "An objection stands. Answer it now: it may be taken back." in lead.text
    assert page.select_one("main p.care a[href='#objections']")
    member.open(path_of(decision))
    assert "An objection stands: as long as it does, the proposal is not adopted." in member.text


def test_counting_is_asked_with_what_will_follow(app, circle, decision, at):
    lead = browse(app, circle.coordinator)
    at.move_to(CLOSED_AT)
    lead.open(path_of(decision, "/close"))
    assert "Too few have spoken: nothing will be decided." in lead.text
    at.move_to(AT)
    for number in (0, 1):
        speak(circle, decision, number, now=AT)
    db.session.commit()
    lead = browse(app, circle.coordinator)
    lead.open(path_of(decision, "/close"))
    assert "No objection stands: it will be adopted. Who is silent is counted as consenting." in lead.text
    assert "2 organisations of 3 have spoken; the quorum is 2." in lead.text
    last = speak(circle, decision, 2, now=AT)
    db.session.commit()
    lead.open(path_of(decision, "/close"))
    assert "No objection stands and everybody has spoken: it will be adopted." in lead.text
    speak(circle, decision, 2, Stand.OBJECT, now=AT, changes=last.id)
    db.session.commit()
    lead.open(path_of(decision, "/close"))
    assert "An objection stands: it will not be adopted." in lead.text


def test_a_proposal_waits_for_questions_and_reactions_until_one_has_said_something(app, circle, clock):
    asked, _now = open_decision(circle, Stage.CLARIFICATION, title="A new letter")
    weighed, now = open_decision(circle, Stage.REACTIONS, title="A march", begun=START - timedelta(days=7))
    clock.move_to(now + timedelta(hours=1))
    at = now + timedelta(hours=1)
    member, lead = browse(app, circle.speakers[0]), browse(app, circle.coordinator)
    member.open("/")
    assert "A new proposal: ask what you do not understand until Saturday 28 November 2026" in member.text
    assert "What do you think of this proposal? Reactions are taken until Saturday 28 November 2026" in member.text
    services.ask(circle.speaker(0, at), asked, Words("Why?", "en"), now=at)
    services.react(circle.speaker(0, at), weighed, Words("Good.", "en"), now=at)
    db.session.commit()
    assert len(statements_of(asked)) == 1
    for reader in (member, lead):
        reader.open("/")
        assert "A new proposal" not in reader.text
        assert "What do you think of this proposal?" not in reader.text


def test_who_only_observes_is_not_asked_for_what_they_think(app, circle, clock):
    open_decision(circle, Stage.CLARIFICATION)
    person = make_person()
    make_account(person)
    make_place(circle.group, person, standing=Standing.OBSERVER)
    db.session.commit()
    reader = browse(app, person)
    reader.open("/")
    assert "A new proposal" not in reader.text


def test_who_leaves_reads_whom_that_silences(app, circle, decision, at):
    said = "Nobody else here speaks for Example Organisation 1, which is asked for its voice"
    reader = browse(app, circle.speakers[0])
    leaving = f"/groups/{circle.group.slug}/leave"
    page = reader.open(leaving)
    assert said in words(reader)
    assert page.select(f'main a[href="{path_of(decision)}"]')
    second = make_speaker(circle.organisations[0], circle.group, "Second Speaker Example")
    db.session.commit()
    reader.open(leaving)
    assert said not in words(reader)
    leave_group(actor_at(second.id, AT), circle.group, now=AT)
    db.session.commit()
    reader.open(leaving)
    assert said in words(reader)
    give_proxy(circle, decision, 0, 1, now=AT)
    db.session.commit()
    reader.open(leaving)
    assert said not in words(reader)
    holder = browse(app, circle.speakers[1])
    holder.open(leaving)
    assert said in words(holder)
    for number in (1, 2):
        speak(circle, decision, number, now=AT)
    db.session.commit()
    reader = browse(app, circle.speakers[2])
    reader.open(leaving)
    assert "Nobody else here speaks" not in reader.text


def test_before_voices_are_asked_for_leaving_says_what_can_be_done(app, circle, clock):
    open_decision(circle, Stage.CLARIFICATION)
    reader = browse(app, circle.speakers[0])
    reader.open(f"/groups/{circle.group.slug}/leave")
    assert "which will have a voice in" in reader.text
    assert "Give its voice to another organisation first, or stay until it is settled." in reader.text


def test_who_has_no_voice_to_give_leaves_nobody_silent(app, circle, decision, at):
    guest = make_person("Guest Example")
    make_account(guest)
    make_place(circle.group, guest, standing=Standing.GUEST)
    db.session.commit()
    reader = browse(app, guest)
    reader.open(f"/groups/{circle.group.slug}/leave")
    assert "Nobody else here speaks" not in reader.text
