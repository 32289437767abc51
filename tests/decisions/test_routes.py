"""The addresses of decisions: reading, each form, what is refused, and who is kept out."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
import time_machine

from app.core import registries
from app.decisions import queries, services
from app.decisions.models import Decision, Intent, Stage, Stand
from app.decisions.texts import Words
from app.extensions import db
from app.people.models import Role
from app.workinggroups.models import Standing
from tests.conftest import START
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.journeys.reader import Reader
from tests.make.decisions import (
    ENOUGH,
    give_proxy,
    in_days,
    make_circle,
    make_decision,
    make_speaker,
    open_decision,
    speak,
)
from tests.make.people import make_account, make_member, make_person, make_role, sign_in
from tests.make.workinggroups import make_place

AT = VOICES_FROM + timedelta(hours=1)


@pytest.fixture
def at():
    """A clock that stands in the window for voices."""
    with time_machine.travel(AT, tick=False) as traveller:
        yield traveller


def path_of(decision, more: str = "") -> str:
    return f"/groups/{decision.group.slug}/decisions/{decision.id}{more}"


def browse(app, person) -> Reader:
    return Reader(sign_in(app.test_client(), person))


def closing(now, days: float = 7) -> dict[str, str]:
    found = in_days(days, now)
    return {"day": f"{found.wall:%Y-%m-%d}", "hour": f"{found.wall:%H:%M}", "zone": found.zone}


PAGES = ("", "/record", "/record.csv", "/record.json", "/questions/new", "/voice")


@pytest.mark.parametrize("more", PAGES)
def test_who_is_outside_finds_nothing(app, circle, decision, at, more):
    outsider = browse(app, make_member())
    assert outsider.client.get(path_of(decision, more)).status_code == 404
    assert outsider.client.get(f"/groups/{circle.group.slug}/decisions").status_code == 404


def test_a_decision_stands_under_its_own_group_alone(app, circle, decision, at):
    other = make_circle(1)
    make_place(other.group, circle.speakers[0])
    db.session.commit()
    reader = browse(app, circle.speakers[0])
    assert reader.client.get(f"/groups/{other.group.slug}/decisions/{decision.id}").status_code == 404


def test_observers_and_guests_read_and_ask_and_have_no_voice(app, circle, decision, at):
    told = {
        Standing.OBSERVER: "You follow this decision without a voice. Your questions are welcome.",
        Standing.GUEST: "You have no mandate for an organisation of the roll. You may ask and react.",
    }
    for standing, sentence in told.items():
        person = make_person()
        make_account(person)
        make_place(circle.group, person, standing=standing)
        reader = browse(app, person)
        page = reader.open(path_of(decision))
        assert sentence in reader.text
        assert page.find("a", string="Ask a question")
        assert not page.find("a", string=lambda words: "Give the voice" in (words or ""))


def test_the_page_says_what_is_asked_where_we_are_until_when_and_what_i_can_do(app, circle, decision, at):
    reader = browse(app, circle.speakers[0])
    page = reader.open(path_of(decision))
    assert page.h1.get_text() == "A common letter"
    assert "Organisations say whether they consent, abstain or object." in reader.text
    assert page.select_one("li[aria-current=step]").get_text(strip=True) == "Voices"
    assert page.select_one(".hour-time").get_text(strip=True) == "12:00"
    filled = page.select("main a.button:not(.button--outlined)")
    assert [link.get_text(" ", strip=True) for link in filled] == ["Give the voice of Example Organisation 1"]
    assert "0 organisations of 3 have spoken; the quorum is 2." in reader.text


def test_a_proposal_is_written_as_a_draft_changed_and_opened(app, circle, clock):
    member, lead = browse(app, circle.speakers[0]), browse(app, circle.coordinator)
    member.open(f"/groups/{circle.group.slug}")
    assert "Nothing has been decided here yet." in member.text
    member.open(f"/groups/{circle.group.slug}/decisions/new")
    member.send(has="title", title="Una carta", language="es", body="Escribimos una carta.", quorum="2", proxies="1")
    decision = db.session.query(Decision).one()
    assert (decision.title, decision.stage, decision.proposal.language) == ("Una carta", Stage.DRAFTED, "es")
    member.open(path_of(decision, "/edit"))
    member.send(has="title", quorum="3")
    assert member.client.get(path_of(decision, "/open")).status_code == 403
    lead.open(path_of(decision))
    lead.open(path_of(decision, "/open"))
    assert "the roll is frozen" in lead.text
    lead.send(has="day", **closing(START))
    assert "It is open until Saturday 28 November 2026, 12:00 in Nairobi." in lead.text
    db.session.refresh(decision)
    assert (decision.stage, decision.quorum) == (Stage.CLARIFICATION, 3)


def test_a_proposal_that_lacks_something_comes_back_filled_in(app, circle, clock):
    member = browse(app, circle.speakers[0])
    member.open(f"/groups/{circle.group.slug}/decisions/new")
    member.send(has="title", title="", body="Escribimos.", quorum="many")
    assert member.status == 422
    assert "Choose the language of your text" in member.text
    assert member.page.find("textarea", attrs={"name": "body"}).get_text(strip=True) == "Escribimos."
    assert db.session.query(Decision).count() == 0


def test_a_window_that_closes_before_it_opens_is_refused_at_its_day(app, circle, clock):
    decision = make_decision(circle)
    db.session.commit()
    lead = browse(app, circle.coordinator)
    lead.open(path_of(decision, "/open"))
    lead.send(has="day", **closing(START, -1))
    assert lead.status == 422
    assert "close before it opens" in lead.text


def test_words_are_said_in_each_step(app, circle, clock):
    decision, _now = open_decision(circle, Stage.CLARIFICATION)
    member, lead = browse(app, circle.speakers[0]), browse(app, circle.coordinator)
    member.open(path_of(decision, "/questions/new"))
    member.send(has="body", language="ar", body="من يوقّع؟")
    question = queries.statements_of(decision)[0]
    assert member.page.select_one(f"#said-{question.id} [lang=ar][dir=rtl]")
    assert member.client.get(path_of(decision, f"/statements/{question.id}/answer")).status_code == 403
    lead.open(path_of(decision, f"/statements/{question.id}/answer"))
    lead.send(has="body", language="fr", body="Nous toutes.")
    assert "Nous toutes." in lead.text
    member.open(path_of(decision, "/reactions/new"))
    member.send(has="body", language="es", body="Bien.")
    assert member.status == 422
    assert "Reactions are asked for after them" in member.text
    clock.move_to(START + ENOUGH)
    services.open_window(circle.lead(START + ENOUGH), decision, in_days(7, START + ENOUGH), now=START + ENOUGH)
    db.session.commit()
    member.send(has="body")
    assert "Bien." in member.text
    member.open(f"/groups/{circle.group.slug}/decisions/statements/{question.id}")
    assert "من يوقّع؟" in member.text
    assert "Nous toutes." in member.text


def test_one_organisation_gives_its_voice_and_changes_it_on_purpose(app, circle, decision, at):
    member = browse(app, circle.speakers[0])
    member.open(path_of(decision))
    member.open(path_of(decision, "/voice"))
    first_form = {field["name"]: field.get("value", "") for field in member.form(has="stand").find_all("input")}
    member.send(has="stand", stand="object")
    assert (member.status, "An objection needs its reason" in member.text) == (422, True)
    member.send(has="stand", stand="object", body="Trop tôt.", language="fr")
    assert "Your organisation has spoken." in member.text
    assert "Trop tôt." in member.text
    again = dict(first_form) | {"stand": "consent", "changes": "", "submission_id": "", "body": "", "language": ""}
    again["submission_id"] = "7e8f3c0c-6f0f-4b62-b5a9-d6f5f2f7b001"
    again["organisation"] = str(circle.organisations[0].id)
    answer = member.client.post(path_of(decision, "/voice"), data=again)
    assert answer.status_code == 422
    assert "has one voice, and Speaker Example 1 gave it" in answer.text
    member.open(path_of(decision, "/voice"))
    assert "A voice stands" in member.text
    member.send(has="stand", stand="consent")
    standing = [voice for voice in queries.voices_of(decision) if voice.replaced_at is None]
    assert [voice.stand for voice in standing] == [Stand.CONSENT]
    assert len(queries.voices_of(decision)) == 2


def test_who_spoke_in_time_may_say_late_that_they_think_otherwise_and_change_that(app, circle, decision, at):
    speak(circle, decision, 0, now=AT)
    speak(circle, decision, 1, now=AT)
    speak(circle, decision, 2, now=AT)
    services.close_window(circle.lead(AT), decision, now=AT)
    db.session.commit()
    reader = browse(app, circle.speakers[0])
    for stand in ("abstain", "consent"):
        reader.open(path_of(decision, "/voice"))
        reader.send(has="stand", stand=stand)
        assert "came after the end" in reader.page.get_text()
    late = [voice for voice in queries.voices_of(decision) if voice.is_late]
    assert {voice.stand: voice.replaced_at is None for voice in late} == {Stand.ABSTAIN: False, Stand.CONSENT: True}


def test_a_refused_page_shows_what_stands_and_is_sent_in_its_sight(app, circle, decision, at):
    reader = browse(app, circle.speakers[0])
    reader.open(path_of(decision, "/voice"))
    assert "We write a common letter." in reader.text
    speak(circle, decision, 0, now=AT)
    db.session.commit()
    reader.send(has="stand", stand="abstain")
    assert reader.status == 422
    assert "A voice stands" in reader.text
    reader.send(has="stand", stand="abstain")
    assert reader.status == 200
    standing = [voice for voice in queries.voices_of(decision) if voice.replaced_at is None]
    assert [voice.stand for voice in standing] == [Stand.ABSTAIN]


def test_a_mandate_that_ended_yesterday_is_refused_by_name_at_the_form(app, circle, decision, at):
    colleague = make_person("Former Example")
    make_account(colleague)
    make_place(circle.group, colleague, circle.organisations[0])
    yesterday = (AT - timedelta(days=1)).date()
    make_role(colleague, Role.MANDATED, circle.organisations[0].id, until_on=yesterday)
    other = make_speaker(circle.organisations[1], circle.group)
    db.session.commit()
    reader = browse(app, other)
    reader.open(path_of(decision, "/voice"))
    former = browse(app, colleague)
    former.open(path_of(decision, "/voice"))
    assert "Your mandate for Example Organisation 1 ended on 4 December 2026." in former.text
    assert not former.page.find(attrs={"name": "stand"})
    former.open(path_of(decision, "/questions/new"))
    values = former._defaults(former.form(has="body"))
    values.update({"organisation": str(circle.organisations[0].id), "stand": "consent", "version": "1"})
    answer = former.client.post(path_of(decision, "/voice"), data=values)
    assert answer.status_code == 422
    assert "ended on 4 December 2026" in answer.text
    assert queries.voices_of(decision) == []


def test_a_voice_is_given_to_another_organisation_used_and_shown(app, circle, decision, at):
    giver, holder = browse(app, circle.speakers[0]), browse(app, circle.speakers[1])
    giver.open(path_of(decision, "/proxies/new"))
    assert not giver.page.find(attrs={"name": "paper"})
    first, second = (str(one.id) for one in circle.organisations[:2])
    giver.send(has="giver", giver=first, holder=second)
    assert "gave its voice to Example Organisation 2" in giver.text
    proxy = queries.proxies_of(decision)[0]
    giver.open(path_of(decision, f"/proxies/{proxy.id}/revoke"))
    assert "Example Organisation 1 gave its voice to Example Organisation 2" in giver.text
    holder.open(path_of(decision))
    assert "Give the voice of Example Organisation 1" in holder.text
    holder.open(path_of(decision, f"/voice?for={first}:{second}"))
    holder.send(has="stand", stand="abstain")
    assert "through Example Organisation 2" in holder.text
    giver.send(action="/revoke")
    assert (giver.status, "This voice has been given already" in giver.text) == (422, True)


def test_a_coordinator_records_a_paper_and_takes_it_back(app, circle, decision, at):
    lead = browse(app, circle.coordinator)
    lead.open(path_of(decision, "/proxies/new"))
    first, second = (str(one.id) for one in circle.organisations[:2])
    lead.send(has="giver", giver=first, holder="")
    assert lead.status == 422
    lead.send(has="giver", giver=first, holder=second, paper="Folder 12")
    proxy = queries.proxies_of(decision)[0]
    lead.open(path_of(decision, f"/proxies/{proxy.id}/revoke"))
    lead.send(action="/revoke")
    assert "The voice is taken back." in lead.text
    assert lead.client.get(path_of(decision, f"/proxies/{decision.id}/revoke")).status_code == 404


def test_closing_is_asked_on_its_own_page_and_the_second_is_told(app, circle, decision, at):
    first, second = browse(app, circle.coordinator), browse(app, circle.coordinator)
    first.open(path_of(decision, "/close"))
    first.send(action="/close")
    assert (first.status, "some have not spoken" in first.text) == (422, True)
    at.move_to(CLOSED_AT)
    second.open(path_of(decision, "/close"))
    assert "Too few have spoken: nothing will be decided." in second.text
    first.send(action="/close")
    assert "The voices are counted: Too few have spoken." in first.text
    second.send(action="/close")
    assert (second.status, "This is closed already" in second.text) == (422, True)
    assert browse(app, circle.speakers[0]).client.get(path_of(decision, "/close")).status_code == 403


def test_an_objection_is_answered_withdrawn_amended_and_laid_down(app, circle, decision, at):
    voice = speak(circle, decision, 0, Stand.OBJECT, now=AT)
    speak(circle, decision, 1, now=AT)
    db.session.commit()
    lead, member = browse(app, circle.coordinator), browse(app, circle.speakers[0])
    at.move_to(CLOSED_AT)
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    db.session.commit()
    lead.open(path_of(decision))
    assert "A reasoned objection stands" in lead.text
    lead.open(path_of(decision, f"/statements/{voice.words_id}/answer"))
    assert "how this objection was answered" in lead.text
    lead.send(has="body", language="en", body="We will pay.")
    lead.open(path_of(decision, "/amend"))
    lead.send(has="body", body="We write two letters.", **closing(CLOSED_AT))
    assert "Version 2 stands." in lead.text
    member.open(path_of(decision, f"/objections/{voice.id}/withdraw"))
    member.send(has="body", body="Réglé par la version 2.", language="fr")
    assert "The objection is taken back" in member.text
    assert "Réglé par la version 2." in member.text
    assert member.client.get(path_of(decision, f"/objections/{decision.id}/withdraw")).status_code == 404
    lead.open(path_of(decision, "/lay-down"))
    lead.send(has="body", body="", language="en")
    assert lead.status == 422
    lead.send(has="body", body="No time.", language="en")
    assert "The proposal was laid down" in lead.text
    assert queries.find_statement(decision, Intent.LAYING_DOWN).body == "No time."


def adopt(circle, decision):
    for number in (0, 1, 2):
        speak(circle, decision, number, now=AT, words="=SUM(1)" if number == 0 else "")
    services.close_window(circle.lead(AT), decision, now=AT)
    db.session.commit()


def test_the_outcome_has_a_day_to_come(app, circle, decision, at):
    adopt(circle, decision)
    lead = browse(app, circle.coordinator)
    lead.open(path_of(decision, "/outcome"))
    lead.send(has="review_on", body="It goes out on Monday.", language="en", review_on="2026-11-30")
    assert (lead.status, "Choose a day to come" in lead.text) == (422, True)
    lead.send(has="review_on", review_on="2027-03-01")
    assert "It goes out on Monday." in lead.text
    assert "Looked at again: Monday 1 March 2027" in lead.text
    at.move_to(START + timedelta(days=120))
    lead = browse(app, circle.coordinator)
    lead.open("/")
    assert "The day has come to look at this decision again." in lead.text


def test_the_record_says_the_rule_and_is_taken_away_as_a_table_and_whole(app, circle, decision, at):
    give_proxy(circle, decision, 2, 1, now=AT)
    first = speak(circle, decision, 0, Stand.ABSTAIN, now=AT)
    speak(circle, decision, 0, now=AT + timedelta(minutes=1), changes=first.id, words="=SUM(1)")
    speak(circle, decision, 1, now=AT + timedelta(minutes=2))
    at.move_to(CLOSED_AT)
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    speak(circle, decision, 1, Stand.OBJECT, now=CLOSED_AT + timedelta(hours=1), words="Zu spät.")
    db.session.commit()
    reader = browse(app, circle.speakers[0])
    reader.open(path_of(decision, "/record"))
    assert "No objection stands and the quorum is met: the proposal is adopted." in reader.text
    assert "2 organisations of 3 have spoken; the quorum is 2." in reader.text
    assert "silence, counted as consent" in reader.text
    for words in ("Late voices", "Zu spät.", "mandate without an end", "replaced on", "gave its voice to"):
        assert words in reader.text
    answer = reader.client.get(path_of(decision, "/record.csv"))
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["organisation"] for row in rows if row["is_late"] == "False"] == ["Example Organisation 1"] * 2 + [
        "Example Organisation 2"
    ]
    assert "'=SUM(1)" in {row["words"] for row in rows}
    whole = json.loads(reader.client.get(path_of(decision, "/record.json")).text)
    assert (whole["digest"], whole["decision"]["stage"]) == (decision.digest, "adopted")


def test_words_that_left_the_house_are_said_to_be_gone(app, circle, decision, at):
    services.react(circle.speaker(0, AT), decision, Words("Sí.", "es"), now=AT)
    adopt_rest = [speak(circle, decision, number, now=AT) for number in (0, 1, 2)]
    services.close_window(circle.lead(AT), decision, now=AT)
    registries.erase_person(circle.speakers[0].id, AT)
    db.session.commit()
    reader = browse(app, circle.speakers[1])
    reader.open(path_of(decision, "/record"))
    assert "Something of what was frozen is gone." in reader.text
    assert len(adopt_rest) == 3
    assert reader.open(path_of(decision)).h1


def test_a_window_is_put_off(app, circle, decision, at):
    lead = browse(app, circle.coordinator)
    lead.open(path_of(decision, "/prolong"))
    fields = {field["name"]: field.get("value") for field in lead.form(has="day").find_all("input")}
    assert (fields["day"], fields["hour"]) == ("2026-12-12", "12:00"), "the end it has"
    lead.send(has="day", **closing(VOICES_FROM, 6))
    assert (lead.status, "nobody's time is cut" in lead.text.replace("’", "'")) == (422, True)
    lead.send(has="day", **closing(VOICES_FROM, 9))
    assert "It is open until" in lead.text


def test_what_waits_is_said_on_the_overview(app, circle, decision, at):
    member, lead = browse(app, circle.speakers[0]), browse(app, circle.coordinator)
    member.open("/")
    assert "Your organisation has not spoken; voices are taken until Saturday 12 December 2026, 12:00" in member.text
    make_decision(circle, title="Another")
    db.session.commit()
    lead.open("/")
    assert "A draft waits to be opened." in lead.text
    at.move_to(CLOSED_AT)
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    db.session.commit()
    lead.open("/")
    assert "Too few organisations have spoken: give more time, or lay it down." in lead.text


def test_the_list_begins_with_what_waits_for_my_voice(app, circle, decision, at):
    make_decision(circle, title="Another")
    settled, _now = open_decision(circle, title="Settled one")
    services.lay_down(circle.lead(AT), settled, Words("x", "en"), now=AT)
    db.session.commit()
    reader = browse(app, circle.speakers[0])
    page = reader.open(f"/groups/{circle.group.slug}/decisions")
    assert [link.get_text() for link in page.select("main h3 a")] == ["A common letter", "Another", "Settled one"]
    assert "your organisation has not spoken" in reader.text


def test_a_list_of_many_asks_as_many_questions_as_one_of_few(app, circle, decision, at, count_queries):
    reader = browse(app, circle.speakers[0])
    address = f"/groups/{circle.group.slug}/decisions"

    def asked() -> int:
        reader.open(address)
        with count_queries() as statements:
            reader.open(address)
        return len(statements)

    few = asked()
    for number in range(5):
        other, _now = open_decision(circle, title=f"Number {number}")
        speak(circle, other, 1, now=AT)
    db.session.commit()
    assert asked() == few


def test_a_page_asks_as_many_questions_however_much_was_said(app, circle, decision, at, count_queries):
    reader = browse(app, circle.speakers[0])

    def asked(more: str) -> int:
        reader.open(path_of(decision, more))
        with count_queries() as statements:
            reader.open(path_of(decision, more))
        return len(statements)

    for number in (0, 1):
        speak(circle, decision, number, Stand.OBJECT, now=AT)
        services.ask(circle.speaker(number, AT), decision, Words("Why?", "en"), now=AT)
    db.session.commit()
    few = {more: asked(more) for more in ("", "/record")}
    for number in range(6):
        services.ask(circle.speaker(number % 3, AT), decision, Words("And this?", "en"), now=AT)
        services.react(circle.speaker(number % 3, AT), decision, Words("Good.", "en"), now=AT)
    speak(circle, decision, 2, Stand.OBJECT, now=AT)
    db.session.commit()
    assert {more: asked(more) for more in ("", "/record")} == few


def test_the_plan_of_the_year_has_one_line_for_a_decision_however_many_windows_it_had(app, circle, decision, at):
    reader = browse(app, circle.speakers[0])
    dates = reader.open(f"/groups/{circle.group.slug}/year?year=2026").select(".lines--dates li")
    assert [line.a.get_text(strip=True) for line in dates] == ["A common letter"]
    assert decision.window.moment.starts_at.date() == date(2026, 12, 5)
    assert dates[0].time["datetime"].startswith(f"{decision.window.moment.until:%Y-%m-%d}")
    assert "until" in dates[0].get_text()


def test_a_proposal_says_everything_that_is_missing_at_once(app, circle, clock):
    member = browse(app, circle.speakers[0])
    member.open(f"/groups/{circle.group.slug}/decisions/new")
    member.send(has="title", title=" ", language="", body=" ")
    assert "Write in a few words what is decided." in member.text
    assert "Write what you propose, in a few sentences." in member.text
    assert db.session.query(Decision).count() == 0
