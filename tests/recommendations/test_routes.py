"""Recommendations as people meet them in a browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.advocacy.models import Claim
from app.core.registries import actor_at
from app.engagements.keys import engagement_key
from app.extensions import db
from app.people.models import Appearance, Person
from app.recommendations import queries
from app.recommendations.models import Recommendation, Status
from tests.architecture.test_routes import check_page
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.advocacy import make_occurrence, make_space
from tests.make.engagements import make_engagement
from tests.make.people import make_member, make_organisation
from tests.make.recommendations import make_evidence, make_follower, make_recommendation
from tests.recommendations.conftest import Cast

Browse = Callable[[Person | None], Reader]
BASE = "/advocacy/recommendations/"


def rows() -> list[Recommendation]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Recommendation).order_by(Recommendation.added_at)))


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        (None, (200, 303, 303, 303, 303)),
        ("outsider", (200, 403, 403, 403, 404)),
        ("member", (200, 403, 403, 200, 403)),
        ("speaker", (200, 403, 200, 200, 403)),
        ("coordinator", (200, 200, 200, 200, 200)),
        ("secretary", (200, 200, 200, 200, 200)),
    ],
)
def test_everybody_reads_and_each_has_their_part(
    cast: Cast, browse: Browse, role: str | None, answers: tuple[int, ...]
) -> None:
    """Reading, keeping, looking, bringing evidence, taking the evidence of the coordinator back."""
    row = make_recommendation(cast.space)
    make_follower(row, cast.organisation)
    evidence = make_evidence(row, cast.coordinator)
    client, page = browse(getattr(cast, role) if role else None).client, f"{BASE}{row.id}"
    reading, keeping, looking, bringing, taking = answers
    for path, expected in {
        BASE: reading,
        page: reading,
        "/advocacy/recommendations.csv": reading,
        f"{BASE}new": keeping,
        f"{BASE}new?space=example-committee": keeping,
        f"{page}/edit": keeping,
        f"{page}/remove": keeping,
        f"{page}/status": looking,
        f"{page}/evidence/new": bringing,
        f"{page}/evidence/{evidence.id}/remove": taking,
    }.items():
        assert client.get(path).status_code == expected, path


def test_a_coordinator_writes_down_what_a_committee_said(cast: Cast, browse: Browse) -> None:
    occurrence = make_occurrence(cast.space, date(2026, 2, 9), number=86)
    make_occurrence(cast.space, date(2027, 2, 8), number=88)
    reader = browse(cast.coordinator)
    reader.open(BASE)
    assert "No recommendation is written down yet." in reader.text
    reader.open(f"{BASE}new")
    assert [option["value"] for option in reader.page.select("#space option")] == ["", "example-committee"]
    reader.open(f"{BASE}new?space=example-committee&occurrence={occurrence.id}")
    check_page(reader.answer.text, "en", "new")
    assert [option["value"] for option in reader.page.select("#occurrence option")] == ["", str(occurrence.id)]
    reader.send(
        has="citation",
        language="es",
        citation="El Comité recomienda poner fin a los desalojos.\n\nTambién …",
        symbol="CEDAW/C/ARG/CO/8",
        paragraph="41 (b)",
        url="https://example.org/doc",
        issued_on="2026-03-02",
        country="AR",
        claims=["forced_eviction"],
        goals=["11"],
        is_gender_integrated="y",
    )
    [row] = rows()
    assert (reader.path, row.occurrence_id, row.added_by) == (f"{BASE}{row.id}", occurrence.id, cast.coordinator.id)
    voice = reader.page.select_one("blockquote.voice")
    assert (voice["lang"], voice["dir"], len(voice.select(".voice-text p"))) == ("es", "ltr", 2)
    for words in (
        "Recommendation to Argentina", "CEDAW/C/ARG/CO/8", "41 (b)", "Session 86", "No forced evictions",
        "11 Sustainable cities and communities", "It speaks of women and of gender", "Nobody follows it yet.",
    ):  # fmt: skip
        assert words in reader.text, words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"symbol": "", "url": ""}, "Without one of the two nobody can check the words."),
        ({"url": "www.example.org"}, "Write the whole link"),
        ({"issued_on": "2027-01-01"}, "This day is still to come."),
        ({"issued_on": ""}, "Write the day as year, month and day"),
        ({"issued_on": "2026-02-30"}, "Write the day as year, month and day"),
        ({"citation": ""}, "Copy what was recommended, word for word"),
        ({"language": ""}, "Choose the language of your text"),
        ({"country": "", "addressee": ""}, "Say to whom it was said"),
    ],
)
def test_what_is_refused_comes_back_filled_in(cast: Cast, browse: Browse, typed: dict[str, str], said: str) -> None:
    reader = browse(cast.coordinator)
    reader.open(f"{BASE}new?space=example-committee")
    values = {
        "language": "en",
        "citation": "Stop evictions.",
        "symbol": "E/C.12/1",
        "issued_on": "2026-03-02",
        "country": "AR",
    } | typed
    reader.send(has="citation", **values)
    assert reader.status == 422
    assert said in reader.text
    assert rows() == []
    if "citation" not in typed:
        assert "Stop evictions." in reader.page.select_one("#citation").get_text()


def test_an_engagement_of_another_space_is_refused_in_words(cast: Cast, browse: Browse) -> None:
    other = make_engagement(make_space("Another"), cast.group)
    reader = browse(cast.secretary)
    reader.open(f"{BASE}new?space=example-committee")
    form = reader.form(has="citation")
    form.select_one("#engagement").append(reader.page.new_tag("option", value=str(other.id)))
    reader.send(
        has="citation", language="en", citation="Stop.", symbol="E/1", issued_on="2026-01-01", country="AR",
        engagement=str(other.id),
    )  # fmt: skip
    assert (reader.status, "This engagement was towards another space." in reader.text) == (422, True)


def test_two_who_edit_at_once_hear_of_each_other(cast: Cast, browse: Browse) -> None:
    row = make_recommendation(cast.space, goals=(11,))
    one, other = browse(cast.coordinator), browse(cast.secretary)
    for reader in (one, other):
        reader.open(f"{BASE}{row.id}/edit")
    assert other.page.select_one("#goals input[checked]")["value"] == "11"
    one.send(has="citation", citation="Theirs.")
    other.send(has="citation", citation="Mine.")
    assert other.status == 422
    assert "Somebody changed this since you opened this page." in other.text
    assert "Theirs." in other.text
    other.send(has="citation")
    assert (rows()[0].citation, rows()[0].version) == ("Mine.", 3)


def test_the_engagement_is_shown_to_those_who_read_it(cast: Cast, browse: Browse) -> None:
    engagement = make_engagement(cast.space, cast.group, title="Our parallel report")
    row = make_recommendation(cast.space, engagement=engagement)
    for person, seen in ((None, False), (cast.member, False), (cast.coordinator, True), (cast.secretary, True)):
        reader = browse(person)
        reader.open(f"{BASE}{row.id}")
        assert ("Our parallel report" in reader.text) is seen, person


def test_where_it_stands_is_said_with_a_reason(cast: Cast, browse: Browse) -> None:
    row = make_recommendation(cast.space)
    reader = browse(cast.coordinator)
    reader.open(f"{BASE}{row.id}/status")
    reader.send(has="because", stands="partly")
    assert (reader.status, "Say why in a sentence" in reader.text) == (422, True)
    reader.send(has="because", stands="nothing", because="Why")
    assert (reader.status, "Choose where it stands." in reader.text) == (422, True)
    reader.send(has="because", stands="partly", because="The law names tenants, not squatters.")
    assert "Partly carried out" in reader.text
    assert "The law names tenants, not squatters." in reader.text
    visitor = browse(None)
    visitor.open(f"{BASE}{row.id}")
    assert "The law names tenants" in visitor.text
    assert "Huda" not in visitor.text


def test_who_speaks_for_an_organisation_follows_for_it_and_for_themselves(cast: Cast, browse: Browse) -> None:
    row = make_recommendation(cast.space)
    page, reader = f"{BASE}{row.id}", browse(cast.speaker)
    reader.open(page)
    labels = [form.get_text(" ", strip=True) for form in reader.page.select("#followers form")]
    assert labels == ["Follow it for Example Tenants", "Follow it myself"]
    reader.send(action="/follow", button=("organisation", str(cast.organisation.id)))
    assert "Example Tenants follows it no more" in reader.text
    for form in reader.page.select("#followers form"):
        if form.get_text(" ", strip=True) == "Follow it myself":
            reader.client.post(form["action"], data=reader._defaults(form))
    network, visitor = browse(cast.member), browse(None)
    network.open(page)
    visitor.open(page)
    assert ("Amina Exemple" in network.text, "Amina Exemple" in visitor.text) == (True, False)
    assert "1 person" in visitor.text
    assert "Example Tenants" in visitor.text
    reader.open(page)
    reader.send(action="/stop-following", button=("organisation", str(cast.organisation.id)))
    reader.send(action="/stop-following")
    assert "Nobody follows it yet." in reader.text
    assert browse(cast.member).client.post(f"{page}/follow", data={"organisation": "x"}).status_code == 404
    wrong = {"organisation": str(cast.organisation.id)}
    assert browse(cast.member).client.post(f"{page}/follow", data=wrong).status_code == 403
    assert browse(cast.member).client.post(f"{page}/follow", data={}).status_code == 422
    assert browse(cast.member).client.post(f"{page}/stop-following", data={}).status_code == 422


def test_evidence_is_brought_in_any_language_and_taken_back(cast: Cast, browse: Browse) -> None:
    row = make_recommendation(cast.space)
    page, reader = f"{BASE}{row.id}", browse(cast.member)
    reader.open(page)
    assert "Nobody has brought evidence yet." in reader.text
    reader.open(f"{page}/evidence/new")
    reader.send(has="words", language="ar", words="", seen_on="2026-11-01")
    assert (reader.status, "Write what you saw" in reader.text) == (422, True)
    reader.send(has="words", language="ar", words="صدر قانون جديد", seen_on="2026-11-01", url="https://example.org/law")
    words = reader.page.select_one("#evidence div.serif")
    assert (words["lang"], words["dir"], words.get_text(strip=True)) == ("ar", "rtl", "صدر قانون جديد")
    assert "1 November 2026" in reader.text
    visitor = browse(None)
    visitor.open(page)
    assert "صدر" not in visitor.text
    other = browse(cast.speaker)
    other.open(page)
    assert "صدر" in other.text
    assert "Take it back" not in other.text
    link = reader.page.select_one("#evidence a[href$='/remove']")["href"]
    reader.open(link)
    reader.send(action="/remove")
    assert "Nobody has brought evidence yet." in reader.text
    assert reader.client.get(link).status_code == 404


def test_evidence_can_be_kept_to_those_inside_the_engagement(cast: Cast, browse: Browse) -> None:
    engagement = make_engagement(cast.space, cast.group)
    row = make_recommendation(cast.space, engagement=engagement)
    reader = browse(cast.coordinator)
    reader.open(f"{BASE}{row.id}/evidence/new")
    reader.send(has="words", language="en", words="A judge told us.", seen_on="2026-11-01", audience="inside")
    assert "for those inside the engagement" in reader.text
    [evidence] = queries.list_evidence(actor_at(cast.secretary.id, START), row)
    assert evidence.audience == engagement_key(engagement.id)
    member = browse(cast.member)
    member.open(f"{BASE}{row.id}")
    assert "A judge told us." not in member.text


def test_a_mistake_is_removed_and_what_was_seen_stays(cast: Cast, browse: Browse) -> None:
    mistake, seen = make_recommendation(cast.space), make_recommendation(cast.space)
    make_evidence(seen)
    gone, reader = mistake.id, browse(cast.coordinator)
    reader.open(f"{BASE}{gone}/remove")
    reader.send(action="/remove")
    assert reader.path == BASE
    reader.open(f"{BASE}{seen.id}/remove")
    reader.send(action="/remove")
    assert (reader.status, "People have brought evidence" in reader.text) == (422, True)
    assert rows() == [seen]
    assert reader.client.get(f"{BASE}{gone}").status_code == 404


def test_the_register_is_narrowed_down_and_taken_along(cast: Cast, browse: Browse) -> None:
    child = make_space("Below", parent_id=cast.space.id, acronym="BLW")
    occurrence = make_occurrence(child, number=3)
    make_recommendation(
        child, country="KE", goals=(11,), claims=(Claim.RIGHT_TO_LAND,), citation="=Land for all",
        occurrence=occurrence, status=Status.PARTLY, status_at=START - timedelta(days=500),
        added_at=START - timedelta(days=500),
    )  # fmt: skip
    other = make_recommendation(make_space("Elsewhere"), citation="Water for all")
    make_follower(other, cast.organisation)
    reader = browse(cast.speaker)
    for query in (
        "country=KE", "space=example-committee", "goal=11", "claim=right_to_land", "stands=partly", "followed=nobody",
        "due=status", "due=evidence", f"occurrence={occurrence.id}",
    ):  # fmt: skip
        reader.open(f"{BASE}?{query}")
        assert ("Land for all" in reader.text, "Water for all" in reader.text) == (True, False), query
        check_page(reader.answer.text, "en", query)
    reader.open(f"{BASE}?followed=mine")
    assert ("Land for all" in reader.text, "Water for all" in reader.text) == (False, True)
    reader.open(f"{BASE}?country=FR&space=nowhere&goal=99&occurrence=x")
    assert "Land for all" in reader.text
    reader.open(f"{BASE}?stands=gone_back_on")
    assert "No recommendation is like this." in reader.text
    answer = browse(None).client.get("/advocacy/recommendations.csv?country=KE")
    table = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(line["Space"], line["State"], line["The words of the recommendation"]) for line in table] == [
        ("BLW", "Kenya", "'=Land for all")
    ]
    assert table[0]["Evidence"] == ""


def test_rooms_stand_where_it_came_from_and_with_who_follows_it(cast: Cast, browse: Browse) -> None:
    row = make_recommendation(cast.space, citation="Land for all")
    make_follower(row, cast.organisation)
    visitor = browse(None)
    for path in ("/advocacy/spaces/example-committee", f"/organisations/{cast.organisation.id}"):
        visitor.open(path)
        assert "Land for all" in visitor.text, path
        assert "Write one down" not in visitor.text
    reader = browse(cast.coordinator)
    reader.open("/advocacy/spaces/example-committee")
    link = next(a for a in reader.page.select("#recommendations a") if a.get_text() == "Write one down")
    assert link["href"] == f"{BASE}new?space=example-committee"
    empty = make_space("Empty", slug="empty")
    visitor.open(f"/advocacy/spaces/{empty.slug}")
    assert "Recommendations" not in visitor.text
    reader.open("/advocacy/")
    assert {a["href"] for a in reader.page.select("main .links a")} >= {BASE, "/advocacy/instruments/"}


def test_a_session_and_an_engagement_show_what_came_of_them(cast: Cast, browse: Browse) -> None:
    occurrence = make_occurrence(cast.space, date(2026, 2, 9))
    engagement = make_engagement(cast.space, cast.group)
    make_recommendation(cast.space, citation="Land for all", occurrence=occurrence, engagement=engagement)
    reader = browse(cast.coordinator)
    for path, query in (
        (f"/advocacy/occurrences/{occurrence.id}", f"occurrence={occurrence.id}"),
        (f"/advocacy/engagements/{engagement.id}", f"engagement={engagement.id}"),
    ):
        reader.open(path)
        assert "Land for all" in reader.text, path
        link = next(a for a in reader.page.select("#recommendations a") if a.get_text() == "Write one down")
        assert link["href"] == f"{BASE}new?space=example-committee&{query}"
        reader.open(link["href"])
        name, _equals, value = query.partition("=")
        assert reader.page.select_one(f"#{name} option[selected]")["value"] == value
    visitor = browse(None)
    visitor.open(f"/advocacy/occurrences/{occurrence.id}")
    assert "Land for all" in visitor.text


def test_lists_keep_their_query_count(cast: Cast, browse: Browse, count_queries: Any) -> None:
    reader, organisation = browse(cast.member), make_organisation()

    def cost(path: str) -> int:
        reader.open(path)
        with count_queries() as statements:
            reader.open(path)
        return len(statements)

    def several(count: int) -> None:
        for n in range(count):
            person = make_member(appearance=Appearance.NETWORK)
            space = make_space(acronym=f"S{n}")
            row = make_recommendation(space, goals=(1, 2), claims=(Claim.RIGHT_TO_LAND,))
            make_recommendation(cast.space, occurrence=make_occurrence(cast.space, date(2026, 1, 1 + n)))
            for who in (organisation, person):
                make_follower(row, who)
            make_evidence(row, person)

    paths = (BASE, f"/organisations/{organisation.id}", "/advocacy/recommendations.csv")
    several(2)
    few = [cost(path) for path in paths]
    several(6)
    assert [cost(path) for path in paths] == few
    one = make_recommendation(cast.space)
    before = cost(f"{BASE}{one.id}")
    for _n in range(5):
        person = make_member(appearance=Appearance.NETWORK)
        make_follower(one, person)
        make_follower(one, make_organisation())
        make_evidence(one, person)
    assert cost(f"{BASE}{one.id}") <= before + 2  # names of persons and of organisations, once there are any


def test_it_is_found_by_its_words_and_its_symbol(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.coordinator)
    reader.open(f"{BASE}new?space=example-committee")
    reader.send(
        has="citation", language="en", citation="Guarantee sanitation in informal settlements.",
        symbol="E/C.12/KEN/CO/9", issued_on="2026-01-01", country="KE",
    )  # fmt: skip
    visitor = browse(None)
    for words in ("sanitation", "Kenya"):
        visitor.open(f"/search?q={words}")
        assert "informal settlements" in visitor.text, words


def test_from_an_engagement_its_session_is_chosen_already_even_one_to_come(cast: Cast, browse: Browse) -> None:
    session = make_occurrence(cast.space, date(2027, 3, 8), number=71)
    make_occurrence(cast.space, date(2027, 9, 8), number=72)
    engagement = make_engagement(cast.space, cast.group, occurrence=session)
    reader = browse(cast.coordinator)
    reader.open(f"{BASE}new?space={cast.space.slug}&engagement={engagement.id}")
    offered = {one["value"]: one.has_attr("selected") for one in reader.page.select("#occurrence option")}
    assert offered.pop("") is False
    assert offered == {str(session.id): True}
    reader.send(
        has="citation", language="en", citation="Land for all", symbol="E/CN.6/2027/1", issued_on="2026-11-01",
        country="AR",
    )  # fmt: skip
    [row] = rows()
    assert (row.occurrence_id, row.engagement_id) == (session.id, engagement.id)


def test_an_organisation_outside_the_directory_follows_without_its_name(cast, browse):
    row = make_recommendation(cast.space)
    make_follower(row, cast.organisation)
    cast.organisation.is_listed = False
    db.session.flush()
    for who, is_named in (
        (None, False),
        (cast.outsider, False),
        (cast.member, False),
        (cast.secretary, True),
        (cast.speaker, True),
    ):
        client = browse(who).client
        for address in (f"/advocacy/recommendations/{row.id}", "/advocacy/recommendations.csv"):
            said = client.get(address).text
            assert ("Example Tenants" in said) is is_named, (who, address)
            assert "Nobody follows it yet" not in said
