"""Proposing, proving an address, answering, forgetting: each rule, and who hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import mails
from app.core.errors import NotAllowed, RuleBroken
from app.core.notices import Notice
from app.core.outbox import OutboxMail
from app.core.registries import Contact, actor_at, erase_person, still_wanted
from app.events.models import Event
from app.extensions import db
from app.moments.timing import HourDoesNotExist
from app.proposals import jobs, services, telling
from app.proposals.models import Proposal, ProposalState
from app.proposals.services import AlreadyAnswered, StaleLink, TooManyProposals
from tests.conftest import START
from tests.make.moments import hours
from tests.make.people import make_account, make_member, make_person, make_secretary
from tests.make.proposals import make_proposal, planned, propose
from tests.make.workinggroups import make_coordinator, make_group

PUBLIC = planned(readers="public")


@pytest.fixture
def secretary(app, now):
    return actor_at(make_secretary().id, START)


def mailed() -> list[tuple[str, str, str]]:
    rows = db.session.scalars(sa.select(OutboxMail).order_by(OutboxMail.created_at, OutboxMail.kind))
    return [(row.kind, row.recipient, row.language) for row in rows]


def words_of(kind: str, proposal: Proposal) -> str:
    written = mails.write(kind, {"proposal": str(proposal.id)}, Contact("ada@example.org", "en", ""))
    return written.text if written is not None else ""


def test_a_proposal_is_a_link_in_a_mail_and_nobody_else_hears_of_it(secretary):
    proposal = propose()
    assert (proposal.state, proposal.timing.wall_start.hour) == (ProposalState.SENT, 17)
    assert mailed() == [(telling.LINK, "ada@example.org", "fr")]
    assert db.session.scalars(sa.select(Notice)).all() == []
    assert db.session.scalars(sa.select(Event)).all() == []


@pytest.mark.parametrize(
    ("plan", "error", "field"),
    [
        ({"timing": hours("2026-11-01 17:00", "2026-11-01 18:00")}, RuleBroken, "day"),
        ({"timing": hours("2027-04-30 00:30", "2027-04-30 02:00", "Africa/Cairo")}, HourDoesNotExist, "start"),
        ({"title": "\u200b\u2060\u202e"}, RuleBroken, "title"),
        ({"address": "javascript:alert(1)"}, RuleBroken, "address"),
        ({"said": {"is_named": True}}, RuleBroken, "name"),
    ],
)
def test_what_cannot_be_proposed_is_refused_at_its_field(secretary, plan, error, field):
    with pytest.raises(error) as refused:
        propose(**plan)
    assert refused.value.field == field


def test_one_address_and_all_together_propose_so_many_within_an_hour(secretary):
    for _number in range(services.MOST_FROM_ONE):
        propose()
    with pytest.raises(TooManyProposals):
        propose()
    for number in range(services.MOST_TOGETHER - services.MOST_FROM_ONE):
        propose(email=f"{number}@example.org")
    with pytest.raises(TooManyProposals):
        propose(email="another@example.org")
    propose(actor=secretary, email="secretariat@example.org")
    propose(now=START + timedelta(hours=1, seconds=1))


def test_addresses_that_nobody_proved_shut_out_nobody_who_proved_theirs(secretary):
    make_proposal(email="known@example.org")
    for number in range(services.MOST_TOGETHER):
        propose(email=f"{number}@example.org")
    assert propose(email="known@example.org").state is ProposalState.SENT


def test_no_word_of_a_stranger_goes_to_an_address_that_is_not_proven(app, secretary):
    proposal = propose(title="Win a prize at evil.example")
    with app.test_request_context():
        written = mails.write(telling.LINK, {"proposal": str(proposal.id)}, Contact("ada@example.org", "en", ""))
    assert written is not None
    assert "prize" not in written.subject + written.text
    assert "/agenda/propose/" in written.text


def test_who_answers_reads_what_is_proposed_and_its_hour_on_their_own_clock_first(app, secretary):
    proposal = make_proposal()
    reader = Contact("rosa@example.org", "en", "Rosa", zone="America/Bogota")
    written = mails.write(telling.CAME, {"proposal": str(proposal.id)}, reader)
    assert written is not None
    there = "Saturday 13 February 2027, 09:00–11:00 in Bogota (17:00 in Nairobi, 14:00 UTC)"
    assert f"Open assembly: {there}" in written.text
    assert written.date == proposal.starts_at


def test_who_proposed_is_greeted_by_the_name_they_gave_and_reads_the_day(app, secretary):
    proposal = make_proposal(said={"name": "Ada"})
    event = services.publish(secretary, proposal, None, PUBLIC, now=START)
    written = mails.write(telling.ANSWERED, {"proposal": str(proposal.id)}, Contact("ada@example.org", "en", ""))
    assert written is not None
    assert mails.greeting(Contact("ada@example.org", "en", ""), written.name) == "Dear Ada,"
    assert "Open assembly: Saturday 13 February 2027, 17:00–19:00 in Nairobi" in written.text
    assert (written.date, event.moment.starts_at) == (event.moment.starts_at, proposal.starts_at)


def test_who_answers_is_told_again_after_a_month_and_after_three_the_address_is_forgotten(secretary):
    proposal = make_proposal(said={"name": "Ada"})
    for days in (29, 30, 31):
        jobs.forget(START + timedelta(days=days))
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 2
    assert proposal.email
    later = START + timedelta(days=90)
    assert (jobs.forget(later), jobs.forget(later)) == (1, 0)
    db.session.refresh(proposal)
    assert (proposal.email, proposal.name, proposal.state) == ("", "", ProposalState.WAITING)
    services.refuse(secretary, proposal, "We meet elsewhere.", now=later)
    assert telling.ANSWERED not in [kind for kind, _to, _language in mailed()]


def test_what_cannot_be_told_again_undoes_no_forgetting_and_keeps_no_other_desk_waiting(secretary, monkeypatch):
    answered = make_proposal()
    services.refuse(secretary, answered, "No.", now=START)
    broken, waiting = make_proposal(email="bea@example.org"), make_proposal(email="cleo@example.org")
    tell, told = telling.tell_desk, []

    def tell_or_fail(proposal, *, again, now):
        if proposal.id == broken.id:
            raise LookupError("a row that nobody can tell of")
        told.append(proposal.id)
        tell(proposal, again=again, now=now)

    monkeypatch.setattr(telling, "tell_desk", tell_or_fail)
    for days in (30, 31, 38, 60):
        jobs.forget(START + timedelta(days=days))
    db.session.expire_all()
    assert (answered.email, waiting.email, told) == ("", "cleo@example.org", [waiting.id, waiting.id])


def test_erasing_a_person_takes_address_and_name_off_what_they_proposed(secretary):
    person = make_person()
    email = make_account(person).email_norm
    waiting, unproven = make_proposal(email=email, said={"name": "Ada", "is_named": True}), propose(email=email).id
    other = make_proposal(email="other@example.org", said={"name": "Bea"})
    erase_person(person.id, START)
    db.session.expire_all()
    assert (waiting.email, waiting.name, waiting.is_named) == ("", "", False)
    assert db.session.get(Proposal, unproven) is None
    assert (other.email, other.name) == ("other@example.org", "Bea")


def test_erasing_a_person_takes_off_what_they_proposed_from_a_domain_in_its_own_letters(secretary):
    person = make_person()
    make_account(person, "ada@xn--exmple-cua.org", email_norm="ada@exämple.org")
    proposal = make_proposal(email="ada@xn--exmple-cua.org")
    erase_person(person.id, START)
    db.session.refresh(proposal)
    assert proposal.email == ""


def test_whoever_opens_the_link_puts_it_on_the_desk_once(secretary):
    proposal = propose()
    for _again in range(2):
        assert services.confirm(proposal, now=START).state is ProposalState.WAITING
    [notice] = db.session.scalars(sa.select(Notice)).all()
    assert (notice.person_id, notice.kind) == (secretary.person_id, telling.CAME)
    assert still_wanted(notice.kind, notice, START)
    services.refuse(secretary, proposal, "We meet elsewhere.", now=START)
    assert not still_wanted(notice.kind, notice, START)


def test_an_old_link_and_one_of_nobody_are_refused(secretary):
    with pytest.raises(StaleLink):
        services.confirm(propose(), now=START + timedelta(days=3))
    with pytest.raises(StaleLink):
        services.confirm(None, now=START)


def test_for_a_group_those_who_run_it_answer(secretary):
    group, coordinator = make_group(), make_person()
    make_account(coordinator)
    make_coordinator(group, coordinator)
    proposal = make_proposal(group)
    assert [row.person_id for row in db.session.scalars(sa.select(Notice))] == [coordinator.id]
    with pytest.raises(NotAllowed):
        services.publish(actor_at(make_member().id, START), proposal, group, PUBLIC, now=START)
    event = services.publish(actor_at(coordinator.id, START), proposal, group, PUBLIC, now=START)
    assert (event.group_id, event.moment.audience) == (group.id, "public")
    with pytest.raises(NotAllowed):
        services.refuse(actor_at(coordinator.id, START), make_proposal(email="b@example.org"), "No.", now=START)


def test_it_is_published_corrected_once_and_whoever_proposed_it_is_told(app, secretary):
    proposal = make_proposal()
    event = services.publish(
        secretary, proposal, None, planned(title="Open assembly, online", readers="public"), now=START
    )
    assert (event.title, event.moment.audience, proposal.event_id) == ("Open assembly, online", "public", event.id)
    for answer in (
        lambda: services.publish(secretary, proposal, None, PUBLIC, now=START),
        lambda: services.refuse(secretary, proposal, "No.", now=START),
    ):
        with pytest.raises(AlreadyAnswered):
            answer()
    assert (telling.ANSWERED, "ada@example.org", "fr") in mailed()
    with app.test_request_context():
        assert f"/events/{event.id}" in words_of(telling.ANSWERED, proposal)
        assert words_of(telling.LINK, proposal) == ""
        assert f"/proposals/{proposal.id}" in words_of(telling.CAME, proposal)


def test_the_mail_says_nothing_of_what_not_everybody_may_see(app, secretary):
    proposal = make_proposal()
    event = services.publish(secretary, proposal, None, planned(title="Among ourselves", readers="network"), now=START)
    with app.test_request_context():
        words = words_of(telling.ANSWERED, proposal)
    assert "This proposal is answered." in words
    assert "Among ourselves" not in words
    assert str(event.id) not in words


def test_it_is_refused_with_a_reason_that_is_mailed(app, secretary):
    proposal = make_proposal()
    for because in (" ", "x" * 1001):
        with pytest.raises(RuleBroken):
            services.refuse(secretary, proposal, because, now=START)
    services.refuse(secretary, proposal, "We meet elsewhere.", now=START)
    with app.test_request_context():
        assert "We meet elsewhere." in words_of(telling.ANSWERED, proposal)


def test_what_is_not_proven_and_what_is_answered_is_forgotten(secretary):
    unproven, refused, named = propose(), make_proposal(), make_proposal(said={"name": "Ada", "is_named": True})
    kept, gone = make_proposal(email="late@example.org"), unproven.id
    services.refuse(secretary, refused, "No.", now=START)
    services.publish(secretary, named, None, PUBLIC, now=START)
    assert jobs.forget(START + timedelta(days=3) - timedelta(seconds=1)) == 0
    assert jobs.forget(START + timedelta(days=30)) == 3
    db.session.expire_all()
    assert db.session.get(Proposal, gone) is None
    assert [(row.email, row.name) for row in (refused, named, kept)] == [
        ("", ""),
        ("", "Ada"),
        ("late@example.org", ""),
    ]
