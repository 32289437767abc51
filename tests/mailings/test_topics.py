"""Every kind of mail that the house writes can be chosen, or is said to be what nobody can be cut off from."""

from app.core import mails, topics


def test_every_kind_of_mail_belongs_to_exactly_one_topic(app):
    placed = [kind for topic in topics.all_topics() for kind in topic.kinds]
    assert sorted(kind for kind in placed if not kind.startswith("test.")) == sorted(
        kind for kind in mails.kinds() if not kind.startswith("test.")
    )


def test_people_choose_among_few_topics_in_human_words(app):
    optional = [topic for topic in topics.all_topics() if topic.is_optional]
    assert 6 <= len(optional) <= 14
    assert all(str(topic.label) and str(topic.note) for topic in optional)
    assert len({str(topic.label) for topic in optional}) == len(optional)
    assert all(len(topic.code) <= 40 for topic in topics.all_topics())


def test_what_people_ask_for_themselves_never_waits_and_cannot_be_stopped(app):
    for kind in ("people.reset", "people.verify", "people.sign_in", "people.invite", "people.erased"):
        assert not topics.topic_of(kind).is_optional
    for kind in ("people.affiliation_confirmed", "workinggroups.invited", "workinggroups.handed_over"):
        assert not topics.topic_of(kind).is_optional
