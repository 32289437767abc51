"""One organisation, one voice: under a mandate of today, changed by saying so, through a proxy, or late."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core.errors import NotAllowed
from app.core.registries import lent
from app.decisions import policy, queries, services
from app.decisions.models import GivenVoice, Stage, Stand
from app.decisions.services import Speaking
from app.decisions.services.locking import Settled
from app.decisions.services.mandates import MandateEnded, MandateMissing
from app.decisions.services.proxies import HoldsEnough, ProxyGivenAlready, ProxyOfProxy, ProxyUsed
from app.decisions.services.speaking import (
    AlreadySpoken,
    AmendedMeanwhile,
    NotAskedYet,
    NothingToWithdraw,
    NotOnRoll,
    NoVoice,
    ProxyMissing,
    ReasonMissing,
    VoiceChangedMeanwhile,
    VoiceGivenAway,
)
from app.decisions.texts import Words
from app.extensions import db
from app.people.models import Role, RoleGrant
from app.workinggroups.models import GroupMembership, Standing
from tests.conftest import START
from tests.decisions.conftest import CLOSED_AT, VOICES_FROM
from tests.make.decisions import give_proxy, make_circle, make_speaker, open_decision, speak
from tests.make.people import make_organisation, make_role

AT = VOICES_FROM + timedelta(hours=1)


def grant_of(circle, number) -> RoleGrant:
    return db.session.scalars(
        sa.select(RoleGrant).where(RoleGrant.organisation_id == circle.organisations[number].id)
    ).one()


def test_a_voice_keeps_who_gave_it_and_the_days_of_the_mandate(circle, decision):
    grant = grant_of(circle, 0)
    grant.from_on, grant.until_on = START.date(), (CLOSED_AT + timedelta(days=30)).date()
    voice = speak(circle, decision, 0, now=AT, words="Sí, adelante.")
    assert (voice.given_by, voice.given_at, voice.mandate_id) == (circle.speakers[0].id, AT, grant.id)
    assert (voice.mandate_from, voice.mandate_until) == (grant.from_on, grant.until_on)
    assert (voice.words.body, voice.words.organisation_id) == ("Sí, adelante.", circle.organisations[0].id)
    assert not voice.is_late


def test_a_mandate_that_ended_yesterday_is_refused_by_name(circle, decision):
    grant_of(circle, 0).until_on = (AT - timedelta(days=1)).date()
    with pytest.raises(MandateEnded) as refused:
        speak(circle, decision, 0, now=AT)
    assert refused.value.rule == "R-23"
    assert "4 December 2026" in str(refused.value.message)


def test_a_mandate_counts_on_its_last_day(circle, decision):
    grant_of(circle, 0).until_on = AT.date()
    assert speak(circle, decision, 0, now=AT).stand is Stand.CONSENT


def test_a_mandate_that_was_taken_back_is_refused_by_name(circle, decision):
    grant_of(circle, 0).ended_at = AT - timedelta(days=3)
    with pytest.raises(MandateEnded):
        speak(circle, decision, 0, now=AT)


def test_nobody_speaks_for_an_organisation_without_its_mandate(circle, decision):
    with pytest.raises(MandateMissing) as refused:
        speak(circle, decision, 0, now=AT, organisation_id=circle.organisations[1].id)
    assert refused.value.field == "organisation"


def test_a_second_voice_as_if_there_were_none_is_refused_and_names_the_first(circle, decision):
    speak(circle, decision, 0, now=AT)
    colleague = make_speaker(circle.organisations[0], circle.group, "Colleague Example")
    circle.speakers[0] = colleague
    with pytest.raises(AlreadySpoken) as refused:
        speak(circle, decision, 0, Stand.ABSTAIN, now=AT)
    assert refused.value.rule == "R-23"
    assert "Speaker Example 1" in str(refused.value.message)


def test_a_voice_is_changed_by_saying_so_and_the_earlier_one_stays_in_the_history(circle, decision):
    first = speak(circle, decision, 0, now=AT)
    colleague = make_speaker(circle.organisations[0], circle.group)
    circle.speakers[0] = colleague
    second = speak(circle, decision, 0, Stand.OBJECT, now=AT + timedelta(hours=1), changes=first.id)
    history = [(voice.id, voice.given_by, voice.replaced_at is None) for voice in queries.voices_of(decision)]
    assert history[0] == (first.id, first.given_by, False)
    assert history[1] == (second.id, colleague.id, True)
    assert queries.count_of(decision).result is Stage.OBJECTED


def test_two_who_change_the_same_voice_hear_of_each_other(circle, decision):
    first = speak(circle, decision, 0, now=AT)
    speak(circle, decision, 0, Stand.ABSTAIN, now=AT, changes=first.id)
    with pytest.raises(VoiceChangedMeanwhile):
        speak(circle, decision, 0, Stand.OBJECT, now=AT, changes=first.id)
    with pytest.raises(VoiceChangedMeanwhile):
        speak(circle, decision, 1, now=AT, changes=first.id)


@pytest.mark.parametrize(
    "words", [None, *(Words(said, "en") for said in ("  \n", "\u200b", "\u3164", "---", "**", "#", "👎"))]
)
def test_an_objection_without_a_reason_is_refused(circle, decision, words):
    with pytest.raises(ReasonMissing) as refused:
        services.give_voice(
            circle.speaker(0, AT), decision, Speaking(circle.organisations[0].id, Stand.OBJECT, 1, words), now=AT
        )
    assert (refused.value.rule, refused.value.field) == ("R-23", "body")
    assert queries.voices_of(decision) == []


def test_an_organisation_that_is_not_on_the_roll_has_no_voice(circle, decision):
    late = make_organisation("Too late")
    circle.organisations.append(late)
    circle.speakers.append(make_speaker(late, circle.group))
    with pytest.raises(NotOnRoll):
        speak(circle, decision, 3, now=AT)


def test_an_organisation_that_left_stays_on_the_roll_and_its_person_is_outside(circle, decision):
    db.session.query(GroupMembership).filter_by(person_id=circle.speakers[0].id).update({"left_at": AT})
    db.session.commit()
    assert circle.organisations[0].id in queries.roll_of(decision)
    with pytest.raises(NotAllowed):
        speak(circle, decision, 0, now=AT)


@pytest.mark.parametrize(("standing", "error"), [(Standing.OBSERVER, NotAllowed), (Standing.GUEST, NoVoice)])
def test_observers_and_guests_have_no_voice_even_with_a_mandate(circle, decision, standing, error):
    db.session.query(GroupMembership).filter_by(person_id=circle.speakers[0].id).update({"standing": standing})
    db.session.commit()
    with pytest.raises(error):
        speak(circle, decision, 0, now=AT)


def test_voices_are_not_taken_before_they_are_asked_for(circle):
    decision, now = open_decision(circle, Stage.REACTIONS)
    with pytest.raises(NotAskedYet):
        speak(circle, decision, 0, now=now)


def test_a_voice_to_an_older_version_is_sent_back_to_read(circle, decision):
    with pytest.raises(AmendedMeanwhile):
        speak(circle, decision, 0, now=AT, version=2)


def test_a_voice_after_the_end_is_kept_and_marked_and_changes_nothing(circle, decision):
    speak(circle, decision, 0, now=AT)
    speak(circle, decision, 1, now=AT)
    services.close_window(circle.lead(CLOSED_AT), decision, now=CLOSED_AT)
    late = speak(circle, decision, 2, Stand.OBJECT, now=CLOSED_AT + timedelta(days=2))
    assert late.is_late
    assert late.words.is_late
    assert (decision.stage, queries.count_of(decision).result) == (Stage.ADOPTED, Stage.ADOPTED)
    with pytest.raises(AlreadySpoken):
        speak(circle, decision, 2, now=CLOSED_AT + timedelta(days=3))


def test_an_objection_is_withdrawn_by_its_organisation_alone(circle, decision):
    voice = speak(circle, decision, 0, Stand.OBJECT, now=AT)
    with pytest.raises(MandateMissing):
        services.withdraw_objection(circle.lead(AT), decision, voice, now=AT)
    services.withdraw_objection(circle.speaker(0, AT), decision, voice, Words("Resuelto.", "es"), now=AT)
    assert (voice.withdrawn_at, voice.withdrawn_by) == (AT, circle.speakers[0].id)
    assert voice.withdrawal.answers_id == voice.words_id
    count = queries.count_of(decision)
    assert (count.result, count.spoken) == (Stage.NO_QUORUM, 1)
    with pytest.raises(NothingToWithdraw):
        services.withdraw_objection(circle.speaker(0, AT), decision, voice, now=AT)


def test_a_consent_is_not_withdrawn_but_changed(circle, decision):
    voice = speak(circle, decision, 0, now=AT)
    with pytest.raises(NothingToWithdraw):
        services.withdraw_objection(circle.speaker(0, AT), decision, voice, now=AT)


def test_a_proxy_lets_one_organisation_speak_for_another(circle, decision):
    proxy = give_proxy(circle, decision, 0, 1, now=AT)
    assert (proxy.mandate_id, proxy.paper) == (grant_of(circle, 0).id, "")
    with pytest.raises(VoiceGivenAway) as refused:
        speak(circle, decision, 0, now=AT)
    assert "Example Organisation 2" in str(refused.value.message)
    giver, holder = circle.organisations[0].id, circle.organisations[1].id
    voice = speak(circle, decision, 1, now=AT, organisation_id=giver, through=holder)
    assert (voice.organisation_id, voice.through_id, voice.given_by) == (giver, holder, circle.speakers[1].id)
    assert queries.count_of(decision).spoken == 1
    with pytest.raises(ProxyUsed):
        services.revoke_proxy(circle.speaker(0, AT), decision, proxy, now=AT)


def test_a_voice_that_nobody_gave_is_not_used(circle, decision):
    giver, holder = circle.organisations[0].id, circle.organisations[1].id
    with pytest.raises(ProxyMissing):
        speak(circle, decision, 1, now=AT, organisation_id=giver, through=holder)
    give_proxy(circle, decision, 0, 2, now=AT)
    with pytest.raises(ProxyMissing):
        speak(circle, decision, 1, now=AT, organisation_id=giver, through=holder)


def test_a_proxy_is_taken_back_until_it_is_used(circle, decision):
    proxy = give_proxy(circle, decision, 0, 1, now=AT)
    with pytest.raises(MandateMissing):
        services.revoke_proxy(circle.speaker(1, AT), decision, proxy, now=AT)
    services.revoke_proxy(circle.speaker(0, AT), decision, proxy, now=AT)
    services.revoke_proxy(circle.speaker(0, AT), decision, proxy, now=AT + timedelta(hours=1))
    assert (proxy.revoked_at, proxy.revoked_by) == (AT, circle.speakers[0].id)
    assert speak(circle, decision, 0, now=AT).through_id is None
    assert [row.revoked_at for row in queries.proxies_of(decision)] == [AT]


def test_a_proxy_recorded_from_a_paper_says_where_it_lies(circle, decision):
    giver, holder = (one.id for one in circle.organisations[:2])
    paper = {"giver_id": giver, "holder_id": holder, "paper": "Folder 12, office in Dakar", "now": AT}
    with pytest.raises(NotAllowed):
        services.give_proxy(circle.speaker(2, AT), decision, **paper)
    proxy = services.give_proxy(circle.lead(AT), decision, **paper)
    assert (proxy.paper, proxy.mandate_id) == ("Folder 12, office in Dakar", None)
    with pytest.raises(NotAllowed):
        services.revoke_proxy(circle.speaker(2, AT), decision, proxy, now=AT)
    services.revoke_proxy(circle.speaker(0, AT), decision, proxy, now=AT)
    assert proxy.revoked_by == circle.speakers[0].id


def test_a_coordinator_takes_back_what_was_recorded_from_a_paper(circle, decision):
    giver, holder = (one.id for one in circle.organisations[:2])
    proxy = services.give_proxy(circle.lead(AT), decision, giver_id=giver, holder_id=holder, paper="Letter", now=AT)
    services.revoke_proxy(circle.lead(AT), decision, proxy, now=AT)
    assert proxy.revoked_by == circle.coordinator.id


def test_an_organisation_holds_one_voice_of_another_unless_the_decision_says_more(app, now):
    circle = make_circle(4)
    decision, at = open_decision(circle)
    give_proxy(circle, decision, 0, 3, now=at)
    with pytest.raises(HoldsEnough):
        give_proxy(circle, decision, 1, 3, now=at)
    wide, at = open_decision(circle, proxies_per_holder=2)
    give_proxy(circle, wide, 0, 3, now=at)
    give_proxy(circle, wide, 1, 3, now=at)
    none, at = open_decision(circle, proxies_per_holder=0)
    with pytest.raises(HoldsEnough) as refused:
        give_proxy(circle, none, 0, 3, now=at)
    assert "nobody" in str(refused.value.message)


def test_a_voice_is_given_once_and_not_given_on(circle, decision):
    give_proxy(circle, decision, 0, 1, now=AT)
    with pytest.raises(ProxyGivenAlready):
        give_proxy(circle, decision, 0, 2, now=AT)
    with pytest.raises(ProxyOfProxy):
        give_proxy(circle, decision, 1, 2, now=AT)
    with pytest.raises(ProxyOfProxy):
        give_proxy(circle, decision, 2, 0, now=AT)
    with pytest.raises(ProxyOfProxy):
        give_proxy(circle, decision, 2, 2, now=AT)


def test_who_has_spoken_gives_its_voice_to_nobody(circle, decision):
    speak(circle, decision, 0, now=AT)
    with pytest.raises(AlreadySpoken):
        give_proxy(circle, decision, 0, 1, now=AT)


def test_a_voice_goes_only_between_organisations_of_the_roll(circle, decision):
    other = make_organisation()
    with pytest.raises(NotOnRoll):
        services.give_proxy(
            circle.speaker(0, AT), decision, giver_id=circle.organisations[0].id, holder_id=other.id, now=AT
        )
    draft = services.propose(circle.lead(), circle.group, services.Plan("Draft", Words("x", "en"), 1), now=START)
    with pytest.raises(NotOnRoll):
        give_proxy(circle, draft, 0, 1, now=AT)


def test_after_it_is_settled_no_proxy_and_no_withdrawal(circle, decision):
    proxy = give_proxy(circle, decision, 0, 1, now=AT)
    voice = speak(circle, decision, 1, Stand.OBJECT, now=AT)
    services.lay_down(circle.lead(AT), decision, Words("Given up.", "en"), now=AT)
    for work in (
        lambda: give_proxy(circle, decision, 2, 1, now=AT),
        lambda: services.revoke_proxy(circle.speaker(0, AT), decision, proxy, now=AT),
        lambda: services.withdraw_objection(circle.speaker(1, AT), decision, voice, now=AT),
    ):
        with pytest.raises(Settled):
            work()


def test_the_tables_themselves_let_one_voice_stand(circle, decision):
    first = speak(circle, decision, 0, now=AT)
    copied = {c.key: getattr(first, c.key) for c in sa.inspect(GivenVoice).column_attrs if c.key != "id"}
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.add(GivenVoice(**copied))
        db.session.flush()


def test_an_assisted_persons_helper_does_not_speak_for_organisations(circle, decision):
    helped = lent(circle.speaker(0, AT), circle.speakers[1].id)
    assert policy.can_take_part(helped, decision)
    with pytest.raises(MandateMissing):
        services.give_voice(helped, decision, Speaking(circle.organisations[0].id, Stand.CONSENT, 1), now=AT)


def test_a_coordinator_with_a_mandate_speaks_for_their_organisation(circle, decision):
    make_role(circle.coordinator, Role.MANDATED, circle.organisations[0].id)
    said = Speaking(circle.organisations[0].id, Stand.CONSENT, 1)
    assert services.give_voice(circle.lead(AT), decision, said, now=AT).given_by == circle.coordinator.id


def test_a_late_voice_stands_beside_the_one_in_time_and_counts_for_nothing(circle, decision):
    """Its page was opened while the voice in time stood, and says it changes that one (R-22)."""
    late_at = CLOSED_AT + timedelta(minutes=5)
    in_time = speak(circle, decision, 0, now=AT)
    late = speak(circle, decision, 0, Stand.OBJECT, now=late_at, changes=in_time.id)
    assert (late.is_late, late.replaced_at, in_time.replaced_at) == (True, None, None)
    assert queries.count_of(decision).standings[circle.organisations[0].id].value == "consent"


def test_who_may_not_speak_gives_no_voice_away(circle, decision):
    place = db.session.scalars(
        sa.select(GroupMembership).where(GroupMembership.person_id == circle.speakers[0].id)
    ).one()
    place.standing = Standing.GUEST
    db.session.flush()
    for refused in (speak, lambda *all_of_it, now: give_proxy(*all_of_it, 1, now=now)):
        with pytest.raises(NoVoice):
            refused(circle, decision, 0, now=AT)
