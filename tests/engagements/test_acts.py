"""Whoever speaks for an organisation is asked to sign once a version rests, and signs from the mail."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.acts.emails import DONE
from app.core.notices import Notice
from app.core.registries import still_wanted
from app.drafting import services as drafting
from app.engagements import telling
from app.engagements.acts import SIGNATURE
from app.engagements.models import EngagementState, SignatoryState, SignOff
from app.engagements.services import signatories, signing, texts
from app.extensions import db
from app.moments.models import Moment
from app.people.models import RoleGrant
from tests.engagements.cast_of_texts import SHORT, Cast, act, make_cast
from tests.journeys.reader import Reader
from tests.make.acts import act_path, links_in, words_of_notice


@pytest.fixture
def cast(app, now) -> Cast:
    return make_cast()


@pytest.fixture
def link(cast, now):
    """A text that waits for two signatures."""
    found = texts.begin_draft(
        act(cast.fatou), cast.engagement, cast.group, title="Un toit", language="fr", body=SHORT, now=now
    )
    db.session.commit()
    return found


@pytest.fixture
def phone(app) -> Reader:
    return Reader(app.test_client())


def asked() -> list[Notice]:
    wanted = sa.select(Notice).where(Notice.kind == telling.SIGN_ASKED)
    return list(db.session.scalars(wanted.order_by(Notice.created_at, Notice.key)))


def path_of(cast, link, *, version: int = 1) -> str:
    about = f"{link.text_id.hex}:{version}"
    return act_path(SIGNATURE, "sign", cast.other.id, cast.omar, about=about) + "?lang=en"


def write_on(cast, link, now) -> None:
    body = f"{SHORT} And more."
    drafting.write_version(act(cast.fatou), link.text, body=body, changes="More", based_on=1, now=now)
    db.session.commit()


def signatures() -> list[SignOff]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(SignOff)))


def test_each_organisation_is_asked_once_a_version_has_stood_for_a_day(cast, link, now):
    assert {notice.person_id for notice in asked()} == {cast.leila.id, cast.omar.id}
    assert {notice.not_before for notice in asked()} == {now + timedelta(days=1)}
    telling.ask_to_sign(cast.engagement, now=now)
    assert len(asked()) == 2


def test_what_closes_soon_waits_an_hour(cast, link, now):
    closes = sa.update(Moment).where(Moment.id == cast.engagement.step.moment_id)
    db.session.execute(closes.values(starts_at=now + timedelta(days=2), until=now + timedelta(days=2)))
    db.session.execute(sa.delete(Notice))
    db.session.expire_all()
    telling.ask_to_sign(cast.engagement, now=now)
    assert {notice.not_before for notice in asked()} == {now + timedelta(hours=1)}
    assert {notice.expires_at for notice in asked()} == {now + timedelta(days=2)}


def test_of_several_versions_only_the_last_is_told(cast, link, now):
    later = now + timedelta(hours=2)
    write_on(cast, link, later)
    first, second = (row for row in asked() if row.person_id == cast.omar.id)
    assert not still_wanted(first.kind, first, later)
    assert still_wanted(second.kind, second, later)


def test_who_joins_later_is_asked_then(cast, link, now):
    cast.other.state = SignatoryState.ASKED
    db.session.execute(sa.delete(Notice))
    db.session.commit()
    signatories.agree(act(cast.omar), cast.other, now=now)
    assert cast.omar.id in {notice.person_id for notice in asked()}


def test_what_was_given_up_asks_nobody(cast, link, now):
    db.session.execute(sa.delete(Notice))
    cast.engagement.state = EngagementState.GIVEN_UP
    telling.ask_to_sign(cast.engagement, now=now)
    assert asked() == []


def test_whoever_signed_or_speaks_no_more_is_not_asked(cast, link, now):
    notice = next(row for row in asked() if row.person_id == cast.omar.id)
    assert still_wanted(notice.kind, notice, now)
    db.session.execute(sa.update(RoleGrant).where(RoleGrant.person_id == cast.omar.id).values(ended_at=now))
    assert not still_wanted(notice.kind, notice, now)
    other = next(row for row in asked() if row.person_id == cast.leila.id)
    read = signing.digest_of(signing.db.session.get(signing.TextVersion, (link.text_id, 1)), "fr")
    signing.sign(act(cast.leila), cast.lead, link, read=read, now=now)
    assert not still_wanted(other.kind, other, now)


def test_the_mail_says_for_whom_until_when_and_leads_to_the_words_first(cast, link):
    cast.omar.page_language = "en"
    words = words_of_notice(telling.SIGN_ASKED, cast.omar)
    assert words.subject == "To be signed: Un toit"
    [_sign] = links_in(words.text)
    assert "Version 1 of “Un toit” waits for the signature of Red Hábitat Sur, for which you speak." in words.text
    assert "Closes: around Friday 11 December 2026." in words.text
    assert words.date == cast.engagement.step.moment.until
    assert words.text.index(f"/texts/{link.text_id}") < words.text.index("Sign: http")
    assert SHORT[:20] not in words.text


def test_an_organisation_signs_from_the_mail(cast, link, phone, clock):
    phone.open(path_of(cast, link))
    assert "Does Red Hábitat Sur sign “Un toit”?" in phone.text
    assert SHORT[:20] in phone.page.select_one("details[open] [lang=fr]").get_text()
    assert "What you sign is written in a language that is not among yours" in phone.text
    assert "I have read version 1, or somebody has read it to me" in phone.text
    phone.send(has="has_read")
    assert phone.status == 422
    assert signatures() == []
    mistakes, words = phone.page.select("#mistakes, main details")
    assert (mistakes["id"], words.name) == ("mistakes", "details"), "what is wrong stands before the long text"
    assert phone.page.select_one(mistakes.a["href"])["name"] == "has_read"
    phone.send(has="has_read", has_read="y")
    assert "Red Hábitat Sur has signed version 1 of “Un toit”." in phone.text
    [signature] = signatures()
    assert (signature.person_id, signature.version) == (cast.omar.id, 1)
    assert "Red Hábitat Sur ha firmado la versión 1" in words_of_notice(DONE, cast.omar).text
    clock.shift(timedelta(seconds=1))
    phone.open(path_of(cast, link))
    assert phone.status == 410
    assert "Your organisation has signed this version already." in phone.text


def test_a_signature_that_was_taken_back_is_not_said_to_stand(cast, link, phone, now):
    phone.open(path := path_of(cast, link))
    phone.send(has="has_read", has_read="y")
    signing.take_back(act(cast.omar), cast.other, link, now=now)
    db.session.commit()
    phone.open(path)
    assert "The answer given by this link does not count any more" in phone.text
    assert "has signed" not in phone.text
    assert phone.page.select(f"main a[href*='{link.text_id}']")
    assert "It is about “Un toit”, version 1." in phone.text
    cast.omar.page_language = "en"
    assert words_of_notice(DONE, cast.omar).paragraphs[:2] == ("Red Hábitat Sur", "It is about “Un toit”, version 1.")


def test_whoever_signed_reads_that_a_newer_version_waits_until_it_is_signed_or_handed_in(cast, link, phone, now):
    phone.open(path := path_of(cast, link))
    phone.send(has="has_read", has_read="y")
    assert "waits for the signature" not in phone.text
    write_on(cast, link, now)
    phone.open(path)
    assert "Red Hábitat Sur has signed version 1 of “Un toit”." in phone.text
    assert "Version 2 (French) waits for the signature of Red Hábitat Sur." in phone.text
    cast.omar.preferred_language = "en"
    assert "Version 2 (French) waits for the signature of" in words_of_notice(DONE, cast.omar).text
    cast.engagement.state, cast.engagement.submitted_on = EngagementState.SUBMITTED, now.date()
    db.session.commit()
    phone.open(path)
    assert "waits for the signature" not in phone.text
    assert "Red Hábitat Sur has signed version 1 of “Un toit”." in phone.text


def test_a_newer_version_is_read_before_it_is_signed(cast, link, phone, now):
    path = path_of(cast, link)
    write_on(cast, link, now)
    phone.open(path)
    assert phone.status == 410
    assert SHORT[:20] not in phone.text
    assert phone.page.select(f"main a[href*='/texts/{link.text_id}']")


@pytest.mark.parametrize("why", ["declined", "handed in", "text gone", "no mandate", "not listed"])
def test_what_cannot_be_signed_is_not(cast, link, phone, now, why):
    path, status = path_of(cast, link), 410
    if why == "declined":
        cast.other.state = SignatoryState.DECLINED
    elif why == "handed in":
        cast.engagement.state, cast.engagement.submitted_on = EngagementState.SUBMITTED, now.date()
    elif why == "text gone":
        texts.take_away(act(cast.samira), link, now=now)
        status = 404
    elif why == "no mandate":
        db.session.execute(sa.update(RoleGrant).where(RoleGrant.person_id == cast.omar.id).values(ended_at=now))
        status = 404
    else:
        signatories.take_off(act(cast.samira), cast.other, now=now)
        status = 404
    db.session.commit()
    phone.open(path)
    assert phone.status == status
    assert signatures() == []
