"""The voice of an organisation, given from the mail that asks for it: with its reason, to the version of the mail."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from app.core import mails
from app.core.acts import SpentAct
from app.core.acts.emails import DONE
from app.core.notices import Notice
from app.core.registries import contacts, still_wanted
from app.decisions import jobs, services, telling
from app.decisions.acts import VOICE
from app.decisions.models import GivenVoice, Stand
from app.decisions.texts import Words
from app.extensions import db
from app.people.models import Role
from app.workinggroups.models import GroupMembership, Standing
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.journeys.reader import Reader
from tests.make.acts import act_path, links_in, words_of_notice
from tests.make.decisions import give_proxy, in_days, speak
from tests.make.people import make_person, make_role
from tests.make.reflections import make_translation

AT = VOICES_FROM + timedelta(hours=1)
DUE = CLOSED_AT - timedelta(hours=47)
REASON = "It names the quarters, and people there are in danger."


@pytest.fixture
def phone(app, clock, decision) -> Reader:
    """A browser in which nobody is signed in, an hour after voices were asked for."""
    clock.move_to(AT)
    return Reader(app.test_client())


def link(circle, decision, number: int, stand: Stand) -> str:
    about = f"{decision.version}:{circle.organisations[number].id.hex}"
    return act_path(VOICE, stand.value, decision.id, circle.speakers[number], about=about) + "?lang=en"


def standing() -> list[tuple[Stand, str]]:
    db.session.expire_all()
    rows = db.session.scalars(
        sa.select(GivenVoice).where(GivenVoice.replaced_at.is_(None)).order_by(GivenVoice.given_at)
    )
    return [(row.stand, row.words.body if row.words else "") for row in rows]


def test_the_mail_that_asks_for_voices_brings_each_answer(circle, decision, phone):
    mail = words_of_notice(telling.OPENED, circle.speakers[0]).text
    assert "\n\nGive the voice of Example Organisation 1\n" in mail
    assert "We consent: http" in mail
    assert "We abstain: http" in mail
    assert "We object: http" in mail
    consent, _abstain, _object = links_in(mail)
    phone.open(f"{consent}?lang=en")
    assert "Does Example Organisation 1 consent?" in phone.text
    assert "It is about “A common letter”, version 1." in phone.text
    assert "Voices are taken until Saturday 12 December 2026, 12:00 in Nairobi." in phone.text
    assert "We write a common letter" in phone.page.select_one("details[open] [lang=en]").get_text()
    phone.send(has="changes")
    assert "Example Organisation 1 consents to “A common letter”." in phone.text
    assert "We write a common letter" not in phone.text
    assert standing() == [(Stand.CONSENT, "")]
    assert "Example Organisation 1 consents" in words_of_notice(DONE, circle.speakers[0]).subject


def test_the_proposal_stands_there_with_its_translation_and_no_name_that_the_reader_may_not_see(
    circle, decision, phone
):
    make_translation(decision.proposal, make_person(name="Hidden Example"), "fr", body="Une lettre commune.")
    db.session.commit()
    phone.open(link(circle, decision, 0, Stand.OBJECT).replace("lang=en", "lang=fr"))
    original, beside = phone.page.select("details[open] .beside > div")
    assert "We write a common letter" in original.get_text()
    assert (beside["lang"], "Une lettre commune." in beside.get_text()) == ("fr", True)
    assert "Hidden Example" not in phone.text


def test_whoever_does_not_read_the_language_of_the_proposal_is_told_to_have_it_read_first(circle, decision, phone):
    phone.open(path := link(circle, decision, 0, Stand.CONSENT))
    assert not phone.page.select("details .care"), "the page is in that language"
    phone.open(path := path.replace("lang=en", "lang=fr"))
    assert phone.page.select("details .care bdi[lang=en]")
    make_translation(decision.proposal, make_person(), "fr", body="Une lettre commune.")
    db.session.commit()
    phone.open(path)
    assert not phone.page.select("details .care")


def test_an_objection_needs_its_reason_and_keeps_what_was_written(circle, decision, phone):
    phone.open(link(circle, decision, 0, Stand.OBJECT))
    assert phone.page.select_one("select[name=language] option[selected]")["value"] == "en"
    phone.send(has="body", language="", body="  ")
    assert phone.status == 422
    assert "Choose the language of your text" in phone.text
    assert "An objection needs its reason" in phone.text
    beside = phone.page.select_one("#mistakes + p a")
    assert urlsplit(beside["href"]).path.endswith(f"/decisions/{decision.id}"), "where one abstains"
    assert phone.text.count("Everything about it, on its page") == 1
    phone.send(has="body", language="", body=REASON)
    assert phone.status == 422
    assert phone.page.find("textarea", attrs={"name": "body"}).get_text().strip() == REASON
    assert standing() == []
    phone.send(has="body", language="en", body=REASON)
    assert phone.status == 200
    assert standing() == [(Stand.OBJECT, REASON)]
    assert REASON not in phone.text
    assert REASON not in words_of_notice(DONE, circle.speakers[0]).text


def test_another_link_changes_the_voice_in_sight_of_the_one_that_stands(circle, decision, phone):
    speak(circle, decision, 0, now=AT)
    db.session.commit()
    phone.open(link(circle, decision, 0, Stand.ABSTAIN))
    assert "A voice stands: Speaker Example 1 gave it on 5 December 2026." in phone.text
    assert phone.page.select_one("main .message strong").get_text() == (
        "Example Organisation 1 consents to “A common letter”."
    )
    assert "nothing has happened yet" not in phone.text
    phone.send(has="changes")
    assert standing() == [(Stand.ABSTAIN, "")]


def test_the_page_of_a_used_link_says_which_voice_stands_now(circle, decision, phone):
    phone.open(first := link(circle, decision, 0, Stand.ABSTAIN))
    phone.send(has="changes")
    phone.open(link(circle, decision, 0, Stand.CONSENT))
    phone.send(has="changes")
    phone.open(first)
    assert phone.status == 200
    assert "The answer given by this link does not count any more" in phone.text
    assert "Example Organisation 1 consents to “A common letter”." in phone.text
    assert "abstains" not in phone.text
    assert phone.page.select(f"main a[href*='{decision.id}']")
    wanted = sa.select(Notice).where(Notice.kind == DONE)
    of_the_first = next(one for one in db.session.scalars(wanted) if one.parameters["choice"] == Stand.ABSTAIN.value)
    words = mails.write(DONE, of_the_first.parameters, contacts([circle.speakers[0].id])[circle.speakers[0].id])
    assert words.subject == "What was done from your mail does not count any more"
    assert "Example Organisation 1 consents to “A common letter”." in words.text


def confirmations() -> list[Notice]:
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == DONE).order_by(Notice.created_at)))


def test_who_answers_otherwise_by_another_link_before_the_mail_left_reads_of_the_last_answer_alone(
    circle, decision, phone, clock
):
    for minutes, stand in enumerate((Stand.CONSENT, Stand.ABSTAIN)):
        clock.move_to(AT + timedelta(minutes=minutes))
        phone.open(link(circle, decision, 0, stand))
        phone.send(has="changes")
    phone.open(link(circle, decision, 1, Stand.CONSENT))
    phone.send(has="changes")
    wanted = [row for row in confirmations() if still_wanted(DONE, row, AT)]
    assert [(row.person_id, row.parameters["choice"]) for row in wanted] == [
        (circle.speakers[0].id, Stand.ABSTAIN.value),
        (circle.speakers[1].id, Stand.CONSENT.value),
    ]


def test_a_confirmation_of_what_counts_no_more_leaves_where_no_link_answered_since(circle, decision, phone, clock):
    phone.open(link(circle, decision, 0, Stand.CONSENT))
    phone.send(has="changes")
    later, stands = AT + timedelta(minutes=1), db.session.scalars(sa.select(GivenVoice.id)).one()
    speak(circle, decision, 0, Stand.ABSTAIN, now=later, changes=stands)
    db.session.commit()
    [only] = confirmations()
    assert still_wanted(DONE, only, AT)
    assert words_of_notice(DONE, circle.speakers[0]).subject == "What was done from your mail does not count any more"


def test_a_voice_to_an_earlier_version_is_not_said_to_stand(circle, decision, phone, clock):
    phone.open(path := link(circle, decision, 0, Stand.CONSENT))
    phone.send(has="changes")
    speak(circle, decision, 1, Stand.OBJECT, now=AT)
    clock.move_to(CLOSED_AT)
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    two = Words("We write two letters.", "en")
    services.amend(circle.lead(CLOSED_AT), decision, two, version=1, closing=in_days(7, CLOSED_AT), now=CLOSED_AT)
    db.session.commit()
    phone.open(path)
    assert "The answer given by this link does not count any more" in phone.text
    assert "The proposal was amended since this mail was written. Read it, then give your voice." in phone.text
    assert "consents to" not in phone.text
    for text in (phone.text, words_of_notice(DONE, circle.speakers[0]).text):
        assert "Example Organisation 1" in text
        assert "It is about “A common letter”, version 1." in text


def test_a_voice_that_changed_while_the_page_was_open_is_not_replaced_unseen(circle, decision, phone):
    phone.open(link(circle, decision, 0, Stand.CONSENT))
    speak(circle, decision, 0, Stand.OBJECT, now=AT)
    db.session.commit()
    phone.send(has="changes")
    assert phone.status == 422
    assert "A voice stands: Speaker Example 1 gave it" in phone.text
    assert db.session.scalar(sa.select(sa.func.count(SpentAct.nonce))) == 0
    phone.send(has="changes")
    assert standing() == [(Stand.CONSENT, "")]


def test_whoever_has_not_spoken_is_reminded_with_the_answers(circle, decision, phone, clock):
    clock.move_to(DUE)
    jobs.remind_silent(DUE)
    assert len(links_in(words_of_notice(telling.CLOSING, circle.speakers[1]).text)) == 3


def test_whoever_has_spoken_reads_so_where_there_is_more_time_and_is_not_asked_again(circle, decision, phone):
    speak(circle, decision, 0, Stand.ABSTAIN, now=AT)
    services.prolong_window(circle.lead(AT), decision, in_days(9, AT), now=AT)
    spoken = words_of_notice(telling.PROLONGED, circle.speakers[0]).text
    assert "Example Organisation 1 abstains on “A common letter”." in spoken
    assert "Give the voice of" not in spoken
    assert links_in(spoken) == []
    silent = words_of_notice(telling.PROLONGED, circle.speakers[1]).text
    assert len(links_in(silent)) == 3
    assert not words_of_notice(telling.OPENED, circle.speakers[0]).subject.startswith("Your voice by")


def test_the_subject_says_whose_turn_it_is_and_then_what_came_out(circle, decision, phone, clock):
    assert words_of_notice(telling.OPENED, circle.speakers[0]).subject.startswith("Your voice by Saturday 12 December")
    clock.move_to(DUE)
    jobs.remind_silent(DUE)
    assert words_of_notice(telling.CLOSING, circle.speakers[1]).subject.startswith("Your voice by Saturday 12 December")
    clock.move_to(CLOSED_AT)
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    assert words_of_notice(telling.CLOSED, circle.speakers[0]).subject == "A common letter: Too few have spoken"


def test_questions_and_results_bring_no_answers(circle, decision, phone, clock):
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    assert links_in(words_of_notice(telling.CLOSED, circle.speakers[0]).text) == []


@pytest.mark.parametrize("why", ["two organisations", "a proxy held", "a proxy given", "an observer"])
def test_who_has_not_exactly_one_voice_of_their_own_finds_the_way_on_the_page(circle, decision, phone, why):
    speaker, path = circle.speakers[0], link(circle, decision, 0, Stand.CONSENT)
    if why == "two organisations":
        make_role(speaker, Role.MANDATED, circle.organisations[1].id)
    elif why == "a proxy held":
        give_proxy(circle, decision, 1, 0, now=AT)
    elif why == "a proxy given":
        give_proxy(circle, decision, 0, 1, now=AT)
    else:
        place = sa.update(GroupMembership).where(GroupMembership.person_id == speaker.id)
        db.session.execute(place.values(standing=Standing.OBSERVER))
    db.session.commit()
    phone.open(path)
    assert phone.status in (404, 410)
    if why.startswith("two"):
        assert phone.page.select(f"main a[href*='/decisions/{decision.id}']")
    telling.tell_opened(circle.lead(AT), decision.window, now=AT)
    notice = telling.OPENED
    db.session.execute(sa.delete(telling.notices.Notice).where(telling.notices.Notice.kind == notice))
    telling.tell_opened(circle.lead(AT), decision.window, now=AT)
    assert links_in(words_of_notice(notice, speaker).text) == []


def test_a_newer_version_closes_the_links_of_the_older_mail(circle, decision, phone, clock):
    path, now = link(circle, decision, 0, Stand.CONSENT), CLOSED_AT
    speak(circle, decision, 1, Stand.OBJECT, now=AT)
    clock.move_to(now)
    services.close_window(circle.lead(now), decision, now=now)
    two = Words("We write two letters.", "en")
    services.amend(circle.lead(now), decision, two, version=1, closing=in_days(7, now), now=now)
    db.session.commit()
    amended = words_of_notice(telling.AMENDED, circle.speakers[0])
    assert len(links_in(amended.text)) == 3
    assert amended.subject.startswith("Your voice by Saturday 19 December")
    phone.open(path)
    assert phone.status == 410
    assert "The proposal was amended since this mail was written." in phone.text


def test_after_the_end_the_page_takes_what_is_late(circle, decision, phone, clock):
    path = link(circle, decision, 0, Stand.CONSENT)
    clock.move_to(CLOSED_AT + timedelta(minutes=1))
    phone.open(path)
    assert phone.status == 410
    assert "Voices are taken no more." in phone.text


def test_who_left_the_group_or_lost_the_mandate_says_nothing(circle, decision, phone):
    path = link(circle, decision, 0, Stand.CONSENT)
    place = sa.update(GroupMembership).where(GroupMembership.person_id == circle.speakers[0].id)
    db.session.execute(place.values(left_at=AT))
    db.session.commit()
    phone.open(path)
    assert phone.status == 404
