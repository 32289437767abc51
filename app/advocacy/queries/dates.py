"""Which moments are of a space or of some countries: clauses for lists that know moments alone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

from app.advocacy.models import FollowedSpace, Occurrence, ReviewedState, Step
from app.advocacy.regions import countries_of
from app.moments.models import Moment


def _of_occurrences(of: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    sessions = sa.select(Occurrence.moment_id).where(of)
    steps = sa.select(Step.moment_id).join(Occurrence.__table__, Occurrence.id == Step.occurrence_id).where(of)
    return sa.or_(Moment.id.in_(sessions), Moment.id.in_(steps))


def is_of_spaces(space_ids: Collection[UUID]) -> sa.ColumnElement[bool]:
    """Sessions of some spaces, with their deadlines and stages."""
    return _of_occurrences(Occurrence.space_id.in_(space_ids))


def is_followed_by(group_ids: Collection[UUID]) -> sa.ColumnElement[bool]:
    """Sessions of the spaces that one of some groups follows, with their deadlines and stages."""
    followed = sa.select(FollowedSpace.space_id).where(FollowedSpace.group_id.in_(group_ids))
    return _of_occurrences(Occurrence.space_id.in_(followed))


def is_about_region(region: str) -> sa.ColumnElement[bool]:
    """Sessions that review a State of a region (its code) or take place there, with their deadlines and stages."""
    countries = countries_of(region)
    reviewing = sa.select(ReviewedState.occurrence_id).where(ReviewedState.country.in_(countries))
    return _of_occurrences(sa.or_(Occurrence.country.in_(countries), Occurrence.id.in_(reviewing)))
