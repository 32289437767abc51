"""Opening, in order and never backwards; the roll; prolonging."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.core.errors import NotAllowed, RuleBroken
from app.core.registries import actor_at
from app.decisions import queries, services
from app.decisions.models import GivenVoice, RollEntry, Stage, Stand, WindowKind
from app.decisions.services import roll
from app.decisions.services.proposing import OpenedAlready
from app.decisions.services.roll import NobodyEntitled, QuorumTooLarge
from app.decisions.services.windows import (
    CannotShorten,
    ClosesBeforeItOpens,
    ClosesTooLate,
    NothingToOpen,
    WindowStillOpen,
)
from app.decisions.texts import Words
from app.extensions import db
from app.moments.endings import Closing
from app.moments.queries import list_changes
from app.people.models import Affiliation, RoleGrant
from app.workinggroups import carriers
from app.workinggroups.models import GroupMembership, Standing
from tests.conftest import START
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.make.decisions import ENOUGH, in_days, make_circle, make_decision, make_speaker, open_decision, speak
from tests.make.people import make_organisation, make_person
from tests.make.workinggroups import make_place


def test_windows_open_in_their_order_each_with_a_moment_of_the_group(circle):
    decision, now = make_decision(circle), START
    for kind in WindowKind:
        window = services.open_window(circle.lead(now), decision, in_days(7, now), now=now)
        assert (window.kind, decision.stage.value) == (kind, kind.value)
        assert window.moment.audience == f"group:{circle.group.id}"
        assert (window.moment.subject_kind, window.moment.subject_id) == ("decision", decision.id)
        assert window.moment.until == now + ENOUGH
        now += ENOUGH
    with pytest.raises(NothingToOpen):
        services.open_window(circle.lead(now), decision, in_days(7, now), now=now)
    assert [window.closed_at is None for window in decision.windows] == [False, False, True]


def test_the_next_window_waits_for_the_end_of_the_one_that_is_open(circle):
    decision = make_decision(circle)
    services.open_window(circle.lead(), decision, in_days(7), now=START)
    with pytest.raises(WindowStillOpen):
        services.open_window(circle.lead(), decision, in_days(9), now=START + timedelta(days=1))


@pytest.mark.parametrize("days", [0, -1])
def test_a_window_that_closes_before_it_opens_is_refused(circle, days):
    decision = make_decision(circle)
    with pytest.raises(ClosesBeforeItOpens) as refused:
        services.open_window(circle.lead(), decision, in_days(days), now=START)
    assert (refused.value.rule, refused.value.field) == ("R-23", "day")


def test_the_hour_of_the_closing_counts_on_the_clock_of_its_place(circle):
    """In the night in which Barcelona turns its clocks back the window opens in the second half of the doubled hour."""
    decision = make_decision(circle)
    twice = START.replace(year=2026, month=10, day=25, hour=1, minute=30)
    closing = Closing(twice.replace(tzinfo=None, hour=4), "Europe/Madrid")
    window = services.open_window(circle.lead(), decision, closing, now=twice)
    assert (window.moment.starts_at, window.moment.until) == (twice, twice.replace(hour=3))


def test_the_roll_is_frozen_at_opening_with_the_names_of_then(circle):
    decision = make_decision(circle)
    observer, guest = make_person(), make_person()
    make_place(circle.group, observer, make_organisation("Observing"), standing=Standing.OBSERVER)
    make_place(circle.group, guest, make_organisation("Guest"), standing=Standing.GUEST)
    make_place(circle.group, make_person())  # a member for no organisation
    make_place(circle.group, make_person(), circle.organisations[0])  # a second one for the same
    gone = make_place(circle.group, make_person(), make_organisation("Gone"))
    gone.left_at = START
    services.open_window(circle.lead(), decision, in_days(7), now=START)
    late = make_organisation("Too late")
    make_speaker(late, circle.group)
    db.session.query(GroupMembership).filter_by(organisation_id=circle.organisations[2].id).update({"left_at": START})
    db.session.commit()
    roll = queries.roll_of(decision)
    assert [line.names for line in roll.values()] == [{"en": f"Example Organisation {n}"} for n in (1, 2, 3)]
    assert {line.entry for line in roll.values()} == {RollEntry.MEMBER}


def test_an_organisation_that_its_only_member_left_is_not_on_the_next_roll(circle):
    ended = {"until_on": START.date() - timedelta(days=1)}
    gone = circle.speakers[2]
    db.session.query(Affiliation).filter_by(person_id=gone.id).update({"from_on": ended["until_on"]} | ended)
    everybody = {one.id for one in circle.organisations}
    assert set(roll.entitled(circle.group, START.date())) == everybody, "who has a mandate speaks for it still"
    db.session.query(RoleGrant).filter_by(person_id=gone.id).update({"from_on": ended["until_on"]} | ended)
    assert set(roll.entitled(circle.group, START.date())) == everybody - {circle.organisations[2].id}


def test_the_organisations_that_carry_a_group_are_on_the_roll_with_those_of_its_members(circle, monkeypatch):
    carrier, both = make_organisation("Carrier"), circle.organisations[0]
    monkeypatch.setitem(carriers._providers, "example", lambda _group: {carrier.id, both.id})
    found = roll.entitled(circle.group, START.date())
    assert (found[carrier.id], found[both.id]) == (RollEntry.CARRIER, RollEntry.MEMBER)
    assert set(found) == {carrier.id, *(one.id for one in circle.organisations)}


def test_a_group_without_organisations_opens_nothing(app, now):
    circle = make_circle(0)
    with pytest.raises(NobodyEntitled):
        services.open_window(circle.lead(), make_decision(circle), in_days(7), now=START)


def test_a_quorum_larger_than_the_roll_is_refused_at_opening(circle):
    with pytest.raises(QuorumTooLarge):
        services.open_window(circle.lead(), make_decision(circle, quorum=4), in_days(7), now=START)


def test_the_quorum_stands_once_people_were_asked(circle):
    decision = make_decision(circle)
    plan = services.Plan("Another title", Words("Anders.", "de"), 3, 0)
    services.change_draft(circle.lead(), decision, plan, now=START)
    assert (decision.title, decision.quorum, decision.proposal.language) == ("Another title", 3, "de")
    services.open_window(circle.lead(), decision, in_days(7), now=START)
    with pytest.raises(OpenedAlready):
        services.change_draft(circle.lead(), decision, plan, now=START)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"quorum": 0}, "quorum"),
        ({"proxies_per_holder": -1}, "proxies"),
        ({"words": Words(" ", "en")}, "body"),
        ({"words": Words("x" * 20_001, "en")}, "body"),
        ({"words": Words("Palabras", "klingonisch")}, "language"),
    ],
)
def test_a_draft_that_lacks_something_is_refused_at_its_field(circle, wrong, field):
    with pytest.raises(RuleBroken) as refused:
        make_decision(circle, **wrong)
    assert refused.value.field == field


def test_only_whoever_runs_the_group_opens_and_prolongs(circle, decision):
    with pytest.raises(NotAllowed):
        services.open_window(circle.speaker(0), decision, in_days(7), now=START)
    with pytest.raises(NotAllowed):
        services.prolong_window(circle.speaker(0), decision, in_days(70), now=START)


def test_somebody_outside_proposes_nothing(circle):
    outsider = make_person()
    with pytest.raises(NotAllowed):
        services.propose(actor_at(outsider.id, START), circle.group, None, now=START)


def test_a_window_is_put_off_and_never_brought_forward(circle, decision):
    window = decision.window
    with pytest.raises(CannotShorten):
        services.prolong_window(circle.lead(), decision, in_days(6, VOICES_FROM), now=VOICES_FROM)
    services.prolong_window(circle.lead(), decision, in_days(9, VOICES_FROM), now=VOICES_FROM)
    assert window.moment.until == VOICES_FROM + timedelta(days=9)
    assert window.remind_at == VOICES_FROM + timedelta(days=7)
    assert len(list_changes(window.moment)) == 1
    with pytest.raises(ClosesBeforeItOpens):
        services.prolong_window(circle.lead(), decision, in_days(-1, VOICES_FROM), now=VOICES_FROM)


def test_a_draft_has_no_window_to_prolong(circle):
    with pytest.raises(NothingToOpen):
        services.prolong_window(circle.lead(), make_decision(circle), in_days(7), now=START)


def test_a_short_window_is_not_reminded_of(circle):
    decision, now = open_decision(circle, Stage.REACTIONS)
    assert decision.window.remind_at is None
    now += ENOUGH
    window = services.open_window(circle.lead(now), decision, in_days(1, now), now=now)
    assert window.remind_at is None


def test_a_voice_that_came_too_late_counts_once_the_window_is_put_off(circle, decision):
    """Unless its organisation had spoken in time: that voice stands then."""
    in_time = speak(circle, decision, 0, now=VOICES_FROM)
    late_again = speak(circle, decision, 0, Stand.ABSTAIN, now=CLOSED_AT + timedelta(hours=1))
    late = speak(circle, decision, 1, Stand.OBJECT, now=CLOSED_AT + timedelta(hours=1))
    later = CLOSED_AT + timedelta(hours=2)
    services.prolong_window(circle.lead(later), decision, in_days(3, later), now=later)
    db.session.expire_all()
    assert [voice.is_late for voice in (in_time, late_again, late)] == [False, True, False]
    assert late.words.is_late is False
    assert queries.count_of(decision).result is Stage.OBJECTED


def test_too_few_voices_open_a_further_window_for_the_same_words(circle, decision):
    first = speak(circle, decision, 0, now=VOICES_FROM)
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    assert decision.stage is Stage.NO_QUORUM
    later = CLOSED_AT + timedelta(days=1)
    late = speak(circle, decision, 1, now=later)
    assert late.is_late
    window = services.prolong_window(circle.lead(later), decision, in_days(3, later), now=later)
    assert (decision.stage, window.version, len(decision.windows)) == (Stage.OBJECTIONS, 1, 4)
    db.session.expire_all()
    assert not db.session.get_one(GivenVoice, late.id).is_late
    count = services.close_window(circle.lead(later + ENOUGH), decision, now=later + ENOUGH)
    assert (count.result, count.spoken) == (Stage.ADOPTED, 2)
    assert first.replaced_at is None


@pytest.mark.parametrize("days", [367, 365 * 170])
def test_a_year_that_was_mistyped_is_refused_while_it_can_be(circle, days):
    """An end is never brought forward afterwards."""
    decision = make_decision(circle)
    with pytest.raises(ClosesTooLate) as refused, db.session.begin_nested():
        services.open_window(circle.lead(), decision, in_days(days), now=START)
    assert refused.value.field == "day"
    services.open_window(circle.lead(), decision, in_days(7), now=START)
    with pytest.raises(ClosesTooLate):
        services.prolong_window(circle.lead(), decision, in_days(days), now=START)
