"""The pages of reflections as people meet them: read, write, translate, take back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from app.extensions import db
from app.moments.models import Status
from app.originals.models import OriginalVersion, Translation
from app.people.models import Appearance, Person
from app.reflections.models import Reflection
from app.sessions.models import Track
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.people import make_affiliation, make_member, make_organisation, make_person, make_secretary, sign_in
from tests.make.reflections import ARABIC, FRENCH, make_participant, make_reflection, make_translation
from tests.make.sessions import make_facilitator, make_session, make_track

pytestmark = pytest.mark.usefixtures("clock")

BEFORE = datetime(2026, 11, 14, 17)

HOSTILE = {
    "ar": 'مرحبا <script>alert(1)</script> <img src=x onerror=alert(1)> [انقر](javascript:alert(1)) "><svg onload=x>',
    "fr": "« Bonjour » <iframe src=//x.example></iframe> [ici](data:text/html,<svg>) '\"><script>x()</script>",
    "wo": "Na nga def <style>*{display:none}</style> ![x](x\" onerror=\"alert(1)) <a href='vbscript:x' onclick=x>a</a>",
}


@pytest.fixture
def track(app: Flask) -> Track:
    return make_track("Climate justice")


@pytest.fixture
def writer(track: Track) -> Person:
    person = make_participant(track, "Huda Unmistakable", place="Secretplace", languages=("ar", "wo"))
    make_affiliation(person, make_organisation("Telltale Union"), from_on=date(2019, 1, 1))
    return person


@pytest.fixture
def reflection(track: Track, writer: Person) -> Reflection:
    return make_reflection(track, writer, audience="public")


@pytest.fixture
def browser(app: Flask) -> Callable[[Person | None], Reader]:
    """Return a browser, somebody's or a visitor's."""

    def open_for(person: Person | None = None) -> Reader:
        client: FlaskClient = app.test_client()
        return Reader(sign_in(client, person) if person else client)

    return open_for


Browser = Callable[..., Reader]


def said(reader: Reader) -> str:
    """The words of the page, without the blanks that tags leave before commas."""
    return reader.text.replace(" ,", ",")


def stored() -> list[Reflection]:
    return list(db.session.scalars(sa.select(Reflection).order_by(Reflection.written_at)))


def new_address(track: Track) -> str:
    return f"/tracks/{track.slug}/reflections/new"


# Writing


def test_a_participant_writes_in_arabic_and_it_stays_arabic(browser: Browser, track: Track, writer: Person) -> None:
    reader = browser(writer)
    reader.open(new_address(track))

    reader.send(has="body", body=ARABIC, language="ar", audience="public")

    (row,) = stored()
    assert reader.path == f"/reflections/{row.id}"
    block = reader.page.select_one("[lang=ar][dir=rtl]")
    assert block is not None
    assert [p.get_text() for p in block.select(".voice-text > p")] == ARABIC.split("\n\n")
    assert reader.page.title is not None
    assert "Huda Unmistakable" in reader.page.title.get_text()


def test_the_form_needs_nothing_but_body_language_and_audience(app: Flask, track: Track, writer: Person) -> None:
    client = sign_in(app.test_client(), writer)
    page = Reader(client)
    page.open(new_address(track))
    token = page.form(has="body").find(attrs={"name": "csrf_token"})["value"]  # type: ignore[index]

    answer = client.post(
        new_address(track), data={"csrf_token": token, "body": " Ñu \n", "language": "ay", "audience": "network"}
    )

    (row,) = stored()
    assert answer.status_code == 303
    assert (row.language, row.audience, row.versions[0].body) == ("ay", "network", " Ñu \n")


def test_the_form_asks_for_the_language_first_and_offers_the_persons_own(
    browser: Browser, track: Track, writer: Person
) -> None:
    page = browser(writer).open(new_address(track))

    fields = [field["name"] for field in page.select("main form [name]") if field.get("type") != "hidden"]
    options = [option["value"] for option in page.select("select[name=language] option")]
    assert fields[:3] == ["language", "other_language", "body"]
    assert options[:3] == ["", "ar", "wo"]
    assert options[-1] == "other"
    assert page.select_one("input[name=audience][checked]")["value"] == "track"  # type: ignore[index]
    assert page.select_one("textarea[name=body]")["dir"] == "auto"  # type: ignore[index]


def test_the_form_says_who_will_see_it_and_how_many(browser: Browser, track: Track, writer: Person) -> None:
    make_participant(track)
    reader = browser(writer)
    reader.open(new_address(track))
    assert "2 participants and the secretariat; nothing on the web" in reader.text

    make_facilitator(track, make_member())
    make_facilitator(track, writer)
    reader.open(new_address(track))
    assert "2 participants, 1 facilitator and the secretariat; nothing on the web" in reader.text
    assert "If naming somebody can harm you, write “the landlord”." in reader.text
    assert "Telltale Union" in reader.text


def test_another_language_is_written_by_its_name(browser: Browser, track: Track, writer: Person) -> None:
    reader = browser(writer)
    reader.open(new_address(track))

    reader.send(has="body", body="Mwega", language="other", other_language="kikuyu")

    assert [row.language for row in stored()] == ["ki"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"language": ""}, "language"),
        ({"language": "other"}, "other_language"),
        ({"language": "other", "other_language": "no language at all"}, "other_language"),
        ({"language": "not-a-tag-at-all"}, "language"),
        ({"body": " \n\u200f "}, "body"),
        ({"body": "ب" * 20_001}, "body"),
        ({"audience": "everyone"}, "audience"),
        ({"under": "other", "pseudonym": ""}, "pseudonym"),
        ({"under": "own", "pseudonym": "Two answers"}, "pseudonym"),
        ({"under": "neither"}, "under"),
        ({"under": "other", "pseudonym": "x" * 81}, "pseudonym"),
        ({"session": "not-an-identifier"}, "session"),
        ({"session": str(uuid4())}, "session"),
    ],
)
def test_what_is_refused_says_where_and_loses_nothing(
    browser: Browser, track: Track, writer: Person, typed: dict[str, str], field: str
) -> None:
    make_session(track, wall_start=BEFORE)
    reader = browser(writer)
    reader.open(new_address(track))

    page = reader.send(has="body", **({"body": "  كلمات\n", "language": "ar", "audience": "network"} | typed))

    assert reader.status == 422
    assert stored() == []
    assert page.select_one(f"#{field}-error") is not None
    assert page.select_one(f"#mistakes a[href='#{field}']") is not None
    assert "What you wrote is still here" in reader.text
    if "body" not in typed:
        assert page.select_one("textarea[name=body]").get_text() == "  كلمات\n"  # type: ignore[union-attr]


def test_a_text_that_is_too_long_is_told_its_length(browser: Browser, track: Track, writer: Person) -> None:
    reader = browser(writer)
    reader.open(new_address(track))

    reader.send(has="body", body="ب" * 20_412, language="ar")

    assert "20412" in reader.text
    assert "412" in reader.text


def test_an_expired_page_keeps_the_words(browser: Browser, track: Track, writer: Person) -> None:
    reader = browser(writer)
    reader.open(new_address(track))
    reader.form(has="body").find(attrs={"name": "csrf_token"})["value"] = "expired"  # type: ignore[index]

    page = reader.send(has="body", body="كلمات", language="ar")

    assert reader.status == 422
    assert page.select_one("textarea[name=body]").get_text() == "كلمات"  # type: ignore[union-attr]
    reader.send(has="body")
    assert len(stored()) == 1


def test_sent_twice_it_is_written_once(browser: Browser, track: Track, writer: Person) -> None:
    reader = browser(writer)
    reader.open(new_address(track))
    form = reader.page
    reader.send(has="body", body="كلمات", language="ar")
    first = reader.path

    reader.page, reader.path = form, new_address(track)
    reader.send(has="body", body="كلمات", language="ar")

    assert reader.path == first
    assert len(stored()) == 1


def test_seeing_it_first_keeps_nothing(browser: Browser, track: Track, writer: Person) -> None:
    reader = browser(writer)
    reader.open(new_address(track))

    page = reader.send(
        has="body", body="# عنوان\n\nكلمات", language="ar", pseudonym="جارة", under="other", button=("preview", "1")
    )

    shown = page.select_one("#seen-first blockquote[lang=ar][dir=rtl]")
    assert shown is not None
    assert "كلمات" in shown.get_text()
    assert "جارة" in shown.get_text()
    assert reader.status == 200
    assert stored() == []
    assert [button.get_text() for button in page.select("button.button:not([class*=--])")] == ["Publish"]
    assert page.select_one("#seen-first button[type=submit]")["form"] == page.select_one("#composer")["id"]
    reader.send(has="body")
    assert [row.pseudonym for row in stored()] == ["جارة"]


def test_the_field_for_the_words_turns_with_the_language_that_was_chosen(
    browser: Browser, track: Track, writer: Person
) -> None:
    reader = browser(writer)
    reader.open(new_address(track))
    assert reader.page.select_one("#body")["dir"] == "auto"

    page = reader.send(has="body", body="", language="ar")

    assert (page.select_one("#body")["dir"], page.select_one("#body")["lang"]) == ("rtl", "ar")
    assert [option["value"] for option in page.select("#language option[data-direction=rtl]")][:1] == ["ar"]


def test_a_preview_of_a_mistake_shows_the_mistake(browser: Browser, track: Track, writer: Person) -> None:
    reader = browser(writer)
    reader.open(new_address(track))

    page = reader.send(has="body", body="", language="ar", button=("preview", "1"))

    assert reader.status == 422
    assert page.select_one("#seen-first") is None


def test_a_session_is_chosen_by_the_address(browser: Browser, track: Track, writer: Person) -> None:
    session = make_session(track, wall_start=BEFORE)
    reader = browser(writer)
    reader.open(f"{new_address(track)}?session={session.id}")

    reader.send(has="body", body="كلمات", language="ar")

    assert [row.session_id for row in stored()] == [session.id]
    assert "Example session" in reader.text


def test_sessions_that_have_begun_are_offered_the_newest_first(browser: Browser, track: Track, writer: Person) -> None:
    for day, name in enumerate(("First", "Second"), start=1):
        make_session(track, name, wall_start=BEFORE + timedelta(days=day))
    make_session(track, "Yet to come")
    make_session(track, "Called off", wall_start=BEFORE, status=Status.CANCELLED)

    page = browser(writer).open(new_address(track))

    offered = [option.get_text() for option in page.select("select[name=session] option")]
    assert offered == ["No session in particular", "Second", "First"]


def test_writing_is_for_those_who_take_part(browser: Browser, track: Track) -> None:
    for person in (make_member(), make_secretary()):
        reader = browser(person)
        reader.open(new_address(track))
        assert reader.status == 403


def test_a_visitor_is_asked_to_sign_in(app: Flask, track: Track) -> None:
    answer = app.test_client().get(new_address(track))

    assert answer.status_code == 303
    assert "/sign-in" in answer.location


def test_a_track_that_is_not_there_or_not_seen_is_not_found(browser: Browser, writer: Person) -> None:
    draft = make_track(audience="secretariat")
    reader = browser(writer)

    for slug in ("no-such-track", draft.slug):
        reader.open(f"/tracks/{slug}/reflections/new")
        assert reader.status == 404


# Reading


@pytest.mark.parametrize("language", list(HOSTILE))
def test_hostile_words_are_shown_and_do_nothing(browser: Browser, track: Track, writer: Person, language: str) -> None:
    hostile = HOSTILE[language]
    row = make_reflection(track, writer, hostile, audience="public", language=language, pseudonym=hostile[:80])
    make_translation(row, make_member(hostile[:80]), language="en", body=hostile)
    reader = browser()

    for address in (f"/reflections/{row.id}", "/reflections/", f"/reflections/{row.id}?with=en"):
        page = reader.open(address)
        assert reader.status == 200
        main = page.find("main")
        assert main is not None
        assert not page.main.select("script, iframe, style, object, embed, img, [onerror], [onload], [onclick]")
        for link in main.select("a[href]"):
            assert str(link["href"]).startswith(("/", "?", "http")), link
        assert page.title is not None
        assert not page.title.find_all()


def test_the_original_comes_first_and_a_translation_beside_it(browser: Browser, reflection: Reflection) -> None:
    make_translation(reflection, make_member("Rosa Example", appearance=Appearance.PUBLIC))
    reader = browser()

    page = reader.open(f"/reflections/{reflection.id}?lang=fr")

    original, translation = page.select(".beside > *")
    assert (original["lang"], original["dir"]) == ("ar", "rtl")
    assert (translation["lang"], translation["dir"]) == ("fr", "ltr")
    assert [p.get_text() for p in original.find_all("p", recursive=False)] == ARABIC.split("\n\n")
    assert [p.get_text() for p in translation.find_all("p", recursive=False)] == FRENCH.split("\n\n")
    assert "Rosa Example" in translation.get_text()


def test_another_translation_is_chosen_by_the_address(browser: Browser, reflection: Reflection) -> None:
    make_translation(reflection, make_member("Rosa Example"), "es", body="Hola")
    make_translation(reflection, language="pt", machine="example-machine", body="Olá")
    reader = browser()

    reader.open(f"/reflections/{reflection.id}?with=pt")
    assert "Olá" in reader.text
    assert "machine translation by example-machine, not reviewed" in said(reader)
    assert "Read in Spanish" in reader.text
    reader.open(f"/reflections/{reflection.id}?with=")
    assert "Olá" not in reader.text
    assert "machine: example-machine" in reader.text


@pytest.mark.parametrize(
    ("overrides", "state"),
    [
        ({"of_version": 1}, "translation by Rosa Example, still follows version 1"),
        ({"of_version": 2}, "translation by Rosa Example, not reviewed"),
        ({"of_version": 2, "reviewed_at": START}, "translation by Rosa Example, reviewed by the author"),
    ],
)
def test_a_translation_says_whose_it_is_and_how_it_stands(
    browser: Browser, track: Track, writer: Person, overrides: dict[str, Any], state: str
) -> None:
    row = make_reflection(track, writer, "first", "second", audience="public")
    make_translation(row, make_member("Rosa Example", appearance=Appearance.PUBLIC), **overrides)
    reader = browser()

    reader.open(f"/reflections/{row.id}?with=fr")
    assert state in said(reader)
    reader.open(f"/reflections/{row.id}?with=")
    assert state.rsplit(", ", 1)[1].removesuffix(" by the author") in said(reader)


def test_unseen_is_not_found_and_a_member_is_not_a_visitor(browser: Browser, track: Track, writer: Person) -> None:
    row = make_reflection(track, writer)
    for person, status in ((None, 404), (make_member(), 404), (make_participant(track), 200), (writer, 200)):
        reader = browser(person)
        reader.open(f"/reflections/{row.id}")
        assert reader.status == status


@pytest.mark.parametrize("viewer", ["visitor", "participant", "facilitator", "secretary", "translator"])
def test_a_pseudonym_gives_nobody_away(browser: Browser, track: Track, writer: Person, viewer: str) -> None:
    session = make_session(track)
    row = make_reflection(
        track, writer, "one", "two", audience="public", pseudonym="A neighbour", session_id=session.id
    )
    translator = make_participant(track, "Rosa Example")
    make_translation(row, translator)
    make_translation(row, writer, language="es", reviewed_at=START)
    people = {
        "visitor": None,
        "participant": make_participant(track),
        "facilitator": make_participant(track),
        "secretary": make_secretary(),
        "translator": translator,
    }
    reader = browser(people[viewer])
    pages = [
        f"/reflections/{row.id}",
        f"/reflections/{row.id}?with=es",
        f"/reflections/{row.id}?with=fr",
        "/reflections/",
        f"/reflections/?track={track.slug}&language=ar",
        f"/tracks/{track.slug}",
        f"/sessions/{session.id}",
        "/",
    ]
    if viewer != "visitor":
        pages.append(f"/reflections/{row.id}/translations/new")
    if viewer == "secretary":
        pages.append(f"/reflections/{row.id}/versions/1")

    for address in pages:
        reader.open(address)
        assert reader.status == 200, address
        sent = reader.answer.text
        assert "A neighbour" in sent, address
        for secret in ("Unmistakable", "Secretplace", "Telltale", str(writer.id), writer.id.hex):
            assert secret not in sent, (address, secret)


def test_without_a_pseudonym_the_author_signs_with_name_organisation_and_place(
    browser: Browser, reflection: Reflection
) -> None:
    reader = browser()

    reader.open(f"/reflections/{reflection.id}")

    for shown in ("Huda Unmistakable", "Secretplace"):
        assert shown in reader.text
    assert str(reflection.author_id) not in reader.answer.text


def test_the_list_shows_what_one_may_read_and_filters(browser: Browser, track: Track, writer: Person) -> None:
    make_reflection(track, writer, "Hidden words")
    make_reflection(track, writer, "Open words", audience="public", language="wo")
    make_reflection(audience="public")
    reader = browser()

    reader.open("/reflections/")
    assert "Open words" in reader.text
    assert "Hidden words" not in reader.text
    page = reader.open(f"/reflections/?language=wo&track={track.slug}")
    assert len(page.select("blockquote")) == 1
    assert page.select_one("select[name=language] option[selected]")["value"] == "wo"  # type: ignore[index]
    reader.open("/reflections/?language=xx&track=none")
    assert "Nothing here is in this language" in reader.text


def test_the_list_goes_on_under_older(browser: Browser, track: Track, writer: Person) -> None:
    for number in range(23):
        make_reflection(
            track, writer, f"Words {number}.", audience="public", written_at=START - timedelta(minutes=number)
        )
    reader = browser()

    page = reader.open("/reflections/?language=ar")
    older = page.select_one("a[rel=next]")
    assert older is not None
    assert "language=ar" in str(older["href"])
    page = reader.open(str(older["href"]))

    assert [p.get_text() for p in page.select(".voice-text")] == ["Words 20.\n", "Words 21.\n", "Words 22.\n"]
    reader.open("/reflections/?after=spoilt")
    assert reader.status == 404


def test_an_empty_list_invites(browser: Browser, app: Flask) -> None:
    reader = browser()

    reader.open("/reflections/")

    assert "The first voice opens the room." in reader.text


def test_a_page_of_ten_and_of_two_hundred_takes_the_same_number_of_queries(
    browser: Browser, track: Track, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    def write(how_many: int) -> None:
        for _ in range(how_many):
            make_translation(make_reflection(track, make_participant(track), "a", "b"), make_member())

    reader = browser(make_participant(track))
    write(10)
    reader.open("/reflections/")
    with count_queries() as few:
        reader.open("/reflections/")
    write(190)
    with count_queries() as many:
        reader.open("/reflections/")

    assert len(few) == len(many)


# Versions


def test_older_versions_are_for_author_and_secretariat(browser: Browser, track: Track, writer: Person) -> None:
    row = make_reflection(track, writer, "The landlord Mr. Named", "The landlord", audience="public")
    for person, status in ((writer, 200), (make_secretary(), 200), (make_participant(track), 403)):
        reader = browser(person)
        reader.open(f"/reflections/{row.id}/versions/1")
        assert reader.status == status
        assert ("Mr. Named" in reader.text) == (status == 200)
        reader.open(f"/reflections/{row.id}")
        assert ("version 1 of" in reader.text) == (status == 200)


def test_a_version_that_never_was_is_not_found(browser: Browser, reflection: Reflection, writer: Person) -> None:
    reader = browser(writer)

    for address in (f"/reflections/{reflection.id}/versions/2", f"/reflections/{uuid4()}/versions/1"):
        reader.open(address)
        assert reader.status == 404


# What authors do


def test_an_edit_is_a_new_version(browser: Browser, reflection: Reflection, writer: Person) -> None:
    reader = browser(writer)
    page = reader.open(f"/reflections/{reflection.id}/edit")
    assert page.select_one("textarea[name=body]").get_text() == ARABIC  # type: ignore[union-attr]

    reader.send(has="body", body="كلمات أخرى")

    assert reader.path == f"/reflections/{reflection.id}"
    assert "Version 2 is what people read now." in reader.text
    assert "original, version 2 of" in reader.text


def test_an_edit_that_changes_nothing_says_so(browser: Browser, reflection: Reflection, writer: Person) -> None:
    reader = browser(writer)
    reader.open(f"/reflections/{reflection.id}/edit")

    reader.send(has="body")

    assert "Nothing was changed" in reader.text
    assert reflection.version == 1


def test_an_edit_can_be_seen_first(browser: Browser, reflection: Reflection, writer: Person) -> None:
    reader = browser(writer)
    reader.open(f"/reflections/{reflection.id}/edit")

    page = reader.send(has="body", body="كلمات أخرى", button=("preview", "1"))

    assert page.select_one("#seen-first") is not None
    assert reflection.version == 1


def test_two_devices_keep_both_texts(browser: Browser, reflection: Reflection, writer: Person) -> None:
    phone, computer = browser(writer), browser(writer)
    phone.open(f"/reflections/{reflection.id}/edit")
    computer.open(f"/reflections/{reflection.id}/edit")
    phone.send(has="body", body="من الهاتف")

    page = computer.send(has="body", body="من الحاسوب")

    assert computer.status == 422
    assert page.select_one("textarea[name=body]").get_text() == "من الحاسوب"  # type: ignore[union-attr]
    assert "من الهاتف" in computer.text
    assert "version 2 is the newest" in computer.text
    computer.send(has="body")
    assert [version.body for version in reflection.versions] == [ARABIC, "من الهاتف", "من الحاسوب"]


def test_the_author_changes_readers_and_name(browser: Browser, reflection: Reflection, writer: Person) -> None:
    reader = browser(writer)
    reader.open(f"/reflections/{reflection.id}/readers")

    reader.send(has="audience", audience="track", under="other", pseudonym="جارة")

    assert reflection.audience == f"track:{reflection.track_id}"
    assert "Your own name stands nowhere." in reader.text
    visitor = browser()
    visitor.open(f"/reflections/{reflection.id}")
    assert visitor.status == 404


def test_readers_that_do_not_exist_are_refused(browser: Browser, reflection: Reflection, writer: Person) -> None:
    reader = browser(writer)
    reader.open(f"/reflections/{reflection.id}/readers")

    reader.send(has="audience", audience="case:1")

    assert reader.status == 422
    assert reflection.audience == "public"


def test_withdrawing_is_asked_and_hides_it_from_the_secretariat_too(
    browser: Browser, reflection: Reflection, writer: Person
) -> None:
    make_translation(reflection, make_member())
    reader = browser(writer)
    reader.open(f"/reflections/{reflection.id}/withdraw")
    assert reflection.withdrawn_at is None

    reader.send(action="/withdraw")

    assert "You withdrew this reflection" in reader.text
    for person in (None, make_secretary()):
        other = browser(person)
        other.open(f"/reflections/{reflection.id}")
        assert other.status == 404
        other.open("/reflections/")
        assert "blockquote" not in other.answer.text
    reader.open("/reflections/")
    assert "Withdrawn: only you see it" in reader.text
    reader.open(f"/reflections/{reflection.id}")
    reader.send(action="/bring-back")
    assert reflection.withdrawn_at is None
    visitor = browser()
    visitor.open(f"/reflections/{reflection.id}?with=fr")
    assert FRENCH.split("\n", maxsplit=1)[0] in visitor.text


def test_erasing_is_asked_twice(browser: Browser, reflection: Reflection, writer: Person, track: Track) -> None:
    make_translation(reflection)
    reader = browser(writer)
    reader.open(f"/reflections/{reflection.id}/erase")

    page = reader.send(has="sure")
    assert reader.status == 422
    assert page.select_one("#mistakes a[href='#sure']") is not None
    assert reflection.erased_at is None
    reader.send(has="sure", sure="y")

    assert reader.path == "/reflections/"
    assert "Your reflection is erased" in reader.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OriginalVersion)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Translation)) == 0
    for person in (writer, make_secretary(), None):
        other = browser(person)
        other.open(f"/reflections/{reflection.id}")
        assert other.status == 404


@pytest.mark.parametrize("page", ["edit", "readers", "withdraw", "erase"])
def test_what_authors_do_is_for_authors(browser: Browser, reflection: Reflection, track: Track, page: str) -> None:
    for person in (make_participant(track), make_secretary()):
        reader = browser(person)
        reader.open(f"/reflections/{reflection.id}/{page}")
        assert reader.status == 403
        reader.open(f"/reflections/{uuid4()}/{page}")
        assert reader.status == 404


def test_bringing_back_without_the_token_asks_again(app: Flask, reflection: Reflection, writer: Person) -> None:
    reflection.withdrawn_at = START
    client = sign_in(app.test_client(), writer)

    answer = client.post(f"/reflections/{reflection.id}/bring-back")

    assert answer.status_code == 422
    assert "Bring your reflection back?" in answer.text
    assert reflection.withdrawn_at == START


def test_organisation_and_place_keep_their_own_directions(browser: Browser, track: Track) -> None:
    person = make_participant(track, "Huda Example", place="صنعاء")
    make_affiliation(person, make_organisation("مبادرة السكن"), from_on=date(2019, 1, 1))
    row = make_reflection(track, person, audience="public")

    line = browser().open(f"/reflections/{row.id}").select_one("main header .small.quiet, main .head .small.quiet")

    def stands_whole(note: Any) -> bool:
        """One line, turned as the language of the organisation's name is; both keep their own direction in it."""
        whole = note and note.select_one(":scope > bdi[lang=en][dir=ltr]")
        parts = [part.get_text() for part in whole.select(":scope > bdi")] if whole else []
        return parts == ["مبادرة السكن", "صنعاء"]

    assert stands_whole(line)
    form = browser(person).open(new_address(track))
    note = form.select_one("#under-0 + span .hint, input[name=under][value=own] + span .hint")
    assert stands_whole(note)


# Translating


def test_a_member_translates_beside_the_original(browser: Browser, reflection: Reflection) -> None:
    reader = browser(make_member("Rosa Example", languages=("fr", "ar")))
    page = reader.open(f"/reflections/{reflection.id}/translations/new")
    options = [option["value"] for option in page.select("select[name=language] option")]
    assert "fr" in options
    assert "ar" not in options
    assert page.select_one("main [lang=ar][dir=rtl]") is not None

    reader.send(has="body", language="fr", body=FRENCH)

    assert reader.path == f"/reflections/{reflection.id}"
    assert "translation by Rosa Example, not reviewed" in said(reader)
    assert [p.get_text() for p in reader.page.select(".beside-original > p")] == ARABIC.split("\n\n")


@pytest.mark.parametrize(
    ("appearance", "who"),
    [
        (Appearance.NOBODY, "People of your tracks and the secretariat see your name, Rosa Example"),
        (Appearance.NETWORK, "People of the network and of your tracks see your name, Rosa Example"),
        (Appearance.PUBLIC, "reads your translation, with your name: Rosa Example"),
    ],
)
def test_the_form_says_under_which_name_a_translation_stands_and_where_to_change_it(
    browser: Browser, reflection: Reflection, appearance: Appearance, who: str
) -> None:
    translator = make_member("Rosa Example", appearance=appearance)
    row = make_translation(reflection, translator)
    reader = browser(translator)

    for page in ("new", f"{row.id}/edit"):
        seen = reader.open(f"/reflections/{reflection.id}/translations/{page}")
        assert who in said(reader)
        assert seen.select_one('main a[href="/account/profile#appearance"]') is not None


def test_a_translator_who_appears_to_nobody_is_no_name_on_the_page(
    browser: Browser, reflection: Reflection, writer: Person
) -> None:
    row = make_translation(reflection, make_member("Rosa Example"))

    for person, page in (
        (None, "?with=fr"),
        (None, "?with="),
        (make_member(), "?with=fr"),
        (writer, f"/translations/{row.id}/remove"),
    ):
        reader = browser(person)
        reader.open(f"/reflections/{reflection.id}{page}")
        assert "Rosa Example" not in reader.page.decode()
        assert "a participant" in said(reader)


def test_one_translation_and_twenty_take_the_same_number_of_queries(
    browser: Browser,
    reflection: Reflection,
    track: Track,
    count_queries: Callable[[], AbstractContextManager[list[str]]],
) -> None:
    reader, address = browser(make_participant(track)), f"/reflections/{reflection.id}"
    make_translation(reflection, make_participant(track), "en")
    db.session.expunge_all()
    with count_queries() as few:
        reader.open(address)
    reflection = db.session.get_one(Reflection, reflection.id)
    track = reflection.track
    for number in range(20):
        make_translation(reflection, make_participant(track), f"qa{chr(97 + number)}")
    db.session.expunge_all()
    with count_queries() as many:
        reader.open(address)

    assert len(few) == len(many)


@pytest.mark.parametrize(
    ("language", "body", "field"),
    [("ar", "x", "language"), ("fr", "x", "language"), ("", "x", "language"), ("es", " ", "body")],
)
def test_a_translation_that_cannot_be_keeps_what_was_typed(
    browser: Browser, reflection: Reflection, language: str, body: str, field: str
) -> None:
    make_translation(reflection)
    reader = browser(make_member())
    reader.open(f"/reflections/{reflection.id}/translations/new")

    page = reader.send(has="body", language=language, body=body)

    assert reader.status == 422
    assert page.select_one(f"#{field}-error") is not None
    assert page.select_one("textarea[name=body]").get_text() == body  # type: ignore[union-attr]
    assert [row.body for row in reflection.translations] == [FRENCH]


def test_translating_is_for_the_network_and_the_track(browser: Browser, reflection: Reflection) -> None:
    outsider = make_person("Example Outsider")
    for person, address, status in (
        (outsider, f"/reflections/{reflection.id}", 403),
        (make_member(), f"/reflections/{make_reflection().id}", 404),
    ):
        reader = browser(person)
        reader.open(f"{address}/translations/new")
        assert reader.status == status
    visitor = browser().client.get(f"/reflections/{reflection.id}/translations/new")
    assert (visitor.status_code, "/sign-in" in visitor.location) == (303, True)


def test_the_translator_edits_and_the_author_says_yes(browser: Browser, reflection: Reflection, writer: Person) -> None:
    translator = make_member("Rosa Example")
    row = make_translation(reflection, translator)
    author, reader = browser(writer), browser(translator)

    page = author.open(f"/reflections/{reflection.id}?with=fr")
    question = page.find(string="Does this translation say what you said?")
    assert question is not None
    assert question.find_next("button").get_text() == "Yes, mark it as reviewed"
    assert "Other translations" not in author.text
    assert "as you chose" in author.text
    author.send(action="/review")
    assert "reviewed by the author" in author.text
    reader.open(f"/reflections/{reflection.id}/translations/{row.id}/edit")
    reader.send(has="body", body="Autrement dit")

    assert "translation by Rosa Example, not reviewed" in said(reader)
    assert "Autrement dit" in reader.text
    reader.open(f"/reflections/{reflection.id}/translations/{row.id}/edit")
    reader.send(has="body", body=" ")
    assert reader.status == 422


@pytest.mark.parametrize("by_author", [True, False])
def test_deleting_a_translation_leaves_the_original_untouched(
    browser: Browser, reflection: Reflection, writer: Person, by_author: bool
) -> None:
    translator = make_member()
    row = make_translation(reflection, translator)
    reader = browser(writer if by_author else translator)
    reader.open(f"/reflections/{reflection.id}?with=fr")
    assert "Remove this translation" in reader.text
    reader.open(f"/reflections/{reflection.id}/translations/{row.id}/remove")
    assert reflection.translations

    reader.send(action="/remove")

    assert reflection.translations == []
    assert [version.body for version in reflection.versions] == [ARABIC]
    assert reader.page.select_one("main [lang=ar][dir=rtl]") is not None


@pytest.mark.parametrize("page", ["edit", "remove"])
def test_a_translation_is_its_translators(browser: Browser, reflection: Reflection, track: Track, page: str) -> None:
    row = make_translation(reflection, make_member())
    elsewhere = make_translation(make_reflection(audience="public"), make_member())
    reader = browser(make_participant(track))

    reader.open(f"/reflections/{reflection.id}/translations/{row.id}/{page}")
    assert reader.status == 403
    reader.open(f"/reflections/{reflection.id}/translations/{elsewhere.id}/{page}")
    assert reader.status == 404


def test_a_review_without_the_token_asks_again(app: Flask, reflection: Reflection, writer: Person) -> None:
    row = make_translation(reflection, make_member())
    client = sign_in(app.test_client(), writer)

    answer = client.post(f"/reflections/{reflection.id}/translations/{row.id}/review")

    assert answer.status_code == 422
    assert "Does this translation say what you said?" in answer.text
    assert row.reviewed_at is None
