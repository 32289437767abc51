"""A15 · Bad line, small phone. The join form is sent twice because the line dropped; the first visit is light; typed
words stay; another language keeps the page; "adhérents" finds "Adhérent-e-s", and "habitantes" finds "habitant·e·s"."""

from __future__ import annotations

import gzip

import sqlalchemy as sa

from app.core.names import set_name
from app.extensions import db
from app.reflections.readers import Readers
from app.reflections.services import write_reflection
from app.sessions.models import Application, QuestionKind, TrackMembership
from tests.make.people import make_member
from tests.make.reflections import actor_of, make_participant
from tests.make.sessions import make_question, make_session, make_track

LIGHT = 50_000
"""Bytes of a first visit, compressed."""


def count(model) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def weigh(reader, *paths: str) -> int:
    """Bytes that travel, compressed, for these pages and everything they load, each file once."""
    files = set()
    weight = 0
    for path in paths:
        page = reader.open(path)
        weight += len(gzip.compress(reader.answer.data))
        files |= {tag["href"] for tag in page.select("link[rel=stylesheet], link[rel=icon]")}
        files |= {tag["src"] for tag in page.select("script[src], img[src]")}
    return weight + sum(len(gzip.compress(reader.client.get(file).data)) for file in files)


def a_track_that_asks():
    track = make_track("Climate justice", slug="climate-justice")
    make_session(track, "Who pays for the heat?", number=1)
    make_question(track, "What does the heat do where you live?", kind=QuestionKind.TEXT, is_required=True)
    db.session.commit()
    return track


def test_the_form_whose_answer_was_lost_is_sent_again_and_is_one_membership(app, now, clock, reader):
    track = a_track_that_asks()
    member = reader(make_member("Wangari Example", languages=("sw", "en")))
    member.open(f"/tracks/{track.slug}/join")
    form = member.form(has="spoken")
    [field] = [area["name"] for area in form.find_all("textarea")]
    values = member._defaults(form)
    values[field] = "Joto linapanda chini ya mabati."
    assert values["spoken"] == "Kiswahili, English"

    lost = member.client.post(f"/tracks/{track.slug}/join", data=values)  # the line drops: nobody reads this answer
    assert lost.status_code == 303
    again = member.client.post(f"/tracks/{track.slug}/join", data=values, follow_redirects=True)
    assert again.status_code == 200
    assert "You take part in this track." in again.text
    assert (count(TrackMembership), count(Application)) == (1, 1)


def test_the_one_button_of_a_track_that_asks_nothing_is_one_membership_too(app, now, clock, reader):
    track = make_track("Climate justice", slug="climate-justice")
    member = reader(make_member("Wangari Example"))
    member.open(f"/tracks/{track.slug}")
    values = member._defaults(member.form(action="/join"))
    for _time in range(3):
        member.client.post(f"/tracks/{track.slug}/join", data=values)
    assert (count(TrackMembership), track.intake.taken) == (1, 1)


def test_a_form_that_was_refused_keeps_what_was_typed_and_so_does_not_ask_twice(app, now, clock, reader):
    track = a_track_that_asks()
    member = reader(make_member("Wangari Example"))
    member.open(f"/tracks/{track.slug}/join")
    [field] = [area["name"] for area in member.form(has="spoken").find_all("textarea")]
    member.send(has="spoken", spoken="", needs=["low_bandwidth"], **{field: "Joto linapanda."})
    assert member.status == 422
    assert member.page.find("textarea", attrs={"name": field}).get_text(strip=True) == "Joto linapanda."
    assert member.page.find("input", attrs={"value": "low_bandwidth"}).has_attr("checked")
    assert count(TrackMembership) == 0
    member.send(has="spoken", spoken="Kiswahili")
    assert count(TrackMembership) == 1


def test_the_first_visit_to_the_front_the_track_and_the_join_form_is_light(app, now, clock, reader):
    track = a_track_that_asks()
    member = reader(make_member("Wangari Example", languages=("sw",)))
    weight = weigh(member, "/", f"/tracks/{track.slug}", f"/tracks/{track.slug}/join")
    assert weight < LIGHT, weight


def test_another_language_keeps_the_page_also_after_a_refusal(app, now, clock, reader):
    track = a_track_that_asks()
    member = reader(make_member("Wangari Example", languages=("sw",)))
    member.open(f"/tracks/{track.slug}/join")
    member.send(has="spoken")
    assert member.status == 422
    [spanish] = [a["href"] for a in member.page.select("footer a[hreflang=es]")]
    member.open(spanish)
    assert (member.status, member.path) == (200, f"/tracks/{track.slug}/join")
    assert member.page.html["lang"] == "es"
    assert member.form(has="spoken")


def test_a_search_finds_every_reading_of_an_inclusive_spelling(app, now, clock, reader):
    track = make_track("Members and friends", slug="members")
    set_name("track", track.id, "fr", "L’espace des Adhérent-e-s")
    words = "Les habitant·e·s du quartier écrivent à la mairie."
    author = actor_of(make_participant(track))
    write_reflection(author, track, body=words, language="fr", readers=Readers.PUBLIC, now=now)
    db.session.commit()

    visitor = reader(language="fr")
    visitor.open("/search")
    for typed, found, address in (
        ("adhérents", "Adhérent-e-s", "/tracks/members"),
        ("adherentes", "Adhérent-e-s", "/tracks/members"),
        ("habitantes", "habitant·e·s", "/reflections/"),
    ):
        visitor.open(f"/search?q={typed}")
        assert visitor.status == 200
        assert [mark.get_text() for mark in visitor.page.select("mark")] == [found], typed
        assert visitor.page.select_one(".lines a")["href"].startswith(address)
