"""Texts of an engagement: begun or brought, one for each language; signed version by version by whoever has the
mandate."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.drafting import services as drafting
from app.drafting.queries import get_version
from app.engagements.models import EngagementState, EngagementText, SignatoryState, SignOff
from app.engagements.queries import texts as queries
from app.engagements.queries.deadlines import day_that_counts
from app.engagements.services import signing, texts
from app.extensions import db
from app.people.models import RoleGrant
from app.workinggroups.models import Standing
from tests.conftest import START
from tests.engagements.cast_of_texts import LONG, SHORT, act, make_cast
from tests.make.advocacy import make_access
from tests.make.drafting import make_text
from tests.make.engagements import make_engagement, make_signatory
from tests.make.workinggroups import make_group, make_place


@pytest.fixture
def cast(app, now):
    return make_cast()


def begin(cast, now, person=None, **said):
    words = {"title": "Land for all", "language": "en", "body": SHORT} | said
    return texts.begin_draft(act(person or cast.fatou), cast.engagement, cast.group, now=now, **words)


def write_on(cast, link, now, body=LONG):
    version = link.text.version
    return drafting.write_version(act(cast.fatou), link.text, body=body, changes="More", based_on=version, now=now)


def read(link):
    return signing.digest_of(get_version(link.text, link.text.version), link.text.language)


def sign(cast, person, signatory, link, now):
    return signing.sign(act(person, now), signatory, link, read=read(link), now=now)


def lines_of_audit(engagement):
    wanted = sa.select(AuditLine).where(AuditLine.subject_id == engagement.id).order_by(AuditLine.at)
    return [line.code.rsplit(".", 1)[-1] for line in db.session.scalars(wanted)]


def test_a_text_is_begun_in_the_group_and_the_engagement_is_in_the_making(cast, now):
    link = begin(cast, now)
    assert link.text.group_id == cast.group.id
    assert [keeper.person_id for keeper in link.text.keepers] == [cast.fatou.id]
    assert cast.engagement.state is EngagementState.IN_THE_MAKING
    assert lines_of_audit(cast.engagement) == ["text_begun"]


def test_there_is_one_text_in_each_language(cast, now):
    first = begin(cast, now)
    with pytest.raises(texts.HasThatLanguage) as refused:
        begin(cast, now)
    assert refused.value.field == "language"
    french = begin(cast, now, language="fr", translation_of=first.text)
    assert french.text.translation_of_id == first.text_id
    assert [link.text.language for link in queries.list_links(cast.engagement)] == ["en", "fr"]


def test_a_text_of_one_group_translates_none_of_another(cast, now):
    first = begin(cast, now)
    second = make_group("Water group")
    cast.engagement.groups.append(second)
    make_place(second, cast.fatou)
    link = texts.begin_draft(
        act(cast.fatou), cast.engagement, second, title="Agua", language="es", body=SHORT,
        translation_of=first.text, now=now,
    )  # fmt: skip
    assert link.text.translation_of_id is None


@pytest.mark.parametrize("who", ["leila", "outsider"])
def test_whoever_takes_no_part_in_a_group_begins_no_text(cast, now, who):
    with pytest.raises(NotAllowed):
        begin(cast, now, getattr(cast, who))


def test_an_observer_begins_no_text(cast, now):
    make_place(cast.group, cast.outsider, standing=Standing.OBSERVER)
    with pytest.raises(NotAllowed):
        begin(cast, now, cast.outsider)


def test_a_group_without_a_part_in_it_writes_nothing_for_it(cast, now):
    other = make_group("Another group")
    make_place(other, cast.fatou)
    with pytest.raises(RuleBroken) as refused:
        texts.begin_draft(act(cast.fatou), cast.engagement, other, title="T", language="en", body=SHORT, now=now)
    assert refused.value.field == "group"
    with pytest.raises(RuleBroken) as refused:
        texts.bring_text(act(cast.fatou), cast.engagement, make_text(other, cast.fatou), now=now)
    assert refused.value.field == "text"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"state": EngagementState.WATCHING, "is_watch_only": True}, "only watches"),
        ({"state": EngagementState.SUBMITTED, "submitted_on": date(2026, 11, 20)}, "handed in already"),
        ({"state": EngagementState.GIVEN_UP}, "given up"),
    ],
)
def test_texts_are_written_while_it_is_under_way(cast, now, state, said):
    for name, value in state.items():
        setattr(cast.engagement, name, value)
    with pytest.raises(RuleBroken) as refused:
        begin(cast, now)
    assert said in str(refused.value.message)


def test_a_text_of_the_group_is_brought_once(cast, now):
    text = make_text(cast.group, cast.fatou)
    assert queries.texts_to_bring(act(cast.fatou), cast.engagement, []) == [text]
    link = texts.bring_text(act(cast.fatou), cast.engagement, text, now=now)
    assert queries.texts_to_bring(act(cast.fatou), cast.engagement, [link]) == []
    other = make_engagement(cast.engagement.space, cast.group)
    with pytest.raises(RuleBroken) as refused:
        texts.bring_text(act(cast.fatou), other, text, now=now)
    assert "another engagement already" in str(refused.value.message)
    assert queries.texts_to_bring(act(cast.fatou), other, []) == []


def test_whoever_is_inside_through_an_organisation_brings_nothing(cast, now):
    text = make_text(cast.group, cast.fatou)
    assert queries.texts_to_bring(act(cast.leila), cast.engagement, []) == []
    with pytest.raises(NotAllowed):
        texts.bring_text(act(cast.leila), cast.engagement, text, now=now)


def test_a_text_that_is_taken_away_stays_with_its_group(cast, now):
    link = begin(cast, now)
    text = link.text
    with pytest.raises(NotAllowed):
        texts.take_away(act(cast.fatou), link, now=now)
    texts.take_away(act(cast.samira), link, now=now)
    assert db.session.scalar(sa.select(EngagementText)) is None
    assert get_version(text, 1).body
    assert queries.texts_to_bring(act(cast.fatou), cast.engagement, []) == [text]


def test_who_speaks_for_an_organisation_signs_the_version_they_have_read(cast, now):
    link = begin(cast, now)
    signature = sign(cast, cast.leila, cast.lead, link, now)
    grant = db.session.scalar(sa.select(RoleGrant).where(RoleGrant.person_id == cast.leila.id))
    assert (signature.version, signature.grant_id, signature.person_id) == (1, grant.id, cast.leila.id)
    assert signature.digest == read(link)
    assert lines_of_audit(cast.engagement) == ["text_begun", "text_signed"]
    with pytest.raises(signing.SignedAlready):
        sign(cast, cast.leila, cast.lead, link, now)


def test_nobody_signs_for_another_organisation(cast, now):
    link = begin(cast, now)
    for person in (cast.omar, cast.samira, cast.secretary, cast.outsider):
        with pytest.raises(NotAllowed):
            sign(cast, person, cast.lead, link, now)


def test_a_mandate_that_has_ended_signs_nothing(cast, now):
    link = begin(cast, now)
    actor = act(cast.leila)
    db.session.scalar(sa.select(RoleGrant).where(RoleGrant.person_id == cast.leila.id)).until_on = date(2026, 11, 20)
    db.session.flush()
    with pytest.raises(NotAllowed):  # the page was opened while it still held
        signing.sign(actor, cast.lead, link, read=read(link), now=now)


def test_a_later_version_asks_again_and_the_signature_stays(cast, now):
    link = begin(cast, now)
    before = read(link)
    sign(cast, cast.leila, cast.lead, link, now)
    write_on(cast, link, now)
    with pytest.raises(signing.NewerVersion) as refused:
        signing.sign(act(cast.leila), cast.lead, link, read=before, now=now)
    assert "Version 2 was written" in str(refused.value.message)
    sign(cast, cast.leila, cast.lead, link, now)
    assert [row.version for row in queries.sign_offs_of([link.text_id])[link.text_id]] == [2, 1]


@pytest.mark.parametrize(
    ("state", "said"), [(SignatoryState.DECLINED, "has declined"), (SignatoryState.ASKED, "has not answered yet")]
)
def test_an_organisation_that_does_not_join_signs_nothing(cast, now, state, said):
    link = begin(cast, now)
    cast.other.state = state
    with pytest.raises(signing.CannotSign) as refused:
        sign(cast, cast.omar, cast.other, link, now)
    assert said in str(refused.value.message)


def test_an_organisation_of_another_engagement_signs_nothing_here(cast, now):
    link = begin(cast, now)
    other = make_engagement(cast.engagement.space, cast.group)
    elsewhere = texts.bring_text(act(cast.fatou), other, make_text(cast.group, cast.fatou), now=now)
    with pytest.raises(NotFound):
        sign(cast, cast.leila, cast.lead, elsewhere, now)
    assert link.engagement_id != elsewhere.engagement_id


def test_nothing_is_signed_once_it_is_handed_in(cast, now):
    link = begin(cast, now)
    cast.engagement.state, cast.engagement.submitted_on = EngagementState.SUBMITTED, now.date()
    with pytest.raises(RuleBroken):
        sign(cast, cast.leila, cast.lead, link, now)
    assert db.session.scalar(sa.select(SignOff)) is None


def test_the_limit_is_that_of_who_leads_on_the_day_that_counts(cast, now):
    day = day_that_counts(cast.engagement, now.date())
    assert day == date(2026, 12, 11)
    assert queries.limit_of(cast.engagement, day).usable == 1400
    [row] = queries.access_of([cast.coalition.id])[cast.coalition.id]
    row.until_on = date(2026, 12, 1)
    make_access(cast.coalition, "ecosoc_general", from_on=date(2026, 12, 2))
    assert queries.limit_of(cast.engagement, day).usable == 1900
    cast.engagement.submitted_on = START.date() + timedelta(days=1)
    assert queries.limit_of(cast.engagement, day_that_counts(cast.engagement, now.date())).usable == 1400
    cast.engagement.submitted_on, cast.engagement.step = None, None
    assert day_that_counts(cast.engagement, now.date()) == now.date()
    cast.lead.is_lead = False
    assert not queries.limit_of(cast.engagement, day).is_certain
    cast.engagement.mode = None
    assert queries.limit_of(cast.engagement, day) is None


def test_a_signature_is_taken_back_until_the_text_is_handed_in(cast, now):
    link = begin(cast, now)
    sign(cast, cast.omar, cast.other, link, now)
    with pytest.raises(NotAllowed):
        signing.take_back(act(cast.leila), cast.other, link, now=now)
    with pytest.raises(NotAllowed):
        signing.take_back(act(cast.secretary), cast.other, link, now=now)
    signing.take_back(act(cast.omar), cast.other, link, now=now)
    assert queries.sign_offs_of([link.text_id]) == {}
    assert {"text_signed", "signature_taken_back"} <= set(lines_of_audit(cast.engagement))
    with pytest.raises(signing.NotSigned):
        signing.take_back(act(cast.omar), cast.other, link, now=now)
    sign(cast, cast.omar, cast.other, link, now)
    cast.engagement.state, cast.engagement.submitted_on = EngagementState.SUBMITTED, now.date()
    with pytest.raises(RuleBroken, match="handed in already"):
        signing.take_back(act(cast.omar), cast.other, link, now=now)
    assert len(queries.sign_offs_of([link.text_id])[link.text_id]) == 1


def test_a_signature_of_another_engagement_is_not_taken_back_here(cast, now):
    link = begin(cast, now)
    foreign = make_signatory(make_engagement(cast.engagement.space, cast.group), cast.red)
    with pytest.raises(NotFound):
        signing.take_back(act(cast.omar), foreign, link, now=now)
