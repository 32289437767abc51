"""Topics: each kind of notice belongs to exactly one, and several packages may fill the same."""

from dataclasses import replace

import pytest

from app.core import topics
from app.core.topics import Topic

HEARTH = Topic("hearth", "The hearth", "Who lights it")


@pytest.fixture(autouse=True)
def _empty(monkeypatch):
    monkeypatch.setattr(topics, "_topics", {})
    monkeypatch.setattr(topics, "_topic_of_kind", {})


def test_several_packages_fill_one_topic():
    topics.register(HEARTH.holding("wood.brought", urgent=["wood.gone"]))
    topics.register(HEARTH.holding("pots.washed"))
    [topic] = topics.all_topics()
    assert topic.kinds == {"wood.brought", "wood.gone", "pots.washed"}
    assert topic.urgent_kinds == {"wood.gone"}
    assert topics.topic_of("pots.washed") == topics.find_topic("hearth") == topic


def test_a_second_app_in_one_process_registers_the_same_again():
    for _ in range(2):
        topics.register(HEARTH.holding("wood.brought"))
    assert len(topics.all_topics()) == 1


def test_a_kind_belongs_to_one_topic():
    topics.register(HEARTH.holding("wood.brought"))
    with pytest.raises(ValueError, match="belongs to the topic hearth"):
        topics.register(Topic("forest", "The forest").holding("wood.brought"))


def test_a_topic_has_one_name():
    topics.register(HEARTH.holding("wood.brought"))
    with pytest.raises(ValueError, match="in other words"):
        topics.register(replace(HEARTH, label="The oven").holding("bread.baked"))


def test_a_kind_that_nobody_placed_has_no_topic():
    assert topics.topic_of("unknown") is None
    assert topics.find_topic("unknown") is None
