"""The cast of the programme's tests, who announce and read here."""

from tests.sessions.conftest import act, browse, cast, unknown_id

__all__ = ["act", "browse", "cast", "unknown_id"]
