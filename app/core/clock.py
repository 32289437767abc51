"""The one place that reads the clock. Edges call `now()` and pass the instant down; nothing below them asks again."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this instant as an aware UTC datetime, to the microsecond."""
    return datetime.now(UTC)  # noqa: TID251 - the one clock of the house
