"""The cast of the programme's tests, some of whom run the house."""

from tests.sessions.conftest import act, browse, cast, unknown_id

__all__ = ["act", "browse", "cast", "unknown_id"]
