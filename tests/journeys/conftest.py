"""Readers for the stories: each a browser of its own, signed in or not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from app.people.models import Person
from tests.journeys.reader import Reader
from tests.make.people import sign_in


@pytest.fixture
def reader(app: Flask) -> Callable[..., Reader]:
    """Return a maker of readers: `reader()` is a visitor, `reader(person)` is signed in."""

    def make(person: Person | None = None, *, zone: str = "", language: str = "en") -> Reader:
        client = app.test_client()
        if person is not None:
            sign_in(client, person)
        if zone:
            client.set_cookie("zone", zone)
        made = Reader(client)
        made.open(f"/about?lang={language}")
        return made

    return make
