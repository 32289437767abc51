"""The group that follows on from a track: whom it invites, and that nobody is enrolled by it (R-06)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import current_app

from app.core import waiting
from app.core.errors import NotAllowed
from app.core.notices import Notice
from app.extensions import db
from app.people.models import AffiliationKind
from app.sessions.models import ProgrammeText, TextBlock
from app.workinggroups import services
from app.workinggroups.models import GroupBlock, GroupInvitation, GroupKind, GroupMembership, InvitationState
from app.workinggroups.queries.following_on import reach_of
from app.workinggroups.services.founding import GroupRules, GroupWords, ObjectivesMissing
from app.workinggroups.showing.following_on import invited_words, left_out_words
from tests.conftest import START
from tests.make.people import make_affiliation, make_organisation, make_person, make_region
from tests.make.sessions import make_membership, make_session, make_track
from tests.make.workinggroups import make_group, make_invitation

HELD = START.replace(tzinfo=None) - timedelta(days=7)
WORDS = GroupWords({"en": "Heat"}, {GroupBlock.OBJECTIVES: {"en": "Cool roofs."}})


def somebody(track, kind=AffiliationKind.MEMBER, **overrides):
    person = make_person()
    make_affiliation(person, make_organisation(), kind=kind, **overrides)
    make_membership(track, person)
    return person


def follow(actor, track, now, *, words=WORDS, eligible=("member", "ally"), kind=GroupKind.INTERREGIONAL):
    return services.follow_on(actor, track, kind=kind, words=words, rules=GroupRules(eligible=eligible), now=now)


@pytest.fixture
def track(cast):
    """A finished track with a Member, an Ally and a Friend."""
    track = make_track("Climate justice", slug="climate-justice")
    make_session(track, wall_start=HELD, number=1)
    for kind in AffiliationKind:
        somebody(track, kind)
    return track


def asked() -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(GroupInvitation))


def test_each_eligible_person_is_asked_once_and_nobody_is_in_it(cast, track, act, now):
    followed = follow(act(cast.secretary), track, now)
    assert followed.invited == asked() == db.session.scalar(sa.select(sa.func.count()).select_from(Notice)) == 2
    assert followed.group.origins == [track]
    inside = sa.select(GroupMembership.id).where(GroupMembership.group_id == followed.group.id)
    assert db.session.scalar(inside) is None


def test_a_second_group_of_the_track_asks_nobody_a_second_time(cast, track, act, now):
    actor = act(cast.secretary)
    follow(actor, track, now)
    assert follow(actor, track, now, eligible=("member", "ally", "friend")).invited == 1
    assert asked() == 3


def test_who_has_left_the_track_or_the_network_is_not_asked(cast, track, act, now):
    ended = somebody(track, until_on=date(2026, 11, 20))
    gone, erased = make_person(), make_person(erased_at=now)
    for person in (gone, erased):
        make_affiliation(person, make_organisation())
    make_membership(track, gone).left_at = now
    make_membership(track, erased)
    reach = reach_of(track, ["member", "ally"], now.date())
    assert {ended, gone, erased} & set(reach.invited) == set()
    assert (len(reach.invited), reach.unaffiliated, reach.other_kinds) == (2, 1, {AffiliationKind.FRIEND: 1})
    assert invited_words(reach) == "2 people get one invitation each."
    assert left_out_words(reach) == [
        "1 Friend gets none: they may ask to observe.",
        "1 person has no current, confirmed affiliation and gets none.",
    ]


def test_somebody_with_two_affiliations_is_asked_for_the_one_that_opens_the_group(cast, track, now):
    both = somebody(track, AffiliationKind.FRIEND)
    make_affiliation(both, make_organisation(), kind=AffiliationKind.ALLY)
    assert both in reach_of(track, ["ally"], now.date()).invited
    reach = reach_of(make_track(), ["ally"], now.date())
    assert invited_words(reach).startswith("Nobody takes part in this track")


def test_a_group_needs_objectives_and_only_the_secretariat_follows_on(cast, track, act, now):
    with pytest.raises(ObjectivesMissing):
        follow(act(cast.secretary), track, now, words=GroupWords({"en": "Heat"}))
    for person in (cast.coordinator, cast.other_coordinator, cast.member):
        with pytest.raises(NotAllowed):
            follow(act(person), track, now)


def test_it_costs_the_same_for_five_and_for_five_hundred(cast, track, act, now, count_queries):
    secretary = act(cast.secretary)
    costs = []
    for people in (5, 500):
        own = make_track()
        union, words = make_organisation(), GroupWords({"en": f"Heat {people}"}, WORDS.texts)
        for _number in range(people):
            person = make_person()
            make_affiliation(person, union)
            make_membership(own, person)
        with count_queries() as statements:
            assert follow(secretary, own, now, words=words).invited == people
        costs.append(len(statements))
    assert costs[1] == costs[0]


# ---------- the page


def test_the_page_says_whom_it_invites_before_anything_is_sent(cast, track, browse):
    purpose = ProgrammeText(track_id=track.id, block=TextBlock.PURPOSE, language="en", body="To compare the heat.")
    db.session.add(purpose)  # what the track was for, not what the group is for
    reader = browse(cast.secretary)
    reader.open("/tracks/climate-justice/follow-on")
    assert "2 people get one invitation each. 1 Friend gets none: they may ask to observe." in reader.text
    assert reader.page.select_one("textarea[name=purpose_en]").get_text().strip() == ""
    reader.send(has="objectives_en")
    assert reader.status == 422
    assert "Write the objectives in at least one language" in reader.text
    assert asked() == 0


def test_other_affiliations_are_shown_before_they_are_invited(cast, track, browse):
    reader = browse(cast.secretary)
    reader.open("/tracks/climate-justice/follow-on")
    reader.send(has="objectives_en", objectives_en="Cool roofs.", eligible=["member", "friend"])
    assert reader.status == 422
    assert "Look once more: this changes who is invited." in reader.text
    assert "to put right" not in reader.text
    assert "1 Ally gets none" in reader.text
    reader.send(has="objectives_en")
    assert reader.status == 200
    assert asked() == 2


def test_a_regional_group_names_its_region(cast, track, browse):
    region = make_region("MENA")
    reader = browse(cast.secretary)
    reader.open("/tracks/climate-justice/follow-on")
    reader.send(has="objectives_en", objectives_en="Cool roofs.", kind="regional")
    assert "Choose the region of a regional group." in reader.text
    reader.send(has="objectives_en", region=str(region.id))
    assert reader.status == 200
    assert asked() == 2


def test_only_the_secretariat_opens_the_page(cast, track, browse):
    for person in (cast.coordinator, cast.member):
        assert browse(person).client.get("/tracks/climate-justice/follow-on").status_code == 403
    assert browse(cast.secretary).client.get("/tracks/nowhere/follow-on").status_code == 404
    assert browse(None).client.get("/tracks/climate-justice/follow-on").status_code == 303


# ---------- on the pages of others


def test_the_overview_asks_once_the_last_session_was_held_and_until_a_group_follows(cast, track, act, now):
    def asks(instant) -> list[str]:
        with current_app.test_request_context():
            lines = waiting.lines(act(cast.secretary), instant)
        return [str(line.about) for line in lines if line.sentence.startswith("The last session was held.")]

    assert asks(now) == ["Climate justice"]
    assert asks(now + timedelta(days=120)) == []
    make_group(origins=(track,))
    assert asks(now) == []


def test_the_track_shows_only_groups_that_the_reader_knows_of(cast, track, browse):
    shown = make_group("Heat group", slug="heat", origins=(track,))
    hidden = make_group("Quiet group", slug="quiet", origins=(track,), audience="inside")
    make_invitation(hidden, cast.candidate, state=InvitationState.OPEN)
    visitor, invited = browse(None), browse(cast.candidate)
    visitor.open("/tracks/climate-justice")
    assert [a["href"] for a in visitor.page.select("#follow-on a")] == [f"/groups/{shown.slug}"]
    invited.open("/tracks/climate-justice")
    assert len(invited.page.select("#follow-on a")) == 2
