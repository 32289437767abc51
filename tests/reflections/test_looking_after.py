"""Those who lead a track ask, hold, read reports, release; authors answer and appeal; nobody learns who reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import clock as house_clock
from app.core import mails
from app.core.actors import VISITOR, Actor
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.notices import Notice
from app.core.registries import Contact, actor_at, still_wanted
from app.extensions import db
from app.originals import services as originals
from app.people.models import Person, RoleGrant
from app.reflections import queries, services, telling
from app.reflections.models import AbuseReport, ConsentRequest, Ground, Reflection, Withholding
from app.reflections.personal_data import erase_person, merge_person
from app.reflections.queries import Show
from app.reflections.readers import Readers, readers_of
from app.sessions.models import Track
from tests.conftest import START
from tests.make.people import make_member, make_secretary
from tests.make.reflections import actor_of, make_participant, make_reflection, make_translation
from tests.make.sessions import make_facilitator, make_track

LATER = START + timedelta(days=1)


class Cast:
    """A text of a track, its author, who leads, who reads, and two of the secretariat."""

    def __init__(self) -> None:
        self.track: Track = make_track()
        self.writer: Person = make_participant(self.track)
        self.reflection: Reflection = make_reflection(self.track, self.writer, "The landlord is Mr Example.")
        facilitator = make_member("Facilitator Example")
        make_facilitator(self.track, facilitator)
        self.author = actor_of(self.writer)
        self.leader = actor_of(facilitator)
        self.reader = actor_of(make_participant(self.track))
        self.secretary, self.other_secretary = actor_of(make_secretary()), actor_of(make_secretary())

    def hide(self, by: Actor | None = None) -> Withholding:
        services.report_reflection(self.reader, self.reflection, words="He is named.", now=START)
        services.hide_reported(by or self.leader, self.reflection, reason="A name.", now=START)
        return queries.get_withholding(self.reflection)


@pytest.fixture
def cast(app: Flask) -> Cast:
    return Cast()


def told(kind: str) -> set[UUID]:
    return set(db.session.scalars(sa.select(Notice.person_id).where(Notice.kind == kind)))


def report_count() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(AbuseReport)) or 0


def finds(actor: Actor, reflection: Reflection) -> bool:
    return reflection.id in {row.id for row in queries.list_reflections(actor).rows}


def opens(actor: Actor, reflection: Reflection) -> bool:
    try:
        return queries.get_visible_reflection(actor, reflection.id) is reflection
    except NotFound:
        return False


# Consent


def test_a_yes_gives_the_readers_that_were_asked_for(cast: Cast) -> None:
    asked = services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, words=" Please ", now=START)
    assert (asked.of_version, asked.words, readers_of(cast.reflection.audience)) == (1, "Please", Readers.TRACK)
    assert told(telling.CONSENT_ASKED) == {cast.writer.id}

    services.answer_consent(cast.author, asked, is_granted=True, now=START)

    assert readers_of(cast.reflection.audience) is Readers.PUBLIC
    assert told(telling.CONSENT_ANSWERED) == {cast.leader.person_id}


def test_a_no_changes_nothing(cast: Cast) -> None:
    asked = services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, now=START)

    services.answer_consent(cast.author, asked, is_granted=False, now=START)

    assert readers_of(cast.reflection.audience) is Readers.TRACK
    with pytest.raises(RuleBroken):
        services.answer_consent(cast.author, asked, is_granted=True, now=START)


def test_a_question_is_about_one_version(cast: Cast) -> None:
    asked = services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, now=START)
    services.edit_reflection(cast.author, cast.reflection, body="The landlord.", language="ar", now=START)

    with pytest.raises(RuleBroken):
        services.answer_consent(cast.author, asked, is_granted=True, now=START)
    assert readers_of(cast.reflection.audience) is Readers.TRACK
    assert services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, now=START).of_version == 2


def test_one_question_at_a_time_and_only_for_more_readers(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        services.ask_consent(cast.leader, cast.reflection, readers=Readers.TRACK, now=START)
    with pytest.raises(RuleBroken):
        services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, words="x" * 501, now=START)
    services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, now=START)
    with pytest.raises(RuleBroken):
        services.ask_consent(cast.leader, cast.reflection, readers=Readers.NETWORK, now=START)


def test_what_is_held_is_released_before_somebody_asks(cast: Cast) -> None:
    services.hold_back(cast.leader, cast.reflection, reason="A name", now=START)
    with pytest.raises(RuleBroken):
        services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, now=START)


def test_the_authors_own_choice_of_readers_ends_the_question(cast: Cast) -> None:
    services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, now=START)
    services.change_readers(cast.author, cast.reflection, readers=Readers.NETWORK, pseudonym="", now=START)

    assert queries.find_open_request(cast.reflection) is None


def test_only_those_who_lead_ask_and_only_the_author_answers(cast: Cast) -> None:
    for actor in (cast.reader, cast.author, VISITOR):
        with pytest.raises(NotAllowed):
            services.ask_consent(actor, cast.reflection, readers=Readers.PUBLIC, now=START)
    asked = services.ask_consent(cast.secretary, cast.reflection, readers=Readers.PUBLIC, now=START)
    for actor in (cast.leader, cast.secretary, cast.reader):
        with pytest.raises(NotAllowed):
            services.answer_consent(actor, asked, is_granted=True, now=START)


# Holding


def test_a_held_text_is_for_its_author_and_those_who_lead(cast: Cast) -> None:
    cast.reflection.audience = "public"
    answer = make_reflection(cast.track, audience="public", answers_id=cast.reflection.id)
    services.hold_back(cast.leader, cast.reflection, reason=" He could harm you. ", now=START)

    assert [opens(a, cast.reflection) for a in (cast.author, cast.leader, cast.secretary)] == [True, True, True]
    assert [opens(a, cast.reflection) for a in (cast.reader, VISITOR)] == [False, False]
    assert [finds(a, cast.reflection) for a in (cast.author, cast.leader, cast.secretary)] == [True, False, False]
    assert cast.reflection not in queries.list_newest(cast.author, limit=9)
    assert queries.count_seen(cast.leader, track_id=cast.track.id)[0] == 1
    assert queries.count_written(track_id=cast.track.id) == 2
    assert cast.reflection not in queries.list_voices(cast.leader, track_id=cast.track.id).rows
    assert finds(cast.reader, answer)
    assert told(telling.WITHHELD) == {cast.writer.id}


def test_nobody_translates_answers_or_reports_what_is_held(cast: Cast) -> None:
    services.hold_back(cast.leader, cast.reflection, reason="A name", now=START)

    with pytest.raises(NotAllowed):
        originals.translate(cast.leader, cast.reflection, language="fr", body="x", now=START)
    with pytest.raises(NotAllowed):
        services.report_reflection(cast.reader, cast.reflection, words="x", now=START)
    with pytest.raises(RuleBroken):
        services.hold_back(cast.secretary, cast.reflection, reason="Again", now=START)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001])
def test_a_reason_is_owed(cast: Cast, reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        services.hold_back(cast.leader, cast.reflection, reason=reason, now=START)
    assert refused.value.field == "reason"


def test_the_author_changes_the_text_and_asks_to_release_it(cast: Cast) -> None:
    held = services.hold_back(cast.leader, cast.reflection, reason="A name", now=START)
    services.edit_reflection(cast.author, cast.reflection, body="The landlord.", language="ar", now=START)

    services.ask_release(cast.author, held, words="The name is gone.", now=START)
    with pytest.raises(RuleBroken):
        services.ask_release(cast.author, held, words="Again", now=START)
    assert cast.leader.person_id in told(telling.RELEASE_ASKED)
    services.answer_appeal(cast.leader, held, lifts=False, answer="The street too.", now=START)
    assert told(telling.RELEASE_REFUSED) == {cast.writer.id}
    services.ask_release(cast.author, held, words="Gone too.", now=START)
    services.answer_appeal(cast.leader, held, lifts=True, answer="Thank you.", now=START)

    assert (cast.reflection.withheld_at, held.lifted_at) == (None, START)
    assert finds(cast.reader, cast.reflection)
    assert told(telling.RELEASED) == {cast.writer.id}
    with pytest.raises(NotAllowed):
        services.release(cast.leader, held, now=START)


def test_nobody_decides_about_a_text_of_their_own(cast: Cast) -> None:
    make_facilitator(cast.track, cast.writer)
    author = actor_of(cast.writer)
    with pytest.raises(NotAllowed):
        services.hold_back(author, cast.reflection, reason="x", now=START)
    held = services.hold_back(cast.leader, cast.reflection, reason="x", now=START)
    with pytest.raises(NotAllowed):
        services.release(author, held, now=START)
    assert not queries.list_inbox(author, track_id=cast.track.id, view=Show.ALL).rows


def test_a_text_is_released_without_being_asked(cast: Cast) -> None:
    held = services.hold_back(cast.leader, cast.reflection, reason="x", now=START)
    services.release(cast.secretary, held, now=START)

    assert finds(cast.reader, cast.reflection)
    assert services.hold_back(cast.leader, cast.reflection, reason="Once more", now=START).id != held.id


# Abuse


def test_a_report_is_told_to_those_who_lead_and_never_to_the_author(cast: Cast) -> None:
    make_facilitator(cast.track, cast.writer)
    services.report_reflection(cast.reader, cast.reflection, words="He is named.", now=START)

    assert told(telling.REPORTED) == {
        cast.leader.person_id, cast.secretary.person_id, cast.other_secretary.person_id
    }  # fmt: skip
    assert queries.find_own_report(cast.reader, cast.reflection)
    assert not queries.find_own_report(cast.leader, cast.reflection)
    assert not queries.find_own_report(VISITOR, cast.reflection)
    lines = db.session.scalars(sa.select(AuditLine).where(AuditLine.code.like("reflections.%")))
    assert [line.actor_id for line in lines] == [None]


def test_one_report_per_person_and_text_and_none_by_its_author(cast: Cast) -> None:
    services.report_reflection(cast.reader, cast.reflection, words="x", now=START)

    with pytest.raises(RuleBroken):
        services.report_reflection(cast.reader, cast.reflection, words="y", now=START)
    with pytest.raises(NotAllowed):
        services.report_reflection(cast.author, cast.reflection, words="x", now=START)
    with pytest.raises(NotAllowed):
        services.report_reflection(VISITOR, cast.reflection, words="x", now=START)
    assert [row.words for row in queries.list_reports(cast.reflection)] == ["x"]


def test_a_reported_text_may_be_left(cast: Cast) -> None:
    services.report_reflection(cast.reader, cast.reflection, words="x", now=START)
    services.leave_reported(cast.leader, cast.reflection, now=START)

    assert finds(cast.reader, cast.reflection)
    with pytest.raises(RuleBroken):
        services.hide_reported(cast.secretary, cast.reflection, reason="Late", now=START)


def test_a_text_is_reported_anew_when_it_has_changed_since_the_decision(cast: Cast) -> None:
    def report(words: str) -> AbuseReport:
        return services.report_reflection(cast.reader, cast.reflection, words=words, now=LATER)

    services.report_reflection(cast.reader, cast.reflection, words="x", now=START)
    services.edit_reflection(cast.author, cast.reflection, body="The landlord.", language="ar", now=START)
    with pytest.raises(RuleBroken):  # nobody has decided: those who do read the newest words
        report("y")
    services.leave_reported(cast.leader, cast.reflection, now=START)
    with pytest.raises(RuleBroken):
        report("y")
    services.edit_reflection(cast.author, cast.reflection, body="Mr Example!", language="ar", now=LATER)

    assert (report("z").words, report_count()) == ("z", 1)
    assert [row.words for row in queries.list_reports(cast.reflection)] == ["z"]
    told_of = sa.select(sa.func.count()).where(
        Notice.kind == telling.REPORTED, Notice.person_id == cast.leader.person_id
    )
    assert db.session.scalar(told_of) == 2


def test_who_decides_an_appeal_reads_what_was_reported(cast: Cast) -> None:
    hidden = cast.hide()

    assert [row.words for row in queries.reports_behind(hidden)] == ["He is named."]
    assert cast.reader.person_id
    erase_person(cast.reader.person_id, START)
    assert not queries.reports_behind(hidden)


def test_a_hidden_text_is_nowhere_and_its_author_appeals_once_to_somebody_else(cast: Cast) -> None:
    hidden = cast.hide(by=cast.secretary)
    assert not opens(cast.reader, cast.reflection)
    services.ask_release(cast.author, hidden, words="It is true.", now=START)

    assert told(telling.RELEASE_ASKED) == {cast.other_secretary.person_id}
    for actor in (cast.secretary, cast.leader, cast.author):
        with pytest.raises(NotAllowed):
            services.answer_appeal(actor, hidden, lifts=True, answer="x", now=START)
        with pytest.raises(NotAllowed):
            services.release(actor, hidden, now=START)
    services.answer_appeal(cast.other_secretary, hidden, lifts=False, answer="It stays.", now=START)
    with pytest.raises(RuleBroken):
        services.ask_release(cast.author, hidden, words="Again", now=START)
    services.release(cast.other_secretary, hidden, now=START)
    assert finds(cast.reader, cast.reflection)


def test_where_nobody_else_is_of_the_secretariat_a_facilitator_who_did_not_hide_it_answers(cast: Cast) -> None:
    hidden = cast.hide(by=cast.secretary)
    db.session.execute(
        sa.update(RoleGrant).where(RoleGrant.person_id == cast.other_secretary.person_id).values(ended_at=START)
    )
    services.ask_release(cast.author, hidden, words="It is true.", now=START)

    assert told(telling.RELEASE_ASKED) == {cast.leader.person_id}
    for actor in (cast.secretary, cast.reader, cast.author):
        with pytest.raises(NotAllowed):
            services.answer_appeal(actor, hidden, lifts=True, answer="x", now=START)
    services.answer_appeal(cast.leader, hidden, lifts=False, answer="It stays.", now=START)
    with pytest.raises(NotAllowed):
        services.release(cast.secretary, hidden, now=START)
    services.release(cast.leader, hidden, now=START)
    assert finds(cast.reader, cast.reflection)


def test_lifting_on_appeal_brings_it_back(cast: Cast) -> None:
    hidden = cast.hide()
    services.ask_release(cast.author, hidden, words="It is true.", now=START)

    services.answer_appeal(cast.secretary, hidden, lifts=True, answer="You are right.", now=START)

    assert finds(cast.reader, cast.reflection)


def test_who_hid_it_may_take_that_back_until_somebody_appeals(cast: Cast) -> None:
    hidden = cast.hide()
    services.release(cast.leader, hidden, now=START)

    assert finds(cast.reader, cast.reflection)


def test_a_held_text_that_is_hidden_is_hidden_for_abuse(cast: Cast) -> None:
    services.report_reflection(cast.reader, cast.reflection, words="x", now=START)
    services.hold_back(cast.leader, cast.reflection, reason="A name", now=START)
    services.hide_reported(cast.leader, cast.reflection, reason="It attacks.", now=START)

    assert queries.get_withholding(cast.reflection).ground is Ground.ABUSE
    services.withdraw(cast.author, cast.reflection, now=START)
    services.bring_back(cast.author, cast.reflection, now=START)
    assert not opens(cast.reader, cast.reflection)


def test_erasing_takes_what_was_said_about_the_words_too(cast: Cast) -> None:
    cast.hide()
    services.erase_reflection(cast.author, cast.reflection, now=START)

    for table in (AbuseReport, Withholding, ConsentRequest):
        assert not db.session.scalars(sa.select(table)).all()
    assert queries.count_written(track_id=cast.track.id) == 1


# The inbox


def test_the_inbox_shows_what_waits(cast: Cast) -> None:
    asked, held = make_reflection(cast.track), make_reflection(cast.track)
    make_reflection(cast.track, withdrawn_at=START)
    services.ask_consent(cast.leader, asked, readers=Readers.PUBLIC, now=START)
    services.hold_back(cast.leader, held, reason="x", now=START)
    services.report_reflection(cast.reader, asked, words="x", now=START)

    def shown(view: Show) -> set[UUID]:
        return {row.id for row in queries.list_inbox(cast.leader, track_id=cast.track.id, view=view).rows}

    assert shown(Show.ALL) == {cast.reflection.id, asked.id, held.id}
    assert shown(Show.NEW) == {cast.reflection.id}
    assert shown(Show.ASKED) == {asked.id} == shown(Show.REPORTED)
    assert shown(Show.HELD) == {held.id}
    assert queries.count_inbox(cast.leader, track_id=cast.track.id) == queries.InboxCounts(1, 1, 1, 1)
    waiting = queries.waiting_of([asked, held])
    assert (bool(waiting[asked.id].request), waiting[asked.id].reports, bool(waiting[held.id].withholding)) == (
        True, 1, True
    )  # fmt: skip
    assert not queries.list_inbox(cast.reader, track_id=cast.track.id, view=Show.ALL).rows


def test_what_waits_for_an_author_is_found(cast: Cast) -> None:
    services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, now=START)
    make_translation(cast.reflection, make_member())
    held = make_reflection(cast.track, cast.writer)
    services.hold_back(cast.leader, held, reason="x", now=START)

    waits = queries.waiting_for_me(cast.author, limit=5)

    assert (len(waits.requests), list(waits.withheld), len(waits.translations)) == (1, [held], 1)


# Mails


def test_mails_say_that_something_changed_and_nothing_else(app: Flask, cast: Cast) -> None:
    cast.reflection.pseudonym = "A neighbour"
    words = "The landlord is Mr Example."
    services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, words=words, now=START)
    originals.translate(cast.leader, cast.reflection, language="fr", body=words, now=START)
    services.answer_reflection(
        cast.reader, cast.reflection, body=words, language="en", readers=Readers.TRACK, now=START
    )
    hidden = cast.hide()
    services.ask_release(cast.author, hidden, words=words, now=START)
    services.answer_appeal(cast.secretary, hidden, lifts=True, answer=words, now=START)
    written = set()
    for notice in db.session.scalars(sa.select(Notice).where(Notice.kind.in_(telling.KINDS))):
        mail = mails.write(notice.kind, notice.parameters, Contact("a@example.org", "en", ""))
        assert mail is not None
        assert not any(word in mail.subject + mail.text for word in ("Mr Example", "neighbour", "He is named"))
        assert f"/reflections/{cast.reflection.id}" in mail.text or "/inbox?view=reported" in mail.text
        written.add(notice.kind)
    assert len(written) == 7


@pytest.mark.parametrize("is_asked", [True, False])
def test_the_mail_about_a_text_shown_again_leads_to_the_answer(app: Flask, cast: Cast, is_asked: bool) -> None:
    hidden = cast.hide()
    if is_asked:
        services.ask_release(cast.author, hidden, words="It is true.", now=START)
        services.answer_appeal(cast.secretary, hidden, lifts=True, answer="You are right.", now=START)
    else:
        services.release(cast.leader, hidden, now=START)
    notice = db.session.scalars(sa.select(Notice).where(Notice.kind == telling.RELEASED)).one()

    mail = mails.write(notice.kind, notice.parameters, Contact("a@example.org", "en", ""))

    assert mail is not None
    assert mail.text.endswith("/withheld") is is_asked


def test_a_mail_that_became_pointless_is_not_sent(cast: Cast) -> None:
    asked = services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, now=START)
    notice = db.session.scalars(sa.select(Notice).where(Notice.kind == telling.CONSENT_ASKED)).one()
    assert still_wanted(notice.kind, notice, START)
    services.answer_consent(cast.author, asked, is_granted=False, now=START)

    assert not still_wanted(notice.kind, notice, START)
    cast.hide()
    for notice in db.session.scalars(sa.select(Notice).where(Notice.kind.in_(telling.KINDS))):
        expected = notice.kind in (telling.WITHHELD, telling.CONSENT_ANSWERED)
        assert still_wanted(notice.kind, notice, START) is expected, notice.kind
    services.withdraw(cast.author, cast.reflection, now=START)
    assert not any(still_wanted(row.kind, row, START) for row in db.session.scalars(sa.select(Notice)))


# People who go or are one


def test_merging_and_erasing_a_person_leave_decisions_and_no_words(cast: Cast) -> None:
    hidden = cast.hide()
    kept = make_member()
    assert cast.leader.person_id
    assert cast.reader.person_id
    merge_person(kept.id, cast.leader.person_id, START)
    db.session.expire_all()
    assert hidden.by_id == kept.id

    erase_person(cast.reader.person_id, START)
    db.session.expire_all()
    report = db.session.scalars(sa.select(AbuseReport)).one()
    assert (report.reporter_id, report.words) == (None, "")


# Races


def race(own_app: Flask, count: int, work: Callable[[int], None]) -> list[str]:
    """Let threads do one thing at once; return how each ended."""
    ended: list[str] = []
    start = Barrier(count)

    def run(number: int) -> None:
        with own_app.app_context():
            start.wait()
            try:
                work(number)
                db.session.commit()
                ended.append("done")
            except (RuleBroken, NotAllowed):
                db.session.rollback()
                ended.append("refused")
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


def test_of_many_who_hold_at_once_one_does(own_app: Flask) -> None:
    with own_app.app_context():
        cast = Cast()
        db.session.commit()
        reflection_id, leader_id = cast.reflection.id, cast.leader.person_id
    assert leader_id

    def work(_number: int) -> None:
        reflection = db.session.get_one(Reflection, reflection_id)
        services.hold_back(actor_at(leader_id, START), reflection, reason="x", now=house_clock.now())

    assert race(own_app, 6, work) == ["done"] + ["refused"] * 5
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Withholding)) == 1


def test_yes_and_no_at_once_are_one_answer(own_app: Flask) -> None:
    with own_app.app_context():
        cast = Cast()
        asked = services.ask_consent(cast.leader, cast.reflection, readers=Readers.PUBLIC, now=START)
        db.session.commit()
        request_id, author_id = asked.id, cast.writer.id

    def work(number: int) -> None:
        request = db.session.get_one(ConsentRequest, request_id)
        services.answer_consent(actor_at(author_id, START), request, is_granted=bool(number % 2), now=START)

    assert race(own_app, 4, work) == ["done"] + ["refused"] * 3
