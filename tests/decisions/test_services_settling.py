"""Counting, amending, laying down, the outcome; and the record that is frozen by it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.actors import job
from app.core.errors import NotAllowed, RuleBroken
from app.core.registries import actor_at
from app.decisions import queries, record, services
from app.decisions.counting import Standing
from app.decisions.models import Intent, Stage, Stand
from app.decisions.receivers import VoicesAreAsked
from app.decisions.services.locking import GroupIsClosed, MovedMeanwhile, Settled
from app.decisions.services.saying import NotAskedYet, NothingToAnswer
from app.decisions.services.settling import (
    CannotAmendNow,
    ClosedAlready,
    NothingAmended,
    NotOverYet,
    ReviewInThePast,
)
from app.decisions.texts import Words, body_of
from app.extensions import db
from app.moments.models import Moment, Status
from app.workinggroups import services as groups
from app.workinggroups.models import GroupState
from app.workinggroups.models import Standing as Place
from app.workinggroups.queries import find_membership
from tests.conftest import START
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.make.decisions import ENOUGH, in_days, make_decision, make_speaker, open_decision, speak
from tests.make.people import make_account, make_person
from tests.make.workinggroups import make_place

AT = VOICES_FROM + timedelta(hours=1)
WHY = Words("Nous n’avons plus le temps.", "fr")


def close(circle, decision, now=CLOSED_AT):
    return services.close_window(circle.lead(now), decision, now=now)


def test_with_the_quorum_and_no_objection_it_is_adopted_and_silence_counts_as_consent(circle, decision):
    speak(circle, decision, 0, now=AT)
    speak(circle, decision, 1, Stand.ABSTAIN, now=AT)
    count = close(circle, decision)
    assert (decision.stage, decision.settled_at, decision.settled_by) == (
        Stage.ADOPTED, CLOSED_AT, circle.coordinator.id,
    )  # fmt: skip
    assert count.silence_consents
    assert count.having(Standing.SILENT) == [circle.organisations[2].id]
    window = decision.window
    assert (window.result, window.spoken, window.closed_at) == (Stage.ADOPTED, 2, CLOSED_AT)
    assert window.moment.status is Status.HELD


def test_an_objection_that_stands_prevents(circle, decision):
    for number in (0, 1):
        speak(circle, decision, number, now=AT)
    speak(circle, decision, 2, Stand.OBJECT, now=AT)
    close(circle, decision)
    assert (decision.stage, decision.digest) == (Stage.OBJECTED, "")


def test_without_the_quorum_nothing_is_decided(circle, decision):
    speak(circle, decision, 0, now=AT)
    close(circle, decision)
    assert decision.stage is Stage.NO_QUORUM


def test_it_is_not_closed_before_the_end_unless_everybody_has_spoken(circle, decision):
    for number in (0, 1):
        speak(circle, decision, number, now=AT)
    with pytest.raises(NotOverYet):
        close(circle, decision, AT)
    speak(circle, decision, 2, now=AT)
    close(circle, decision, AT)
    assert decision.stage is Stage.ADOPTED


def test_who_closes_second_is_told_that_it_is_closed(circle, decision):
    speak(circle, decision, 0, now=AT)
    speak(circle, decision, 1, now=AT)
    close(circle, decision)
    digest = decision.digest
    with pytest.raises(ClosedAlready) as refused:
        close(circle, decision, CLOSED_AT + timedelta(minutes=1))
    assert refused.value.rule == "R-23"
    assert (decision.settled_at, decision.digest) == (CLOSED_AT, digest)


def test_nothing_is_counted_before_voices_were_asked_for(circle):
    decision, now = open_decision(circle, Stage.REACTIONS)
    with pytest.raises(ClosedAlready):
        close(circle, decision, now)


def test_members_do_not_close(circle, decision):
    with pytest.raises(NotAllowed):
        services.close_window(circle.speaker(0, CLOSED_AT), decision, now=CLOSED_AT)


def test_the_house_closes_by_itself(circle, decision):
    services.close_window(job("decisions"), decision, now=CLOSED_AT)
    assert (decision.stage, decision.window.closed_by) == (Stage.NO_QUORUM, None)


def test_an_amendment_asks_anew_and_older_voices_stay_as_history(circle, decision):
    objection = speak(circle, decision, 2, Stand.OBJECT, now=AT)
    speak(circle, decision, 0, now=AT)
    close(circle, decision)
    services.amend(
        circle.lead(CLOSED_AT), decision, Words("We write two letters.", "en"), version=1,
        closing=in_days(7, CLOSED_AT), now=CLOSED_AT,
    )  # fmt: skip
    assert (decision.stage, decision.version, decision.window.version) == (Stage.OBJECTIONS, 2, 2)
    assert [body_of(decision, number) for number in (1, 2)] == ["We write a common letter.", "We write two letters."]
    assert queries.count_of(decision).spoken == 0
    later = CLOSED_AT + timedelta(days=1)
    services.withdraw_objection(circle.speaker(2, later), decision, objection, Words("Ahora sí.", "es"), now=later)
    for number in (0, 1):
        speak(circle, decision, number, now=later)
    close(circle, decision, CLOSED_AT + ENOUGH)
    assert decision.stage is Stage.ADOPTED
    assert len(queries.voices_of(decision)) == 4


def test_before_voices_are_asked_for_an_amendment_lets_the_window_go_on(circle):
    decision, now = open_decision(circle, Stage.REACTIONS)
    services.amend(circle.lead(now), decision, Words("Shorter.", "en"), version=1, now=now)
    assert (decision.stage, decision.version, len(decision.windows)) == (Stage.REACTIONS, 2, 2)


def test_words_are_not_changed_under_those_who_give_their_voice(circle, decision):
    with pytest.raises(CannotAmendNow):
        services.amend(circle.lead(AT), decision, Words("Other.", "en"), version=1, now=AT)
    close(circle, decision)
    with pytest.raises(CannotAmendNow) as refused:
        services.amend(circle.lead(CLOSED_AT), decision, Words("Other.", "en"), version=1, now=CLOSED_AT)
    assert refused.value.field == "day"
    with pytest.raises(CannotAmendNow):
        services.amend(circle.lead(), make_decision(circle), Words("Other.", "en"), version=1, now=START)


def test_of_two_who_amend_at_once_the_second_hears_of_the_first(circle):
    decision, now = open_decision(circle, Stage.REACTIONS)
    services.amend(circle.lead(now), decision, Words("First.", "en"), version=1, now=now)
    with pytest.raises(MovedMeanwhile):
        services.amend(circle.lead(now), decision, Words("Second.", "en"), version=1, now=now)


def test_who_wrote_a_proposal_amends_it_and_lays_it_down_and_other_members_do_not(circle):
    plan = services.Plan("Mine", Words("Une lettre.", "fr"), 2)
    decision = services.propose(circle.speaker(0), circle.group, plan, now=START)
    services.open_window(circle.lead(), decision, in_days(7), now=START)
    with pytest.raises(NotAllowed):
        services.lay_down(circle.speaker(1), decision, WHY, now=START)
    services.amend(circle.speaker(0), decision, Words("Deux lettres.", "fr"), version=1, now=START)
    services.lay_down(circle.speaker(0), decision, WHY, now=START)
    assert (decision.stage, decision.window.moment.status) == (Stage.LAID_DOWN, Status.CANCELLED)
    assert queries.find_statement(decision, Intent.LAYING_DOWN).body == WHY.body


def test_laying_down_needs_words_and_is_for_good(circle, decision):
    with pytest.raises(RuleBroken) as refused:
        services.lay_down(circle.lead(AT), decision, Words(" ", "en"), now=AT)
    assert refused.value.field == "body"
    services.lay_down(circle.lead(AT), decision, WHY, now=AT)
    for work in (
        lambda: services.lay_down(circle.lead(AT), decision, WHY, now=AT),
        lambda: services.amend(circle.lead(AT), decision, WHY, version=1, now=AT),
        lambda: services.open_window(circle.lead(AT), decision, in_days(70), now=AT),
        lambda: services.prolong_window(circle.lead(AT), decision, in_days(70), now=AT),
        lambda: services.ask(circle.lead(AT), decision, WHY, now=AT),
        lambda: services.react(circle.speaker(0, AT), decision, WHY, now=AT),
    ):
        with pytest.raises(Settled):
            work()
    with pytest.raises(ClosedAlready):
        close(circle, decision)


def test_once_every_objection_is_withdrawn_it_is_counted_again(circle, decision):
    voice = speak(circle, decision, 0, Stand.OBJECT, now=AT)
    speak(circle, decision, 1, now=AT)
    close(circle, decision)
    with pytest.raises(ClosedAlready):
        close(circle, decision, CLOSED_AT + timedelta(hours=1))
    later = CLOSED_AT + timedelta(hours=2)
    services.withdraw_objection(circle.speaker(0, later), decision, voice, now=later)
    assert close(circle, decision, later).result is Stage.ADOPTED
    assert (decision.stage, decision.settled_at) == (Stage.ADOPTED, later)


def adopt(circle, decision):
    for number in (0, 1, 2):
        speak(circle, decision, number, now=AT)
    close(circle, decision, AT)


def test_an_adopted_proposal_gets_its_outcome_and_a_day_on_which_it_is_looked_at_again(circle, decision):
    adopt(circle, decision)
    said = Words("The letter goes out on Monday.", "en")
    review = (AT + timedelta(days=90)).date()
    with pytest.raises(ReviewInThePast):
        services.record_outcome(circle.lead(AT), decision, said, review_on=AT.date(), now=AT)
    services.record_outcome(circle.lead(AT), decision, said, review_on=review, now=AT)
    assert decision.review.wall_start.date() == review
    assert decision.review.audience == f"group:{circle.group.id}"
    with pytest.raises(RuleBroken):
        services.record_outcome(circle.lead(AT), decision, said, review_on=review, now=AT)
    with pytest.raises(NotAllowed):
        services.record_outcome(circle.speaker(0, AT), decision, said, review_on=review, now=AT)


def test_what_was_not_adopted_has_no_outcome(circle, decision):
    with pytest.raises(RuleBroken):
        services.record_outcome(circle.lead(AT), decision, WHY, review_on=CLOSED_AT.date(), now=AT)


def test_the_record_is_frozen_by_its_digest_and_takes_late_voices_and_the_outcome_beside_it(circle, decision):
    speak(circle, decision, 0, now=AT, words="De acuerdo.")
    speak(circle, decision, 1, now=AT + timedelta(hours=1))
    close(circle, decision)
    assert decision.digest == record.digest_of(decision)
    later = CLOSED_AT + timedelta(days=1)
    speak(circle, decision, 2, Stand.OBJECT, now=later)
    services.record_outcome(circle.lead(later), decision, WHY, review_on=(later + ENOUGH).date(), now=later)
    assert decision.digest == record.digest_of(decision)
    found = record.record_of(decision)
    assert [voice["is_late"] for voice in found["voices"]] == [False, False, True]
    assert found["voices"][0]["words"] == {"language": "en", "words": "De acuerdo."}
    assert found["voices"][0]["by"] == "Speaker Example 1"
    assert found["count"] == {"spoken": 2, "quorum": 2, "roll": 3}


def test_a_name_that_goes_leaves_the_digest_as_it_was(circle, decision):
    adopt(circle, decision)
    circle.speakers[0].name = ""
    assert decision.digest == record.digest_of(decision)
    queries.voices_of(decision)[0].stand = Stand.ABSTAIN
    assert decision.digest != record.digest_of(decision)


def test_everybody_inside_asks_and_who_takes_part_reacts(circle):
    decision = make_decision(circle)
    observer = make_person()
    make_account(observer)
    make_place(circle.group, observer, standing=Place.OBSERVER)
    looks_on = actor_at(observer.id, START)
    for say in (services.ask, services.react):
        with pytest.raises(NotAskedYet):
            say(circle.speaker(0), decision, WHY, now=START)
    services.open_window(circle.lead(), decision, in_days(7), now=START)
    question = services.ask(looks_on, decision, Words("ماذا يعني ذلك؟", "ar"), now=START)
    with pytest.raises(NotAllowed):
        services.react(looks_on, decision, WHY, now=START)
    with pytest.raises(NotAllowed):
        services.answer(circle.speaker(0), decision, question, WHY, now=START)
    with pytest.raises(NotAskedYet):
        services.react(circle.speaker(0), decision, WHY, now=START)
    reply = services.answer(circle.lead(), decision, question, WHY, now=START)
    assert (reply.answers_id, reply.intent) == (question.id, Intent.ANSWER)
    with pytest.raises(NothingToAnswer):
        services.answer(circle.lead(), decision, reply, WHY, now=START)
    late = services.ask(looks_on, decision, WHY, now=START + ENOUGH + timedelta(hours=1))
    assert (question.is_late, late.is_late) == (False, True)


def test_a_reaction_says_for_whom(circle):
    decision, now = open_decision(circle, Stage.REACTIONS)
    said = services.react(circle.speaker(1, now), decision, WHY, now=now)
    assert said.organisation_id == circle.organisations[1].id
    assert services.react(circle.lead(now), decision, WHY, now=now).organisation_id is None


def test_an_objection_is_answered_and_stays(circle, decision):
    voice = speak(circle, decision, 0, Stand.OBJECT, now=AT)
    services.answer(circle.lead(AT), decision, voice.words, Words("We pay for it.", "en"), now=AT)
    assert voice.withdrawn_at is None
    assert queries.count_of(decision).result is Stage.OBJECTED


def test_in_a_closed_group_nobody_asks_or_speaks(circle, decision):
    circle.group.state = GroupState.CLOSED
    with pytest.raises(NotAllowed):
        services.ask(circle.speaker(0, AT), decision, WHY, now=AT)
    with pytest.raises(NotAllowed):
        speak(circle, decision, 0, now=AT)


def test_a_group_is_not_closed_while_voices_are_asked_for(circle, decision):
    """With the quorum met, closing the group would leave no objection to make, and silence would adopt (R-23)."""
    for number in (0, 1):
        speak(circle, decision, number, now=AT)
    with pytest.raises(VoicesAreAsked) as refused, db.session.begin_nested():
        groups.close_group(circle.lead(AT), circle.group, now=AT)
    assert refused.value.rule == "R-23"
    db.session.refresh(circle.group)
    assert circle.group.state is GroupState.ACTIVE
    speak(circle, decision, 2, Stand.OBJECT, now=AT)
    close(circle, decision)
    assert decision.stage is Stage.OBJECTED
    assert groups.close_group(circle.lead(CLOSED_AT), circle.group, now=CLOSED_AT)


def test_who_alone_speaks_for_an_organisation_is_not_put_out_while_voices_are_asked_for(circle, decision):
    """Their objection could not be made any more, and silence would adopt (R-23)."""
    place = find_membership(circle.group, circle.speakers[2].id)
    with pytest.raises(VoicesAreAsked) as refused, db.session.begin_nested():
        groups.end_somebodys_place(circle.lead(AT), circle.group, place, now=AT)
    assert refused.value.rule == "R-23"
    assert "Example Organisation 3" in str(refused.value.message)
    db.session.refresh(place)
    make_speaker(circle.organisations[2], circle.group, "Second Speaker")
    assert groups.end_somebodys_place(circle.lead(AT), circle.group, place, now=AT)
    assert groups.leave_group(circle.speaker(1, AT), circle.group, now=AT), "who leaves by themselves does"
    close(circle, decision)
    other = find_membership(circle.group, circle.speakers[0].id)
    assert groups.end_somebodys_place(circle.lead(CLOSED_AT), circle.group, other, now=CLOSED_AT)


def test_in_a_closed_group_nobody_is_asked_anew(circle, decision):
    speak(circle, decision, 0, now=AT)
    close(circle, decision)
    groups.close_group(circle.lead(CLOSED_AT), circle.group, now=CLOSED_AT)
    lead, until = circle.lead(CLOSED_AT), in_days(7, CLOSED_AT)
    with pytest.raises(GroupIsClosed):
        services.prolong_window(lead, decision, until, now=CLOSED_AT)
    with pytest.raises(GroupIsClosed):
        services.amend(lead, decision, Words("Another letter.", "en"), version=1, closing=until, now=CLOSED_AT)
    drafted = make_decision(circle) if groups.reopen_group(lead, circle.group, now=CLOSED_AT) else None
    groups.close_group(lead, circle.group, now=CLOSED_AT)
    with pytest.raises(GroupIsClosed):
        services.open_window(lead, drafted, until, now=CLOSED_AT)


def test_the_same_words_again_are_no_amendment(circle, decision):
    """They would take an objection away without an answer to it."""
    speak(circle, decision, 0, now=AT)
    voice = speak(circle, decision, 1, Stand.OBJECT, now=AT)
    close(circle, decision)
    same = Words(f" {body_of(decision, 1)}\r\n", "en")
    with pytest.raises(NothingAmended), db.session.begin_nested():
        services.amend(circle.lead(CLOSED_AT), decision, same, version=1, closing=in_days(7, CLOSED_AT), now=CLOSED_AT)
    db.session.refresh(decision)
    assert (decision.version, decision.stage, voice.version) == (1, Stage.OBJECTED, 1)


@pytest.mark.parametrize("plan", [{"quorum": 10**30}, {"quorum": 0}, {"quorum": -1}, {"title": "\u200b\u2060"}])
def test_a_draft_that_says_nothing_or_too_much_is_refused_in_words(circle, plan):
    with pytest.raises(RuleBroken) as refused:
        make_decision(circle, **plan)
    assert refused.value.field in plan


def test_an_end_that_was_put_off_by_another_hand_counts_for_a_voice(circle, decision):
    """Whoever waits for the lock reads anew until when there is time."""
    assert decision.window.moment.until == CLOSED_AT  # read before, as a page does
    later = CLOSED_AT + timedelta(days=1)
    moved = sa.update(Moment).where(Moment.id == decision.window.moment_id).values(until=later)
    db.session.execute(moved, execution_options={"synchronize_session": False})
    assert not speak(circle, decision, 0, now=CLOSED_AT + timedelta(hours=1)).is_late
