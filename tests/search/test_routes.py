"""The page: what is found, marked, in its own language; a way on wherever nothing is."""

from __future__ import annotations

from bs4 import BeautifulSoup

from app.core.actors import PUBLIC
from app.extensions import db
from app.sessions.keys import track_key
from tests.make.announcements import make_announcement
from tests.make.materials import make_material
from tests.make.outcomes import make_outcome
from tests.make.people import make_member, make_organisation, sign_in
from tests.make.reflections import make_participant, make_reflection
from tests.make.sessions import make_session, make_track


def opened(client, path: str) -> BeautifulSoup:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return BeautifulSoup(answer.text, "html5lib")


def text(page: BeautifulSoup) -> str:
    return " ".join(page.main.get_text(" ").split())


def test_the_roof_leads_to_the_search(client):
    page = opened(client, "/")
    assert page.select_one("header nav a[href='/search']").get_text(strip=True) == "Search"
    assert "What are you looking for?" in text(opened(client, "/search"))


def test_words_of_people_stand_in_their_own_language_with_what_was_found_marked(client, write_index):
    track = make_track("Land rights")
    reflection = make_reflection(
        track, make_member("Salwa Example"), "نحرس *الأرضَ* <b>", language="ar", audience=PUBLIC
    )
    write_index()
    page = opened(client, "/search?q=ارض")
    [line] = page.select(".lines > li")
    assert line.a["href"] == f"/reflections/{reflection.id}"
    assert line.a.get_text() == "Salwa Example"
    words = line.select_one("p[lang]")
    assert (words["lang"], words["dir"], words["class"]) == ("ar", "rtl", ["serif"])
    assert words.get_text() == "نحرس الأرضَ <b>"
    assert [mark.get_text() for mark in words.select("mark")] == ["الأرضَ"]
    assert "Land rights" in line.get_text()


def test_another_name_says_why_a_thing_was_found(client, write_index):
    make_organisation("Union of Tenants").acronym = "UOTX"
    write_index()
    page = opened(client, "/search?q=uotx")
    assert [mark.get_text() for mark in page.select("mark")] == ["UOTX"]
    assert page.select_one(".lines a").get_text() == "Union of Tenants"


def test_kinds_are_views_with_their_numbers_and_languages_a_choice(client, write_index):
    track = make_track("Rivers")
    make_reflection(track, make_member(), "The river.", language="en", audience=PUBLIC)
    make_reflection(track, make_member(), "Río, river.", language="es", audience=PUBLIC)
    write_index()
    page = opened(client, "/search?q=river")
    assert [" ".join(a.get_text().split()) for a in page.select(".views a")] == [
        "Everything 3", "Tracks 1", "Reflections 2",
    ]  # fmt: skip
    assert [option["value"] for option in page.select("select[name=language] option")] == ["", "en", "es"]
    voices = opened(client, page.select(".views a")[2]["href"])
    assert len(voices.select(".lines > li")) == 2
    assert voices.select_one("section.room--people")
    narrowed = opened(client, "/search?q=river&kind=track&language=es")
    assert "Nothing of this kind or in this language." in text(narrowed)
    assert narrowed.select_one(".empty a")["href"] == "/search?q=river"


def test_what_sessions_leave_is_shown_by_its_name_or_by_its_words(client, write_index):
    track = make_track("Land")
    session = make_session(track, "Walk")
    make_material(track, "Mapa del **calor**", language="es")
    make_material(track, "Mapa del calor (caminata)", language="es", session_id=session.id)
    make_announcement(track, make_member(), subject="Bring thermometers", body="We measure *calor* there.")
    agreed = make_outcome(session, "# Plan\n\nMedir el **calor** en " + "treinta y dos " * 20 + "casas.", language="es")
    write_index()
    sign_in(client, make_participant(track))
    db.session.commit()
    page = opened(client, "/search?q=calor")
    assert [" ".join(a.get_text().split()) for a in page.select(".views a")] == [
        "Everything 4", "Materials 2", "Announcements 1", "Outcomes 1",
    ]  # fmt: skip
    of_kind = {line.select_one(".tags .note").get_text(strip=True): line for line in page.select(".lines > li")}
    assert set(of_kind) == {"Link or file", "Announcement", "Outcome"}
    assert of_kind["Link or file"].a["href"].startswith(f"/tracks/{track.slug}/materials#material-")
    assert (
        of_kind["Link or file"].a.bdi["lang"] == of_kind["Link or file"].select_one(".tags .tag b").get_text() == "es"
    )
    assert not of_kind["Announcement"].select(".tag"), "it is in the language of the page"
    announcement, outcome = of_kind["Announcement"], of_kind["Outcome"]
    assert (announcement.a.get_text(), announcement.mark.get_text()) == ("Bring thermometers", "calor")
    assert announcement.select_one(".note").get_text() == "Land"
    assert outcome.a["href"] == f"/sessions/{session.id}#outcome-{agreed.id}"
    assert outcome.a.get_text().startswith("Plan Medir el calor en treinta")
    assert len(outcome.select("mark")) == 1, "its words are its name, and are not said twice"
    assert outcome.select_one(".note").get_text() == "Walk"
    for line in page.select(".lines > li"):
        path, _hash, place = line.a["href"].partition("#")
        assert place == "" or opened(client, path).find(id=place), "each leads to its place"


def test_nothing_found_says_what_to_do(client, app):
    assert "When you are signed in, more can be found." in text(opened(client, "/search?q=xyzzy"))
    assert "There is no word in this." in text(opened(client, "/search?q=%3F%21"))
    member = sign_in(app.test_client(), make_member())
    db.session.commit()
    assert "Words are found in the language in which they were written." in text(opened(member, "/search?q=xyzzy"))


def test_beginnings_are_said_to_be_such(client, write_index):
    make_track("Rivers")
    write_index()
    assert "These have words that begin so." in text(opened(client, "/search?q=riv"))


def test_what_one_may_not_read_is_on_no_page(client, write_index):
    track = make_track("Land")
    make_reflection(track, make_participant(track), "Hidden.", language="en", audience=track_key(track.id))
    write_index()
    assert not opened(client, "/search?q=hidden").select(".lines, .views, mark, select")


def test_further_finds_stand_on_a_further_page(client, write_index):
    track, author = make_track("Land"), make_member()
    for number in range(25):
        make_reflection(track, author, f"River {number}.", language="en", audience=PUBLIC)
    write_index()
    first = opened(client, "/search?q=river&kind=reflection")
    further = first.select_one(".pager a[rel=next]")["href"]
    second = opened(client, further)
    assert (len(first.select(".lines > li")), len(second.select(".lines > li"))) == (20, 5)
    assert client.get("/search?q=river&after=nonsense").status_code == 404


def test_endless_questions_are_cut(client, app):
    assert opened(client, "/search?q=" + "a" * 3_000).select_one("input[name=q]")["value"] == "a" * 200


def test_many_finds_ask_as_many_questions_as_few(client, write_index, count_queries):
    track = make_track("River")

    def asked() -> int:
        write_index()
        client.get("/search?q=river")
        with count_queries() as statements:
            client.get("/search?q=river")
        return len(statements)

    for _number in range(3):
        make_reflection(track, make_member(), "River.", language="en", audience=PUBLIC)
    few = asked()
    for _number in range(30):
        make_reflection(track, make_member(), "River.", language="en", audience=PUBLIC)
    assert asked() == few
