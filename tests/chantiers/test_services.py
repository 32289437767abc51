"""What may happen with chantiers, and what is refused with the rule named."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.chantiers import services
from app.chantiers.jobs import reckon_due
from app.chantiers.models import Basis, Chantier, LetterSignature, RequestState
from app.chantiers.queries import chantier_of, current_carriers, list_letters
from app.chantiers.services import Agreed, Named
from app.chantiers.services.accepting import accept_carrying
from app.chantiers.services.agreements import AgreedAlready, AgreementNotWhole, NoAgreement
from app.chantiers.services.carrying import (
    AskedAlready,
    CarriesAlready,
    ChantierClosed,
    LastCarrier,
    LeftAlready,
    NobodyAnswers,
    RequestAnswered,
    TooManyCarriers,
)
from app.chantiers.services.letters import (
    CannotBeSigned,
    LetterChangedMeanwhile,
    LetterNotWhole,
    NoBasis,
    SignedAlready,
    digest_of,
    words_of,
)
from app.core.actors import job
from app.core.errors import NotAllowed
from app.core.names import names_of
from app.core.notices import Notice
from app.core.registries import actor_at
from app.extensions import db
from app.workinggroups import services as groups
from app.workinggroups.carriers import carriers_of
from app.workinggroups.models import GroupBlock, GroupState, Standing
from app.workinggroups.queries import find_coordinator, find_membership
from app.workinggroups.services import set_state
from app.workinggroups.services.founding import GroupWords, ObjectivesMissing
from app.workinggroups.services.invitations import AnsweredAlready
from app.workinggroups.services.invitations_answers import still_stands
from tests.conftest import START
from tests.make.chantiers import (
    FIRST_DAY,
    LAST_DAY,
    letter_words,
    make_active_chantier,
    make_agreement,
    make_carrier,
    make_chantier,
    make_letter,
    make_request,
    make_speaker,
    sign_all,
    speaker_of,
)
from tests.make.people import make_account, make_affiliation, make_organisation, make_person, make_secretary
from tests.make.workinggroups import make_group, make_place


def told(kind: str) -> set:
    return {row.person_id for row in db.session.scalars(sa.select(Notice).where(Notice.kind == kind))}


def words() -> GroupWords:
    return GroupWords({"en": "Empty houses"}, {GroupBlock.OBJECTIVES: {"en": "Count them."}})


def first_speaker(group):
    return speaker_of(current_carriers(group)[0].organisation)


# Proposing


def test_who_speaks_for_an_organisation_proposes_in_its_name_and_runs_it(app, now):
    organisation = make_organisation()
    actor = speaker_of(organisation)
    group = services.propose_chantier(actor, organisation, words=words(), audience="public", now=now)
    assert group.state is GroupState.PROPOSED
    assert [row.organisation_id for row in current_carriers(group)] == [organisation.id]
    assert find_coordinator(group.id, actor.person_id)
    assert find_membership(group, actor.person_id).standing is Standing.MEMBER


def test_nobody_proposes_for_another_organisation_nor_with_a_mandate_that_ended_yesterday(app, now):
    organisation = make_organisation()
    ended = actor_at(make_speaker(organisation, until_on=now.date() - timedelta(days=1)).id, now)
    for actor in (speaker_of(make_organisation()), ended, actor_at(make_secretary().id, now)):
        with pytest.raises(NotAllowed):
            services.propose_chantier(actor, organisation, words=words(), audience="public", now=now)


def test_a_proposal_without_objectives_is_refused(app, now):
    organisation = make_organisation()
    with pytest.raises(ObjectivesMissing):
        services.propose_chantier(
            speaker_of(organisation), organisation, words=GroupWords({"en": "X"}), audience="public", now=now
        )


# Carriers


def test_an_organisation_is_asked_told_and_accepts(app, now):
    group, asked = make_chantier(), make_organisation()
    speaker = make_speaker(asked)
    carrying = first_speaker(group)
    request = services.ask_carrier(carrying, group, asked, now=now)
    assert told("chantiers.asked") == {speaker.id}
    accept_carrying(actor_at(speaker.id, now), request, now=now)
    assert asked.id in {row.organisation_id for row in current_carriers(group)}
    assert find_membership(group, speaker.id).standing is Standing.MEMBER
    assert told("chantiers.answered") == {carrying.person_id}
    assert group.state is GroupState.PROPOSED


def test_a_fourth_carrier_is_refused_when_asked_and_when_two_accept_the_third_place(app, now):
    pair = make_organisation(), make_organisation()
    group = make_chantier(*pair)
    late, early = make_organisation(), make_organisation()
    requests = [make_request(group, row) for row in (early, late)]
    accept_carrying(speaker_of(early), requests[0], now=now)
    with pytest.raises(TooManyCarriers) as refused, db.session.begin_nested():
        accept_carrying(speaker_of(late), requests[1], now=now)
    assert refused.value.rule == "R-18"
    db.session.refresh(requests[1])
    assert requests[1].state is RequestState.WITHDRAWN  # no place is left to wait for
    with pytest.raises(TooManyCarriers):
        services.ask_carrier(first_speaker(group), group, make_organisation(), now=now)


def test_the_same_organisation_twice_is_refused(app, now):
    group, asked = make_chantier(), make_organisation()
    actor = first_speaker(group)
    with pytest.raises(CarriesAlready):
        services.ask_carrier(actor, group, current_carriers(group)[0].organisation, now=now)
    with pytest.raises(NobodyAnswers) as refused:
        services.ask_carrier(actor, group, asked, now=now)
    assert str(names_of("organisation", [asked.id], "en")[asked.id].text) in str(refused.value)
    make_speaker(asked)
    services.ask_carrier(actor, group, asked, now=now)
    with pytest.raises(AskedAlready):
        services.ask_carrier(actor, group, asked, now=now)


def test_a_request_is_answered_once_by_nobody_but_who_speaks_for_the_organisation(app, now):
    group, asked = make_chantier(), make_organisation()
    request = make_request(group, asked)
    for actor in (first_speaker(group), actor_at(make_secretary().id, now)):
        with pytest.raises(NotAllowed):
            accept_carrying(actor, request, now=now)
    speaker = speaker_of(asked)
    services.decline_carrying(speaker, request, now=now)
    for again in (services.decline_carrying, accept_carrying):
        with pytest.raises(RequestAnswered):
            again(speaker, request, now=now)
    with pytest.raises(RequestAnswered):
        services.withdraw_request(first_speaker(group), request, now=now)


def test_a_request_taken_back_can_be_made_again(app, now):
    group, asked = make_chantier(), make_organisation()
    actor = first_speaker(group)
    make_speaker(asked)
    services.withdraw_request(actor, services.ask_carrier(actor, group, asked, now=now), now=now)
    assert services.ask_carrier(actor, group, asked, now=now).state is RequestState.ASKED


def test_the_last_carrier_cannot_leave_and_nobody_leaves_twice(app, now):
    group = make_chantier(make_organisation(), make_organisation())
    one, two = current_carriers(group)
    actor = speaker_of(two.organisation)
    services.stop_carrying(actor, two, now=now)
    with pytest.raises(LeftAlready):
        services.stop_carrying(actor, two, now=now)
    with pytest.raises(LastCarrier):
        services.stop_carrying(speaker_of(one.organisation), one, now=now)


def test_fewer_than_two_suspends_at_once_and_everybody_inside_is_told(app, now):
    group = make_active_chantier()
    inside, gone = make_person(), make_person()
    make_place(group, inside)
    make_place(group, gone, left_at=START)
    assert group.state is GroupState.ACTIVE
    _one, two = current_carriers(group)
    db.session.execute(sa.delete(Notice))
    actor = speaker_of(two.organisation)
    services.stop_carrying(actor, two, now=now)
    assert group.state is GroupState.SUSPENDED
    assert chantier_of(group).letter_id is None
    assert inside.id in told("chantiers.state")
    assert {gone.id, actor.person_id}.isdisjoint(told("chantiers.state"))


def test_a_third_carrier_suspends_until_it_signs_and_not_when_it_signs_as_it_accepts(app, now):
    group, third = make_active_chantier(), make_organisation()
    letter, speaker = list_letters(group)[0], speaker_of(third)
    carrier = accept_carrying(speaker, make_request(group, third), signs=letter, read=letter.digest, now=now)
    assert group.state is GroupState.ACTIVE
    services.stop_carrying(speaker, carrier, now=now)
    assert group.state is GroupState.ACTIVE
    again = accept_carrying(speaker, make_request(group, third), now=now)
    assert group.state is GroupState.SUSPENDED
    services.sign_letter(speaker, again, letter, read=letter.digest, now=now)
    assert group.state is GroupState.ACTIVE


def test_a_closed_chantier_takes_nothing_and_opens_as_the_rule_says(app, now):
    group, asked = make_active_chantier(), make_organisation()
    actor, request = first_speaker(group), make_request(group, asked)
    set_state(job("tests"), group, GroupState.CLOSED, now=now)
    with pytest.raises(NotAllowed):
        services.ask_carrier(actor, group, make_organisation(), now=now)
    with pytest.raises(ChantierClosed):
        accept_carrying(speaker_of(asked), request, now=now)
    set_state(job("tests"), group, GroupState.ACTIVE, now=now)
    assert group.state is GroupState.ACTIVE
    set_state(job("tests"), group, GroupState.CLOSED, now=now)
    late = now + timedelta(days=800)
    set_state(job("tests"), group, GroupState.ACTIVE, now=late)
    assert group.state is GroupState.SUSPENDED


# The letter


def test_a_letter_without_contributors_without_basis_or_with_days_in_the_wrong_order_is_refused(app, now):
    group = make_chantier()
    carrier = current_carriers(group)[0]
    actor, whole = speaker_of(carrier.organisation), Named("x", Basis.MANDATE, organisation_id=carrier.organisation_id)
    wrong = {
        "contributors": [
            letter_words(),
            letter_words(replace(whole, scope=" ")),
            letter_words(replace(whole, scope="x" * 501)),
            letter_words(replace(whole, organisation_id=None)),
            letter_words(replace(whole, organisation_id=make_organisation().id)),
            letter_words(replace(whole, organisation_id=None, person_id=make_person().id)),
            letter_words(replace(whole, from_on=LAST_DAY, until_on=FIRST_DAY)),
            letter_words(*[whole] * 41),
        ],
        "until_on": [
            letter_words(whole, from_on=LAST_DAY, until_on=FIRST_DAY),
            letter_words(whole, until_on=now.date() - timedelta(days=1)),
        ],
        "scope": [letter_words(whole, scope=" "), letter_words(whole, scope="x" * 20_001)],
    }
    for field, cases in wrong.items():
        for case in cases:
            with pytest.raises(LetterNotWhole) as refused:
                services.write_letter(actor, group, case, filled_from="", now=now)
            assert refused.value.field == field
    with pytest.raises(NoBasis) as refused:
        services.write_letter(actor, group, letter_words(replace(whole, basis=None)), filled_from="", now=now)
    assert refused.value.rule == "R-19"
    assert list_letters(group) == []


def test_only_carriers_write_and_two_who_write_at_once_find_out(app, now):
    group = make_chantier()
    letter = make_letter(group)
    with pytest.raises(NotAllowed):
        services.write_letter(actor_at(make_secretary().id, now), group, words_of(letter), filled_from="", now=now)
    with pytest.raises(LetterChangedMeanwhile):
        services.write_letter(first_speaker(group), group, words_of(letter), filled_from="", now=now)


def test_what_nobody_signed_changes_in_place_and_what_somebody_signed_becomes_another_edition(app, now):
    group = make_active_chantier(make_organisation(), make_organisation())
    [letter] = list_letters(group)
    actor = first_speaker(group)
    changed = replace(words_of(letter), scope="Autre chose.")
    second = services.write_letter(actor, group, changed, filled_from=letter.digest, now=now)
    assert second.edition == 2
    assert chantier_of(group).letter_id == letter.id
    assert group.state is GroupState.ACTIVE
    again = replace(changed, scope="Encore autre chose.")
    third = services.write_letter(actor, group, again, filled_from=second.digest, now=now)
    assert third.id == second.id
    same = services.write_letter(actor, group, again, filled_from=third.digest, now=now)
    assert same.edition == 2
    sign_all(group, third)
    db.session.refresh(letter)
    assert chantier_of(group).letter_id == third.id
    assert letter.replaced_at == now


def test_an_edition_that_never_came_into_force_is_replaced_by_the_next(app, now):
    group = make_chantier(make_organisation(), make_organisation())
    letter = make_letter(group)
    carrier, other = current_carriers(group)
    signer = speaker_of(carrier.organisation)
    services.sign_letter(signer, carrier, letter, read=letter.digest, now=now)
    changed = replace(words_of(letter), scope="Autre chose.")
    services.write_letter(signer, group, changed, filled_from=letter.digest, now=now)
    with pytest.raises(CannotBeSigned):
        services.sign_letter(speaker_of(other.organisation), other, letter, read=letter.digest, now=now)


def test_a_signature_keeps_the_mandate_its_days_and_the_digest_of_what_was_read(app, now):
    organisation = make_organisation()
    group = make_chantier(organisation)
    letter, [carrier] = make_letter(group), current_carriers(group)
    speaker = make_speaker(organisation, from_on=date(2026, 1, 1), until_on=date(2026, 12, 31))
    signature = services.sign_letter(actor_at(speaker.id, now), carrier, letter, read=letter.digest, now=now)
    assert (signature.person_id, signature.mandate_from_on, signature.mandate_until_on) == (
        speaker.id,
        date(2026, 1, 1),
        date(2026, 12, 31),
    )
    assert signature.digest == letter.digest == digest_of(group.id, 1, words_of(letter))


def test_a_second_signature_an_ended_mandate_other_words_and_a_past_letter_are_refused(app, now):
    group = make_chantier(make_organisation(), make_organisation())
    letter, (carrier, other) = make_letter(group), current_carriers(group)
    signer = speaker_of(carrier.organisation)
    with pytest.raises(LetterChangedMeanwhile):
        services.sign_letter(signer, carrier, letter, read="0" * 64, now=now)
    services.sign_letter(signer, carrier, letter, read=letter.digest, now=now)
    with pytest.raises(SignedAlready):
        services.sign_letter(speaker_of(carrier.organisation), carrier, letter, read=letter.digest, now=now)
    ended = actor_at(make_speaker(other.organisation, until_on=now.date() - timedelta(days=1)).id, now)
    for actor in (ended, signer, actor_at(make_secretary().id, now)):
        with pytest.raises(NotAllowed):
            services.sign_letter(actor, other, letter, read=letter.digest, now=now)
    late = now + timedelta(days=800)
    with pytest.raises(CannotBeSigned):
        services.sign_letter(speaker_of(other.organisation, late), other, letter, read=letter.digest, now=late)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LetterSignature)) == 1


def test_a_mandate_that_ended_between_the_page_and_the_signature_signs_nothing(app, now):
    organisation = make_organisation()
    group = make_chantier(organisation)
    letter, [carrier] = make_letter(group), current_carriers(group)
    actor = actor_at(make_speaker(organisation, until_on=now.date()).id, now)
    with pytest.raises(NotAllowed):
        services.sign_letter(actor, carrier, letter, read=letter.digest, now=now + timedelta(days=1))


def test_who_has_left_signs_nothing_more(app, now):
    group = make_chantier(make_organisation(), make_organisation())
    letter, (_one, two) = make_letter(group), current_carriers(group)
    actor = speaker_of(two.organisation)
    services.stop_carrying(actor, two, now=now)
    with pytest.raises(LeftAlready):
        services.sign_letter(actor, two, letter, read=letter.digest, now=now)


# Days


def test_a_letter_that_is_over_suspends_by_itself_and_the_carriers_are_told(app, now):
    group = make_active_chantier()
    assert chantier_of(group).reckon_on == LAST_DAY + timedelta(days=1)
    assert reckon_due(now) == 0
    db.session.execute(sa.delete(Notice))
    late = now + timedelta(days=400)
    speaker = make_speaker(current_carriers(group)[0].organisation)
    assert reckon_due(late) == 1
    assert group.state is GroupState.SUSPENDED
    assert speaker.id in told("chantiers.state")
    assert reckon_due(late) == 0


def test_a_letter_whose_first_day_lies_ahead_begins_by_itself(app, now):
    group = make_chantier(make_organisation(), make_organisation())
    sign_all(group, make_letter(group, from_on=now.date() + timedelta(days=3)))
    assert group.state is GroupState.PROPOSED
    assert reckon_due(now + timedelta(days=3)) == 1
    assert group.state is GroupState.ACTIVE


def test_a_chantier_that_cannot_be_reckoned_keeps_no_other_waiting(app, now, monkeypatch):
    broken, sound = make_active_chantier(), make_active_chantier()
    db.session.execute(sa.update(Chantier).where(Chantier.group_id == broken.id).values(reckon_on=date(2026, 1, 1)))
    db.session.commit()
    reckon = services.reckon

    def fail(actor, group, **more):
        if group.id == broken.id:
            raise ValueError("example")
        return reckon(actor, group, **more)

    monkeypatch.setattr("app.chantiers.jobs.reckon", fail)
    assert reckon_due(now + timedelta(days=400)) == 1
    assert sound.state is GroupState.SUSPENDED


# Agreements


def agreed(**overrides) -> Agreed:
    return Agreed(**{"language": "en", "words": "They join.", "from_on": FIRST_DAY, "until_on": LAST_DAY} | overrides)


def test_people_of_an_organisation_with_an_agreement_come_in_as_guests(app, now):
    group, partner = make_chantier(), make_organisation()
    speaker, affiliated = make_speaker(partner), make_person()
    make_account(affiliated)
    make_affiliation(affiliated, partner)
    agreement = services.record_agreement(actor_at(make_secretary().id, now), group, partner, agreed(), now=now)
    assert told("chantiers.agreed") == {speaker.id}
    for person in (speaker, affiliated):
        place = services.come_in(actor_at(person.id, now), group, now=now)
        assert (place.standing, place.organisation_id) == (Standing.GUEST, partner.id)
    services.end_agreement(first_speaker(group), agreement, now=now)
    assert services.end_agreement(first_speaker(group), agreement, now=now).ended_at == now
    assert told("chantiers.agreement_ended") == {speaker.id}
    with pytest.raises(NotAllowed):
        services.come_in(actor_at(speaker.id, now), group, now=now)
    assert find_membership(group, speaker.id) is not None


def test_an_agreement_that_ended_since_the_page_was_opened_lets_nobody_in(app, now):
    group, partner = make_chantier(), make_organisation()
    make_agreement(group, partner, until_on=now.date())
    with pytest.raises(NoAgreement):
        services.come_in(speaker_of(partner), group, now=now + timedelta(days=1))


def test_wrong_agreements_are_refused(app, now):
    group, partner = make_chantier(), make_organisation()
    actor = first_speaker(group)
    for case in (
        agreed(words=" "),
        agreed(words="x" * 10_001),
        agreed(from_on=LAST_DAY, until_on=FIRST_DAY),
        agreed(from_on=FIRST_DAY, until_on=now.date() - timedelta(days=1)),
    ):
        with pytest.raises(AgreementNotWhole):
            services.record_agreement(actor, group, partner, case, now=now)
    with pytest.raises(AgreedAlready):
        services.record_agreement(actor, group, current_carriers(group)[0].organisation, agreed(), now=now)
    with pytest.raises(NotAllowed):
        services.record_agreement(speaker_of(partner), group, partner, agreed(), now=now)
    services.record_agreement(actor, group, partner, agreed(), now=now)
    with pytest.raises(AgreedAlready):
        services.record_agreement(actor, group, partner, agreed(), now=now)


def test_an_agreement_that_is_over_gives_way_to_another(app, now):
    group, partner = make_chantier(), make_organisation()
    past = make_agreement(group, partner, until_on=now.date() - timedelta(days=1))
    services.record_agreement(first_speaker(group), group, partner, agreed(), now=now)
    db.session.refresh(past)
    assert past.ended_at == now


def test_the_house_knows_who_carries_a_chantier_whoever_speaks_for_them(app) -> None:
    first, second, gone = make_organisation(), make_organisation(), make_organisation()
    group = make_chantier(first, second)
    make_carrier(group, gone, left_at=START)
    assert carriers_of(group) == {first.id, second.id}
    assert carriers_of(make_group()) == set()


def test_r20_who_declined_comes_in_only_while_whoever_asked_speaks_for_a_carrier(app, now):
    partner, leaving = make_organisation("Partner network"), make_organisation("Leaving union")
    group = make_active_chantier(leaving, make_organisation())
    inviting, invited = speaker_of(leaving), speaker_of(partner)
    sent = groups.invite_organisation(inviting, group, organisation_id=partner.id, now=now)
    groups.decline_invitation(invited, sent.invitation, now=now)
    assert still_stands(sent.invitation, now)
    [carrier] = (row for row in current_carriers(group) if row.organisation_id == leaving.id)
    services.stop_carrying(inviting, carrier, now=now)
    with pytest.raises(AnsweredAlready, match="taken back"):
        groups.accept_invitation(invited, sent.invitation, acknowledges=True, now=now)
    carrier.left_at = None
    db.session.flush()
    groups.accept_invitation(invited, sent.invitation, acknowledges=True, now=now)
    assert find_membership(group, invited.person_id).standing is Standing.GUEST
