"""The pages of material as people meet them."""

from __future__ import annotations

import io
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core.files import StoredFile
from app.extensions import db
from app.materials.models import Material
from app.sessions.keys import track_key
from tests.journeys.reader import Reader
from tests.make.files import PDF, make_huge_picture
from tests.make.materials import make_material, make_stored
from tests.make.people import make_member, sign_in
from tests.make.reflections import make_participant
from tests.make.sessions import make_facilitator, make_session, make_track

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def track(app):
    return make_track("Climate justice", slug="climate")


@pytest.fixture
def leader(app, track):
    person = make_member("Leading Example", languages=("es",))
    make_facilitator(track, person)
    return Reader(sign_in(app.test_client(), person))


@pytest.fixture
def member(app, track):
    return Reader(sign_in(app.test_client(), make_participant(track)))


@pytest.fixture
def small_files(app, monkeypatch):
    settings = app.extensions["maloca"].model_copy(update={"max_file_bytes": 100_000})
    monkeypatch.setitem(app.extensions, "maloca", settings)


@pytest.fixture
def visitor(app):
    return Reader(app.test_client())


def rows() -> list[Material]:
    return list(db.session.scalars(sa.select(Material).order_by(Material.position)).unique())


def add_file(reader, body=PDF, name="report.pdf", **typed):
    reader.open("/tracks/climate/materials/new-file")
    values = {"file": (io.BytesIO(body), name), "title": "Informe", "language": "es", "readers": "public"} | typed
    return reader.send(has="title", **values)


def test_a_facilitator_adds_a_link_and_everybody_finds_it(leader, visitor):
    leader.open("/tracks/climate")
    leader.open("/tracks/climate/materials/new-link")
    leader.send(has="url", url="https://example.org/guide", title="Guide pratique", language="fr", readers="public")
    assert leader.path == "/tracks/climate/materials"
    assert "“Guide pratique” is there" in leader.text
    assert "Read by: Everybody" in leader.text
    visitor.open("/tracks/climate")
    link = visitor.page.find("a", href="https://example.org/guide")
    assert link["rel"] == ["noopener", "noreferrer"]
    assert link.bdi["lang"] == "fr"
    assert "on example.org" in visitor.text


@pytest.mark.parametrize("page", ["materials", "announcements", "outcomes", "handover"])
def test_tracks_stays_lit_on_the_roof_in_every_room_of_a_track(leader, page):
    leader.open(f"/tracks/climate/{page}")
    lit = leader.page.select("header [aria-current=page]")
    assert {link["href"] for link in lit} == {"/tracks/"}


def test_a_file_says_what_it_is_and_how_heavy_before_it_is_downloaded(leader, visitor):
    add_file(leader)
    visitor.open("/tracks/climate")
    assert "Informe PDF, 1 kB" in visitor.text
    answer = visitor.client.get(f"/materials/{rows()[0].id}/file")
    assert (answer.status_code, answer.data) == (200, PDF)
    assert answer.headers["Content-Disposition"] == "attachment; filename=report.pdf"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = visitor.client.get(f"/materials/{rows()[0].id}/file", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_same_name_twice_is_two_and_a_double_click_is_one(leader, app):
    add_file(leader)
    add_file(leader, body=PDF + b" ")
    assert [row.file.name for row in rows()] == ["report.pdf"] * 2
    leader.open("/tracks/climate/materials/new-file")
    form = leader._defaults(leader.form(has="title"))
    for _click in range(2):
        values = form.copy()
        values.setlist("file", [(io.BytesIO(PDF), "twice.pdf")])
        values["title"], values["language"] = "Twice", "es"
        answer = leader.client.post("/tracks/climate/materials/new-file", data=values)
        assert answer.status_code == 303
    assert len(rows()) == 3


@pytest.mark.parametrize(
    ("body", "name", "says"),
    [
        (b"MZ" + b"\x00" * 99, "flyer.pdf", "This is not a file we can take"),
        (make_huge_picture(), "huge.png", "30000 × 30000"),
        (b"a" * 100_001, "long.txt", "larger than 100 kB"),
    ],
)
def test_a_bad_file_is_answered_at_its_field_and_nothing_typed_is_lost(leader, small_files, body, name, says):
    page = add_file(leader, body, name, title="Mi título")
    assert leader.status == 422
    assert says in leader.text
    assert page.find("input", {"name": "title"})["value"] == "Mi título"
    assert rows() == []


def test_a_good_file_need_not_be_sent_twice(leader):
    add_file(leader, title="")
    assert leader.status == 422
    assert "We have your file report.pdf (1 kB)" in leader.text
    leader.send(has="title", title="Ahora sí")
    assert [(row.title, row.file.name) for row in rows()] == [("Ahora sí", "report.pdf")]


def test_what_is_far_too_large_is_answered_with_the_limit(leader, small_files):
    kind = "multipart/form-data; boundary=here"
    answer = leader.client.post("/tracks/climate/materials/new-file", data=b"x" * 2_300_000, content_type=kind)
    assert answer.status_code == 413
    assert "Files may have 100 kB at most" in answer.text


def test_large_requests_are_taken_only_where_a_file_is(leader):
    answer = leader.client.post("/tracks/climate/materials/new-link", data={"title": "x" * 2_000_001})
    assert answer.status_code == 413
    assert "This page takes 2 MB at most" in answer.text


def test_a_facilitator_edits_orders_and_removes(leader, track, app):
    make_material(track, "First")
    second = make_material(track, "Second", position=1, file=make_stored(app))
    leader.open("/tracks/climate/materials")
    leader.send(action=f"/materials/{second.id}/move", button=("direction", "up"))
    assert [row.title for row in rows()] == ["Second", "First"]
    leader.open(f"/materials/{second.id}/edit")
    leader.send(has="title", title="Segundo", language="pt")
    assert "“Segundo” is changed." in leader.text
    leader.open(f"/materials/{second.id}/remove")
    assert "the file is deleted" in leader.text
    leader.send(action="/remove")
    assert [row.title for row in rows()] == ["First"]
    assert db.session.scalar(sa.select(StoredFile.removed_at)) is not None


def test_an_edited_link_must_still_be_one(leader, track):
    material = make_material(track)
    leader.open(f"/materials/{material.id}/edit")
    leader.send(has="url", url="javascript:alert(1)")
    assert leader.status == 422
    assert "The link must begin with https://" in leader.text


def test_material_of_a_session_stands_on_its_page_and_in_the_list(leader, visitor, track):
    session = make_session(track, "Second meeting")
    leader.open(f"/sessions/{session.id}")
    leader.open(leader.page.find("a", string="Add a link")["href"])
    leader.send(has="url", url="https://example.org/s", title="Slides", language="en", readers="public")
    assert rows()[0].session_id == session.id
    visitor.open(f"/sessions/{session.id}")
    assert "Slides" in visitor.text
    visitor.open("/tracks/climate")
    visitor.open(visitor.page.find("a", string="Material of a session")["href"])
    assert "Second meeting Slides" in visitor.text


def test_participants_read_and_lay_out_nothing(member, track):
    material = make_material(track, audience=track_key(track.id))
    member.open("/tracks/climate/materials")
    assert material.title in member.text
    assert not member.page.find("a", string="Add a file")
    for path in (
        "/tracks/climate/materials/new-file", "/tracks/climate/materials/new-link",
        f"/materials/{material.id}/edit", f"/materials/{material.id}/remove",
    ):  # fmt: skip
        assert member.client.get(path).status_code == 403
    assert member.client.post(f"/materials/{material.id}/move").status_code == 403


def test_the_unseen_is_not_there(visitor, track, app):
    hidden = make_material(track, audience=track_key(track.id), file=make_stored(app))
    link = make_material(track)
    for path in (f"/materials/{hidden.id}/file", f"/materials/{link.id}/file", f"/materials/{uuid4()}/file"):
        assert visitor.client.get(path).status_code == 404
    assert hidden.title not in visitor.open("/tracks/climate/materials").get_text().replace(link.title, "", 1)


def test_a_page_asks_as_often_for_many_as_for_few(visitor, track, app, count_queries):
    def asked(path: str) -> int:
        with count_queries() as statements:
            assert visitor.client.get(path).status_code == 200
        return len(statements)

    session = make_session(track)
    paths = ("/tracks/climate/materials", "/tracks/climate", f"/sessions/{session.id}")
    for place in range(5):
        make_material(track, file=make_stored(app), position=place)
        make_material(track, session_id=session.id, file=make_stored(app))
    db.session.commit()
    few = [asked(path) for path in paths]
    for place in range(100):
        make_material(track, position=place, file=make_stored(app))
        make_material(track, session_id=session.id, position=place)
    db.session.commit()
    assert [asked(path) for path in paths] == few
