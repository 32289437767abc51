"""Material is added, edited, put in order, removed and copied by those who lead its track."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core import files
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.files import StoredFile
from app.extensions import db
from app.materials import policy, queries, services
from app.materials.models import Material, TrackMaterial
from app.materials.readers import Readers, readers_of
from app.sessions import events
from app.sessions.keys import track_key
from tests.make.files import PDF
from tests.make.materials import make_material, make_stored
from tests.make.people import make_member
from tests.make.reflections import actor_of, make_participant
from tests.make.sessions import make_facilitator, make_session, make_track


@pytest.fixture
def track(app):
    return make_track()


@pytest.fixture
def leader(track):
    person = make_member("Leading Example")
    make_facilitator(track, person)
    return actor_of(person)


@pytest.fixture
def member(track):
    return actor_of(make_participant(track))


def a_link(actor, track, now, **changed):
    given = {"title": "Guide", "url": "https://example.org/guide", "language": "fr", "readers": Readers.TRACK}
    return services.add_link(actor, track, **given | changed, now=now)


def titles(actor, track):
    return [row.title for row in queries.list_materials(actor, track)]


def test_links_and_files_stand_in_the_order_they_came(app, track, leader, now):
    with app.test_request_context():
        incoming = files.lay_down(PDF, name="a.pdf", media_type="application/pdf")
    a_link(leader, track, now, title="One")
    two = services.add_file(
        leader, track, title="Two", incoming=incoming, language="es", readers=Readers.PUBLIC, now=now
    )
    assert titles(leader, track) == ["One", "Two"]
    assert (two.file.name, two.audience, two.position) == ("a.pdf", "public", 1)
    assert db.session.scalars(sa.select(AuditLine.code)).all() == ["materials.material.added"] * 2


@pytest.mark.parametrize(
    "url",
    [
        "", "example.org", "javascript:alert(1)", "ftp://example.org/x", "https://", "https://rosa:secret@example.org/",
        "https://example.org/a b", "https://example.org:99999/", "https://example.org/\u202e", "https://" + "x" * 500,
    ],
)  # fmt: skip
def test_a_link_is_an_address_of_the_web_without_a_user_name(track, leader, now, url):
    with pytest.raises(services.BadLink):
        a_link(leader, track, now, url=url)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"language": "Klingonese"}, "language"),
        ({"session_id": uuid4()}, "session"),
    ],
)
def test_what_is_missing_is_asked_at_its_field(track, leader, now, changed, field):
    with pytest.raises(RuleBroken) as refused:
        a_link(leader, track, now, **changed)
    assert refused.value.field == field


def test_a_session_of_another_track_is_no_place(track, leader, now):
    elsewhere = make_session(make_track())
    with pytest.raises(RuleBroken):
        a_link(leader, track, now, session_id=elsewhere.id)


def test_only_those_who_lead_the_track_lay_out_material(track, member, now):
    other = make_member()
    make_facilitator(make_track(), other)
    material = make_material(track)
    for actor in (member, actor_of(other)):
        with pytest.raises(NotAllowed):
            a_link(actor, track, now)
        with pytest.raises(NotAllowed):
            services.move_material(actor, material, up=True, now=now)
        with pytest.raises(NotAllowed):
            services.remove_material(actor, material, now=now)
        assert not policy.can_add(actor, track)
        assert not policy.can_edit(actor, material)


def test_material_moves_up_and_down_among_its_own(track, leader, now):
    for title in ("One", "Two", "Three"):
        last = a_link(leader, track, now, title=title)
    session = make_session(track)
    a_link(leader, track, now, title="Of a session", session_id=session.id)
    services.move_material(leader, last, up=True, now=now)
    services.move_material(leader, last, up=True, now=now)
    services.move_material(leader, last, up=True, now=now)
    own = [row.title for row in queries.list_materials(leader, track) if row.session_id is None]
    assert own == ["Three", "One", "Two"]
    services.move_material(leader, last, up=False, now=now)
    assert last.position == 1


def test_everything_but_the_file_can_be_edited(track, leader, now):
    link = a_link(leader, track, now)
    session = make_session(track)
    services.edit_material(
        leader, link, title="Guía", language="es", readers=Readers.PUBLIC, session_id=session.id,
        url="https://example.org/guia", now=now,
    )  # fmt: skip
    assert (link.title, link.language, link.audience, link.session_id) == ("Guía", "es", "public", session.id)
    with pytest.raises(services.BadLink):
        services.edit_material(
            leader, link, title="x", language="es", readers=Readers.TRACK, session_id=None, url="x", now=now
        )


def test_a_file_goes_with_the_last_material_that_names_it(app, track, leader, now):
    stored = make_stored(app)
    one, two = make_material(track, file=stored), make_material(track, file=stored)
    services.remove_material(leader, one, now=now)
    assert stored.removed_at is None
    services.remove_material(leader, two, now=now)
    assert stored.removed_at == now


def test_what_somebody_else_removed_meanwhile_is_not_there(track, leader, now):
    material = make_material(track)
    db.session.execute(sa.delete(Material), execution_options={"synchronize_session": False})
    with pytest.raises(NotFound):
        services.remove_material(leader, material, now=now)


def test_public_material_of_a_draft_is_not_seen_and_follows_the_track(track, leader, now):
    material = make_material(track)
    stranger = actor_of(make_member())
    assert queries.get_visible_material(stranger, material.id) is material
    track.audience = track_key(track.id)
    db.session.flush()
    with pytest.raises(NotFound):
        queries.get_visible_material(stranger, material.id)
    assert titles(stranger, track) == []
    assert titles(leader, track) == [material.title]


def test_material_for_the_track_is_for_those_who_take_part(track, member):
    material = make_material(track, audience=track_key(track.id))
    assert queries.get_visible_material(member, material.id) is material
    with pytest.raises(NotFound):
        queries.get_visible_material(actor_of(make_member()), material.id)


def test_material_of_a_session_is_seen_with_the_session(track, member):
    session = make_session(track)
    make_material(track, session_id=session.id)
    stranger = actor_of(make_member())
    assert len(queries.list_of_session(stranger, session.id)) == 1
    make_session(track, "Open to everybody")
    session.moment.audience = track_key(track.id)
    db.session.flush()
    assert queries.list_of_session(stranger, session.id) == []
    assert len(queries.list_of_session(member, session.id)) == 1


def test_a_copy_of_a_session_names_the_same_files(app, track, leader, now):
    source, copy = make_session(track), make_session(make_track())
    stored, going = make_stored(app), make_stored(app, "going.pdf")
    make_material(track, "File", session_id=source.id, file=stored, audience=track_key(track.id))
    make_material(track, "Link", session_id=source.id, position=1)
    make_material(track, "Going", session_id=source.id, position=2, file=going)
    files.remove(going, now=now)
    sent = {"source": source, "actor": leader, "now": now}
    events.session_copied.send(copy, chosen=frozenset({"agenda"}), **sent)
    events.session_copied.send(copy, chosen=frozenset({"agenda", "materials"}), **sent)
    rows = db.session.scalars(
        sa.select(TrackMaterial).where(TrackMaterial.session_id == copy.id).order_by(Material.position)
    )
    copied = list(rows.unique())
    assert [row.title for row in copied] == ["File", "Link"]
    assert (copied[0].file_id, copied[0].audience) == (stored.id, track_key(copy.track_id))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 2


def test_a_copy_of_a_track_takes_what_belongs_to_the_whole(track, leader, now):
    copy = make_track()
    make_material(track, "Of the track")
    make_material(track, "Of a session", session_id=make_session(track).id)
    events.track_copied.send(copy, source=track, chosen=frozenset({"materials"}), actor=leader, now=now)
    rows = db.session.scalars(sa.select(TrackMaterial).where(TrackMaterial.track_id == copy.id)).unique().all()
    assert [(row.title, row.session_id, readers_of(row.audience)) for row in rows] == [
        ("Of the track", None, Readers.PUBLIC)
    ]
