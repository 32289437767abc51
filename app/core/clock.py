"""The one place that reads the clock. Edges call `now()` and pass the instant down; nothing below them asks again."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""What `running_from` returns."""


def now() -> datetime:
    """Return this instant as an aware UTC datetime, to the microsecond."""
    return datetime.now(UTC)  # noqa: TID251 - the one clock of the house


def running_from(instant: datetime) -> Clock:
    """Return a clock that reads `instant` now and goes on from there: for work during which time passes (a slow line)
    and which is given its `now` like all other work."""
    begun = time.monotonic()
    return lambda: instant + timedelta(seconds=time.monotonic() - begun)
