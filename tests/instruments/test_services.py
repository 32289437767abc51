"""Offering, writing on, adding a language, describing, withdrawing: what is kept and what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.advocacy.models import Claim
from app.core.actors import PUBLIC, VISITOR, Actor
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.registries import actor_at, cards
from app.extensions import db
from app.instruments import queries, services
from app.instruments.models import INSTRUMENT, Instrument, InstrumentText
from app.instruments.services import Tags, Words, WrittenMeanwhile
from app.people.models import Person
from tests.conftest import START
from tests.instruments.conftest import Cast
from tests.make.instruments import make_instrument, make_instrument_text
from tests.make.workinggroups import make_group

WORDS = Words("Against evictions", "In [name of the city] …", "For treaty bodies")
TAGS = Tags(frozenset({Claim.FORCED_EVICTION, Claim.ADEQUATE_HOUSING}), frozenset({11, 5}), PUBLIC)
LATER = START + timedelta(days=1)


def actor(person: Person) -> Actor:
    return actor_at(person.id, START)


def test_a_member_of_a_group_offers_what_everybody_may_use(cast: Cast, now: datetime) -> None:
    row = services.offer(actor(cast.member), cast.group, WORDS, language="español", tags=TAGS, now=now)
    text = queries.newest_text(row, "fr")
    assert (text.title, text.purpose, text.body, text.words) == (*("Against evictions", "For treaty bodies"), *(
        "In [name of the city] …", 5))  # fmt: skip
    assert (text.language, text.version, text.of_version, text.written_by) == ("es", 1, None, cast.member.id)
    assert ([one.goal for one in row.goals], [one.claim for one in row.claims]) == (
        [5, 11],
        [Claim.ADEQUATE_HOUSING, Claim.FORCED_EVICTION],
    )
    assert queries.list_visible(VISITOR, "en") == [(row, text)]
    assert db.session.scalar(sa.select(AuditLine.code)) == "instruments.instrument.offered"


def test_whoever_speaks_for_an_organisation_offers_in_its_name(cast: Cast, now: datetime) -> None:
    row = services.offer(actor(cast.speaker), cast.organisation, WORDS, language="en", tags=Tags(), now=now)
    assert (row.organisation_id, row.group_id, row.audience) == (cast.organisation.id, None, "network")
    assert queries.list_visible(VISITOR, "en") == []
    assert [one for one, _text in queries.list_visible(actor(cast.reader), "en")] == [row]


@pytest.mark.parametrize("role", ["observer", "reader", "outsider", "speaker", "secretary"])
def test_nobody_offers_for_a_group_they_take_no_part_in(cast: Cast, now: datetime, role: str) -> None:
    with pytest.raises(NotAllowed):
        services.offer(actor(getattr(cast, role)), cast.group, WORDS, language="en", tags=TAGS, now=now)


@pytest.mark.parametrize(
    ("words", "tags", "language", "field"),
    [
        (Words(" ", "Words"), TAGS, "en", "title"),
        (Words("a" * 201, "Words"), TAGS, "en", "title"),
        (Words("Title", " \n"), TAGS, "en", "body"),
        (Words("Title", "Words", "a" * 301), TAGS, "en", "purpose"),
        (WORDS, Tags(goals=frozenset({18})), "en", "goals"),
        (WORDS, Tags(audience="secretariat"), "en", "audience"),
        (WORDS, TAGS, "klingonish", "language"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(
    cast: Cast, words: Words, tags: Tags, language: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        services.offer(actor(cast.member), cast.group, words, language=language, tags=tags, now=START)
    assert refused.value.field == field


def test_a_new_version_keeps_the_older_one_whole(cast: Cast) -> None:
    row = make_instrument(cast.group)
    new = Words("Housing before evictions", "Other words.")
    by = actor(cast.member)
    services.write_version(by, row, new, language="en", changes="Shorter", based_on=1, now=LATER)
    assert [(one.version, one.words) for one in queries.list_versions(row, "en")] == [(2, 2), (1, 14)]
    assert queries.get_text(row, "en", 1).body.startswith("In [name of the city]")
    assert queries.newest_text(row, "en").changes == "Shorter"
    assert row.changed_at == LATER
    with pytest.raises(NotFound):
        queries.get_text(row, "en", 3)


def test_two_who_write_at_once_hear_of_each_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    row = make_instrument(cast.group)
    writing = {"language": "en", "changes": "New", "based_on": 1, "now": LATER}
    services.write_version(actor(cast.member), row, Words("T", "Mine."), **writing)
    with pytest.raises(WrittenMeanwhile) as refused:
        services.write_version(actor(cast.secretary), row, Words("T", "Theirs."), **writing)
    assert refused.value.newest == 2
    old = queries.get_text(row, "en", 1)
    monkeypatch.setattr(queries, "newest_texts", lambda _ids: {row.id: {"en": old}})
    with pytest.raises(WrittenMeanwhile):  # at the very same instant: the key decides
        services.write_version(actor(cast.secretary), row, Words("T", "Theirs."), **writing)
    monkeypatch.undo()
    assert queries.newest_text(row, "en").body == "Mine."


@pytest.mark.parametrize(
    ("said", "field"),
    [({"changes": " "}, "changes"), ({"changes": "a" * 301}, "changes"), ({"based_on": 4}, "")],
)
def test_a_version_says_what_is_new_and_follows_the_newest(cast: Cast, said: dict[str, object], field: str) -> None:
    row = make_instrument(cast.group)
    values = {"language": "en", "changes": "New", "based_on": 1, "now": LATER} | said
    with pytest.raises(RuleBroken) as refused:
        services.write_version(actor(cast.member), row, Words("T", "Words."), **values)
    assert refused.value.field == field


def test_the_same_words_are_no_version(cast: Cast) -> None:
    row = make_instrument(cast.group)
    text = queries.newest_text(row, "en")
    same = Words(text.title, text.body, text.purpose)
    with pytest.raises(RuleBroken) as refused:
        services.write_version(actor(cast.member), row, same, language="en", changes="-.", based_on=1, now=LATER)
    assert refused.value.field == "body"


def test_another_language_says_which_version_it_follows(cast: Cast) -> None:
    row, by = make_instrument(cast.group), actor(cast.member)
    make_instrument_text(row, version=2, body="Newer.")
    french = services.add_language(by, row, Words("Titre", "Mots."), language="fr", of_version=99, now=LATER)
    assert (french.version, french.of_version, french.title) == (1, 2, "Titre")
    writing = {"language": "fr", "changes": "Mieux", "based_on": 1, "now": LATER}
    second = services.write_version(by, row, Words("Titre", "Autres mots."), of_version=1, **writing)
    assert second.of_version == 1
    with pytest.raises(RuleBroken) as refused:
        services.add_language(by, row, Words("Titre", "Mots."), language="fr", of_version=2, now=LATER)
    assert refused.value.field == "language"


def test_two_who_add_a_language_at_once_do_not_write_over_each_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, by = make_instrument(cast.group), actor(cast.member)
    before = queries.newest_texts([row.id])
    services.add_language(by, row, Words("Titre", "Mots."), language="fr", of_version=1, now=LATER)
    monkeypatch.setattr(queries, "newest_texts", lambda _ids: before)
    with pytest.raises(RuleBroken) as refused:
        services.add_language(by, row, Words("Titre", "D’autres."), language="fr", of_version=1, now=LATER)
    assert refused.value.field == "language"


def test_it_is_described_anew(cast: Cast, now: datetime) -> None:
    row = services.offer(actor(cast.member), cast.group, WORDS, language="en", tags=TAGS, now=now)
    anew = Tags(frozenset({Claim.FORCED_EVICTION, Claim.RIGHT_TO_LAND}), frozenset({11}))
    services.describe(actor(cast.secretary), row, anew, now=LATER)
    db.session.expire_all()
    assert {one.claim for one in row.claims} == anew.claims
    assert ([one.goal for one in row.goals], row.audience) == ([11], "network")


def test_what_is_withdrawn_is_in_no_list_and_can_be_offered_again(cast: Cast) -> None:
    row, by = make_instrument(cast.group), actor(cast.member)
    for _twice in range(2):
        services.withdraw(by, row, because=" Out of\ndate ", now=LATER)
    reader = actor(cast.reader)
    assert (row.withdrawn_because, row.withdrawn_by) == ("Out of date", cast.member.id)
    assert queries.list_visible(reader, "en") == []
    assert queries.get_visible_instrument(reader, row.id) is row
    assert cards([(INSTRUMENT, row.id)], reader)[row.id].state == "withdrawn"
    assert (queries.has_withdrawn(by), queries.has_withdrawn(reader)) == (True, False)
    with pytest.raises(RuleBroken):
        services.describe(by, row, Tags(), now=LATER)
    with pytest.raises(RuleBroken):
        services.add_language(by, row, WORDS, language="fr", of_version=1, now=LATER)
    with pytest.raises(RuleBroken):
        services.write_version(by, row, WORDS, language="en", changes="New", based_on=1, now=LATER)
    for _twice in range(2):
        services.offer_again(by, row, now=LATER)
    assert (row.withdrawn_at, row.withdrawn_because, row.withdrawn_by) == (None, "", None)
    assert len(queries.list_visible(reader, "en")) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditLine)) == 2


@pytest.mark.parametrize("role", ["observer", "reader", "outsider", "speaker"])
def test_others_change_nothing(cast: Cast, role: str) -> None:
    row, by = make_instrument(cast.group), actor(getattr(cast, role))
    for work in (
        lambda: services.describe(by, row, Tags(), now=LATER),
        lambda: services.withdraw(by, row, because="", now=LATER),
        lambda: services.offer_again(by, row, now=LATER),
        lambda: services.add_language(by, row, WORDS, language="fr", of_version=1, now=LATER),
        lambda: services.write_version(by, row, WORDS, language="en", changes="New", based_on=1, now=LATER),
    ):
        with pytest.raises(NotAllowed):
            work()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(InstrumentText)) == 1


def test_a_visitor_reads_what_is_public_and_nothing_else(cast: Cast) -> None:
    public, inside = make_instrument(cast.group, audience=PUBLIC), make_instrument(cast.organisation)
    assert queries.get_visible_instrument(VISITOR, public.id) is public
    assert [one for one, _text in queries.list_visible(VISITOR, "en")] == [public]
    with pytest.raises(NotFound):
        queries.get_visible_instrument(VISITOR, inside.id)
    assert set(cards([(INSTRUMENT, public.id), (INSTRUMENT, inside.id)], VISITOR)) == {public.id}


def test_lists_are_narrowed_down(cast: Cast) -> None:
    other = make_group()
    by = actor(cast.member)
    wanted = services.offer(by, cast.group, WORDS, language="es", tags=TAGS, now=LATER)
    make_instrument(other)

    def found(**said: Any) -> list[Instrument]:
        return list(queries.page_of_instruments(by, queries.Wanted(**said)).rows)

    assert len(found()) == 2
    for said in ({"claim": Claim.FORCED_EVICTION}, {"goal": 5}, {"language": "es"}, {"only_own": True}):
        assert found(**said) == [wanted], said
    assert found(only_withdrawn=True) == []
    assert queries.list_owners(by) == ([cast.group], [])
    assert queries.list_owners(actor(cast.speaker)) == ([], [cast.organisation])
