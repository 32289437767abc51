"""Two pages at the same moment: the last calendar that a group may have is brought once."""

from __future__ import annotations

import sqlalchemy as sa

from app.calendars import services
from app.calendars.models import CalendarFeed
from app.calendars.services import Brought
from app.calendars.services.bringing import MOST_FEEDS
from app.core.errors import RuleBroken
from app.core.registries import actor_at
from app.extensions import db
from app.workinggroups.models import WorkingGroup
from tests.conftest import START
from tests.make.calendars import calendar, entry, make_feed
from tests.make.people import make_member
from tests.make.workinggroups import make_coordinator, make_group
from tests.people.test_races import at_once


def test_of_two_calendars_brought_at_once_one_is_kept(own_app):
    with own_app.app_context():
        group, coordinator = make_group(), make_member()
        make_coordinator(group, coordinator)
        for _number in range(MOST_FEEDS - 1):
            make_feed(group)
        actor, group_id = actor_at(coordinator.id, START), group.id
        db.session.commit()

    def bring(name: str):
        address = f"https://example.org/{name}.ics"
        brought = Brought("Example", "en", "network", calendar(entry("one@example.org")), address=address)
        return lambda: services.bring_calendar(actor, db.session.get_one(WorkingGroup, group_id), brought, now=START).id

    answers = at_once(own_app, bring("one"), bring("two"))
    assert sum(isinstance(answer, RuleBroken) for answer in answers) == 1
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(CalendarFeed)) == MOST_FEEDS
