"""The addresses of polls: reading, each form, what is refused, and who is kept out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.extensions import db
from app.polls import jobs, queries, services
from app.polls.models import Poll, Shows
from app.polls.services import Wording
from app.workinggroups.models import GroupState
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.decisions import in_days
from tests.make.people import make_member, sign_in
from tests.make.polls import choose, make_poll, make_round
from tests.make.workinggroups import make_place
from tests.polls.conftest import LAST_SECOND, TOO_LATE


def path_of(poll, more: str = "") -> str:
    return f"/groups/{poll.group.slug}/polls/{poll.id}{more}"


def browse(app, person) -> Reader:
    return Reader(sign_in(app.test_client(), person))


def closing(days: float = 7) -> dict[str, str]:
    found = in_days(days)
    return {"day": f"{found.wall:%Y-%m-%d}", "hour": f"{found.wall:%H:%M}", "zone": found.zone}


@pytest.fixture
def committed(poll) -> Poll:
    db.session.commit()
    return poll


PAGES = ("", "/wordings", "/closing", "/lay-down")


@pytest.mark.parametrize("more", PAGES)
def test_who_is_outside_finds_nothing(app, round_, committed, more):
    outsider = browse(app, make_member())
    assert outsider.client.get(path_of(committed, more)).status_code == 404
    assert outsider.client.get(f"/groups/{round_.group.slug}/polls").status_code == 404
    assert outsider.client.get(f"/groups/{round_.group.slug}/polls/new").status_code == 404


def test_a_poll_stands_under_its_own_group_alone(app, round_, committed):
    other = make_round(0)
    make_place(other.group, round_.people[0])
    db.session.commit()
    reader = browse(app, round_.people[0])
    assert reader.client.get(f"/groups/{other.group.slug}/polls/{committed.id}").status_code == 404


def test_an_observer_reads_and_has_no_voice(app, round_, committed):
    reader = browse(app, round_.observer)
    reader.open(path_of(committed))
    assert "you have no voice in its polls" in reader.text
    assert [words for words in committed.wordings[0].options if words not in reader.text] == []
    assert reader.client.get(f"/groups/{round_.group.slug}/polls/new").status_code == 403
    assert reader.client.get(path_of(committed, "/wordings")).status_code == 403
    assert reader.client.post(path_of(committed)).status_code == 403
    assert reader.client.post(path_of(committed, "/take-back")).status_code == 403


def test_who_did_not_start_it_neither_moves_it_nor_lays_it_down(app, round_, committed):
    reader = browse(app, round_.people[1])
    for more in ("/closing", "/lay-down"):
        assert reader.client.get(path_of(committed, more)).status_code == 403
    assert not reader.open(path_of(committed)).find("a", string="Move the closing")


def test_a_poll_is_started_and_says_what_will_be_shown(app, round_, clock):
    reader = browse(app, round_.people[0])
    reader.open(f"/groups/{round_.group.slug}")
    assert "Nobody has asked anything yet." in reader.text
    reader.open(f"/groups/{round_.group.slug}/polls/new")
    typed = {"question": "¿Cuándo?", "options": "En junio\n\nEn septiembre\r\n", "language": "es", "shows": "counts"}
    reader.send(has="question", **typed, **closing())
    assert "It is open until Saturday 28 November 2026, 12:00 in Nairobi." in reader.text
    assert "This is advice to the group. A poll decides nothing." in reader.text
    assert "Until it closes nobody sees an answer" in reader.text
    assert "The house then forgets who chose what" in reader.text
    assert "0 of 4 people have answered." in reader.text
    assert reader.page.h1.get_text() == "¿Cuándo?"
    assert (reader.page.h1.bdi["lang"], reader.page.h1.bdi["dir"]) == ("es", "ltr")
    assert reader.page.find("a", string="Propose a decision")["href"] == f"/groups/{round_.group.slug}/decisions/new"


def test_what_lacks_something_comes_back_filled_in(app, round_, clock):
    reader = browse(app, round_.people[0])
    reader.open(f"/groups/{round_.group.slug}/polls/new")
    reader.send(has="question", question="When?", options="In June", language="en", **closing())
    assert reader.status == 422
    assert "Say what will be shown: people should know before they answer." in reader.text
    reader.send(has="question", shows="names")
    assert "Write 2 to 12 options, one on each line." in reader.text
    assert "In June" in reader.page.find("textarea", attrs={"name": "options"}).get_text()
    reader.send(has="question", options="In June\nIn May", **closing(-1))
    assert "This would close before it opens." in reader.text
    assert db.session.query(Poll).count() == 0


def test_in_a_closed_group_a_form_that_was_still_open_is_refused_with_the_way_out(app, round_, committed, clock):
    reader = browse(app, round_.people[0])
    new = browse(app, round_.people[1])
    new.open(f"/groups/{round_.group.slug}/polls/new")
    reader.open(path_of(committed))
    round_.group.state = GroupState.CLOSED
    db.session.commit()
    reader.send(has="choices", choices=str(committed.options[0].id))
    assert (reader.status, "This group is closed: nothing new is written in it." in reader.text) == (422, True)
    new.send(has="question", question="When?", options="a\nb", language="en", shows="names", **closing())
    assert (new.status, "This group is closed" in new.text) == (422, True)
    assert "no answers are taken any more" in reader.open(path_of(committed)).get_text()
    assert not reader.open(f"/groups/{round_.group.slug}/polls").find("a", string="Start a poll")


def test_one_answers_changes_and_takes_it_back_on_the_page_of_the_poll(app, round_, committed, clock):
    reader = browse(app, round_.people[1])
    reader.open(path_of(committed))
    [filled] = reader.page.select("main button.button:not([class*=button--])")
    assert filled.get_text() == "Send my answer"
    reader.send(has="choices", choices=str(committed.options[1].id), because="Hace calor.", language="es")
    assert "Your answer is kept. You may change it until Saturday 28 November 2026, 12:00 in Nairobi." in reader.text
    assert "1 of 4 people have answered." in reader.text
    assert reader.page.find("input", value=str(committed.options[1].id)).has_attr("checked")
    reader.send(has="choices", choices=str(committed.options[0].id))
    assert queries.find_answer(committed, round_.people[1].id).choices[0].option_id == committed.options[0].id
    reader.send(action="/take-back")
    assert "Your answer is taken back." in reader.text
    assert queries.find_answer(committed, round_.people[1].id) is None


def test_an_answer_without_a_choice_or_too_late_comes_back_with_its_words(app, round_, committed, clock):
    reader = browse(app, round_.people[1])
    reader.open(path_of(committed))
    reader.send(has="choices", because="Hace calor.")
    assert reader.status == 422
    assert "Choose the language of your text" in reader.text
    reader.send(has="choices", because="Hace calor.", language="es")
    assert "Choose an option from the list." in reader.text
    assert "Hace calor." in str(reader.page.find(attrs={"name": "because"}))
    reader.open(path_of(committed))
    clock.move_to(TOO_LATE)
    reader.send(has="choices", choices=str(committed.options[0].id), because="Hace calor.", language="es")
    assert reader.status == 422
    assert "This poll closed on Saturday 28 November 2026, 12:00 in Nairobi." in reader.text
    assert "Your words, to copy: Hace calor." in reader.text


def test_taking_back_too_late_says_when_it_closed(app, round_, committed, clock):
    choose(round_.actor(1), committed, 0)
    db.session.commit()
    reader = browse(app, round_.people[1])
    reader.open(path_of(committed))
    clock.move_to(TOO_LATE)
    reader.send(action="/take-back")
    assert (reader.status, "This poll closed on" in reader.text) == (422, True)


def test_several_options_are_ticked(app, round_, clock):
    poll = make_poll(round_.group, round_.people[0], most=2)
    db.session.commit()
    reader = browse(app, round_.people[1])
    reader.open(path_of(poll))
    assert "Choose at most 2." in reader.text
    reader.send(has="choices", choices=[str(option.id) for option in poll.options])
    assert "Choose at most 2 options." in reader.text
    reader.send(has="choices", choices=[str(option.id) for option in poll.options[:2]])
    assert len(reader.page.find_all("input", attrs={"name": "choices", "checked": True})) == 2
    clock.move_to(TOO_LATE)
    assert "they are not added up" in reader.open(path_of(poll)).get_text()


@pytest.mark.parametrize("shows", list(Shows))
def test_no_page_shows_a_figure_a_name_or_a_reason_before_the_close(app, round_, shows, clock):
    poll = make_poll(round_.group, round_.people[0], shows=shows)
    for number in (1, 2):
        choose(round_.actor(number), poll, 0, because="Geheim.", language="de")
    db.session.commit()
    clock.move_to(LAST_SECOND)
    for person in (round_.people[0], round_.coordinator, round_.observer):
        reader = browse(app, person)
        for address in (path_of(poll), f"/groups/{round_.group.slug}/polls", f"/groups/{round_.group.slug}", "/"):
            page = reader.open(address)
            assert "Geheim." not in str(page)
            assert not page.select(".cells")
        assert "Person Example 2" not in reader.open(path_of(poll)).get_text()
    clock.move_to(TOO_LATE)
    shown = browse(app, round_.observer).open(path_of(poll))
    assert "Geheim." in str(shown)
    assert ("Person Example 2" in shown.get_text()) == (shows is Shows.NAMES)


def test_the_result_has_words_numbers_and_shapes_and_marks_the_own_answer(app, round_, poll, clock):
    choose(round_.actor(0), poll, 0)
    choose(round_.actor(1), poll, 0)
    db.session.commit()
    clock.move_to(TOO_LATE)
    reader = browse(app, round_.people[0])
    page = reader.open(path_of(poll))
    assert "2 of 4 people have answered." in reader.text
    first, second, _third = page.select("#result li")
    assert "2 people · 2 organisations · 2 regions" in first.get_text(" ", strip=True)
    assert "your answer" in first.get_text()
    assert first.select_one(".cells")
    assert first["class"] == ["yours"]
    assert "0 people" in second.get_text()
    assert "Example Organisation 2" in first.get_text()


def test_a_poll_of_counts_says_that_nobody_knows_and_shows_the_same_after_the_house_closed_it(app, round_, clock):
    poll = make_poll(round_.group, round_.people[0], shows=Shows.COUNTS)
    choose(round_.actor(1), poll, 2)
    db.session.commit()
    clock.move_to(TOO_LATE)
    reader = browse(app, round_.people[1])
    reader.open(path_of(poll))
    before = reader.text
    assert jobs.close_ended(TOO_LATE) == 1
    reader.open(path_of(poll))
    assert reader.text == before
    assert "The house does not know who chose what." in before


def test_the_closing_is_moved_and_the_page_says_what_was_told_before(app, round_, committed, clock):
    reader = browse(app, round_.people[0])
    reader.open(path_of(committed, "/closing"))
    assert reader.page.find("input", attrs={"name": "hour"})["value"] == "12:00"
    reader.send(has="day", **closing(3))
    assert "It closes on Tuesday 24 November 2026, 12:00 in Nairobi." in reader.text
    assert "what changed about its time" in reader.text
    reader.open(path_of(committed, "/closing"))
    reader.send(has="day", **closing(-3))
    assert reader.status == 422


def test_a_poll_is_laid_down_with_a_reason_that_its_page_says(app, round_, committed, clock):
    reader = browse(app, round_.coordinator)
    reader.open(path_of(committed, "/lay-down"))
    reader.send(has="because", because="", language="es")
    assert "Write why it is laid down." in reader.text
    reader.send(has="because", because="Ya se decidió.", language="es")
    assert "The poll is laid down." in reader.text
    assert reader.page.find("blockquote", lang="es").find(string="Ya se decidió.")
    reader.open(f"/groups/{round_.group.slug}/polls")
    assert "Laid down" in reader.text
    assert "Nobody has answered." not in reader.text


def test_a_poll_is_read_and_answered_in_another_language_with_the_original_beside(app, round_, committed, clock):
    writer = browse(app, round_.people[1])
    writer.open(path_of(committed, "/wordings?in=ar"))
    assert "As it was asked" in writer.text
    words = {"question": "متى نلتقي؟", "options": "في يونيو\nفي سبتمبر"}
    writer.send(has="question", language="ar", **words)
    assert "The poll has 3 options. Write as many, in the same order." in writer.text
    writer.send(has="question", options="في يونيو\nفي سبتمبر\nأبدًا")
    assert "It is said in one more language." in writer.text
    page = browse(app, round_.people[2]).open(path_of(committed, "?in=ar"))
    assert (page.h1.get_text(), page.h1.bdi["dir"]) == ("متى نلتقي؟", "rtl")
    assert [hint.get_text() for hint in page.select("label.choice .hint")] == ["In June", "In September", "Not at all"]
    again = writer.open(path_of(committed, "/wordings?in=ar"))
    assert again.find(attrs={"name": "question"})["value"] == "متى نلتقي؟"


def test_the_dates_of_the_group_and_the_overview_name_the_poll(app, round_, committed, clock):
    reader = browse(app, round_.people[1])
    reader.open(f"/groups/{round_.group.slug}")
    assert reader.text.count("When do we meet?") == 1  # in its own room, not among the dates once more
    reader.open(f"/groups/{round_.group.slug}/year?year=2026")
    assert "When do we meet?" in reader.text
    assert "until Saturday 28 November 2026, 12:00 in Nairobi" in reader.text
    reader.open("/")
    assert "A poll waits for your answer until Saturday 28 November 2026, 12:00 in Nairobi." in reader.text


def test_the_handover_sheet_names_what_is_open(app, round_, committed, clock):
    reader = browse(app, round_.coordinator)
    reader.open(f"/groups/{round_.group.slug}/handover")
    assert "When do we meet?" in reader.text
    clock.move_to(TOO_LATE)
    assert "When do we meet?" not in reader.open(f"/groups/{round_.group.slug}/handover").main.get_text()


def test_leaving_says_what_becomes_of_open_answers(app, round_, poll, clock):
    choose(round_.actor(1), poll, 0)
    db.session.commit()
    reader = browse(app, round_.people[1])
    reader.open(f"/groups/{round_.group.slug}/leave")
    assert "Your answer to an open poll goes with you" in reader.text


def test_lists_cost_the_same_however_many_polls(app, round_, poll, clock, count_queries):
    reader = browse(app, round_.people[1])

    def cost() -> int:
        db.session.commit()
        with count_queries() as statements:
            reader.open(f"/groups/{round_.group.slug}/polls")
        return len(statements)

    cost()
    one = cost()
    for number in range(4):
        made = make_poll(round_.group, round_.people[0], question=f"Number {number}?")
        services.say_in(round_.actor(1), made, Wording("fr", "Quand ?", ("a", "b", "c")), now=START)
        choose(round_.actor(1), made, 0, now=START + timedelta(hours=1))
    assert cost() == one
