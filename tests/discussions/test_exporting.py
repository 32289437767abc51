"""What the topics of a group give when the group is taken out of the house: words as they are, names as chosen."""

from __future__ import annotations

import sqlalchemy as sa

from app.core.registries import actor_at
from app.discussions.models import Post
from app.discussions.rooms import open_topics
from app.extensions import db
from tests.conftest import START
from tests.make.discussions import make_post, make_topic, make_withholding
from tests.make.exports import exported
from tests.make.people import make_member
from tests.make.reflections import make_translation
from tests.make.workinggroups import make_coordinator, make_group, make_place


def _group():
    group, lead, member = make_group(), make_member("Samira Example"), make_member("Fatou Exemple")
    make_coordinator(group, lead)
    make_place(group, member)
    return group, lead, member


def test_a_topic_leaves_with_every_post_in_its_language_and_its_translations(app, now):
    group, lead, member = _group()
    topic = make_topic(group, member, "Mardi / devant la mairie", "On se retrouve mardi.")
    answer = make_post(topic, lead, "Ahí estaremos.", language="es")
    make_translation(answer, member, "fr", body="Nous y serons.")
    found = exported(actor_at(lead.id, now), group, now)
    (path,) = found.within("topics")
    assert path == "topics/2026-11-21 Mardi - devant la mairie.md"
    text = found.text(path)
    for words in ("On se retrouve mardi.", "Ahí estaremos.", "Nous y serons.", "by Fatou Exemple", "Samira Example"):
        assert words in text
    assert 'language: "fr"' in text
    assert {row["words"] for row in found.group["posts"]} == {"On se retrouve mardi.", "Ahí estaremos."}


def test_what_is_out_of_sight_or_taken_back_does_not_leave_though_a_coordinator_reads_it(app, now):
    group, lead, member = _group()
    topic = make_topic(group, member, "Mardi", "On se retrouve mardi.")
    make_withholding(make_post(topic, member, "Gardé caché."), lead)
    make_post(topic, member, "Repris.", withdrawn_at=START)
    make_withholding(_opening(make_topic(group, member, "Titre caché", "Aussi caché.")), lead)
    everything = exported(actor_at(lead.id, now), group, now).everything
    assert "On se retrouve mardi." in everything
    for hidden in ("Gardé caché.", "Repris.", "Titre caché", "Aussi caché."):
        assert hidden not in everything


def _opening(topic):
    return db.session.scalars(sa.select(Post).where(Post.topic_id == topic.id)).one()


def test_who_stands_outside_takes_no_topic_along(app, now):
    group, _lead, member = _group()
    make_topic(group, member, "Mardi", "On se retrouve mardi.")
    make_topic(make_group(), member, "Ailleurs", "Autre groupe.")
    lead = actor_at(_lead.id, now)
    assert "Autre groupe." not in exported(lead, group, now).everything


def test_the_handover_sheet_has_the_topics_that_are_not_closed(app, now):
    group, lead, member = _group()
    make_topic(group, member, "Mardi", "On se retrouve mardi.")
    make_topic(group, member, "Fini", "C'est fait.", closed_at=START)
    with app.test_request_context():
        room = open_topics(actor_at(lead.id, now), group=group)
    assert "Mardi" in room
    assert "Fini" not in room
