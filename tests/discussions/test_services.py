"""What people write in topics, and what those who run the group do with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.notices import Notice
from app.discussions import queries, services, telling
from app.discussions.models import PostWithholding
from app.extensions import db
from app.originals import services as originals
from app.originals.queries import list_untranslated
from app.originals.services import ChangedMeanwhile
from app.workinggroups.keys import group_key
from app.workinggroups.models import GroupState
from tests.conftest import START
from tests.make.discussions import ARABIC, FRENCH, SPANISH, make_post, make_withholding
from tests.make.reflections import make_translation
from tests.make.workinggroups import make_place

LATER = START + timedelta(hours=1)


def open_one(actor, group, **overrides):
    values = {"title": "  Une   carte ", "body": FRENCH, "language": "fr", "now": START} | overrides
    return services.open_topic(actor, group, **values)


def told(kind: str) -> list[Notice]:
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == kind)))


def test_a_topic_opens_with_its_first_words_as_they_were_typed(cast, act):
    opening = open_one(act(cast.fatou), cast.group)

    assert (opening.title, opening.versions[-1].body, opening.language) == ("Une carte", FRENCH, "fr")
    assert opening.audience == group_key(cast.group.id)
    assert opening.is_opening
    assert opening.topic.last_at == START
    assert "discussions.post.written" in set(db.session.scalars(sa.select(AuditLine.code)))
    assert db.session.scalars(sa.select(Notice)).all() == []


def test_an_observer_writes_too_and_nobody_from_outside(cast, act):
    assert open_one(act(cast.observer), cast.group)
    for person in (cast.outsider, cast.secretary):
        with pytest.raises(NotAllowed):
            open_one(act(person), cast.group)
        with pytest.raises(NotAllowed):
            services.reply(act(person), cast.topic, body=SPANISH, language="es", now=LATER)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"body": " \n"}, "body"),
        ({"language": "no such"}, "language"),
    ],
)
def test_what_is_missing_is_named(cast, act, wrong, field):
    with pytest.raises(RuleBroken) as refused:
        open_one(act(cast.fatou), cast.group, **wrong)
    assert refused.value.field == field


def test_a_closed_group_takes_no_words(cast, act):
    cast.group.state = GroupState.CLOSED
    with pytest.raises(NotAllowed):
        open_one(act(cast.fatou), cast.group)
    with pytest.raises(NotAllowed):
        services.reply(act(cast.rosa), cast.topic, body=SPANISH, language="es", now=LATER)


def test_a_reply_moves_the_topic_up_and_is_told_to_those_who_wrote(cast, act):
    first = services.reply(act(cast.huda), cast.topic, body=ARABIC, language="ar", now=LATER)
    assert cast.topic.last_at == LATER
    assert (first.answers_id, first.thread_id) == (None, None)
    assert {notice.person_id for notice in told(telling.REPLIED)} == {cast.fatou.id}

    services.reply(act(cast.rosa), cast.topic, body=SPANISH, language="es", now=LATER)
    assert {notice.person_id for notice in told(telling.REPLIED)} == {cast.fatou.id, cast.huda.id}


def test_at_most_one_notice_per_topic_person_and_day(cast, act):
    for hour in range(5):
        services.reply(act(cast.huda), cast.topic, body=ARABIC, language="ar", now=START + timedelta(hours=hour))
    assert len(told(telling.REPLIED)) == 1
    services.reply(act(cast.huda), cast.topic, body=ARABIC, language="ar", now=START + timedelta(days=1))
    assert len(told(telling.REPLIED)) == 2


def test_who_left_the_group_learns_nothing_more(cast, act):
    left = make_place(cast.group, cast.outsider)
    make_post(cast.topic, cast.outsider)
    left.left_at = START
    services.reply(act(cast.huda), cast.topic, body=ARABIC, language="ar", now=LATER)
    assert cast.outsider.id not in {notice.person_id for notice in told(telling.REPLIED)}


def test_an_answer_to_an_answer_stands_beneath_the_same_words(cast, act):
    first = make_post(cast.topic, cast.huda, ARABIC, language="ar")
    second = services.answer_post(act(cast.rosa), first, body=SPANISH, language="es", now=LATER)
    third = services.answer_post(act(cast.fatou), second, body="Oui.", language="fr", now=LATER)

    assert (second.answers_id, second.thread_id) == (first.id, first.id)
    assert (third.answers_id, third.thread_id) == (second.id, first.id)


def test_answering_the_opening_is_replying_to_the_topic(cast, act):
    post = services.answer_post(act(cast.rosa), cast.opening, body=SPANISH, language="es", now=LATER)
    assert (post.answers_id, post.thread_id, post.topic_id) == (None, None, cast.topic.id)


def test_words_that_were_taken_back_are_not_answered(cast, act):
    post = make_post(cast.topic, cast.huda, withdrawn_at=START)
    with pytest.raises(NotAllowed):
        services.answer_post(act(cast.rosa), post, body=SPANISH, language="es", now=LATER)


def test_a_closed_topic_takes_no_reply_until_it_is_opened_again(cast, act):
    coordinator = act(cast.coordinator)
    post = make_post(cast.topic, cast.huda)
    services.close_topic(coordinator, cast.topic, reason="Agreed: on Tuesday.", now=LATER)
    services.close_topic(coordinator, cast.topic, reason="Again.", now=LATER + timedelta(hours=1))

    assert (cast.topic.closed_at, cast.topic.closed_because) == (LATER, "Agreed: on Tuesday.")
    for reply in (
        lambda: services.reply(act(cast.rosa), cast.topic, body=SPANISH, language="es", now=LATER),
        lambda: services.answer_post(act(cast.rosa), post, body=SPANISH, language="es", now=LATER),
    ):
        with pytest.raises(RuleBroken, match="closed"):
            reply()
    services.open_again(coordinator, cast.topic, now=LATER)
    services.open_again(coordinator, cast.topic, now=LATER)
    assert (cast.topic.closed_at, cast.topic.closed_by, cast.topic.closed_because) == (None, None, "")
    assert services.reply(act(cast.rosa), cast.topic, body=SPANISH, language="es", now=LATER)
    lines = list(db.session.scalars(sa.select(AuditLine.code).where(AuditLine.subject_kind == "topic")))
    assert sorted(lines) == ["discussions.topic.closed", "discussions.topic.opened_again"]


@pytest.mark.parametrize("reason", ["", " \n ", "x" * 2001])
def test_a_topic_is_not_closed_without_a_reason(cast, act, reason):
    with pytest.raises(RuleBroken) as refused:
        services.close_topic(act(cast.coordinator), cast.topic, reason=reason, now=LATER)
    assert refused.value.field == "reason"


def test_those_who_run_the_group_pin_and_nobody_else(cast, act):
    for _twice in range(2):
        services.pin_topic(act(cast.coordinator), cast.topic, is_pinned=True, now=LATER)
    assert cast.topic.is_pinned
    services.pin_topic(act(cast.secretary), cast.topic, is_pinned=False, now=LATER)
    assert not cast.topic.is_pinned
    assert len(list(db.session.scalars(sa.select(AuditLine).where(AuditLine.subject_kind == "topic")))) == 2
    for work in (
        lambda actor: services.pin_topic(actor, cast.topic, is_pinned=True, now=LATER),
        lambda actor: services.close_topic(actor, cast.topic, reason="x", now=LATER),
        lambda actor: services.open_again(actor, cast.topic, now=LATER),
    ):
        with pytest.raises(NotAllowed):
            work(act(cast.fatou))


def test_a_new_version_keeps_the_older_and_may_bring_another_title(cast, act):
    edit = {"body": "Mercredi.", "language": "fr", "now": LATER}
    services.edit_post(act(cast.fatou), cast.opening, **edit, title="Mercredi", based_on=1)
    assert [version.body for version in cast.opening.versions] == [FRENCH, "Mercredi."]
    assert cast.opening.title == "Mercredi"
    with pytest.raises(ChangedMeanwhile):
        services.edit_post(act(cast.fatou), cast.opening, **edit | {"body": "Jeudi."}, based_on=1)
    services.edit_post(act(cast.fatou), cast.opening, **edit, title="Un mercredi")
    assert (cast.opening.version, cast.opening.title) == (2, "Un mercredi")
    services.edit_post(act(cast.fatou), cast.opening, **edit)
    passages = [originals.Tagged("Mercredi", "wo")]
    services.edit_post(act(cast.fatou), cast.opening, **edit, passages=passages)
    codes = sorted(db.session.scalars(sa.select(AuditLine.code).where(AuditLine.subject_kind == "post")))
    assert codes == [
        "discussions.post.edited",
        "discussions.post.passages_named",
        "discussions.post.renamed",
        "discussions.post.renamed",
    ]


def test_words_belong_to_their_author_alone(cast, act):
    for work in (
        lambda actor: services.edit_post(actor, cast.opening, body="x", language="fr", now=LATER),
        lambda actor: services.withdraw(actor, cast.opening, now=LATER),
        lambda actor: services.bring_back(actor, cast.opening, now=LATER),
        lambda actor: services.erase_post(actor, cast.opening, now=LATER),
    ):
        for person in (cast.coordinator, cast.secretary, cast.rosa):
            with pytest.raises(NotAllowed):
                work(act(person))


def test_withdrawn_words_are_their_authors_alone_and_come_back(cast, act):
    author, reader = act(cast.fatou), act(cast.rosa)
    for _twice in range(2):
        services.withdraw(author, cast.opening, now=LATER)
    assert queries.find_opening(reader, cast.topic) is None
    assert queries.find_opening(act(cast.secretary), cast.topic) is None
    assert queries.find_opening(author, cast.topic) is cast.opening
    with pytest.raises(NotFound):
        queries.get_visible_topic(reader, "land-group", cast.topic.id)
    for _twice in range(2):
        services.bring_back(author, cast.opening, now=LATER)
    assert queries.get_visible_topic(reader, "land-group", cast.topic.id) is cast.topic


def test_erased_words_take_title_and_reasons_along_and_leave_what_was_answered(cast, act):
    make_withholding(cast.opening, cast.coordinator)
    reply = make_post(cast.topic, cast.rosa)
    services.erase_post(act(cast.fatou), cast.opening, now=LATER)

    assert (cast.opening.title, cast.opening.author_id, cast.opening.versions) == ("", None, [])
    assert db.session.scalars(sa.select(PostWithholding)).all() == []
    assert queries.page_of_posts(act(cast.huda), cast.topic).rows == [reply]


def test_out_of_sight_for_the_group_not_for_its_author_nor_for_who_decides(cast, act):
    post = make_post(cast.topic, cast.rosa)
    services.take_out_of_sight(act(cast.coordinator), post, reason="It names somebody.", now=LATER)

    for person, sees in (
        (cast.rosa, True),
        (cast.coordinator, True),
        (cast.secretary, True),
        (cast.huda, False),
    ):
        assert bool(queries.list_readable(act(person), [post.id])) is sees
    assert [notice.person_id for notice in told(telling.WITHHELD)] == [cast.rosa.id]
    with pytest.raises(RuleBroken, match="already"):
        services.take_out_of_sight(act(cast.secretary), post, reason="Twice.", now=LATER)


def test_nobody_takes_own_words_or_without_running_the_group(cast, act):
    own = make_post(cast.topic, cast.coordinator)
    for person, post in ((cast.coordinator, own), (cast.huda, cast.opening)):
        with pytest.raises(NotAllowed):
            services.take_out_of_sight(act(person), post, reason="x", now=LATER)
    with pytest.raises(RuleBroken):
        services.take_out_of_sight(act(cast.coordinator), cast.opening, reason=" ", now=LATER)


def test_the_author_asks_once_and_is_answered(cast, act):
    post = make_post(cast.topic, cast.rosa)
    withholding = make_withholding(post, cast.coordinator)
    with pytest.raises(NotAllowed):
        services.ask_to_show(act(cast.huda), withholding, words="x", now=LATER)
    with pytest.raises(RuleBroken, match="meanwhile"):
        services.keep_out_of_sight(act(cast.coordinator), withholding, answer="No.", now=LATER)

    services.ask_to_show(act(cast.rosa), withholding, words="I took the name out.", now=LATER)
    assert [notice.person_id for notice in told(telling.ASKED)] == [cast.coordinator.id]
    assert list(queries.list_pleas(act(cast.coordinator), limit=5)) == [withholding]
    assert list(queries.list_pleas(act(cast.huda), limit=5)) == []
    with pytest.raises(RuleBroken, match="asked already"):
        services.ask_to_show(act(cast.rosa), withholding, words="Please.", now=LATER)

    services.keep_out_of_sight(act(cast.coordinator), withholding, answer="The street is still there.", now=LATER)
    assert (withholding.answer, withholding.answered_by) == ("The street is still there.", cast.coordinator.id)
    assert [notice.person_id for notice in told(telling.REFUSED)] == [cast.rosa.id]
    with pytest.raises(RuleBroken, match="meanwhile"):
        services.keep_out_of_sight(act(cast.secretary), withholding, answer="No.", now=LATER)
    assert list(queries.list_pleas(act(cast.coordinator), limit=5)) == []


def test_where_nobody_else_runs_the_group_the_secretariat_is_asked(cast, act):
    own = make_post(cast.topic, cast.coordinator)
    withholding = make_withholding(own, cast.secretary)
    services.ask_to_show(act(cast.coordinator), withholding, words="Why?", now=LATER)
    assert [notice.person_id for notice in told(telling.ASKED)] == [cast.secretary.id]


def test_shown_again_the_group_reads_it_as_before(cast, act):
    post = make_post(cast.topic, cast.rosa)
    withholding = make_withholding(post, cast.coordinator)
    services.show_again(act(cast.coordinator), withholding, now=LATER)

    assert (post.withheld_at, withholding.lifted_at) == (None, LATER)
    assert queries.list_readable(act(cast.huda), [post.id]) == [post]
    assert [notice.person_id for notice in told(telling.RELEASED)] == [cast.rosa.id]
    with pytest.raises(RuleBroken, match="already"):
        services.show_again(act(cast.coordinator), withholding, now=LATER)


def test_a_translation_is_told_to_its_author_until_it_is_reviewed(cast, act):
    originals.translate(act(cast.rosa), cast.opening, language="es", body="¿Quién viene?", now=LATER)
    (notice,) = told(telling.TRANSLATED)
    assert notice.person_id == cast.fatou.id
    assert telling.still_wanted(notice, LATER)
    originals.review_translation(act(cast.fatou), cast.opening.translations[0], now=LATER)
    assert not telling.still_wanted(notice, LATER)


def test_a_mail_is_wanted_as_long_as_there_is_something_new_to_read(cast, act):
    post = services.reply(act(cast.huda), cast.topic, body=ARABIC, language="ar", now=LATER)
    (notice,) = told(telling.REPLIED)
    assert telling.still_wanted(notice, LATER)
    services.withdraw(act(cast.huda), post, now=LATER)
    assert not telling.still_wanted(notice, LATER)
    make_post(cast.topic, cast.rosa, written_at=LATER)
    assert telling.still_wanted(notice, LATER)


def test_mails_about_what_is_out_of_sight_are_wanted_while_it_is(cast, act):
    post = make_post(cast.topic, cast.rosa)
    withholding = services.take_out_of_sight(act(cast.coordinator), post, reason="A name.", now=LATER)
    services.ask_to_show(act(cast.rosa), withholding, words="Please.", now=LATER)
    (withheld,), (asked,) = told(telling.WITHHELD), told(telling.ASKED)
    assert telling.still_wanted(withheld, LATER)
    assert telling.still_wanted(asked, LATER)
    services.show_again(act(cast.coordinator), withholding, now=LATER)
    (released,) = told(telling.RELEASED)
    assert not telling.still_wanted(withheld, LATER)
    assert not telling.still_wanted(asked, LATER)
    assert telling.still_wanted(released, LATER)
    services.withdraw(act(cast.rosa), post, now=LATER)
    assert not telling.still_wanted(released, LATER)
    db.session.execute(sa.delete(PostWithholding))
    released.parameters = released.parameters | {"post": str(cast.group.id)}
    assert not telling.still_wanted(released, LATER)


def test_posts_are_in_the_list_of_what_remains_to_translate(cast, act):
    assert list_untranslated(act(cast.rosa), into="es").rows == [cast.opening]
    assert list_untranslated(act(cast.outsider), into="es").rows == []
    make_translation(cast.opening, cast.rosa, "es")
    assert list_untranslated(act(cast.rosa), into="es").rows == []
