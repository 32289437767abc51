"""Who sees a row: the SQL filter, the rule in Python, and that both say the same."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.actors import NETWORK, PUBLIC, SECRETARIAT, VISITOR, Actor, ActorKind, job, link_holder
from app.core.audiences import sees, visible_to
from app.core.audit import AuditLine
from app.core.database import has_key
from app.extensions import db

AT = datetime(2026, 11, 21, tzinfo=UTC)
ME, SHE = uuid4(), uuid4()
KEYS = [PUBLIC, NETWORK, SECRETARIAT, "track:1", "track:2", "group:é", "case:1", "case:2", "caseless"]


def person(*keys: str) -> Actor:
    return Actor(ActorKind.PERSON, ME, frozenset({PUBLIC, *keys}))


def make_line(audience: str, author: UUID | None = None) -> AuditLine:
    line = AuditLine(
        at=AT,
        actor_kind="person",
        actor_id=author,
        code="test.thing.done",
        subject_kind="t",
        subject_id=uuid4(),
        audience=audience,
    )
    db.session.add(line)
    return line


def seen_by(actor: Actor) -> set[tuple[str, UUID | None]]:
    db.session.flush()
    rows = db.session.scalars(sa.select(AuditLine).where(visible_to(actor, AuditLine.audience, AuditLine.actor_id)))
    return {(row.audience, row.actor_id) for row in rows}


def test_a_visitor_sees_what_is_public_and_nothing_else(app):
    for key in KEYS:
        make_line(key)
    assert seen_by(VISITOR) == {(PUBLIC, None)}


def test_a_person_sees_what_their_keys_open(app):
    for key in KEYS:
        make_line(key)
    assert {audience for audience, _ in seen_by(person(NETWORK, "track:2"))} == {PUBLIC, NETWORK, "track:2"}


def test_people_keep_seeing_their_own_words_after_leaving(app):
    make_line("track:1", author=ME)
    make_line("track:1", author=SHE)
    assert seen_by(person()) == {("track:1", ME)}


def test_the_secretariat_sees_everything_but_cases(app):
    for key in KEYS:
        make_line(key)
    audiences = {audience for audience, _ in seen_by(person(SECRETARIAT))}
    assert audiences == set(KEYS) - {"case:1", "case:2"}


def test_a_job_sees_what_the_secretariat_sees(app):
    make_line("track:1")
    make_line("case:1")
    assert seen_by(job("test")) == {("track:1", None)}


def test_somebody_with_a_mail_link_has_no_keys_of_the_person(app):
    make_line(NETWORK)
    make_line("track:1", author=ME)
    assert seen_by(link_holder(ME)) == {("track:1", ME)}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    keys=st.frozensets(st.sampled_from(KEYS)),
    rows=st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from([None, ME, SHE])), max_size=8),
)
def test_the_filter_and_the_rule_agree(app, keys, rows):
    actor = person(*keys)
    with db.session.begin_nested() as savepoint:
        for audience, author in rows:
            make_line(audience, author)
        assert seen_by(actor) == {row for row in rows if sees(actor, *row)}
        savepoint.rollback()


def test_a_thousand_keys_are_bound_as_one_value(app):
    few = sa.select(AuditLine.id).where(has_key(AuditLine.audience, frozenset({"a"})))
    many = sa.select(AuditLine.id).where(has_key(AuditLine.audience, frozenset(f"track:{n}" for n in range(1000))))
    dialect = db.engine.dialect
    assert str(few.compile(dialect=dialect)) == str(many.compile(dialect=dialect))
    make_line("track:999")
    db.session.flush()
    assert len(db.session.scalars(many).all()) == 1


@pytest.mark.parametrize("hostile", ["'); DROP TABLE person; --", '["public"]', "%", "public\\", "\u202e"])
def test_a_hostile_key_opens_nothing(app, hostile):
    make_line(PUBLIC)
    make_line(NETWORK)
    assert {audience for audience, _ in seen_by(person(hostile))} == {PUBLIC}
