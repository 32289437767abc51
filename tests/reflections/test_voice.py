"""A reflection that is spoken: taken for what it is, written anew, heard by its readers, gone when its author says."""

from __future__ import annotations

import io
from collections.abc import Callable
from uuid import uuid4

import av
import pytest
import sqlalchemy as sa

from app.core import files, registries
from app.core.errors import NotAllowed, RuleBroken
from app.core.files import StoredFile
from app.extensions import db
from app.reflections import recordings, services
from app.reflections.models import Draft, DraftOrigin, Reflection, Voice
from app.reflections.recordings import BadRecording, make_voice
from app.reflections.services import voice as voices
from app.sessions.keys import track_key
from tests.journeys.reader import Reader
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.reflections import actor_of, make_participant
from tests.make.sessions import make_facilitator, make_session, make_track
from tests.make.sound import MAKES, make_film, make_sound

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def track(app):
    return make_track("Climate justice", slug="climate")


@pytest.fixture
def author(track):
    return make_participant(track, "Fatou Example", languages=("wo", "fr"))


@pytest.fixture
def browser(app) -> Callable[..., Reader]:
    def open_for(person=None) -> Reader:
        client = app.test_client()
        return Reader(sign_in(client, person) if person else client)

    return open_for


@pytest.fixture
def spoken(app, track, author, now) -> Reflection:
    with app.test_request_context():
        incoming = files.lay_down(
            make_voice(make_sound(), "").body, name="voice.mp3", media_type="audio/mpeg", seconds=72
        )
    made = voices.speak(actor_of(author), track, incoming=incoming, language="wo", now=now)
    db.session.commit()
    return made


def said(reader: Reader) -> str:
    """The words of the page, without the blanks that tags leave before commas."""
    return reader.text.replace(" ,", ",")


def speak(reader: Reader, sound: bytes, name: str = "rec.m4a", **typed):
    reader.open("/tracks/climate/reflections/speak")
    return reader.send(has="file", file=(io.BytesIO(sound), name), **({"language": "wo"} | typed))


@pytest.mark.parametrize("make", list(MAKES))
def test_what_telephones_record_becomes_one_small_voice_that_says_nothing_of_itself(app, make):
    sound = make_sound(make, 3, {"title": "Secretplace", "artist": "Secretplace"})
    assert b"Secretplace" in sound
    made = make_voice(sound, "Secretplace.m4a")
    assert (made.media_type, made.name, made.seconds) == ("audio/mpeg", "voice.mp3", 3)
    assert b"Secretplace" not in made.body
    with av.open(io.BytesIO(made.body)) as heard:
        assert (heard.streams.audio[0].channels, heard.metadata) == (1, {})


def test_two_minutes_stay_under_half_a_megabyte(app):
    made = make_voice(make_sound("ogg", 120.5), "")
    assert made.seconds == 120
    assert len(made.body) < 500_000


@pytest.mark.parametrize(
    ("sound", "says"),
    [
        (b"MZ\x90\x00" + b"\x00" * 5000, "could not listen"),
        (b"OggS" + b"noise" * 900, "could not listen"),
        (b"#EXTM3U\nfile:///etc/passwd\n", "could not listen"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "could not listen"),
    ],
)
def test_what_is_no_recording_is_not_taken(app, sound, says):
    with app.test_request_context(), pytest.raises(BadRecording) as refused:
        make_voice(sound, "voice.mp3")
    assert says in str(refused.value.message)


def test_films_long_and_empty_recordings_are_refused_with_the_way_out(app):
    for sound, says in (
        (make_film(), "This is a film"),
        (make_sound("ogg", 180), "longer than two minutes"),
        (make_sound("wav", 0.1), "shorter than a second"),
        (make_sound("m4a", 3)[:2000], "could not listen"),
    ):
        with app.test_request_context(), pytest.raises(BadRecording) as refused:
            make_voice(sound, "")
        assert says in str(refused.value.message)


def test_a_decoder_that_takes_too_long_or_dies_is_no_fault_of_the_house(app, monkeypatch, tmp_path):
    endless = tmp_path / "endless.py"
    endless.write_text("import time, sys\ntime.sleep(20)\n")
    monkeypatch.setattr(recordings.child, "__file__", str(endless))
    monkeypatch.setattr(recordings, "PATIENCE", 0.2)
    with app.test_request_context(), pytest.raises(BadRecording):
        make_voice(b"x", "")
    endless.write_text("import os\nos.abort()\n")
    monkeypatch.setattr(recordings, "PATIENCE", 20)
    with app.test_request_context(), pytest.raises(BadRecording):
        make_voice(b"x", "")


def test_somebody_speaks_and_the_track_hears(browser, author, track):
    reader = browser(author)
    speak(reader, make_sound("m4a", 2))
    assert "Your voice is published." in reader.text
    assert "spoken in Wolof, 0:02, 9 kB" in said(reader)
    reflection = db.session.scalars(sa.select(Reflection)).one()
    assert (reflection.language, reflection.audience) == ("wo", track_key(track.id))
    assert reflection.voice.file.name == "voice.mp3"
    other = browser(make_participant(track))
    player = other.open(f"/reflections/{reflection.id}").find("audio")
    assert player["preload"] == "none"
    answer = other.client.get(player["src"], headers={"Range": "bytes=0-99"})
    assert (answer.status_code, len(answer.data), answer.mimetype) == (206, 100, "audio/mpeg")
    for path in ("/tracks/climate", "/reflections/"):
        other.open(path)
        assert "spoken in Wolof, 0:02" in said(other)


def test_a_bad_recording_comes_back_with_everything_else(browser, author):
    reader = browser(author)
    page = speak(reader, b"MZ" + b"\x00" * 500, "flyer.mp3", body="Lu ma wax", audience="network")
    assert reader.status == 422
    assert "We could not listen to this file." in reader.text
    assert page.find("textarea", {"name": "body"}).get_text(strip=True) == "Lu ma wax"
    assert db.session.scalars(sa.select(StoredFile)).all() == []


def test_only_the_page_that_records_may_ask_for_the_microphone(browser, author):
    client = browser(author).client
    page, other = client.get("/tracks/climate/reflections/speak"), client.get("/tracks/climate/reflections/new")
    assert "microphone=(self)" in page.headers["Permissions-Policy"]
    assert "media-src 'self' blob:" in page.headers["Content-Security-Policy"]
    assert "microphone=()" in other.headers["Permissions-Policy"]
    assert "media-src 'self';" in other.headers["Content-Security-Policy"]


def test_who_does_not_take_part_speaks_nowhere_and_hears_nothing(browser, spoken, track):
    stranger = browser(make_member())
    assert stranger.client.get("/tracks/climate/reflections/speak").status_code == 403
    for reader in (stranger, browser()):
        assert reader.client.get(f"/reflections/{spoken.id}/voice").status_code == 404
    assert browser().client.get(f"/reflections/{uuid4()}/voice").status_code == 404


def test_the_author_writes_the_words_later_as_a_new_version(browser, author, spoken):
    reader = browser(author)
    reader.open(f"/reflections/{spoken.id}")
    assert "Nobody can read your voice yet." in reader.text
    reader.open(f"/reflections/{spoken.id}/edit")
    reader.send(has="body", body="Lu ma wax")
    assert "Lu ma wax" in reader.text
    assert reader.page.find("audio")
    assert [version.body for version in spoken.versions] == ["", "Lu ma wax"]


def test_a_withdrawn_voice_is_heard_by_its_author_alone(browser, author, spoken, track, now):
    services.withdraw(actor_of(author), spoken, now=now)
    db.session.commit()
    assert browser(make_participant(track)).client.get(f"/reflections/{spoken.id}/voice").status_code == 404
    assert browser(author).client.get(f"/reflections/{spoken.id}/voice").status_code == 200


def test_an_erased_voice_goes_with_its_file_and_with_what_others_offered(browser, author, spoken, track, now):
    voices.offer_transcript(actor_of(make_participant(track)), spoken, body="Lu ma wax", now=now)
    services.erase_reflection(actor_of(author), spoken, now=now)
    db.session.commit()
    assert db.session.scalars(sa.select(Voice)).all() == []
    assert db.session.scalars(sa.select(Draft)).all() == []
    assert db.session.scalar(sa.select(StoredFile.removed_at)) == now
    assert browser(author).client.get(f"/reflections/{spoken.id}/voice").status_code == 404


def test_a_person_who_is_erased_leaves_no_voice(author, spoken, now):
    exported = registries.export_person(author.id)["reflections"]["reflections"][0]
    assert exported["voice"]["file"] == "voice.mp3"
    assert exported["voice"]["address"] == f"/reflections/{spoken.id}/voice"
    registries.erase_person(author.id, now)
    assert db.session.scalar(sa.select(StoredFile.removed_at)) == now


def test_a_listener_offers_the_words_and_only_the_author_gets_them(browser, author, spoken, track):
    listener = browser(make_participant(track))
    listener.open(f"/reflections/{spoken.id}")
    listener.open(listener.page.find("a", string="Write it down for the author")["href"])
    listener.send(has="body", body="Lu ma wax")
    assert "The author reads your words first" in listener.text
    draft = db.session.scalars(sa.select(Draft)).one()
    assert (draft.author_id, draft.origin, draft.language) == (author.id, DraftOrigin.TRANSCRIPT, "wo")
    assert [version.body for version in spoken.versions] == [""]


def test_the_rules_of_offering(spoken, author, track, now):
    listener = actor_of(make_participant(track))
    first = voices.offer_transcript(listener, spoken, body="Lu ma wax", now=now)
    assert voices.offer_transcript(listener, spoken, body="Lu ma wax", now=now) is first
    with pytest.raises(RuleBroken):
        voices.offer_transcript(listener, spoken, body="  ", now=now)
    for actor in (actor_of(author), actor_of(make_member())):
        with pytest.raises(NotAllowed):
            voices.offer_transcript(actor, spoken, body="x", now=now)
    for n in range(voices.MOST_OFFERS - 1):
        voices.offer_transcript(listener, spoken, body=f"Lu ma wax {n}", now=now)
    with pytest.raises(RuleBroken):
        voices.offer_transcript(listener, spoken, body="One more", now=now)


def test_a_voice_belongs_to_a_session_of_its_track(app, track, author, now):
    with app.test_request_context():
        incoming = files.lay_down(b"x", name="voice.mp3", media_type="audio/mpeg", seconds=1)
    given = {"incoming": incoming, "language": "wo", "now": now}
    with pytest.raises(RuleBroken):
        voices.speak(actor_of(author), track, session_id=make_session(make_track()).id, **given)
    with pytest.raises(NotAllowed):
        voices.speak(actor_of(make_member()), track, **given)
    assert voices.speak(actor_of(author), track, session_id=make_session(track).id, **given).session_id


def test_paper_says_where_a_voice_is_heard_and_who_wrote_it_down(browser, author, spoken, track):
    helper = make_participant(track, "Helping Example")
    spoken.written_down_by = helper.id
    db.session.commit()
    reader = browser(make_participant(track))
    reader.open(f"/tracks/{track.slug}/voices/print")
    assert "hear it on the page" in said(reader)
    assert f"/reflections/{spoken.id}" in said(reader)
    assert "written down by Helping Example" in said(reader)
    reader.open(f"/tracks/{track.slug}")
    assert "written down by a helper" in said(reader)
    reader.open(f"/reflections/{spoken.id}")
    assert "written down by Helping Example" in said(reader)


def test_a_voice_without_words_is_not_quoted(browser, spoken, track):
    reader = browser(make_participant(track))
    reader.open(f"/reflections/{spoken.id}")
    assert "Answer" in said(reader)
    assert "Quote" not in said(reader)


def test_who_decides_about_a_voice_hears_it(browser, track, author, spoken, now):
    teller, leader = make_participant(track), make_member("Facilitator Example")
    make_facilitator(track, leader)
    services.report_reflection(actor_of(teller), spoken, words="It names somebody.", now=now)
    db.session.commit()
    team, own = browser(leader), browser(author)
    where = f"/reflections/{spoken.id}"

    def is_heard(reader: Reader, rest: str) -> bool:
        reader.open(where + rest)
        assert not reader.page.select(".voice-text")  # nobody has written it down: no empty text
        return len(reader.page.select(f"audio[src='{where}/voice']")) == 1

    assert is_heard(own, "")
    assert is_heard(team, "")
    assert "said here. Write it down" in team.text
    assert is_heard(team, "/reports")
    team.send(has="reason", reason="It attacks.")
    assert is_heard(team, "/release")
    assert is_heard(team, "/withheld")
    assert is_heard(own, "/withheld")
    own.send(has="words", words="It is true.")
    assert is_heard(browser(make_secretary()), "/release")
    assert team.client.get(where + "/voice").status_code == 200
