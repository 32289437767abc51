"""A whole group as one ZIP that is read without this house: `writing` puts it together from what every room gives
(`app.workinggroups.exports`), `readme` says what is in it, `about`, `meetings` and `shelf` are this package's own part.
"""

from app.workinggroups import exports
from app.workinggroups.exporting import about, meetings, shelf


def register() -> None:
    """Give this package's own part of every export."""
    exports.register(about.ROOM, order=0)
    exports.register(meetings.ROOM, order=10)
    exports.register(shelf.ROOM, order=60)
