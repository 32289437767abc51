"""From when one may say that one was there."""

from datetime import date

from app.core.actors import job
from app.moments.timing import Timing
from app.sessions import services
from app.sessions.showing.presence import presence_of


def test_nothing_is_said_of_being_there_before_a_day_without_an_hour(app, cast, act, now):
    timing = Timing.days(date(2027, 4, 3), zone="Africa/Nairobi")
    expected = services.plan_session(job("test"), cast.track, names={"en": "New"}, timing=timing, now=now)
    with app.test_request_context():
        assert presence_of(act(cast.participant), cast.session, now=now).state == "before"
        assert presence_of(act(cast.participant), expected, now=now) is None
