"""The rules of coming in, leaving, observing and running a group."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa

from app.core.actors import VISITOR, job
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.names import names_of
from app.extensions import db
from app.people.models import AffiliationKind, AffiliationState
from app.people.services import UnknownPerson, UnprovenPerson
from app.workinggroups import queries, services
from app.workinggroups.keys import admitted_key
from app.workinggroups.models import (
    Admission,
    GroupBlock,
    GroupKind,
    GroupState,
    GroupText,
    ObserverRequestState,
    Standing,
)
from app.workinggroups.services.changing import change_group
from app.workinggroups.services.coordination import LastCoordinator
from app.workinggroups.services.exports import record_people_export
from app.workinggroups.services.founding import (
    GroupRules,
    GroupWords,
    ObjectivesMissing,
    RegionMissing,
    UnknownKind,
)
from app.workinggroups.services.joining import ChooseOrganisation, GroupTakesNobody, NotAcknowledged, NotEligible
from app.workinggroups.services.leaving import StillCoordinates
from app.workinggroups.services.observing import ReasonMissing, TakesNoObservers, WordsTooLong
from tests.make.people import make_account, make_affiliation, make_person, make_region
from tests.make.workinggroups import make_coordinator, make_group, make_observer_request, make_place

WORDS = GroupWords({"en": "New group"}, {GroupBlock.OBJECTIVES: {"en": "Learn.", "fr": ""}})


def join(actor, group, now, **given):
    return services.join_group(actor, group, **{"acknowledges": True} | given, now=now)


# joining


def test_r04_joining_needs_a_kind_of_affiliation_and_the_tick(cast, act, now):
    with pytest.raises(NotEligible) as refused:
        join(act(cast.friend), cast.group, now)
    assert refused.value.rule == "R-04"
    with pytest.raises(NotAcknowledged) as unticked:
        join(act(cast.candidate), cast.group, now, acknowledges=False)
    assert unticked.value.rule == "R-04"
    place = join(act(cast.candidate), cast.group, now)
    assert place.acknowledged_at == now
    assert join(act(cast.candidate), cast.group, now) is place
    with pytest.raises(NotAllowed):
        join(VISITOR, cast.group, now)


def test_whose_affiliation_ended_waits_or_is_missing_reads_which_it_is(cast, act, now):
    with pytest.raises(NotEligible, match="no current affiliation"):
        join(act(cast.outsider), cast.group, now)
    ended = make_affiliation(cast.outsider, until_on=date(2021, 5, 1))
    with pytest.raises(NotEligible, match="ended on 1 May 2021"):
        join(act(cast.outsider), cast.group, now)
    ended.state = AffiliationState.PENDING
    db.session.flush()
    with pytest.raises(NotEligible, match="waiting to be confirmed"):
        join(act(cast.outsider), cast.group, now)
    ended.kind = AffiliationKind.FRIEND
    db.session.flush()
    with pytest.raises(NotEligible, match=r"your affiliation is another one \(Friend\)"):
        join(act(cast.outsider), cast.group, now)
    make_affiliation(cast.outsider, kind=AffiliationKind.ALLY, state=AffiliationState.PENDING)
    with pytest.raises(NotEligible, match="waiting to be confirmed"):
        join(act(cast.outsider), cast.group, now)


@pytest.mark.parametrize(
    "changes",
    [
        {"state": GroupState.CLOSED},
        {"admission": Admission.INVITED},
        {"kind": GroupKind.CHANTIER, "state": GroupState.PROPOSED},
    ],
)
def test_some_groups_take_nobody_by_themselves(cast, act, now, changes):
    group = make_group("Door", **changes)
    with pytest.raises(GroupTakesNobody):
        join(act(cast.candidate), group, now)


def test_r20_who_is_admitted_by_an_agreement_comes_as_a_guest(cast, act, now):
    actor = act(cast.outsider)
    admitted = replace(actor, keys=actor.keys | {admitted_key(cast.group.id)})
    place = join(admitted, cast.group, now)
    assert place.standing is Standing.GUEST
    assert join(admitted, cast.group, now) is place


def test_an_observer_who_becomes_eligible_becomes_a_member(cast, act, now):
    make_affiliation(cast.observer, cast.union, kind=AffiliationKind.ALLY)
    place = join(act(cast.observer), cast.group, now)
    assert place.standing is Standing.MEMBER
    assert place.acknowledged_edition == cast.group.objectives_edition


def test_joining_takes_a_waiting_wish_to_observe_back(cast, act, now):
    wish = make_observer_request(cast.group, cast.candidate)
    join(act(cast.candidate), cast.group, now)
    assert wish.state is ObserverRequestState.WITHDRAWN


def test_who_belongs_to_several_says_for_which(cast, act, now):
    make_affiliation(cast.candidate, None, kind=AffiliationKind.ALLY)
    for wrong in ({}, {"organisation_id": cast.union.id}):
        with pytest.raises(ChooseOrganisation):
            join(act(cast.candidate), cast.group, now, **wrong)
    assert join(act(cast.candidate), cast.group, now, alone=True).organisation_id is None


def test_only_members_acknowledge_again(cast, act, now):
    assert services.acknowledge_objectives(act(cast.observer), cast.group, now=now) is None
    cast.group.objectives_edition = 3
    db.session.flush()
    place = services.acknowledge_objectives(act(cast.member), cast.group, now=now)
    assert place.acknowledged_edition == 3


# observing


def test_asking_twice_is_one_request_and_who_is_inside_needs_none(cast, act, now):
    first = services.ask_to_observe(act(cast.friend), cast.group, words="Please", now=now)
    assert services.ask_to_observe(act(cast.friend), cast.group, words="Again", now=now) is first
    assert first.organisation_id is not None
    assert services.ask_to_observe(act(cast.member), cast.group, words="", now=now) is None
    with pytest.raises(WordsTooLong):
        services.ask_to_observe(act(cast.outsider), cast.group, words="x" * 1001, now=now)


def test_who_acts_for_an_organisation_asks_for_it(cast, act, now):
    acting = replace(act(cast.friend), acting_for=cast.union.id)
    assert services.ask_to_observe(acting, cast.group, words="", now=now).organisation_id == cast.union.id


def test_groups_without_observers_and_closed_ones_take_none(cast, act, now):
    wish = make_observer_request(cast.group, cast.friend)
    cast.group.takes_observers = False
    db.session.flush()
    with pytest.raises(TakesNoObservers):
        services.ask_to_observe(act(cast.outsider), cast.group, words="", now=now)
    with pytest.raises(TakesNoObservers):
        services.accept_observer(act(cast.coordinator), wish, now=now)


def test_a_request_is_answered_once_by_those_who_run_the_group(cast, act, now):
    wish = make_observer_request(cast.group, cast.friend, organisation_id=cast.union.id)
    with pytest.raises(NotAllowed):
        services.accept_observer(act(cast.member), wish, now=now)
    assert services.accept_observer(act(cast.coordinator), wish, now=now)
    assert not services.accept_observer(act(cast.secretary), wish, now=now)
    assert not services.refuse_observer(act(cast.secretary), wish, reason="Too late", now=now)
    place = queries.find_membership(cast.group, cast.friend.id)
    assert place.standing is Standing.OBSERVER
    assert place.organisation_id == cast.union.id
    assert place.admitted_by == cast.coordinator.id


def test_a_refusal_says_why(cast, act, now):
    wish = make_observer_request(cast.group, cast.friend)
    with pytest.raises(ReasonMissing):
        services.refuse_observer(act(cast.coordinator), wish, reason=" ", now=now)
    with pytest.raises(WordsTooLong):
        services.refuse_observer(act(cast.coordinator), wish, reason="x" * 501, now=now)
    assert services.refuse_observer(act(cast.coordinator), wish, reason="We are full.", now=now)
    assert wish.reason == "We are full."
    assert services.ask_to_observe(act(cast.friend), cast.group, words="", now=now) is not wish


# leaving


def test_leaving_ends_place_and_service_once(cast, act, now):
    make_coordinator(cast.group, cast.member)
    assert services.leave_group(act(cast.member), cast.group, now=now)
    assert queries.find_membership(cast.group, cast.member.id) is None
    assert queries.find_coordinator(cast.group.id, cast.member.id) is None
    assert not services.leave_group(act(cast.member), cast.group, now=now)


def test_the_last_coordinator_names_another_first_unless_the_secretariat_decides(cast, act, now):
    make_place(cast.group, cast.coordinator)
    with pytest.raises(LastCoordinator):
        services.leave_group(act(cast.coordinator), cast.group, now=now)
    only = queries.find_coordinator(cast.group.id, cast.coordinator.id)
    with pytest.raises(LastCoordinator):
        services.end_coordinator(act(cast.coordinator), cast.group, only, now=now)
    assert services.end_coordinator(act(cast.secretary), cast.group, only, now=now)
    assert not services.end_coordinator(act(cast.secretary), cast.group, only, now=now)
    assert queries.find_membership(cast.group, cast.coordinator.id) is not None


def test_those_who_run_a_group_end_places_of_those_who_do_not(cast, act, now):
    place = queries.find_membership(cast.group, cast.member.id)
    with pytest.raises(NotAllowed):
        services.end_somebodys_place(act(cast.observer), cast.group, place, now=now)
    running = make_place(cast.group, cast.coordinator)
    with pytest.raises(StillCoordinates):
        services.end_somebodys_place(act(cast.secretary), cast.group, running, now=now)
    assert services.end_somebodys_place(act(cast.coordinator), cast.group, place, now=now)
    assert not services.end_somebodys_place(act(cast.coordinator), cast.group, place, now=now)


# coordinators


def test_appointing_again_changes_nothing(cast, act, now):
    row = services.appoint_coordinator(act(cast.coordinator), cast.group, person_id=cast.member.id, now=now)
    again = services.appoint_coordinator(act(cast.secretary), cast.group, person_id=cast.member.id, now=now)
    assert again is row
    with pytest.raises(NotAllowed):
        services.appoint_coordinator(act(cast.observer), cast.group, person_id=cast.observer.id, now=now)


def test_nobody_unknown_or_unproven_is_appointed(cast, act, now, unknown_id):
    with pytest.raises(UnknownPerson):
        services.appoint_coordinator(act(cast.coordinator), cast.group, person_id=unknown_id, now=now)
    unproven = make_person("Unproven Example")
    make_account(unproven, verified_at=None)
    with pytest.raises(UnprovenPerson):
        services.appoint_coordinator(act(cast.coordinator), cast.group, person_id=unproven.id, now=now)


# founding and changing


def test_a_coordinator_runs_what_they_found_and_the_secretariat_does_not(cast, act, now):
    own = services.create_group(
        act(cast.other_coordinator), kind=GroupKind.INTERREGIONAL, words=WORDS, rules=GroupRules(), now=now
    )
    assert [row.person_id for row in queries.list_coordinators(own)] == [cast.other_coordinator.id]
    other = services.create_group(
        act(cast.secretary), kind=GroupKind.INTERREGIONAL, words=WORDS, rules=GroupRules(), now=now
    )
    assert queries.list_coordinators(other) == []
    assert other.slug == "new-group-2"
    with pytest.raises(NotAllowed):
        services.create_group(act(cast.member), kind=GroupKind.REGIONAL, words=WORDS, rules=GroupRules(), now=now)


def change(actor, group, now, texts=None, **given):
    words = GroupWords({"en": "Land group"}, texts or {GroupBlock.OBJECTIVES: {"en": "Coordinate and learn."}})
    return change_group(actor, group, **{"words": words, "rules": GroupRules()} | given, now=now)


def test_other_objectives_are_a_new_edition_and_a_further_language_is_not(cast, act, now):
    actor = act(cast.coordinator)
    change(actor, cast.group, now)
    assert cast.group.objectives_edition == 1
    change(actor, cast.group, now, {GroupBlock.OBJECTIVES: {"en": "Coordinate and learn.", "fr": "Apprendre."}})
    assert cast.group.objectives_edition == 1
    change(actor, cast.group, now, {GroupBlock.OBJECTIVES: {"en": "Coordinate.", "fr": "Apprendre."}})
    assert cast.group.objectives_edition == 2
    change(actor, cast.group, now, {GroupBlock.OBJECTIVES: {"en": "Coordinate.", "fr": ""}})
    assert cast.group.objectives_edition == 3
    texts = db.session.scalars(sa.select(GroupText.language).where(GroupText.group_id == cast.group.id)).all()
    assert texts == ["en"]


def test_a_group_changes_its_readers_and_its_doors(cast, act, now):
    rules = GroupRules(audience="inside", admission=Admission.INVITED, eligible=["friend"], takes_observers=False)
    group = change(act(cast.coordinator), cast.group, now, rules=rules)
    assert group.audience == f"group:{group.id}"
    assert (group.admission, group.eligible, group.takes_observers) == (Admission.INVITED, ["friend"], False)


def test_what_a_group_must_have_it_keeps(cast, act, now):
    actor = act(cast.coordinator)
    with pytest.raises(ObjectivesMissing):
        change(actor, cast.group, now, {GroupBlock.OBJECTIVES: {"en": " "}})
    with pytest.raises(UnknownKind):
        change(actor, cast.group, now, rules=GroupRules(eligible=[]))
    with pytest.raises(RegionMissing):
        change(actor, cast.group, now, region=make_region("SSA"))
    with pytest.raises(NotAllowed):
        change(act(cast.member), cast.group, now)


def test_closing_and_opening_again_happen_once(cast, act, now):
    actor = act(cast.coordinator)
    assert not services.reopen_group(actor, cast.group, now=now)
    assert services.close_group(actor, cast.group, now=now)
    assert not services.close_group(actor, cast.group, now=now)
    assert cast.group.closed_at == now
    assert services.reopen_group(actor, cast.group, now=now)
    assert (cast.group.state, cast.group.closed_at) == (GroupState.ACTIVE, None)


def test_a_chantier_is_suspended_when_it_is_opened_again(cast, act, now):
    chantier = make_group("Chantier", kind=GroupKind.CHANTIER, state=GroupState.CLOSED)
    assert services.reopen_group(act(cast.secretary), chantier, now=now)
    assert chantier.state is GroupState.SUSPENDED


def test_names_may_come_from_a_file(cast, now):
    group = services.found_group(job("t"), kind=GroupKind.INTERREGIONAL, words=WORDS, rules=GroupRules(), now=now)
    assert names_of("group", [group.id], "en")[group.id].text == "New group"


def test_the_line_of_an_export_is_written_by_those_who_run_the_group(cast, act, now):
    with pytest.raises(NotAllowed):
        record_people_export(act(cast.member), cast.group, persons=2, now=now)
    record_people_export(act(cast.coordinator), cast.group, persons=2, now=now)
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "workinggroups.people.exported")).one()
    assert line.facts == {"format": "csv", "persons": 2}
