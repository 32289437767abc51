"""Notes of a session: who writes them, and nobody overwrites what somebody else saved."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core.audit import AuditLine
from app.core.errors import NotAllowed, RuleBroken
from app.extensions import db
from app.outcomes import events
from app.outcomes.models import SessionNotes
from app.outcomes.services import NotesChangedMeanwhile, remove_notes, save_notes
from app.outcomes.words import LONGEST_NOTES
from tests.conftest import START
from tests.make.outcomes import make_notes
from tests.make.people import make_member
from tests.make.reflections import actor_of
from tests.make.sessions import make_facilitator, make_session, make_track
from tests.outcomes.conftest import Cast


def write(cast: Cast, now: datetime, **said: Any) -> SessionNotes:
    values = {"language": "fr", "body": "Nous avons parlé.", "edition": None, "now": now} | said
    return save_notes(actor_of(said.pop("by", cast.facilitator)), cast.session, **values)


def test_a_facilitator_writes_notes_in_a_language(cast: Cast, now: datetime) -> None:
    heard = []
    with events.notes_saved.connected_to(lambda notes, **more: heard.append((notes, more["now"]))):
        notes = write(cast, now, language="Français", body="  Nous avons parlé.\n")
    assert (notes.language, notes.body, notes.edition) == ("fr", "Nous avons parlé.", 1)
    assert (notes.changed_by, notes.changed_at) == (cast.facilitator.id, now)
    assert heard == [(notes, now)]
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "outcomes.notes.saved")).one()
    assert line.facts == {"language": "fr", "edition": 1}


def test_each_language_has_notes_of_its_own(cast: Cast, now: datetime) -> None:
    write(cast, now)
    write(cast, now, language="wo", body="Waxtaan nañu.")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SessionNotes)) == 2


@pytest.mark.parametrize("name", ["participant", "member", "other_facilitator"])
def test_nobody_else_writes_or_removes_notes(cast: Cast, now: datetime, name: str) -> None:
    actor = actor_of(getattr(cast, name))
    with pytest.raises(NotAllowed):
        save_notes(actor, cast.session, language="fr", body="Bonjour", edition=None, now=now)
    with pytest.raises(NotAllowed):
        remove_notes(actor, cast.session, language="fr", now=now)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"body": " \n "}, "body"),
        ({"body": "é" * (LONGEST_NOTES + 1)}, "body"),
        ({"language": "no such language"}, "language"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    cast: Cast, now: datetime, said: dict[str, str], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        write(cast, now, **said)
    assert refused.value.field == field


def test_an_edit_takes_the_place_of_the_edition_it_was_made_from(cast: Cast, now: datetime) -> None:
    write(cast, now)
    notes = write(cast, now, body="Nous avons parlé des toits.", edition=1)
    assert (notes.body, notes.edition) == ("Nous avons parlé des toits.", 2)


def test_the_same_words_again_are_no_new_edition(cast: Cast, now: datetime) -> None:
    write(cast, now)
    assert write(cast, now, edition=1).edition == 1


@pytest.mark.parametrize("edition", [None, 1])
def test_the_second_editor_hears_of_the_first_and_nothing_is_overwritten(
    cast: Cast, now: datetime, edition: int | None
) -> None:
    make_notes(cast.session, body="Ce que Rosa a écrit.", edition=2)
    with pytest.raises(NotesChangedMeanwhile, match="Compare the two"):
        write(cast, now, body="Ce qu’Amina a écrit.", edition=edition)
    assert db.session.scalars(sa.select(SessionNotes.body)).one() == "Ce que Rosa a écrit."


def test_notes_that_were_removed_meanwhile_are_not_written_over(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotesChangedMeanwhile, match="removed"):
        write(cast, now, edition=1)


def test_removing_takes_one_language_away_and_twice_is_once(cast: Cast, now: datetime) -> None:
    make_notes(cast.session)
    make_notes(cast.session, "es", body="Hablamos.")
    actor = actor_of(cast.colleague)
    assert remove_notes(actor, cast.session, language="fr", now=now)
    assert not remove_notes(actor, cast.session, language="fr", now=now)
    assert list(db.session.scalars(sa.select(SessionNotes.language))) == ["es"]
    codes = db.session.scalars(sa.select(AuditLine.code).where(AuditLine.code == "outcomes.notes.removed"))
    assert len(list(codes)) == 1


@pytest.mark.parametrize("edition", [None, 1])
def test_of_two_who_save_at_one_instant_one_is_kept_and_the_other_told(own_app: Flask, edition: int | None) -> None:
    with own_app.app_context():
        track = make_track()
        person, session = make_member(), make_session(track)
        make_facilitator(track, person)
        if edition:
            make_notes(session, body="Before")
        db.session.commit()
        session_id, actor = session.id, actor_of(person)
    gate, outcomes = threading.Barrier(2), []

    def save(body: str) -> None:
        with own_app.app_context():
            gate.wait()
            here = db.session.get_one(type(session), session_id)
            try:
                save_notes(actor, here, language="fr", body=body, edition=edition, now=START)
                db.session.commit()
                outcomes.append("kept")
            except NotesChangedMeanwhile:
                db.session.rollback()
                outcomes.append("told")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=save, args=(body,)) for body in ("Amina", "Rosa")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept", "told"]
