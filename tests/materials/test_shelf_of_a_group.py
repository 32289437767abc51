"""A second kind of shelf: material of a working group, added by those who take part, read as they choose."""

import io
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core import registries
from app.core.actors import NETWORK, PUBLIC, VISITOR
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound
from app.extensions import db
from app.materials import queries, services
from app.materials.models import Material
from app.materials.searching import documents
from app.materials.services import UnknownReaders
from app.people.models import AffiliationKind
from app.workinggroups import events, policy
from app.workinggroups.keys import group_key
from app.workinggroups.models import GroupMaterial, GroupState, Standing
from tests.journeys.reader import Reader
from tests.make.files import PDF
from tests.make.materials import make_group_material, make_material, make_stored
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.reflections import actor_of
from tests.make.sessions import make_session, make_track
from tests.make.workinggroups import make_coordinator, make_group, make_invitation, make_place

pytestmark = pytest.mark.usefixtures("clock")

PAGES = ("new-link", "new-file")


@pytest.fixture
def group(app):
    return make_group("Land group", slug="land")


@pytest.fixture
def people(group):
    """Whoever meets the shelf, by what they are to the group."""
    people = {
        "member": make_member("Member Example", languages=("es",)),
        "other": make_member("Other Member"),
        "guest": make_member("Guest Example"),
        "observer": make_member("Observer Example", kind=AffiliationKind.FRIEND),
        "coordinator": make_member("Coordinator Example"),
        "secretary": make_secretary(),
        "network": make_member("Network Example"),
        "invited": make_member("Invited Example", kind=AffiliationKind.FRIEND),
    }
    make_place(group, people["member"])
    make_place(group, people["other"])
    make_place(group, people["guest"], standing=Standing.GUEST)
    make_place(group, people["observer"], standing=Standing.OBSERVER)
    make_coordinator(group, people["coordinator"])
    make_invitation(group, people["invited"])
    return people


@pytest.fixture
def actors(people):
    return {name: actor_of(person) for name, person in people.items()} | {"visitor": VISITOR}


@pytest.fixture
def reader(app, people):
    """A browser of one of them."""

    def reader(name: str) -> Reader:
        client = app.test_client()
        return Reader(client if name == "visitor" else sign_in(client, people[name]))

    return reader


def a_link(actor, group, now, **changed):
    given = {"title": "Guide", "url": "https://example.org/guide", "language": "fr", "readers": "group"}
    return services.add_link(actor, group, **given | changed, now=now)


def who_sees(actors, material) -> set[str]:
    return {name for name, actor in actors.items() if queries.list_visible(actor, [material.id])}


INSIDE = {"member", "other", "guest", "observer", "coordinator", "secretary"}


def test_those_who_take_part_add_and_observers_and_outsiders_do_not(group, actors, now):
    for name in ("member", "guest", "coordinator"):
        assert a_link(actors[name], group, now).added_by == actors[name].person_id
    for name in ("observer", "secretary", "network", "invited", "visitor"):
        with pytest.raises(NotAllowed):
            a_link(actors[name], group, now)
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "materials.material.added")).all()
    assert [line.facts["group"] for line in lines] == [str(group.id)] * 3


def test_a_closed_group_keeps_its_material_and_takes_none(group, actors, now):
    material = a_link(actors["member"], group, now)
    group.state = GroupState.CLOSED
    with pytest.raises(NotAllowed):
        a_link(actors["coordinator"], group, now)
    assert who_sees(actors, material) == INSIDE
    assert not policy.can_edit_material(actors["member"], material)
    assert policy.can_edit_material(actors["coordinator"], material)


def test_who_added_it_and_whoever_runs_the_group_change_it(group, actors, now):
    material = a_link(actors["member"], group, now)
    allowed = {name for name, actor in actors.items() if policy.can_edit_material(actor, material)}
    assert allowed == {"member", "coordinator", "secretary"}
    for work in (
        lambda: services.move_material(actors["other"], material, up=True, now=now),
        lambda: services.remove_material(actors["other"], material, now=now),
    ):
        with pytest.raises(NotAllowed):
            work()
    material.added_by = None
    assert not policy.can_edit_material(VISITOR, material)


def test_material_for_the_group_is_for_everybody_inside(group, actors, now):
    material = a_link(actors["member"], group, now)
    assert material.audience == group_key(group.id)
    assert who_sees(actors, material) == INSIDE


@pytest.mark.parametrize(
    ("shown_to", "more"),
    [(PUBLIC, {"network", "invited", "visitor"}), (NETWORK, {"network", "invited"}), ("inside", {"invited"})],
)
def test_what_is_for_everybody_who_knows_of_the_group_follows_the_group(group, actors, now, shown_to, more):
    material = a_link(actors["member"], group, now, readers="known")
    group.audience = group_key(group.id) if shown_to == "inside" else shown_to
    db.session.flush()
    assert who_sees(actors, material) == INSIDE | more


def test_a_search_finds_it_by_the_same_readers_when_the_group_changes(group, actors, now):
    inside, known = (a_link(actors["member"], group, now, readers=readers) for readers in ("group", "known"))
    ids = [inside.id, known.id]

    def audiences() -> dict[str, str]:
        return {row.object_id: row.audience for row in documents(ids)}

    assert audiences() == {inside.id: group_key(group.id), known.id: PUBLIC}
    assert {row.part_of for row in documents(ids)} == {("group", group.id)}
    group.audience = NETWORK
    db.session.flush()
    assert audiences() == {inside.id: group_key(group.id), known.id: NETWORK}


def test_a_change_of_the_group_tells_the_search(group, actors, now, monkeypatch):
    material = a_link(actors["member"], group, now)
    told = []
    monkeypatch.setattr("app.core.searching.changed", lambda kind, ids: told.append((kind, list(ids))))
    events.group_changed.send(group, actor=actors["coordinator"], now=now)
    assert ("material", [material.id]) in told


def test_a_group_has_no_sessions_and_no_other_readers(group, actors, now):
    with pytest.raises(NotFound):
        a_link(actors["member"], group, now, session_id=make_session(make_track()).id)
    with pytest.raises(UnknownReaders) as refused:
        a_link(actors["member"], group, now, readers="public")
    assert refused.value.field == "readers"
    assert db.session.scalars(sa.select(Material)).all() == []


def test_shelves_keep_to_themselves(group, actors, now):
    elsewhere = make_group()
    make_material(make_track(), "Of a track")
    make_group_material(elsewhere, "Of another group")
    for title in ("One", "Two", "Three"):
        last = a_link(actors["member"], group, now, title=title)
    assert last.position == 2
    services.move_material(actors["member"], last, up=True, now=now)
    assert [row.title for row in queries.list_materials(actors["observer"], group)] == ["One", "Three", "Two"]


def test_material_of_both_kinds_is_read_at_once(group, actors, now):
    rows = [make_material(make_track(), "Of a track"), a_link(actors["member"], group, now)]
    found = queries.list_visible(actors["member"], [row.id for row in rows])
    assert {row.title for row in found} == {"Of a track", "Guide"}
    shown = registries.cards([("material", row.id) for row in rows], actors["member"])
    assert shown[rows[1].id].href == f"/groups/land/materials#material-{rows[1].id}"
    assert set(registries.cards([("material", row.id) for row in rows], VISITOR)) == {rows[0].id}


def test_whoever_added_it_takes_it_along_and_it_stays_without_the_hand(group, people, actors, now):
    material = a_link(actors["member"], group, now)
    (told,) = registries.export_person(people["member"].id)["materials"]["materials"]
    assert (told["group"], told["title"], told["session"]) == ("land", "Guide", None)
    registries.merge_person(people["other"].id, people["member"].id, now)
    db.session.expire_all()
    assert material.added_by == people["other"].id
    registries.erase_person(people["other"].id, now)
    db.session.expire_all()
    assert (material.added_by, material.title) == (None, "Guide")


def test_a_member_adds_a_link_for_the_group_and_nobody_outside_learns_of_it(reader):
    member = reader("member")
    member.open("/groups/land/materials")
    assert "Say its language" in member.text
    member.open("/groups/land/materials/new-link")
    assert not member.page.find("select", {"name": "session"})
    assert [row["value"] for row in member.page.find_all("input", {"name": "readers"})] == ["group", "known"]
    member.send(has="url", url="https://example.org/map", title="Mapa", language="es")
    assert member.path == "/groups/land/materials"
    assert "“Mapa” is there for its readers." in member.text
    assert "Read by: People of this group" in member.text
    assert "Mapa" in reader("observer").open("/groups/land/materials").get_text()
    for name in ("visitor", "network"):
        assert "Mapa" not in reader(name).open("/groups/land/materials").get_text()


def test_a_file_for_everybody_is_sent_to_whoever_knows_of_the_group(group, reader):
    coordinator = reader("coordinator")
    coordinator.open("/groups/land/materials/new-file")
    assert "Today that is anybody on the web." in coordinator.text
    values = {"file": (io.BytesIO(PDF), "plan.pdf"), "title": "Plan", "language": "fr", "readers": "known"}
    coordinator.send(has="title", **values)
    address = f"/materials/{db.session.scalar(sa.select(GroupMaterial.id))}/file"
    assert reader("visitor").client.get(address).data == PDF
    group.audience = NETWORK
    db.session.commit()
    assert reader("visitor").client.get(address).status_code == 404
    assert reader("network").client.get(address).status_code == 200


def test_its_own_material_is_edited_put_in_order_and_removed(group, people, reader):
    first = make_group_material(group, "First", added_by=people["other"].id)
    own = make_group_material(group, "Second", position=1, added_by=people["member"].id)
    db.session.commit()
    member = reader("member")
    member.open("/groups/land/materials")
    assert member.page.find("a", href=f"/materials/{own.id}/edit")
    assert not member.page.find("a", href=f"/materials/{first.id}/edit")
    member.send(action=f"/materials/{own.id}/move", button=("direction", "up"))
    assert [row.title for row in queries.list_materials(VISITOR, group)] == ["Second", "First"]
    member.open(f"/materials/{own.id}/edit")
    assert not member.page.select("header [aria-current=page][href='/tracks/']")
    member.send(has="title", title="Segundo", readers="group")
    assert "“Segundo” is changed." in member.text
    member.open(f"/materials/{own.id}/remove")
    member.send(action="/remove")
    assert member.path == "/groups/land/materials"
    assert [row.title for row in db.session.scalars(sa.select(GroupMaterial)).unique()] == ["First"]


@pytest.mark.parametrize(
    ("name", "typed", "says"),
    [
        ("new-link", {"url": "javascript:alert(1)", "title": "x"}, "The link must begin with https://"),
        ("new-link", {"url": "https://example.org/", "title": " "}, "Write a title"),
        ("new-file", {"file": (io.BytesIO(b"MZ" + b"\x00" * 99), "x.pdf"), "title": "x"}, "not a file we can take"),
    ],
)
def test_what_is_wrong_is_answered_at_its_field(reader, name, typed, says):
    member = reader("member")
    member.open(f"/groups/land/materials/{name}")
    member.send(has="title", language="es", **typed)
    assert member.status == 422
    assert says in member.text
    assert db.session.scalars(sa.select(Material)).all() == []


def test_readers_that_are_no_choice_are_refused(reader):
    member = reader("member")
    member.open("/groups/land/materials/new-link")
    values = member._defaults(member.form(has="url"))
    typed = {"url": "https://example.org/", "title": "Guide", "language": "es", "readers": "secretariat"}
    for field, value in typed.items():
        values.setlist(field, [value])
    answer = member.client.post("/groups/land/materials/new-link", data=values)
    assert answer.status_code == 422
    assert "Choose who may read it." in answer.text


def test_what_one_may_not_do_is_refused_and_what_one_does_not_see_is_not_there(group, people, reader):
    material = make_group_material(group, added_by=people["member"].id)
    secret = make_group(slug="secret", audience="inside")
    hidden = make_group_material(secret)
    db.session.commit()
    for name in ("observer", "network"):
        client = reader(name).client
        for path in (*(f"/groups/land/materials/{page}" for page in PAGES), f"/materials/{material.id}/edit"):
            assert client.get(path).status_code == 403, (name, path)
    client = reader("member").client
    for path in (
        "/groups/secret/materials", "/groups/secret/materials/new-link", "/groups/none/materials",
        f"/materials/{hidden.id}/edit", f"/materials/{hidden.id}/remove", f"/materials/{uuid4()}/edit",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert client.post(f"/materials/{hidden.id}/move").status_code == 404


def test_a_list_asks_as_often_for_many_as_for_few(app, group, people, reader, count_queries):
    client = reader("member").client

    def asked() -> int:
        with count_queries() as statements:
            assert client.get("/groups/land/materials").status_code == 200
        return len(statements)

    def add(how_many: int) -> None:
        for place in range(how_many):
            make_group_material(group, file=make_stored(app), position=place, added_by=people["member"].id)
        db.session.commit()

    add(3)
    asked()
    few = asked()
    add(60)
    assert asked() == few
