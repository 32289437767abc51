"""The index follows what people do, in the same transaction, and fills itself."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.core import registries, searching
from app.core.actors import PUBLIC, VISITOR
from app.core.names import add_alias, set_name
from app.extensions import db
from app.originals import services as originals
from app.people import services as people
from app.people.queries.organisation_pages import other_names
from app.people.services.organisations import OrganisationFacts
from app.reflections import services as reflections
from app.reflections.readers import Readers
from app.search import jobs, queries, services
from app.search.models import SearchEntry, SearchProgress
from app.sessions import services as sessions
from app.sessions.models import TextBlock
from tests.conftest import START
from tests.make.people import make_member, make_organisation, make_secretary
from tests.make.reflections import actor_of, make_participant, make_reflection
from tests.make.sessions import make_facilitator, make_phase, make_session, make_track


def finds(typed: str, actor=VISITOR) -> int:
    """Commit, and return how many things are found."""
    db.session.commit()
    return sum(queries.find(actor, typed).counts.values())


def rows(**values) -> list[SearchEntry]:
    """Commit, and return the rows of the index."""
    db.session.commit()
    return list(db.session.scalars(sa.select(SearchEntry).filter_by(**values).order_by(SearchEntry.language)))


def test_a_name_is_found_as_soon_as_it_is_given_and_no_longer_than_it_stands(app, now):
    track = make_track("Rivers")
    assert finds("rivers") == 1
    set_name("track", track.id, "en", "Mountains")
    add_alias("track", track.id, "en", "Hills")
    assert (finds("rivers"), finds("mountains"), finds("hill")) == (0, 1, 1)
    set_name("track", track.id, "fr", "Montagnes")
    assert [row.language for row in rows(object_id=track.id)] == ["en", "fr"]
    set_name("track", track.id, "fr", "")
    assert (finds("montagnes"), len(rows(object_id=track.id))) == (0, 1)


def test_nothing_is_written_for_what_is_rolled_back(app, now):
    make_track("Rivers")
    db.session.rollback()
    assert finds("rivers") == 0
    assert rows() == []


def test_many_changes_of_one_thing_are_written_once(app, now, count_queries):
    phase, secretary = make_phase(), actor_of(make_secretary())
    db.session.commit()
    names = {"en": "Rivers", "fr": "Rivières", "es": "Ríos", "pt": "Rios", "ar": "الأنهار"}
    sessions.create_track(secretary, phase, names=names, texts={TextBlock.PURPOSE: {"en": "Water."}}, now=now)
    with count_queries() as statements:
        db.session.commit()
    assert sum("search_entry" in statement and "INSERT INTO" in statement for statement in statements) <= len(names)
    assert sum("FROM programme_text" in statement for statement in statements) == 1
    assert [finds(word, secretary) for word in ("rivers", "rivieres", "rios", "نهر", "water")] == [1, 1, 1, 0, 1]


def test_publishing_a_track_and_taking_it_back_takes_its_sessions_along(app, now):
    secretary = actor_of(make_secretary())
    track = sessions.create_track(secretary, make_phase(), names={"en": "Rivers"}, now=now)
    session = make_session(track, "River walk")
    session.moment.audience = track.audience
    assert finds("river") == 0
    sessions.publish_track(secretary, track, now=now)
    assert finds("river") == 2
    sessions.unpublish_track(secretary, track, now=now)
    assert finds("river") == 0


def test_a_reflection_is_found_by_its_readers_as_it_is_now(app, now):
    track = make_track()
    author, reader = make_participant(track), actor_of(make_participant(track))
    writer = actor_of(author)
    reflection = reflections.write_reflection(
        writer, track, body="El río.", language="es", readers=Readers.TRACK, pseudonym="Golondrina", now=now
    )
    assert (finds("río", reader), finds("rio"), finds("golondrina", reader)) == (1, 0, 0)
    reflections.edit_reflection(writer, reflection, body="La montaña.", language="es", now=now)
    assert (finds("rio", reader), finds("montaña", reader)) == (0, 1)
    reflections.change_readers(writer, reflection, readers=Readers.PUBLIC, pseudonym="", now=now)
    assert finds("montana") == 1
    translation = originals.translate(writer, reflection, language="pt", body="A serra.", now=now)
    assert finds("serra") == 1
    originals.remove_translation(writer, translation, now=now)
    assert finds("serra") == 0
    reflections.withdraw(writer, reflection, now=now)
    assert (finds("montana"), finds("montana", writer), rows(kind="reflection")) == (0, 0, [])
    reflections.bring_back(writer, reflection, now=now)
    assert finds("montana") == 1
    reflections.erase_reflection(writer, reflection, now=now)
    assert (finds("montana"), rows(kind="reflection")) == (0, [])


def test_nobody_finds_people_by_name(app, now):
    track = make_track()
    reflection = make_reflection(track, make_member("Golondrina Example"), "El río.", audience=PUBLIC, language="es")
    searching.changed("reflection", [reflection.id])
    assert (finds("golondrina"), finds("río")) == (0, 1)


def test_what_is_withheld_is_found_by_nobody(app, now):
    track = make_track()
    leader = make_member()
    make_facilitator(track, leader)
    reflection = make_reflection(track, None, "El río.", language="es", audience=PUBLIC)
    searching.changed("reflection", [reflection.id])
    assert finds("rio") == 1
    withholding = reflections.hold_back(actor_of(leader), reflection, reason="A name.", now=now)
    assert (finds("rio"), finds("rio", actor_of(leader))) == (0, 0)
    reflections.release(actor_of(leader), withholding, now=now)
    assert finds("rio") == 1


def test_an_organisation_is_found_by_what_is_said_of_it(app, now):
    secretary = actor_of(make_secretary())
    organisation = make_organisation("Union of Tenants")
    people.write_text(secretary, organisation, language="fr", body="Depuis les mobilisations.", read_at=None, now=now)
    people.add_other_name(secretary, organisation, text="UOTX", language="en", now=now)
    assert (finds("tenant"), finds("mobilisation"), finds("uotx")) == (1, 1, 1)
    people.remove_text(secretary, organisation, language="fr", now=now)
    [name] = other_names([organisation.id])[organisation.id]
    people.remove_other_name(secretary, organisation, name_id=name.id, now=now)
    assert (finds("mobilisation"), finds("uotx")) == (0, 0)
    facts = OrganisationFacts(kind="union", names={"en": "Union of Tenants"}, acronym="UTX", is_listed=False)
    people.change_organisation(secretary, organisation, facts=facts, now=now)
    assert (finds("utx"), finds("utx", secretary)) == (0, 1)


def test_own_words_follow_a_person_who_is_merged_and_go_with_one_who_is_erased(app, now):
    track = make_track()
    gone, kept = make_participant(track), make_member()
    reflection = make_reflection(track, gone, "El río.", language="es")
    searching.changed("reflection", [reflection.id])
    assert (finds("rio", actor_of(gone)), finds("rio", actor_of(kept))) == (1, 0)
    registries.merge_person(kept.id, gone.id, now)
    assert [row.author_id for row in rows(kind="reflection")] == [kept.id]
    assert finds("rio", actor_of(kept)) == 1
    registries.erase_person(kept.id, now)
    db.session.commit()
    assert rows(kind="reflection") == []
    assert registries.export_person(kept.id)["search"] == {}


def test_an_older_house_is_written_by_the_worker_without_a_hand(app, now, monkeypatch):
    monkeypatch.setattr(services, "PAGE", 3)
    track = make_track("Rivers")
    for number in range(7):
        make_reflection(track, None, f"Río {number}.", language="es", audience=PUBLIC)
    db.session.info.clear()
    db.session.commit()
    assert finds("rios") == 0
    assert jobs.fill(START) >= 8
    assert finds("rios") == 7
    assert finds("rivers") == 1
    assert jobs.fill(START) == 0


def test_very_many_changes_at_once_are_read_part_by_part(app, now, monkeypatch):
    monkeypatch.setattr(services, "AT_ONCE", 2)
    track = make_track()
    ids = [make_reflection(track, None, "Río.", language="es", audience=PUBLIC).id for _number in range(5)]
    searching.changed("reflection", ids)
    assert finds("río") == 5


def test_newer_rules_of_reading_write_the_index_anew(app, now, monkeypatch):
    make_track("Rivers")
    jobs.fill(START)
    monkeypatch.setattr(services, "VERSION", services.VERSION + 1)
    assert jobs.fill(START) > 0
    assert {row.version for row in db.session.scalars(sa.select(SearchProgress))} == {services.VERSION}
    assert jobs.fill(START) == 0


def test_rebuilding_twice_is_rebuilding_once_and_takes_strays_away(app, now):
    track = make_track("Rivers")
    make_reflection(track, None, "Río.", language="es", audience=PUBLIC)
    jobs.fill(START)
    stray = make_organisation("Stray")
    db.session.commit()
    db.session.execute(sa.update(SearchEntry).where(SearchEntry.object_id == stray.id).values(kind="reflection"))
    db.session.commit()

    def rebuilt() -> list[tuple[str, str, str]]:
        answer = app.test_cli_runner().invoke(args=["search", "rebuild"])
        assert answer.output.startswith("Read anew: "), answer.output
        db.session.expire_all()
        return sorted((str(row.object_id), row.language, row.words) for row in rows())

    first = rebuilt()
    assert str(stray.id) in {object_id for object_id, _language, _words in first}  # as the organisation it is
    assert rows(kind="reflection", object_id=stray.id) == []
    assert rebuilt() == first


@pytest.mark.parametrize("kind", ["region", "no-such-thing"])
def test_kinds_that_nobody_registered_are_nobodys_business(app, kind):
    searching.changed(kind, [make_track().id])
    db.session.commit()
    assert rows(kind=kind) == []
