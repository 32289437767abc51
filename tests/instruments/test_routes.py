"""Advocacy instruments as people meet them in a browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.core.actors import PUBLIC
from app.instruments import queries, services
from app.instruments.models import Instrument
from app.instruments.services import Words
from app.people.models import Person
from tests.conftest import START
from tests.instruments.conftest import Cast
from tests.instruments.test_services import actor
from tests.journeys.reader import Reader
from tests.make.instruments import make_instrument, make_instrument_text
from tests.make.workinggroups import make_group

Browse = Callable[[Person | None], Reader]
BASE = "/advocacy/instruments/"


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("outsider", (404, 403, 404)),
        ("reader", (200, 403, 403)),
        ("observer", (200, 403, 403)),
        ("speaker", (200, 200, 403)),
        ("member", (200, 200, 200)),
        ("secretary", (200, 403, 200)),
    ],
)
def test_the_network_reads_and_whoever_writes_for_its_owner_keeps(
    cast: Cast, browse: Browse, role: str, answers: tuple[int, int, int]
) -> None:
    """Reading, offering one, keeping this one."""
    row = make_instrument(cast.group)
    client, page = browse(getattr(cast, role)).client, f"{BASE}{row.id}"
    reading, offering, keeping = answers
    for path, expected in {
        BASE: 200,
        page: reading,
        f"{page}/en/1": reading,
        f"{page}/en/1.txt": reading,
        f"{BASE}new": offering,
        f"{page}/en/write": keeping,
        f"{page}/languages/new": keeping,
        f"{page}/describe": keeping,
        f"{page}/withdraw": keeping,
    }.items():
        assert client.get(path).status_code == expected, path


def test_a_visitor_reads_what_is_public(cast: Cast, browse: Browse) -> None:
    public, inside = make_instrument(cast.group, "For all", audience=PUBLIC), make_instrument(cast.group, "Inside")
    reader = browse(None)
    reader.open(BASE)
    assert "For all" in reader.text
    assert "Inside" not in reader.text
    reader.open(f"{BASE}{public.id}")
    assert (reader.status, "Land group" in reader.text) == (200, True)
    assert reader.client.get(f"{BASE}{inside.id}").status_code == 404


def test_a_member_offers_a_text_in_arabic(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.member)
    reader.open(BASE)
    assert "Nobody has offered a text yet." in reader.text
    reader.open(f"{BASE}new")
    reader.send(
        has="body",
        language="ar",
        title="بيان ضد الإخلاء",
        body="في [اسم المدينة] …",
        claims=["forced_eviction"],
        goals=["11"],
        audience="public",
    )
    title = reader.page.select_one("h1 bdi")
    assert (reader.status, title.get_text(), title["lang"], title["dir"]) == (200, "بيان ضد الإخلاء", "ar", "rtl")
    assert "What stands in [square brackets] is yours to fill in." in reader.text
    assert "11 Sustainable cities and communities" in reader.text
    assert "Read by everybody" in reader.text
    reader.open(f"{BASE}?claim=forced_eviction&goal=11&language=ar&whose=mine")
    assert reader.page.select_one("h3 bdi").get_text() == "بيان ضد الإخلاء"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": " "}, "Give it a title: others find it by that."),
        ({"body": ""}, "There are no words here yet."),
        ({"language": ""}, "Choose the language of your text"),
        ({"language": "other", "other_language": "klingonish"}, "We do not know this language."),
        ({"owner": "group:1"}, "Choose the group or the organisation that offers it."),
    ],
)
def test_what_is_refused_comes_back_filled_in(cast: Cast, browse: Browse, typed: dict[str, str], said: str) -> None:
    reader = browse(cast.member)
    reader.open(f"{BASE}new")
    values = {"language": "en", "title": "A title", "body": "Some words"} | typed
    reader.send(has="body", **values)
    assert reader.status == 422
    assert said in reader.text
    if "body" not in typed:
        assert reader.page.select_one("#body").get_text(strip=True) == "Some words"
    assert queries.list_visible(actor(cast.member), "en") == []


def test_versions_follow_one_another_and_two_writers_hear_of_each_other(cast: Cast, browse: Browse) -> None:
    row = make_instrument(cast.group)
    reader, page = browse(cast.member), f"{BASE}{row.id}"
    reader.open(f"{page}/en/write")
    services.write_version(
        actor(cast.secretary), row, Words("Theirs", "Their words."), language="en", changes="A", based_on=1, now=START
    )
    reader.send(has="body", body="My words.", changes="Shorter")
    assert reader.status == 422
    assert "Somebody wrote version 2 while you were writing." in reader.text
    assert "Their words." in reader.text
    assert reader.page.select_one("#body").get_text(strip=True) == "My words."
    reader.send(has="body")
    assert "Version 3 is there." in reader.page.get_text()
    assert (reader.path, "My words." in reader.text) == (page, True)
    reader.open(f"{page}/en/1")
    assert "This is an older version." in reader.text
    assert "families were evicted" in reader.text
    assert reader.client.get(f"{page}/en/9").status_code == 404
    assert reader.client.get(f"{page}/fr/write").status_code == 404
    assert reader.client.get(f"{page}?text=fr").status_code == 404
    reader.open(f"{page}/en/write")
    reader.send(has="body", changes="Nothing")
    assert "there is nothing new in them yet" in reader.text


def test_another_language_stands_beside_the_original_and_says_when_it_is_behind(cast: Cast, browse: Browse) -> None:
    row = make_instrument(cast.group)
    reader, page = browse(cast.member), f"{BASE}{row.id}"
    reader.open(f"{page}/languages/new")
    assert "families were evicted" in reader.text
    reader.send(has="body", language="fr", title="Le logement d’abord", body="À [nom de la ville] …")
    assert "this text follows version 1" in reader.text
    make_instrument_text(row, version=2, body="Newer.", changes="Newer")
    reader.open(f"{page}?text=fr")
    assert "this text still follows version 1, the original is at version 2" in reader.text
    reader.open(f"{page}/fr/write")
    reader.send(has="body", body="À [nom de la ville], encore.", changes="Suit", follows="y")
    assert "this text follows version 2" in reader.text
    reader.open(f"{page}/languages/new")
    assert "fr" not in [option["value"] for option in reader.page.select("#language option")]
    reader.send(has="body", language="other", other_language="français", title="Titre", body="Mots")
    assert (reader.status, "There is a text in this language already." in reader.text) == (422, True)


def test_it_is_described_withdrawn_and_offered_again(cast: Cast, browse: Browse) -> None:
    row = make_instrument(cast.group, audience=PUBLIC)
    reader, page = browse(cast.member), f"{BASE}{row.id}"
    reader.open(f"{page}/describe")
    reader.send(has="audience", claims=["right_to_land"], goals=["1", "5"], audience="network")
    assert "Right to land" in reader.text
    reader.open(f"{page}/describe")
    reader.send(has="audience", audience="")
    assert (reader.status, "Choose who may read it" in reader.text) == (422, True)
    reader.open(f"{page}/withdraw")
    reader.send(has="because", because="b" * 301)
    assert reader.status == 422
    reader.send(has="because", because="The law changed")
    assert "This was withdrawn on" in reader.text
    assert "The law changed" in reader.text
    reader.open(BASE)
    assert "Housing before evictions" not in reader.text
    reader.open(f"{BASE}?whose=withdrawn")
    assert "Housing before evictions" in reader.text
    reader.open(page)
    reader.send(action="/offer-again")
    assert "It is on offer again." in reader.page.get_text()


def test_a_text_is_taken_along_as_it_was_written(cast: Cast, browse: Browse) -> None:
    row = make_instrument(cast.organisation)
    answer = browse(cast.reader).client.get(f"{BASE}{row.id}/en/1.txt")
    assert answer.mimetype == "text/plain"
    assert answer.text.startswith("Housing before evictions\n\nIn [name of the city]")


def test_the_name_of_a_group_nobody_knows_of_is_not_given_away(cast: Cast, browse: Browse) -> None:
    row = make_instrument(make_group("Secret group", audience="inside"))
    reader = browse(cast.reader)
    reader.open(f"{BASE}{row.id}")
    assert ("Secret group" in reader.text, "a working group" in reader.text) == (False, True)


def test_the_list_keeps_its_query_count(cast: Cast, browse: Browse, count_queries: Any) -> None:
    reader = browse(cast.reader)

    def cost() -> int:
        reader.open(BASE)
        with count_queries() as statements:
            reader.open(BASE)
        return len(statements)

    make_instrument(cast.group), make_instrument(cast.organisation)
    few = cost()
    rows: list[Instrument] = []
    for _n in range(5):
        rows += [make_instrument(make_group()), make_instrument(cast.organisation)]
    for row in rows:
        make_instrument_text(row, "fr")
    assert cost() == few


def test_it_is_found_by_its_words_in_any_of_its_languages(cast: Cast, browse: Browse) -> None:
    by = actor(cast.member)
    row = services.offer(
        by, cast.group, Words("Housing first", "Words"), language="en", tags=services.Tags(), now=START
    )
    services.add_language(by, row, Words("Le logement d’abord", "Mots"), language="fr", of_version=1, now=START)
    reader = browse(cast.reader)
    reader.open("/search?q=logement")
    assert "Le logement d’abord" in reader.text
    services.withdraw(by, row, because="", now=START)
    reader = browse(cast.reader)
    reader.open("/search?q=logement")
    assert "Le logement d’abord" not in reader.text
