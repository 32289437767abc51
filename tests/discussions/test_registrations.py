"""What topics tell the rest of the house: mails, search, cards, personal data, what waits, what leaving means."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails, registries, slots
from app.core import waiting as core_waiting
from app.core.notices import Notice
from app.core.registries import Contact
from app.discussions import cards, policy, queries, searching, services, showing, telling
from app.discussions.models import Post, PostWithholding, Topic
from app.extensions import db
from app.originals import services as originals
from app.people.models import Person
from tests.conftest import START
from tests.make.discussions import ARABIC, FRENCH, SPANISH, make_post, make_topic, make_withholding
from tests.make.people import make_person
from tests.make.reflections import make_translation

LATER = START + timedelta(hours=1)
READER = Contact("reader@example.org", "en", "Fatou Exemple")


@pytest.fixture(autouse=True)
def _in_english(app):
    with app.test_request_context(), force_locale("en"):
        yield


def words_of(kind: str) -> mails.Words | None:
    notice = db.session.scalars(sa.select(Notice).where(Notice.kind == kind)).first()
    return mails.write(kind, notice.parameters, READER)


def test_the_mail_about_new_words_has_the_title_and_the_way_and_none_of_the_words(cast, act):
    services.reply(act(cast.huda), cast.topic, body=ARABIC, language="ar", now=LATER)
    words = words_of(telling.REPLIED)
    assert words.subject == "Land group: new words in a topic"
    assert "Mardi devant la mairie" in words.text
    assert f"/groups/land-group/topics/{cast.topic.id}" in words.text
    assert ARABIC not in words.text
    cast.opening.withdrawn_at = START
    db.session.flush()
    assert "Mardi devant la mairie" not in words_of(telling.REPLIED).text


def test_the_other_mails_lead_to_where_something_can_be_done(cast, act):
    post = make_post(cast.topic, cast.rosa)
    originals.translate(act(cast.huda), post, language="ar", body="أنا أيضا.", now=LATER)
    withholding = services.take_out_of_sight(act(cast.coordinator), post, reason="A name.", now=LATER)
    services.ask_to_show(act(cast.rosa), withholding, words="Please.", now=LATER)
    services.keep_out_of_sight(act(cast.coordinator), withholding, answer="No.", now=LATER)
    services.show_again(act(cast.secretary), withholding, now=LATER)
    page = f"/groups/land-group/posts/{post.id}"
    for kind, leads_to in (
        (telling.TRANSLATED, f"{page}?with=ar"),
        (telling.WITHHELD, f"{page}/out-of-sight"),
        (telling.ASKED, f"{page}/out-of-sight"),
        (telling.REFUSED, f"{page}/out-of-sight"),
        (telling.RELEASED, page),
    ):
        words = words_of(kind)
        assert words.text.endswith(leads_to), kind
        assert SPANISH not in words.text
    gone = {"post": str(cast.group.id), "fact": str(cast.group.id)}
    assert all(mails.write(kind, gone, READER) is None for kind in telling.KINDS)


def test_posts_are_found_in_their_language_the_title_with_the_words_it_opens(cast):
    reply = make_post(cast.topic, cast.huda, ARABIC, language="ar")
    make_translation(cast.opening, cast.rosa, "es", body="¿Quién viene?")
    found = searching.documents([cast.opening.id, reply.id])
    said = {one.language: (one.title, one.text) for one in found}
    assert said == {"fr": ("Mardi devant la mairie", FRENCH), "es": ("", "¿Quién viene?"), "ar": ("", ARABIC)}
    assert {one.part_of for one in found} == {("topic", cast.topic.id)}
    cast.opening.withdrawn_at = START
    db.session.flush()
    assert [one.language for one in searching.documents([cast.opening.id, reply.id])] == ["ar"]


def test_a_search_finds_them_for_the_people_of_the_group_alone(cast, browse, act):
    services.open_topic(
        act(cast.rosa), cast.group, title="Cartografía", body="Dibujamos juntas.", language="es", now=START
    )
    inside, outside = browse(cast.huda), browse(cast.outsider)
    inside.open("/search?q=dibujamos")
    assert "Rosa Ejemplo" in inside.text
    outside.open("/search?q=dibujamos")
    assert "Rosa Ejemplo" not in outside.text


def test_cards_are_for_those_who_read(cast, act):
    post = make_post(cast.topic, cast.rosa, withdrawn_at=START)
    assert cards.describe_posts([post.id], act(cast.huda)) == {}
    assert cards.describe_posts([post.id], act(cast.rosa))[post.id].state == "withdrawn"
    assert cards.describe_topics([cast.topic.id], act(cast.huda))[cast.topic.id].title == "Mardi devant la mairie"
    assert cards.describe_topics([cast.topic.id], act(cast.outsider)) == {}
    assert list(showing.cards(act(cast.huda), [cast.opening])) == [cast.opening.id]


def test_a_person_takes_along_what_they_wrote_and_why_it_is_out_of_sight(cast):
    make_withholding(cast.opening, cast.coordinator)
    (post,) = registries.export_person(cast.fatou.id)["discussions"]["posts"]
    assert (post["group"], post["title"], post["versions"][0]["body"]) == (
        "land-group",
        "Mardi devant la mairie",
        FRENCH,
    )
    assert post["kept_from_readers"][0]["reason"] == "It names somebody."


def test_decisions_and_words_follow_a_merged_person_and_shells_an_erased_one(cast):
    row = make_withholding(cast.opening, cast.coordinator)
    cast.topic.closed_by = cast.coordinator.id
    kept, writer = make_person(), make_person()
    registries.merge_person(kept.id, cast.coordinator.id, LATER)
    registries.merge_person(writer.id, cast.fatou.id, LATER)
    db.session.expire_all()
    assert (row.by_id, cast.topic.closed_by, cast.opening.author_id) == (kept.id, kept.id, writer.id)
    registries.erase_person(writer.id, LATER)
    db.session.expire_all()
    assert (cast.opening.title, cast.opening.author_id) == ("", None)
    assert db.session.scalars(sa.select(PostWithholding)).all() == []


def test_what_an_author_asks_waits_for_whoever_runs_the_group(cast, act):
    post = make_post(cast.topic, cast.rosa)
    make_withholding(post, cast.coordinator, plea="Please.", asked_at=START)
    for person, waits in ((cast.coordinator, True), (cast.secretary, True), (cast.rosa, False), (cast.huda, False)):
        hrefs = [line.href for line in core_waiting.lines(act(person), START)]
        assert (f"/groups/land-group/posts/{post.id}/out-of-sight" in hrefs) is waits


def test_before_leaving_one_reads_what_becomes_of_ones_words(cast, act):
    assert slots.parts("workinggroups.leaving", act(cast.huda), group=cast.group) == []
    (said,) = slots.parts("workinggroups.leaving", act(cast.fatou), group=cast.group)
    assert said.startswith("What you wrote in a topic stays in the group")


def test_who_may_do_what_follows_from_place_and_authorship(cast, act):
    post = make_post(cast.topic, cast.rosa)
    for person, answers, looks_after in (
        (cast.huda, True, False),
        (cast.observer, True, False),
        (cast.coordinator, True, True),
        (cast.rosa, True, False),
        (cast.secretary, False, True),
        (cast.outsider, False, False),
    ):
        assert policy.can_answer(act(person), post) is answers
        assert policy.can_look_after(act(person), post) is looks_after
    post.withdrawn_at = START
    assert not policy.can_look_after(act(cast.coordinator), post)


def grow(topic: Topic, writers: list[Person], translator: Person, *, number: int) -> None:
    """So many more posts, each with two translated answers, and as many more topics."""
    for place in range(number):
        writer = writers[place % 2]
        root = make_post(topic, writer)
        for answer in (make_post(topic, writer, answers=root), make_post(topic, writer, answers=root)):
            make_translation(answer, translator, "en", body="Me too.")
        make_translation(root, translator, "en", body="Me too.")
        make_topic(topic.group, writer)


def test_a_long_topic_and_a_long_list_take_as_many_queries_as_short_ones(cast, act, count_queries):
    def asked(work) -> int:
        db.session.commit()
        reader = act(cast.huda)
        topic, group, _loaded = cast.topic, cast.group, cast.group.origins
        for thing in list(db.session):
            if isinstance(thing, (Post, Topic)) and thing is not topic:
                db.session.expunge(thing)
        assert topic.slug
        with count_queries() as sent:
            work(reader, topic, group)
        return len(sent)

    def to_list(reader, _topic, group):
        assert showing.lines_of(reader, queries.page_of_topics(reader, group).rows)

    def to_read(reader, topic, _group):
        assert showing.posts_shown(reader, topic, queries.page_of_posts(reader, topic).rows, START)

    grow(cast.topic, [cast.rosa, cast.observer], cast.huda, number=2)
    few = asked(to_list), asked(to_read)
    grow(cast.topic, [cast.rosa, cast.observer], cast.huda, number=60)
    assert (asked(to_list), asked(to_read)) == few
