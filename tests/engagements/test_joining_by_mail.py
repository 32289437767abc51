"""Whoever speaks for an organisation is asked by mail whether it leads or co-signs, and answers from the mail."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.acts.emails import DONE
from app.core.notices import Notice
from app.core.registries import still_wanted
from app.engagements.acts_joining import JOINING
from app.engagements.models import EngagementState, Signatory, SignatoryState
from app.engagements.services import signatories
from app.engagements.telling_joining import JOINING_ASKED
from app.extensions import db
from app.people.models import RoleGrant
from tests.engagements.cast_of_texts import Cast, act, make_cast
from tests.journeys.reader import Reader
from tests.make.acts import act_path, links_in, words_of_notice


@pytest.fixture
def cast(app, now) -> Cast:
    """The other organisation has just been asked to co-sign."""
    cast = make_cast()
    cast.omar.page_language, cast.engagement.aim = "en", "A right to housing in the agreed conclusions."
    signatories.take_off(act(cast.samira), cast.other, now=now)
    cast.other = signatories.ask_organisation(act(cast.samira), cast.engagement, cast.red, now=now)
    db.session.commit()
    return cast


@pytest.fixture
def phone(app) -> Reader:
    return Reader(app.test_client())


def asked() -> list[Notice]:
    wanted = sa.select(Notice).where(Notice.kind == JOINING_ASKED)
    return list(db.session.scalars(wanted.order_by(Notice.created_at, Notice.key)))


def path_of(cast, choice: str = "agree", about: str = "co-sign") -> str:
    return act_path(JOINING, choice, cast.other.id, cast.omar, about=about)


def state_of(cast) -> SignatoryState:
    db.session.expire_all()
    return db.session.get(Signatory, cast.other.id).state


def test_whoever_speaks_for_it_is_asked_once(cast, now):
    [notice] = asked()
    assert (notice.person_id, notice.happens_at) == (cast.omar.id, cast.engagement.step.moment.until)
    assert still_wanted(notice.kind, notice, now)
    signatories.make_lead(act(cast.samira), cast.lead, now=now)
    assert len(asked()) == 1


def test_being_asked_to_lead_is_another_question(cast, now):
    [first] = asked()
    signatories.make_lead(act(cast.samira), cast.other, now=now + timedelta(minutes=1))
    assert not still_wanted(first.kind, first, now)
    assert words_of_notice(JOINING_ASKED, cast.omar).subject == "Does Red Hábitat Sur lead this?"
    assert {row.parameters["role"] for row in asked()} == {"lead", "co-sign"}


def test_whoever_asks_their_own_organisation_gets_no_mail(cast, now):
    signatories.take_off(act(cast.samira), cast.lead, now=now)
    assert cast.leila.id not in {notice.person_id for notice in asked()}


@pytest.mark.parametrize("why", ["answered", "no mandate", "given up", "taken off"])
def test_nobody_is_asked_what_is_answered_or_theirs_no_more(cast, now, why):
    [notice] = asked()
    if why == "answered":
        signatories.agree(act(cast.omar), cast.other, now=now)
    elif why == "no mandate":
        db.session.execute(sa.update(RoleGrant).where(RoleGrant.person_id == cast.omar.id).values(ended_at=now))
    elif why == "given up":
        cast.engagement.state = EngagementState.GIVEN_UP
    else:
        signatories.take_off(act(cast.samira), cast.other, now=now)
        db.session.flush()
    assert not still_wanted(notice.kind, notice, now)


def test_the_mail_says_in_what_until_when_and_has_both_answers(cast):
    words = words_of_notice(JOINING_ASKED, cast.omar)
    assert words.subject == "Does Red Hábitat Sur co-sign this?"
    assert words.paragraphs[0] == "Example statement"
    assert "Commission on the Status of Women" in words.paragraphs[1]
    assert "Coalition X leads." in words.paragraphs[1]
    assert "Closes: around Friday 11 December 2026." in words.text
    assert len(links_in(words.text)) == 2
    assert words.text.index(f"/organisations/{cast.other.id}/answer") < words.text.index("We agree: http")
    assert words.date == cast.engagement.step.moment.until


def test_an_organisation_agrees_from_the_mail(cast, phone):
    phone.open(path_of(cast))
    assert phone.page.h1.get_text() == "Does Red Hábitat Sur co-sign this?"
    assert "A right to housing in the agreed conclusions." in phone.page.select_one("details[open]").get_text()
    assert state_of(cast) is SignatoryState.ASKED
    phone.send(has="submission_id")
    assert state_of(cast) is SignatoryState.AGREED
    assert "Red Hábitat Sur has agreed." in phone.text
    words = words_of_notice(DONE, cast.omar)
    assert words.subject == "Done from your mail: Red Hábitat Sur has agreed"
    assert words.paragraphs[0] == "Red Hábitat Sur has agreed."
    assert "Coalition X leads." in words.paragraphs[1]
    assert "Coalition X leads." in phone.text


def test_whoever_does_not_read_the_language_of_the_aim_is_told_to_have_it_read_first(cast, phone):
    phone.open(path_of(cast))
    assert not phone.page.select("details .care")
    cast.engagement.language = "pt"
    db.session.commit()
    phone.open(path_of(cast))
    assert "Answer once somebody has read it to you." in phone.text
    assert phone.page.select("details .care bdi[lang=pt]")
    assert phone.page.select_one(".lead bdi[lang=pt]").get_text() == cast.engagement.title


def test_who_declined_agrees_after_all_and_reads_no_name_meanwhile(cast, phone, clock):
    phone.open(declined := path_of(cast, "decline"))
    assert phone.page.h1.get_text() == "Does Red Hábitat Sur decline?"
    phone.send(has="submission_id")
    assert state_of(cast) is SignatoryState.DECLINED
    assert "Red Hábitat Sur has declined." in phone.text
    assert "Coalition X" not in phone.text
    clock.shift(timedelta(seconds=1))
    phone.open(path_of(cast, "decline"))
    assert phone.status == 410
    phone.open(path_of(cast))
    assert phone.page.select_one("main .message strong").get_text() == "Red Hábitat Sur has declined."
    assert "nothing has happened yet" not in phone.text
    assert "Coalition X" not in phone.text
    phone.send(has="submission_id")
    assert state_of(cast) is SignatoryState.AGREED
    phone.open(declined)
    assert "The answer given by this link does not count any more" in phone.text
    assert "Red Hábitat Sur has agreed." in phone.text


def test_who_is_asked_once_more_reads_what_an_answer_that_does_not_count_was_about(cast, phone):
    phone.open(path := path_of(cast))
    phone.send(has="submission_id")
    cast.other.state = SignatoryState.ASKED
    db.session.commit()
    phone.open(path)
    assert "The answer given by this link does not count any more" in phone.text
    for text in (phone.text, words_of_notice(DONE, cast.omar).text):
        assert "Does Red Hábitat Sur co-sign this?" in text
        assert cast.engagement.title in text


@pytest.mark.parametrize(("why", "status"), [("leads", 410), ("handed in", 410), ("no mandate", 404), ("gone", 404)])
def test_what_is_not_asked_any_more_is_not_answered(cast, phone, now, why, status):
    path = path_of(cast)
    if why == "leads":
        signatories.make_lead(act(cast.samira), cast.other, now=now)
    elif why == "handed in":
        cast.engagement.state, cast.engagement.submitted_on = EngagementState.SUBMITTED, now.date()
    elif why == "no mandate":
        db.session.execute(sa.update(RoleGrant).where(RoleGrant.person_id == cast.omar.id).values(ended_at=now))
    else:
        signatories.take_off(act(cast.samira), cast.other, now=now)
    db.session.commit()
    phone.open(path)
    assert phone.status == status
