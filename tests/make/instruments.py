"""Rows of advocacy instruments for tests."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from app.core.actors import NETWORK
from app.core.word_count import count_words
from app.extensions import db
from app.instruments.models import Instrument, InstrumentText
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup
from tests.conftest import START


def make_instrument(
    owner: WorkingGroup | Organisation, title: str = "Housing before evictions", **overrides: Any
) -> Instrument:
    """A statement in English that the network reads."""
    values = {
        "language": "en",
        "audience": NETWORK,
        "offered_at": START,
        "changed_at": START,
        ("group" if isinstance(owner, WorkingGroup) else "organisation"): owner,
    } | overrides
    instrument = Instrument(id=uuid4(), **values)
    db.session.add(instrument)
    db.session.flush()
    make_instrument_text(instrument, title=title)
    return instrument


def make_instrument_text(instrument: Instrument, language: str = "en", **overrides: Any) -> InstrumentText:
    """A version of its text."""
    values = {
        "version": 1,
        "title": "Housing before evictions",
        "purpose": "For reports to treaty bodies",
        "body": "In [name of the city] families were evicted.\n\nWe ask the State to stop.",
        "of_version": None if language == instrument.language else 1,
        "written_at": START,
    } | overrides
    values.setdefault("words", count_words(str(values["body"])))
    text = InstrumentText(instrument_id=instrument.id, language=language, **values)
    db.session.add(text)
    db.session.flush()
    return text
