"""The cast is that of events."""

from tests.events.conftest import browse, cast

__all__ = ["browse", "cast"]
