"""What happens to joint texts: begun, written on, commented, answered, adopted, kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.notices import Notice
from app.drafting import policy, queries, services
from app.drafting.models import Comment, TextKeeper, TextState, Verdict
from app.drafting.services.checking import LONGEST_BODY, LONGEST_LINE, LONGEST_TITLE, MOST_PARAGRAPHS
from app.extensions import db
from app.originals import services as originals
from app.workinggroups.models import GroupCoordinator as Running
from app.workinggroups.models import GroupMembership as Place
from app.workinggroups.models import GroupState, Standing
from app.workinggroups.services import admit, end_coordinator, end_place
from tests.conftest import START
from tests.make.drafting import ARABIC, FRENCH, REVISED, SPANISH, answered, make_comment, make_keeper, make_text
from tests.make.people import make_member
from tests.make.workinggroups import make_place

LATER = START + timedelta(hours=1)


def written(cast, act, **said):
    values = {"body": REVISED, "changes": "Toutes sont nommées", "based_on": 1, "now": LATER} | said
    return services.write_version(act(cast.fatou), cast.text, **values)


def said(cast, act, person=None, paragraph=2, **more):
    version = queries.get_version(cast.text, cast.text.version)
    values = {"body": SPANISH, "language": "es", "now": LATER} | more
    return services.comment_on(act(person or cast.rosa), cast.text, version, paragraph, **values)


def answer(cast, act, comment, **more):
    values = {"verdict": Verdict.TAKEN, "because": "", "language": "fr", "seen": 0, "now": LATER} | more
    return services.answer_comment(act(cast.fatou), comment, **values)


def told(kind: str) -> list:
    return list(db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == kind)))


def begun(cast, act, **more):
    values = {"title": " Pour  un toit ", "language": "fr", "body": FRENCH, "now": LATER} | more
    return services.begin_text(act(cast.fatou), cast.group, **values)


def test_a_text_is_begun_with_its_first_version_and_kept_by_who_began_it(cast, act):
    text = begun(cast, act, purpose="Une lettre")
    version = queries.get_version(text, 1)
    assert (text.title, text.purpose, text.version, text.state) == ("Pour un toit", "Une lettre", 1, TextState.OPEN)
    assert (version.body, version.words, version.written_by) == (FRENCH, 13, cast.fatou.id)
    assert [one.person_id for one in text.keepers] == [cast.fatou.id]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "\u200b"}, "title"),
        ({"title": "x" * (LONGEST_TITLE + 1)}, "title"),
        ({"purpose": "x" * (LONGEST_LINE + 1)}, "purpose"),
        ({"language": "no such"}, "language"),
        ({"body": " \n"}, "body"),
        ({"body": "x" * (LONGEST_BODY + 1)}, "body"),
        ({"body": "a\n\n" * (MOST_PARAGRAPHS + 1)}, "body"),
    ],
)
def test_what_a_text_must_be(cast, act, wrong, field):
    with pytest.raises(RuleBroken) as refused:
        begun(cast, act, **wrong)
    assert refused.value.field == field


def test_observers_and_those_outside_begin_none(cast, act):
    for person in (cast.observer, cast.outsider, cast.secretary):
        with pytest.raises(NotAllowed):
            services.begin_text(act(person), cast.group, title="A", language="en", body="B", now=LATER)


def test_a_text_in_another_language_says_what_it_follows(cast, act):
    written(cast, act)
    spanish = begun(cast, act, language="es", translation_of=cast.text)
    assert spanish.translation_of_id == cast.text.id
    assert queries.get_version(spanish, 1).of_version == 2
    arabic = begun(cast, act, language="ar", translation_of=spanish)
    assert arabic.translation_of_id == cast.text.id
    with pytest.raises(RuleBroken) as refused:
        begun(cast, act, translation_of=cast.text)
    assert refused.value.field == "language"
    assert [one.language for one in queries.list_translations(cast.text)] == ["ar", "es"]


def test_a_version_is_added_and_the_older_one_stays(cast, act):
    version = written(cast, act)
    assert (version.number, version.changes, version.words) == (2, "Toutes sont nommées", 15)
    assert queries.get_version(cast.text, 1).body == FRENCH
    assert cast.text.version == 2
    with pytest.raises(NotFound):
        queries.get_version(cast.text, 3)


@pytest.mark.parametrize(
    ("wrong", "field"), [({"changes": " "}, "changes"), ({"changes": "\u200b"}, "changes"), ({"body": FRENCH}, "body")]
)
def test_a_version_has_something_new_and_says_what(cast, act, wrong, field):
    with pytest.raises(RuleBroken) as refused:
        written(cast, act, **wrong)
    assert refused.value.field == field


def test_two_who_write_at_once_find_out_about_each_other(cast, act):
    written(cast, act)
    with pytest.raises(services.WrittenMeanwhile) as refused:
        services.write_version(act(cast.coordinator), cast.text, body="Autre", changes="Autre", based_on=1, now=LATER)
    assert refused.value.newest == 2
    assert cast.text.version == 2


def test_keepers_and_whoever_runs_the_group_write_and_nobody_else(cast, act):
    for person, may in (
        (cast.fatou, True),
        (cast.coordinator, True),
        (cast.secretary, True),
        (cast.rosa, False),
        (cast.observer, False),
        (cast.outsider, False),
    ):
        assert policy.can_keep(act(person), cast.text) is may
    with pytest.raises(NotAllowed):
        services.write_version(act(cast.rosa), cast.text, body="A", changes="B", based_on=1, now=LATER)


def test_a_closed_group_writes_nothing(cast, act):
    comment = make_comment(cast.text, cast.rosa)
    cast.group.state = GroupState.CLOSED
    for act_it in (
        lambda: written(cast, act),
        lambda: said(cast, act),
        lambda: answer(cast, act, comment),
        lambda: begun(cast, act),
        lambda: services.adopt(act(cast.coordinator), cast.text, version=1, on=START.date(), now=LATER),
        lambda: services.describe(act(cast.coordinator), cast.text, title="A", purpose="", now=LATER),
        lambda: services.name_keeper(act(cast.coordinator), cast.text, cast.rosa.id, now=LATER),
    ):
        with pytest.raises(NotAllowed):
            act_it()


def test_observers_comment_in_any_language_and_keepers_hear_of_it_once_a_day(cast, act):
    first = said(cast, act, cast.observer, body=ARABIC, language="ar")
    said(cast, act, cast.rosa)
    assert (first.language, first.about_version, first.paragraph) == ("ar", 1, 2)
    assert told("drafting.commented") == [cast.fatou.id]


def test_where_nobody_keeps_a_text_whoever_runs_the_group_hears_of_comments(cast, act):
    services.end_keeper(act(cast.fatou), cast.text, cast.fatou.id, now=LATER)
    said(cast, act)
    assert told("drafting.commented") == [cast.coordinator.id]


def test_comments_belong_to_a_paragraph_that_is_there(cast, act):
    with pytest.raises(NotFound):
        said(cast, act, paragraph=9)
    with pytest.raises(NotAllowed):
        said(cast, act, cast.outsider)


def test_a_text_that_is_closed_takes_no_comments_until_it_is_opened_again(cast, act):
    services.close_comments(act(cast.fatou), cast.text, now=LATER)
    with pytest.raises(RuleBroken, match="no more comments"):
        said(cast, act)
    services.open_comments(act(cast.fatou), cast.text, now=LATER)
    assert said(cast, act).verdict is None


@pytest.mark.parametrize("verdict", [Verdict.PARTLY, Verdict.NOT])
def test_a_reason_is_asked_for_what_is_not_taken_up(cast, act, verdict):
    comment = make_comment(cast.text, cast.rosa)
    with pytest.raises(RuleBroken) as refused:
        answer(cast, act, comment, verdict=verdict, because=" \u200b ")
    assert refused.value.field == "because"
    assert answer(cast, act, comment, verdict=verdict, because="Trop long.").because_language == "fr"
    assert told("drafting.answered") == [cast.rosa.id]


def test_an_answer_is_settled_in_the_next_version_or_in_the_newest(cast, act):
    early, late = make_comment(cast.text, cast.rosa), make_comment(cast.text, cast.huda, paragraph=3)
    assert answer(cast, act, early).settled_in is None
    written(cast, act)
    db.session.refresh(early)
    assert early.settled_in == 2
    assert answer(cast, act, late).settled_in == 2
    assert [mark.settled_in for mark in queries.marks_of(act(cast.huda), cast.text)] == [2, 2]


def test_two_answers_at_once_are_not_written_over_each_other(cast, act):
    comment = answer(cast, act, make_comment(cast.text, cast.rosa))
    with pytest.raises(RuleBroken, match="Somebody else answered"):
        answer(cast, act, comment, verdict=Verdict.NOT, because="Non.")
    anew = answer(cast, act, comment, verdict=Verdict.NOT, because="Non.", seen=1)
    assert (anew.verdict, anew.answers) == (Verdict.NOT, 2)
    assert len(told("drafting.answered")) == 2


def test_who_left_the_group_hears_of_no_answer(cast, act):
    comment = make_comment(cast.text, cast.outsider)
    answer(cast, act, comment)
    assert told("drafting.answered") == []


def test_a_reason_has_an_end(cast, act):
    comment = make_comment(cast.text, cast.rosa)
    with pytest.raises(RuleBroken) as refused:
        answer(cast, act, comment, because="x" * 2_001)
    assert refused.value.field == "because"


def test_only_its_author_takes_a_comment_back(cast, act):
    comment = make_comment(cast.text, cast.rosa)
    with pytest.raises(NotAllowed):
        services.withdraw(act(cast.coordinator), comment, now=LATER)
    services.withdraw(act(cast.rosa), comment, now=LATER)
    assert queries.marks_of(act(cast.huda), cast.text) == []
    with pytest.raises(NotAllowed):
        answer(cast, act, comment)
    services.bring_back(act(cast.rosa), comment, now=LATER)
    assert len(queries.marks_of(act(cast.huda), cast.text)) == 1


def test_an_erased_comment_leaves_no_words_in_its_answer(cast, act):
    comment = answered(make_comment(cast.text, cast.rosa), cast.fatou, because="Rosa a raison.", because_language="fr")
    services.erase_comment(act(cast.rosa), comment, now=LATER)
    assert (comment.because, comment.versions, comment.author_id) == ("", [], None)
    assert queries.count_comments(act(cast.fatou), cast.text) == 0


def test_what_is_adopted_stands_until_whoever_runs_the_group_opens_it(cast, act):
    comment = make_comment(cast.text, cast.rosa)
    adopting = {"version": 1, "on": date(2026, 11, 1), "now": LATER}
    with pytest.raises(NotAllowed):
        services.adopt(act(cast.fatou), cast.text, **adopting)
    services.adopt(act(cast.coordinator), cast.text, **adopting)
    services.adopt(act(cast.coordinator), cast.text, **adopting)
    assert (cast.text.state, cast.text.adopted_on) == (TextState.ADOPTED, date(2026, 11, 1))
    for act_it in (
        lambda: written(cast, act),
        lambda: said(cast, act),
        lambda: answer(cast, act, comment),
        lambda: services.describe(act(cast.fatou), cast.text, title="A", purpose="", now=LATER),
        lambda: services.close_comments(act(cast.fatou), cast.text, now=LATER),
    ):
        with pytest.raises(RuleBroken, match="adopted"):
            act_it()
    with pytest.raises(NotAllowed):
        services.open_comments(act(cast.fatou), cast.text, now=LATER)
    services.open_comments(act(cast.coordinator), cast.text, now=LATER)
    assert (cast.text.state, cast.text.adopted_on) == (TextState.OPEN, None)


def test_what_is_adopted_is_what_was_looked_at_and_not_tomorrow(cast, act):
    with pytest.raises(RuleBroken) as refused:
        services.adopt(act(cast.coordinator), cast.text, version=1, on=LATER.date() + timedelta(days=3), now=LATER)
    assert refused.value.field == "on"
    written(cast, act)
    with pytest.raises(RuleBroken, match="Version 2"):
        services.adopt(act(cast.coordinator), cast.text, version=1, on=LATER.date(), now=LATER)


def test_title_and_purpose_change_and_the_audit_has_no_words(cast, act):
    services.describe(act(cast.fatou), cast.text, title="Un toit", purpose="Pour mai", now=LATER)
    services.describe(act(cast.fatou), cast.text, title="Un toit", purpose="Pour mai", now=LATER)
    assert (cast.text.title, cast.text.purpose) == ("Un toit", "Pour mai")
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "drafting.text.described")).all()
    assert [line.facts for line in lines] == [{}]


def test_a_guest_who_observes_from_now_on_keeps_no_text(cast, act):
    guest = make_member("Guest Example")
    make_place(cast.group, guest, standing=Standing.GUEST)
    make_keeper(cast.text, guest)
    admit(act(cast.coordinator), cast.group, guest.id, standing=Standing.OBSERVER, now=LATER)
    assert [one.person_id for one in cast.text.keepers] == [cast.fatou.id]


def test_keepers_are_named_among_those_who_take_part(cast, act):
    services.name_keeper(act(cast.fatou), cast.text, cast.rosa.id, now=LATER)
    services.name_keeper(act(cast.fatou), cast.text, cast.rosa.id, now=LATER)
    assert [one.person_id for one in cast.text.keepers] == [cast.fatou.id, cast.rosa.id]
    assert told("drafting.keeper_named") == [cast.rosa.id]
    for person in (cast.observer, cast.outsider):
        with pytest.raises(RuleBroken) as refused:
            services.name_keeper(act(cast.fatou), cast.text, person.id, now=LATER)
        assert refused.value.field == "person"
    services.end_keeper(act(cast.rosa), cast.text, cast.rosa.id, now=LATER)
    with pytest.raises(NotFound):
        services.end_keeper(act(cast.fatou), cast.text, cast.rosa.id, now=LATER)


def test_who_leaves_the_group_keeps_nothing_and_the_text_stays(cast, act):
    make_keeper(cast.text, cast.coordinator)
    other = make_text(cast.group, cast.rosa)
    place = next(one for one in db.session.scalars(sa.select(Place)) if one.person_id == cast.fatou.id)
    end_place(act(cast.fatou), place, now=LATER)
    assert [one.person_id for one in cast.text.keepers] == [cast.coordinator.id]
    assert [one.person_id for one in other.keepers] == [cast.rosa.id]
    running = db.session.scalars(sa.select(Running)).one()
    end_coordinator(act(cast.secretary), cast.group, running, now=LATER)
    assert cast.text.keepers == []
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TextKeeper)) == 3
    assert queries.get_visible_text(act(cast.rosa), "land-group", cast.text.id) is cast.text


def test_translations_of_a_comment_wait_for_its_author(cast, act):
    comment = make_comment(cast.text, cast.rosa)
    originals.translate(act(cast.observer), comment, language="fr", body="Il manque la date.", now=LATER)
    assert told("drafting.translated") == [cast.rosa.id]
    with pytest.raises(NotAllowed):
        originals.translate(act(make_member("Nobody")), comment, language="ar", body="…", now=LATER)


def test_comments_are_seen_inside_alone(cast, act):
    comment = make_comment(cast.text, cast.rosa)
    assert queries.get_visible_comment(act(cast.observer), comment.id).id == comment.id
    with pytest.raises(NotFound):
        queries.get_visible_comment(act(cast.outsider), comment.id)
    with pytest.raises(NotFound):
        queries.get_visible_comment(act(cast.rosa), comment.id, "another-group")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Comment)) == 1
