"""Every kind of mail has an example, which is read in every language in a house where nobody was told anything."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event

from app.core import mails
from app.core.database import only_reading, sqlite_module, undone_afterwards, writing_briefly
from app.core.registries import Contact, actor_at
from app.core.types import Facts
from app.examples.mails import KINDS
from app.extensions import db
from app.mailings import previewing
from app.people.models import Person
from tests.journeys.reader import Reader
from tests.make.people import make_person, make_secretary, sign_in

LANGUAGES = ("ar", "en", "es", "fr", "pt")


def every_kind() -> list[str]:
    return sorted(kind for kind in mails.kinds() if not kind.startswith("test."))


def count_rows() -> dict[str, int]:
    tables = db.metadata.sorted_tables
    return {table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0 for table in tables}


def test_a_kind_of_mail_comes_with_an_example(app: Flask) -> None:
    assert sorted(KINDS) == every_kind(), "say in app/examples/mails what an example of it is read from"


def test_in_a_house_where_nobody_was_told_anything_every_mail_is_read_in_every_language(
    app: Flask, now: datetime
) -> None:
    actor = actor_at(make_secretary().id, now)
    db.session.commit()
    listed = {kind for _topic, kinds in previewing.kinds_to_read(actor) for kind in kinds}
    assert listed == set(every_kind())
    before = count_rows()
    asked = [(kind, language) for kind in every_kind() for language in LANGUAGES]
    said = dict(zip(asked, previewing.previews(actor, asked, now=now), strict=True))
    assert [key for key, letter in said.items() if letter is None or not letter.is_invented] == []
    for kind in every_kind():
        texts = {said[kind, language].text for language in LANGUAGES}  # type: ignore[union-attr]
        assert len(texts) == len(LANGUAGES), kind
    assert count_rows() == before


def test_several_examples_of_a_day_are_about_the_same_things(app: Flask, now: datetime) -> None:
    actor = actor_at(make_secretary().id, now)
    letter = previewing.preview(actor, "digest", "en", now=now)
    assert letter is not None
    assert letter.is_invented
    assert letter.text.count("\n\n1. ") == letter.text.count("\n\n4. ") == 1


def test_the_secretariat_reads_invented_mails_on_a_page_that_says_so(app: Flask) -> None:
    reader = Reader(sign_in(app.test_client(), make_secretary()))
    before = count_rows()
    reader.open("/mails/preview?kind=reminders.deadline&in=fr")
    assert "Comité du bon habitat (exemple)" in reader.text
    assert "These are examples." in reader.text
    assert "Committee for Good Dwelling (example)" in reader.text, "the list of its topic, in the language of the page"
    assert count_rows() == before


def test_while_a_page_is_only_read_nothing_of_what_was_tried_out_stays(own_app: Flask) -> None:
    with own_app.app_context(), only_reading():
        with writing_briefly():
            make_person("Stays")
        assert db.session.scalar(sa.select(Person.name)) == "Stays"
        with undone_afterwards():
            make_person("Tried")
            db.session.flush()
            assert len(db.session.scalars(sa.select(Person.name)).all()) == 2
        assert db.session.scalars(sa.select(Person.name)).all() == ["Stays"]


def test_what_is_tried_out_takes_the_write_lock_before_anything_else(own_app: Flask) -> None:
    """Examples are made under locks of their own: whoever waited for the database in one would hold all others up."""
    with own_app.app_context(), only_reading(), undone_afterwards():
        if db.engine.dialect.name == "sqlite":
            other = sqlite_module().connect(str(db.engine.url.database), timeout=0)
            with closing(other), pytest.raises(other.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")
        assert db.session.connection().in_nested_transaction()


def test_while_somebody_goes_on_writing_the_page_waits_once_and_says_so(own_app: Flask) -> None:
    with own_app.app_context():
        if db.engine.dialect.name != "sqlite":
            return  # there nobody waits
        waited: list[str] = []
        event.listen(db.engine, "connect", lambda raw, _record: raw.execute("PRAGMA busy_timeout=50"))
        event.listen(db.engine, "handle_error", lambda context: waited.append(str(context.original_exception)))
        db.engine.dispose()
        secretary = make_secretary()
        db.session.commit()
        reader = Reader(sign_in(own_app.test_client(), secretary))
        other = sqlite_module().connect(str(db.engine.url.database), isolation_level=None)
        with closing(other):
            other.execute("BEGIN IMMEDIATE")
            reader.open("/mails/preview?kind=reminders.deadline&in=fr")
        assert (reader.status, waited) == (503, ["database is locked"])
        assert "The house is busy" in reader.text


def test_an_example_whose_words_break_the_transaction_takes_no_others_along(
    app: Flask, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(kind: str, parameters: Facts, contact: Contact) -> mails.Words | None:
        if kind == "reminders.deadline":
            db.session.execute(sa.text("SELECT 1 FROM nowhere"))
        return written(kind, parameters, contact)

    written = mails.write
    monkeypatch.setattr(mails, "write", write)
    actor = actor_at(make_secretary().id, now)
    db.session.commit()
    before = count_rows()
    asked = [("reminders.deadline", "en"), ("reminders.deadline", "fr"), ("reminders.closed", "en"), ("digest", "en")]
    letters = previewing.previews(actor, asked, now=now)
    assert [letter is None for letter in letters] == [True, True, False, False]
    assert count_rows() == before
