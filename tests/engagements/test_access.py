"""R-11, pure: what a mode asks, held against what organisations have on one day."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.advocacy.access import NEEDED, Hindrance, asks_status, check, check_all, who_could_lead
from app.advocacy.models import Access, OrganisationAccess, Standing
from app.moments.models import Certainty

DAY = date(2026, 12, 16)
OURS, OTHERS, THIRD = uuid4(), uuid4(), uuid4()


def row(standing=Standing.ECOSOC_SPECIAL, from_on=None, until_on=None, certainty=Certainty.VERIFIED, of=OURS):
    return OrganisationAccess(
        organisation_id=of, standing=standing, from_on=from_on, until_on=until_on, certainty=certainty, certainties={}
    )


@pytest.mark.parametrize("access", [access for access in Access if access not in NEEDED])
def test_where_no_status_is_asked_everybody_may(access):
    assert not asks_status(access)
    assert check(access, OURS, [], DAY).is_eligible


@pytest.mark.parametrize(
    ("access", "standing", "is_eligible"),
    [
        (Access.ECOSOC, Standing.ECOSOC_ROSTER, True),
        (Access.ECOSOC_GENERAL_OR_SPECIAL, Standing.ECOSOC_ROSTER, False),
        (Access.ECOSOC_GENERAL_OR_SPECIAL, Standing.ECOSOC_GENERAL, True),
        (Access.UNFCCC, Standing.UNFCCC, True),
        (Access.UNFCCC, Standing.ECOSOC_GENERAL, False),
        (Access.IPCC, Standing.IPCC, True),
        (Access.UNHABITAT, Standing.UNHABITAT, True),
    ],
)
def test_each_door_has_its_own_keys(access, standing, is_eligible):
    assert check(access, OURS, [row(standing)], DAY).is_eligible is is_eligible


@pytest.mark.parametrize(
    ("rows", "hindrance"),
    [
        ([], Hindrance.MISSING),
        ([row(of=OTHERS)], Hindrance.MISSING),
        ([row(from_on=DAY, until_on=DAY)], None),
        ([row(until_on=DAY - timedelta(days=1))], Hindrance.ENDED),
        ([row(from_on=DAY + timedelta(days=1))], Hindrance.NOT_YET),
        ([row(certainty=Certainty.UNSURE)], Hindrance.UNSURE),
        ([row(certainty=Certainty.TYPICAL)], Hindrance.UNSURE),
        ([row(certainty=Certainty.UNSURE), row(Standing.ECOSOC_ROSTER)], None),
        ([row(until_on=DAY - timedelta(days=1)), row(from_on=DAY + timedelta(days=9))], Hindrance.NOT_YET),
    ],
)
def test_what_is_in_the_way_is_said(rows, hindrance):
    assert check(Access.ECOSOC, OURS, rows, DAY).hindrance is hindrance


def test_the_status_that_ended_last_and_the_one_that_begins_first_are_named():
    ended = [row(until_on=DAY - timedelta(days=days)) for days in (90, 3, 30)]
    to_come = [row(from_on=DAY + timedelta(days=days)) for days in (90, 3, 30)]
    assert check(Access.ECOSOC, OURS, ended, DAY).row is ended[1]
    assert check(Access.ECOSOC, OURS, to_come, DAY).row is to_come[1]


def test_one_ineligible_co_signatory_is_named_among_the_eligible():
    checked = check_all(Access.ECOSOC, [OURS, OTHERS, OURS], [row()], DAY)
    assert [one.organisation_id for one in checked if not one.is_eligible] == [OTHERS]
    assert len(checked) == 2


def test_who_signs_comes_before_the_group_and_the_group_before_the_network():
    rows = [row(of=one) for one in (OURS, OTHERS, THIRD)]
    found = who_could_lead(Access.ECOSOC, ([THIRD], [OTHERS, THIRD], [OURS, OTHERS, THIRD]), rows, DAY)
    assert [one.organisation_id for one in found] == [THIRD, OTHERS, OURS]
    assert who_could_lead(Access.ECOSOC, ([], [], [OURS, OTHERS]), rows, DAY, most=1)[0].organisation_id == OURS
    assert who_could_lead(Access.NONE, ([OURS],), rows, DAY) == []


@given(
    st.lists(
        st.tuples(
            st.sampled_from(Standing),
            st.sampled_from([None, *(DAY + timedelta(days=days) for days in (-9, 0, 9))]),
            st.sampled_from([None, *(DAY + timedelta(days=days) for days in (-9, 0, 9))]),
            st.sampled_from(Certainty),
        ),
        max_size=6,
    )
)
def test_nobody_is_eligible_without_a_sure_status_on_that_day(facts):
    rows = [row(standing, first, last, certainty) for standing, first, last, certainty in facts]
    checked = check(Access.ECOSOC, OURS, rows, DAY)
    sure = [
        one
        for one in rows
        if one.standing in NEEDED[Access.ECOSOC]
        and one.certainty is Certainty.VERIFIED
        and (one.from_on is None or one.from_on <= DAY)
        and (one.until_on is None or one.until_on >= DAY)
    ]
    assert checked.is_eligible is bool(sure)
    assert checked.is_eligible or checked.hindrance is not None
