"""The pages of joint texts: each works, is forbidden or unseen, and gives back what was wrong."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from app.drafting.models import TextState, Verdict
from app.drafting.services import write_version
from app.extensions import db
from app.workinggroups.models import GroupState
from tests.conftest import START
from tests.make.drafting import ARABIC, FRENCH, REVISED, SPANISH, answered, make_comment, make_keeper, make_text
from tests.make.reflections import make_translation
from tests.make.workinggroups import make_group, make_place

LIST = "/groups/land-group/texts"


def text_at(cast) -> str:
    return f"{LIST}/{cast.text.id}"


def comment_at(comment) -> str:
    return f"/groups/land-group/comments/{comment.id}"


def links(reader) -> list[str]:
    return [a.get_text(" ", strip=True) for a in reader.page.select("main a")]


def test_the_list_says_where_a_text_stands_and_what_was_said(cast, browse):
    make_comment(cast.text, cast.rosa)
    answered(make_comment(cast.text, cast.huda, ARABIC, language="ar"), cast.fatou)
    make_text(
        cast.group, cast.rosa, title="Carta", language="es", changed_at=START + timedelta(days=1),
        state=TextState.ADOPTED, adopted_on=START.date(),
    )  # fmt: skip
    reader = browse(cast.observer)
    reader.open(LIST)
    assert [one.get_text() for one in reader.page.select("main h3")] == ["Carta", "Pour un toit"]
    assert "Adopted on" in reader.page.select("main li")[0].get_text()
    assert "2 comments, 1 to be answered" in reader.page.select("main li")[1].get_text()
    assert "Begin a text" not in links(reader)


@pytest.mark.parametrize("address", ["", "/new", "/{text}", "/{text}/comments", "/{text}/compare", "/{text}/write"])
def test_outside_there_are_no_texts(cast, browse, address):
    reader = browse(cast.outsider)
    reader.open(LIST + address.format(text=cast.text.id))
    assert reader.status == 404


def test_a_version_with_a_number_beyond_all_numbers_is_none(cast, browse):
    reader = browse(cast.rosa)
    for number in (99, 2**31, 10**30):
        reader.open(f"{text_at(cast)}/versions/{number}")
        assert reader.status == 404, number


@pytest.mark.parametrize("address", ["/new", "/{text}/write", "/{text}/edit", "/{text}/keepers", "/{text}/adopt"])
def test_an_observer_reads_and_does_not_write(cast, browse, address):
    reader = browse(cast.observer)
    reader.open(LIST + address.format(text=cast.text.id))
    assert reader.status == 403


def test_an_empty_list_invites_whoever_takes_part(cast, browse):
    group = make_group("New group", slug="new-group")
    make_place(group, cast.rosa)
    reader = browse(cast.rosa)
    reader.open("/groups/new-group/texts")
    assert "The first text waits to be written." in reader.text
    group.state = GroupState.CLOSED
    reader = browse(cast.rosa)
    reader.open("/groups/new-group/texts")
    assert "No text to read here yet." in reader.text


def test_a_text_that_is_refused_comes_back_with_what_was_typed(cast, browse):
    reader = browse(cast.rosa)
    reader.open(f"{LIST}/new")
    reader.send(has="body", language="es", title="", body="Somos muchas.")
    assert reader.status == 422
    assert "Give the text a title" in reader.text
    assert reader.page.select_one("textarea[name=body]").get_text().strip() == "Somos muchas."


def test_another_language_is_a_text_of_its_own(cast, browse):
    reader = browse(cast.rosa)
    reader.open(f"{LIST}/new?of={cast.text.id}")
    assert not reader.page.select("option[value=fr]")
    reader.send(has="body", language="es", title="Por un techo", body="# Por un techo")
    assert "this text follows version 1" in reader.text
    db.session.expire_all()
    write_version_as(cast)
    reader.open(reader.path)
    assert "still follows version 1, the original is at version 2" in reader.text
    reader.open(f"{reader.path}/write")
    reader.send(has="changes", body="# Por un techo para todas", changes="Todas", follows="y")
    assert "this text follows version 2" in reader.text
    reader.open(text_at(cast))
    assert "Spanish" in links(reader)
    for wrong in ("nonsense", uuid4()):
        reader.open(f"{LIST}/new?of={wrong}")
        assert reader.status == 404


def write_version_as(cast, person=None, body=REVISED) -> None:
    from app.core.registries import actor_at

    actor = actor_at((person or cast.fatou).id, START)
    write_version(actor, cast.text, body=body, changes="Toutes", based_on=cast.text.version, now=START)
    db.session.commit()


def test_the_page_counts_comments_beside_each_paragraph(cast, browse):
    make_comment(cast.text, cast.rosa)
    answered(make_comment(cast.text, cast.huda, paragraph=3), cast.fatou)
    reader = browse(cast.huda)
    reader.open(text_at(cast))
    notes = [one.get_text(" ", strip=True) for one in reader.page.select(".voice-text .note")]
    assert notes == [
        "Comment (paragraph 1)",
        "1 comment, to be answered (paragraph 2)",
        "1 comment, answered (paragraph 3)",
    ]
    assert reader.page.select_one(".voice")["lang"] == "fr"


def test_comments_on_words_that_changed_are_marked_and_those_that_did_not_follow(cast, browse):
    changed, kept = make_comment(cast.text, cast.rosa), make_comment(cast.text, cast.huda, ARABIC, paragraph=3)
    kept.language = "ar"
    db.session.commit()
    write_version_as(cast)
    reader = browse(cast.rosa)
    reader.open(text_at(cast))
    assert "1 comment stands on a paragraph that has changed since" in reader.text
    reader.open(f"{text_at(cast)}/versions/2/paragraphs/3")
    assert ARABIC in reader.text
    assert "made on version 1" in reader.text
    reader.open(comment_at(changed))
    assert "The paragraph has changed since." in reader.text
    reader.open(f"{text_at(cast)}/versions/1")
    assert "2 comments stay open" in reader.text


def test_a_paragraph_takes_a_comment_and_gives_back_what_was_wrong(cast, browse):
    reader = browse(cast.observer)
    reader.open(f"{text_at(cast)}/versions/1/paragraphs/2")
    reader.send(has="body", language="", body=SPANISH)
    assert reader.status == 422
    assert SPANISH in reader.page.select_one("textarea").get_text()
    reader.send(has="body", language="es", body=SPANISH)
    assert reader.status == 200
    assert "Olu Example" in reader.text
    for number, paragraph in ((1, 9), (1, 0), (2, 1)):
        reader.open(f"{text_at(cast)}/versions/{number}/paragraphs/{paragraph}")
        assert reader.status == 404


def test_the_secretariat_reads_and_does_not_comment(cast, browse):
    reader = browse(cast.secretary)
    reader.open(f"{text_at(cast)}/versions/1/paragraphs/2")
    assert "Nobody commented on this paragraph." in reader.text
    assert not reader.page.select("#composer")


def test_a_comment_stands_beside_its_translation_for_the_reader(cast, browse):
    comment = make_comment(cast.text, cast.rosa)
    make_translation(comment, cast.fatou, "fr", body="Il manque la date.")
    reader = browse(cast.fatou, "fr")
    reader.open(f"{text_at(cast)}/versions/1/paragraphs/2")
    assert reader.page.select_one(".beside-original")["lang"] == "es"
    assert reader.page.select_one(".beside-translation")["lang"] == "fr"
    reader.open(comment_at(comment))
    assert reader.page.select_one(".beside-translation")["lang"] == "fr"


def test_what_was_typed_stands_beside_the_version_written_meanwhile(cast, browse):
    make_keeper(cast.text, cast.rosa)
    reader = browse(cast.rosa)
    reader.open(f"{text_at(cast)}/write")
    write_version_as(cast)
    mine = FRENCH + "\n\nNous signons ici."
    reader.send(has="changes", body=mine, changes="Signature")
    assert reader.status == 422
    assert "Somebody wrote version 2 while you were writing" in reader.text
    assert [one.get_text() for one in reader.page.select("del")] == [" pour toutes"]
    assert "Nous signons ici." in reader.page.select_one("textarea").get_text()
    reader.send(has="changes")
    assert reader.status == 200
    assert "Version 3 stands" in reader.text


def test_comments_that_wait_are_a_list_and_so_are_those_of_a_version(cast, browse):
    first = make_comment(cast.text, cast.rosa)
    answered(make_comment(cast.text, cast.huda, "Second words.", paragraph=3), cast.fatou, settled_in=1)
    reader = browse(cast.fatou)
    reader.open(f"{text_at(cast)}/comments?show=open")
    assert SPANISH in reader.text
    assert "Second words." not in reader.text
    reader.open(f"{text_at(cast)}/comments?answered=1")
    assert SPANISH not in reader.text
    assert "Taken up" in reader.text
    reader.open(f"{text_at(cast)}/comments?after=nonsense")
    assert reader.status == 404
    reader.open(f"{comment_at(first)}/answer")
    reader.send(has="verdict", verdict="not", because="Non, la date suit.")
    assert reader.path == comment_at(first)
    reader.open(f"{text_at(cast)}/comments?show=open")
    assert "Every comment is answered." in reader.text


def test_an_answer_without_a_reason_comes_back(cast, browse):
    comment = make_comment(cast.text, cast.rosa)
    reader = browse(cast.fatou)
    reader.open(f"{comment_at(comment)}/answer")
    reader.send(has="verdict", verdict="partly", because="")
    assert reader.status == 422
    assert "Say why" in reader.text
    other = browse(cast.rosa)
    other.open(f"{comment_at(comment)}/answer")
    assert other.status == 403
    other = browse(cast.outsider)
    other.open(f"{comment_at(comment)}/answer")
    assert other.status == 404


def test_authors_withdraw_bring_back_and_erase(cast, browse):
    comment = make_comment(cast.text, cast.rosa)
    reader, other = browse(cast.rosa), browse(cast.fatou)
    reader.open(f"{comment_at(comment)}/withdraw")
    reader.send(action="/withdraw")
    assert "You withdrew this comment" in reader.text
    other.open(comment_at(comment))
    assert other.status == 404
    reader.open(f"{comment_at(comment)}/withdraw")
    reader.send(action="/bring-back")
    other.open(comment_at(comment))
    assert other.status == 200
    other.open(f"{comment_at(comment)}/withdraw")
    assert other.status == 403
    reader.open(f"{comment_at(comment)}/erase")
    reader.send(has="sure")
    assert reader.status == 422
    reader.send(has="sure", sure="y")
    assert reader.path == text_at(cast)
    assert SPANISH not in reader.text


def test_who_left_reads_their_own_comment_and_nothing_of_the_text(cast, browse):
    comment = make_comment(cast.text, cast.outsider)
    reader = browse(cast.outsider)
    reader.open(comment_at(comment))
    assert SPANISH in reader.text
    assert "Le logement" not in reader.text
    assert not [a for a in reader.page.select("main a") if "/texts" in a["href"]]
    reader.open(f"{comment_at(comment)}/erase")
    reader.send(has="sure", sure="y")
    assert reader.path == "/groups/"


def test_a_keeper_closes_and_opens_comments_and_a_coordinator_adopts(cast, browse):
    reader = browse(cast.fatou)
    reader.open(text_at(cast))
    reader.send(action="/close")
    assert "Closed for comments" in reader.text
    reader.send(action="/open-again")
    assert "Open for comments" in reader.text
    assert "The group adopted it" not in links(reader)
    reader = browse(cast.coordinator)
    reader.open(f"{text_at(cast)}/adopt")
    reader.send(has="on", on="2030-01-01")
    assert reader.status == 422
    reader.send(has="on", on="2026-11-01")
    assert "Adopted on" in reader.text
    assert "Write the next version" not in links(reader)
    reader.send(action="/open-again")
    assert "Open for comments" in reader.text


def test_title_and_purpose_are_edited(cast, browse):
    reader = browse(cast.fatou)
    reader.open(f"{text_at(cast)}/edit")
    reader.send(has="title", title="")
    assert reader.status == 422
    reader.send(has="title", title="Un toit pour toutes", purpose="Pour mai")
    assert reader.page.h1.get_text() == "Un toit pour toutes"


def test_keepers_are_named_and_ended(cast, browse):
    reader = browse(cast.fatou)
    reader.open(f"{text_at(cast)}/keepers")
    assert "Olu Example" not in reader.text
    reader.send(has="person", person="")
    assert reader.status == 422
    reader.send(has="person", person=str(cast.rosa.id))
    assert "Rosa Ejemplo" in reader.page.select_one("main .lines").get_text()
    reader.open(f"{text_at(cast)}/keepers/{cast.fatou.id}/end")
    reader.send(action="/end")
    assert reader.status == 200
    reader.open(f"{text_at(cast)}/write")
    assert reader.status == 403


def test_two_versions_are_compared(cast, browse):
    write_version_as(cast)
    write_version_as(cast, body=REVISED + "\n\nFin.")
    reader = browse(cast.observer)
    reader.open(f"{text_at(cast)}/compare?old=1&new=3")
    assert [one.get_text() for one in reader.page.select("ins")] == [" pour toutes", "Fin."]
    assert "2 paragraphs are the same." in reader.text
    reader.open(f"{text_at(cast)}/compare")
    assert reader.page.h1.get_text() == "From version 2 to version 3"
    reader.open(f"{text_at(cast)}/compare?old=1&new=9")
    assert reader.status == 404


def test_a_version_is_taken_along_as_a_file(cast, browse):
    reader = browse(cast.observer)
    reader.open(f"{text_at(cast)}/versions/1.md")
    text = reader.answer.text
    assert text.startswith('---\ntitle: "Pour un toit"\nlanguage: "fr"\nversion: 1\n')
    assert text.endswith(f"---\n\n{FRENCH}\n")
    assert "attachment" in reader.answer.headers["Content-Disposition"]
    reader.open(f"{text_at(cast)}/versions/1.txt")
    assert "# Pour" not in reader.answer.text
    assert "Le logement est un droit." in reader.answer.text


def test_a_text_is_found_at_its_own_group_alone(cast, browse):
    other = make_group("Other group", slug="other-group")
    make_place(other, cast.rosa)
    reader = browse(cast.rosa)
    reader.open(f"/groups/other-group/texts/{cast.text.id}")
    assert reader.status == 404


def test_verdicts_have_a_shape_and_a_word(cast, browse):
    for verdict in Verdict:
        answered(make_comment(cast.text, cast.rosa), cast.fatou, verdict, because="Parce que.", because_language="fr")
    reader = browse(cast.huda)
    reader.open(f"{text_at(cast)}/comments")
    states = [one.get_text(" ", strip=True) for one in reader.page.select(".state")]
    assert sorted(states) == ["Not taken up", "Taken up", "Taken up in part"]
    assert all(one.svg for one in reader.page.select(".state"))


@pytest.mark.parametrize("address", ["", "/{text}", "/{text}/comments", "/{text}/versions/1/paragraphs/2"])
def test_many_rows_ask_as_many_questions_as_few(cast, browse, count_queries, address):
    def make_some(number: int) -> None:
        for _each in range(number):
            make_text(cast.group, cast.rosa)
            comment = answered(make_comment(cast.text, cast.huda), cast.fatou, because="Oui.", because_language="fr")
            make_translation(comment, cast.fatou, "en", body="The date is missing.")

    make_some(2)
    reader = browse(cast.rosa)
    reader.open(LIST + address.format(text=cast.text.id))
    with count_queries() as few:
        reader.open(LIST + address.format(text=cast.text.id))
    make_some(12)
    db.session.commit()
    with count_queries() as many:
        reader.open(LIST + address.format(text=cast.text.id))
    assert len(many) == len(few)
