"""Somebody with an address, and what they are told."""

from __future__ import annotations

import pytest

from app.core import mails, topics
from app.core.mails import letter
from app.core.topics import Topic
from app.extensions import db
from app.people.models import Person
from tests.make.people import make_account, make_person

CHAT = Topic("chat", "Chat", "What others say", frozenset({"test.said", "test.soon"}), frozenset({"test.soon"}))
DOOR = Topic("door", "The door", kinds=frozenset({"test.key"}), is_optional=False)


@pytest.fixture(autouse=True)
def _known_kinds(monkeypatch):
    """Three kinds of notices: one that can wait, one that cannot, one that nobody can stop."""
    monkeypatch.setattr(topics, "_topics", topics._topics | {"chat": CHAT, "door": DOOR})
    placed = {kind: topic.code for topic in (CHAT, DOOR) for kind in topic.kinds}
    monkeypatch.setattr(topics, "_topic_of_kind", topics._topic_of_kind | placed)
    for kind in placed:
        monkeypatch.setitem(mails._writers, kind, write)


def write(parameters, _contact):
    return letter(f"About {parameters['n']}", f"This is said of {parameters['n']}.", "It is all.")


@pytest.fixture
def amina(app) -> Person:
    person = make_person("Amina Example")
    person.zone = "Africa/Cairo"
    make_account(person, "amina@example.org")
    db.session.commit()
    return person
