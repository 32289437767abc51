"""The pages of topics: each works, is forbidden or unseen, and gives back what was wrong."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from app.discussions.queries.posts import MOST_ANSWERS, PAGE_SIZE
from app.extensions import db
from app.workinggroups.models import GroupState
from tests.conftest import START
from tests.make.discussions import ARABIC, FRENCH, SPANISH, make_post, make_topic, make_withholding
from tests.make.reflections import make_translation
from tests.make.workinggroups import make_group, make_place

LIST = "/groups/land-group/topics"


def topic_at(cast) -> str:
    return f"{LIST}/{cast.topic.id}"


def post_at(post) -> str:
    return f"/groups/land-group/posts/{post.id}"


def links(reader) -> list[str]:
    return [a.get_text(" ", strip=True) for a in reader.page.select("main a")]


def test_the_list_has_pinned_topics_first_then_where_somebody_wrote_last(cast, browse):
    make_topic(cast.group, cast.huda, "الخريطة", ARABIC, language="ar", last_at=START + timedelta(days=1))
    make_topic(cast.group, cast.rosa, "Lo primero", SPANISH, language="es", is_pinned=True)
    make_post(cast.topic, cast.huda, ARABIC, language="ar", written_at=START + timedelta(hours=1))
    reader = browse(cast.observer)
    reader.open(LIST)

    assert [one.get_text() for one in reader.page.select("main h3")] == [
        "Lo primero",
        "الخريطة",
        "Mardi devant la mairie",
    ]
    line = reader.page.select("main li")[-1]
    assert "1 reply · last by هدى مثال" in line.get_text(" ", strip=True).replace(" ,", ",")
    assert [tag.b.get_text() for tag in line.select(".tag")] == ["ar", "fr"]
    assert "Open a topic" in links(reader)


def test_a_topic_without_words_to_read_is_in_no_list(cast, browse):
    cast.opening.withdrawn_at = START
    reader = browse(cast.rosa)
    reader.open(LIST)
    assert "The first topic opens the conversation." in reader.text
    assert browse(cast.fatou).open(LIST).select("main h3")


@pytest.mark.parametrize("address", ["", "/new", "/{topic}"])
def test_outside_there_are_no_topics(cast, browse, address):
    reader = browse(cast.outsider)
    reader.open(LIST + address.format(topic=cast.topic.id))
    assert reader.status == 404


def test_the_secretariat_reads_and_does_not_write(cast, browse):
    reader = browse(cast.secretary)
    reader.open(LIST)
    assert "Open a topic" not in links(reader)
    reader.open(f"{LIST}/new")
    assert reader.status == 403
    reader.open(topic_at(cast))
    assert reader.status == 200
    assert not reader.page.select("#composer")


def test_an_empty_list_in_a_closed_group_invites_nobody(cast, browse):
    group = make_group("Old group", slug="old-group", state=GroupState.CLOSED)
    make_place(group, cast.fatou)
    reader = browse(cast.fatou)
    reader.open("/groups/old-group/topics")
    assert "No topic to read here yet." in reader.text


def test_a_new_topic_is_seen_first_and_comes_back_when_something_is_wrong(cast, browse):
    reader = browse(cast.huda)
    reader.open(f"{LIST}/new")
    assert reader.page.select("#composer select option")[1]["value"] == "ar"
    reader.send(has="body", title="الخريطة", language="ar", body=ARABIC, button=("preview", "y"))
    assert reader.page.select_one("#seen-first .voice")["dir"] == "rtl"
    reader.send(has="body", title=" ")
    assert reader.status == 422
    assert ARABIC in reader.page.textarea.get_text()
    reader.send(has="body", title="الخريطة")
    assert reader.page.h1.bdi["lang"] == "ar"
    assert "Nobody has replied yet." in reader.text


def test_a_reply_of_nothing_comes_back_to_the_page_of_the_topic(cast, browse):
    reader = browse(cast.rosa)
    reader.open(topic_at(cast))
    reader.send(has="body", language="es", body=" ")
    assert reader.status == 422
    assert "There are no words here yet." in reader.text
    assert "Qui vient mardi" in reader.text
    reader.send(has="body", body=SPANISH, button=("preview", "y"))
    assert SPANISH in reader.page.select_one("#seen-first").get_text()
    reader.send(has="body", body=SPANISH)
    assert SPANISH in reader.page.select("article")[1].get_text()


def test_a_topic_that_closes_while_somebody_writes_gives_the_words_back(cast, browse):
    reader = browse(cast.rosa)
    reader.open(topic_at(cast))
    cast.topic.closed_at, cast.topic.closed_because = START, "Agreed."
    db.session.commit()
    reader.send(has="body", language="es", body=SPANISH)
    assert reader.status == 422
    assert "This topic was closed, and takes no more replies." in reader.text
    assert SPANISH in reader.page.textarea.get_text()
    reader.open(topic_at(cast))
    assert "Agreed." in reader.text
    assert not reader.page.select("#composer")


def test_a_topic_that_goes_while_somebody_writes_gives_the_words_back(cast, browse):
    reader = browse(cast.rosa)
    reader.open(topic_at(cast))
    cast.opening.withdrawn_at = START
    db.session.commit()
    reader.send(has="body", language="es", body=SPANISH)
    assert reader.status == 404
    assert SPANISH in reader.page.textarea.get_text()


def test_the_language_of_the_page_decides_what_stands_beside(cast, browse):
    make_translation(cast.opening, cast.rosa, "es", body="¿Quién viene?")
    make_translation(cast.opening, cast.huda, "ar", body="من سيأتي؟")
    reader = browse(cast.coordinator, "ar")
    reader.open(topic_at(cast))
    assert reader.page.select_one(".beside-translation")["lang"] == "ar"
    assert [p.get_text() for p in reader.page.select(".beside-original > p")] == FRENCH.split("\n\n")
    reader.open(f"{topic_at(cast)}?lang=en")
    assert not reader.page.select(".beside-translation")
    assert "Read it in Arabic , Spanish" in reader.text


def test_a_long_topic_goes_on_and_a_reply_leads_to_where_it_stands(cast, browse):
    first = make_post(cast.topic, cast.huda, "Post 0", written_at=START - timedelta(days=1))
    for number in range(1, PAGE_SIZE):
        make_post(cast.topic, cast.huda, f"Post {number}", written_at=START - timedelta(minutes=number))
    for number in range(MOST_ANSWERS + 2):
        at = START + timedelta(hours=1, minutes=number)
        make_post(cast.topic, cast.fatou, f"Answer {number}", answers=first, written_at=at)
    reader = browse(cast.rosa)
    reader.open(topic_at(cast))
    assert len(reader.page.select("article")) == PAGE_SIZE + 1
    assert len(reader.page.select(".quoted .voice")) == MOST_ANSWERS
    assert f"All {MOST_ANSWERS + 2} answers" in links(reader)
    assert "Further" not in links(reader)
    reader.send(has="body", language="es", body=SPANISH)
    assert [SPANISH in one.get_text() for one in reader.page.select("article")] == [True]
    assert "How this topic began" in links(reader)
    reader.open(post_at(first))
    assert len(reader.page.select("#answers .voice")) == MOST_ANSWERS + 2


def test_a_post_has_its_page_with_answers_and_the_way_back(cast, browse):
    post = make_post(cast.topic, cast.observer, "One.", "Two.", language="en")
    make_post(cast.topic, cast.rosa, answers=post)
    reader = browse(cast.huda)
    reader.open(post_at(post))
    assert reader.page.h1.get_text() == "Olu Example"
    assert "observes" in reader.text
    assert "1 answer" in reader.text
    assert "Older versions" not in reader.text
    assert f"{topic_at(cast)}#post-{post.id}" in [a["href"] for a in reader.page.select("main a")]
    reader.open(f"{post_at(post)}/versions/1")
    assert reader.status == 403
    author = browse(cast.observer)
    author.open(post_at(post))
    author.open(f"{post_at(post)}/versions/1")
    assert "One." in author.text
    author.open(f"{post_at(post)}/versions/7")
    assert author.status == 404


def test_a_post_is_found_under_the_address_of_its_group_alone(cast, browse):
    other = make_group("Other", slug="other")
    make_place(other, cast.rosa)
    reader = browse(cast.rosa)
    for address in (
        f"/groups/other/posts/{cast.opening.id}",
        f"/groups/other/topics/{cast.topic.id}",
        f"/groups/other/posts/{cast.opening.id}/translations/new",
        f"/groups/land-group/posts/{uuid4()}",
        f"/groups/land-group/topics/{uuid4()}",
        f"/groups/land-group/topics/{cast.topic.id}?after=nonsense",
    ):
        reader.open(address)
        assert reader.status == 404, address


def test_an_author_edits_withdraws_brings_back_and_erases(cast, browse):
    reply = make_post(cast.topic, cast.rosa)
    make_post(cast.topic, cast.huda, ARABIC, answers=reply, language="ar")
    reader = browse(cast.fatou)
    address = post_at(cast.opening)
    reader.open(f"{address}/edit")
    reader.send(has="body", title="")
    assert reader.status == 422
    reader.send(has="body", title="Mercredi", body="Mercredi.", button=("preview", "y"))
    assert reader.page.select("#seen-first")
    reader.send(has="body", title="Mercredi", body="Mercredi.")
    assert "Mercredi" in links(reader)
    reader.open(f"{address}/withdraw")
    reader.send(action="/withdraw")
    assert "Nobody but you sees them" in reader.text
    other = browse(cast.rosa)
    other.open(topic_at(cast))
    assert other.page.h1.get_text() == "Topic of 21 November 2026"
    assert "Mercredi" not in other.text
    other.open(address)
    assert other.status == 404
    reader.send(action="/bring-back")
    reader.open(f"{address}/erase")
    reader.send(has="sure")
    assert reader.status == 422
    reader.send(has="sure", sure="y")
    assert reader.path == LIST
    assert "Topic of 21 November 2026" in reader.text


def test_a_newer_version_from_elsewhere_is_laid_beside_what_was_typed(cast, browse):
    post = make_post(cast.topic, cast.rosa, "Uno.")
    reader = browse(cast.rosa)
    reader.open(f"{post_at(post)}/edit")
    second = browse(cast.rosa)
    second.open(f"{post_at(post)}/edit")
    second.send(has="body", body="Dos.")
    reader.send(has="body", body="Tres.")
    assert reader.status == 422
    assert "Dos." in reader.text
    reader.send(has="body")
    assert "Tres." in reader.text


@pytest.mark.parametrize("act_on", ["edit", "withdraw", "erase"])
def test_nobody_changes_the_words_of_another(cast, browse, act_on):
    reader = browse(cast.coordinator)
    reader.open(f"{post_at(cast.opening)}/{act_on}")
    assert reader.status == 403


def test_an_answer_stands_beneath_and_is_refused_where_it_has_no_words(cast, browse):
    post = make_post(cast.topic, cast.huda, ARABIC, language="ar")
    reader = browse(cast.rosa)
    reader.open(f"{post_at(post)}/answer")
    reader.send(has="body", language="es", body="")
    assert reader.status == 422
    reader.send(has="body", body=SPANISH, button=("preview", "y"))
    reader.send(has="body", body=SPANISH)
    assert SPANISH in reader.page.select_one(".quoted").get_text()


def test_whoever_runs_the_group_pins_closes_and_opens_again(cast, browse):
    reader = browse(cast.coordinator)
    reader.open(topic_at(cast))
    reader.send(action="/pin")
    assert "Pinned" in reader.text
    reader.send(action="/unpin")
    reader.open(f"{topic_at(cast)}/close")
    reader.send(has="reason", reason="")
    assert reader.status == 422
    reader.send(has="reason", reason="Agreed.")
    assert "This topic was closed on" in reader.text
    reader.open(LIST)
    assert "Closed" in reader.text
    reader.open(topic_at(cast))
    reader.send(action="/open-again")
    assert "This topic was closed on" not in reader.text


@pytest.mark.parametrize("button", ["pin", "unpin", "open-again"])
def test_a_button_without_its_token_changes_nothing(cast, browse, button):
    reader = browse(cast.coordinator)
    answer = reader.client.post(f"{topic_at(cast)}/{button}")
    assert answer.status_code == 422
    assert browse(cast.fatou).client.post(f"{topic_at(cast)}/{button}").status_code == 403


def test_words_are_taken_out_of_sight_asked_about_and_shown_again(cast, browse):
    post = make_post(cast.topic, cast.rosa)
    runs, author, other = browse(cast.coordinator), browse(cast.rosa), browse(cast.huda)
    runs.open(f"{post_at(post)}/take-out-of-sight")
    runs.send(has="reason", reason=" ")
    assert runs.status == 422
    runs.send(has="reason", reason="It names somebody.")
    assert runs.path == f"{post_at(post)}/out-of-sight"
    other.open(topic_at(cast))
    assert SPANISH not in other.text
    other.open(f"{post_at(post)}/out-of-sight")
    assert other.status == 404
    author.open(post_at(post))
    assert "Out of sight since" in author.text
    author.open(f"{post_at(post)}/out-of-sight")
    author.send(has="words", words="")
    assert author.status == 422
    author.send(has="words", words="I took it out.")
    assert "Those who run the group will answer." in author.text
    assert author.client.post(f"{post_at(post)}/show-again").status_code == 403
    runs.open(f"{post_at(post)}/out-of-sight")
    assert "I took it out." in runs.text
    runs.send(has="answer", answer="")
    assert runs.status == 422
    runs.send(has="answer", answer="Not yet.")
    author.open(f"{post_at(post)}/out-of-sight")
    assert "Not yet." in author.text
    assert runs.client.post(f"{post_at(post)}/show-again").status_code == 422
    runs.send(action="/show-again")
    other.open(topic_at(cast))
    assert SPANISH in other.text
    author.open(f"{post_at(post)}/out-of-sight")
    assert author.status == 404


def test_a_reader_without_the_group_finds_own_words_and_no_others(cast, browse):
    place = make_place(cast.group, cast.outsider)
    own = make_post(cast.topic, cast.outsider, "My words.", language="en")
    place.left_at = START
    reader = browse(cast.outsider)
    reader.open(topic_at(cast))
    assert "You left this group." in reader.text
    assert "My words." in reader.text
    assert "Qui vient mardi" not in reader.text
    assert "Mardi devant la mairie" not in reader.text
    reader.open(post_at(own))
    assert reader.status == 200
    reader.open(f"{post_at(own)}/erase")
    reader.send(has="sure", sure="y")
    assert reader.path == "/groups/"


def test_the_page_of_the_group_has_its_newest_topics(cast, browse):
    for number in range(3):
        later = START + timedelta(hours=number + 1)
        make_topic(cast.group, cast.rosa, f"Tema {number}", SPANISH, language="es", at=later)
    reader = browse(cast.observer)
    reader.open("/groups/land-group")
    assert [one.get_text() for one in reader.page.select("#topics h3")] == ["Tema 2", "Tema 1", "Tema 0"]
    assert "All 4 topics" in links(reader)
    outside = browse(cast.outsider)
    outside.open("/groups/land-group")
    assert "Tema" not in outside.text


def test_the_room_of_a_group_without_topics_invites(cast, browse):
    cast.opening.withdrawn_at = START
    reader = browse(cast.huda)
    reader.open("/groups/land-group")
    assert "The first topic opens the conversation." in reader.text
    cast.group.state = GroupState.CLOSED
    reader = browse(cast.huda)
    reader.open("/groups/land-group")
    assert not reader.page.select("#topics")


def test_a_post_is_translated_on_pages_under_its_group(cast, browse):
    withheld = make_post(cast.topic, cast.huda)
    make_withholding(withheld, cast.coordinator)
    reader = browse(cast.rosa)
    reader.open(f"{post_at(cast.opening)}/translations/new")
    assert "Words of Fatou Exemple" in reader.text
    reader.send(has="body", language="es", body="¿Quién viene?")
    assert reader.path == post_at(cast.opening)
    assert "translation by Rosa Ejemplo" in reader.text
    reader.open(f"{post_at(withheld)}/translations/new")
    assert reader.status == 404
    reader.open("/reflections/translations")
    assert reader.status == 200


def test_a_topic_says_everything_that_is_missing_at_once_and_may_be_seen_without_a_title(cast, browse):
    reader = browse(cast.fatou)
    reader.open(f"{LIST}/new")
    reader.send(has="title", title="", language="fr", body="")
    assert "Write in a few words what it is about" in reader.text
    assert "There are no words here yet." in reader.text
    reader.send(has="title", button=("preview", "1"), title="", language="fr", body="Qui vient ?")
    assert "Write in a few words what it is about" not in reader.text
