"""What is wrong with a calendar, in words for whoever keeps it: what happened, and what they can do."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.calendars.reading import Trouble
from app.core.outbound import Reason

_NOT_THERE = _l("Nobody answers at this address. It may be down for a while: we try again.")
_NO_CALENDAR = _l("This is no calendar file. Look for the address that ends in .ics, or export the calendar as a file.")
_ODD = _l("This address answers with something we cannot use. Open it in a browser: it should bring a file.")

FAILURES: dict[str, Any] = {
    Reason.ADDRESS.value: _l("This is not a whole address of the web. It begins with https://"),
    Reason.SCHEME.value: _l("Only addresses that begin with https:// are read: others can be changed on their way."),
    Reason.PORT.value: _l("This address has a port number that is not read. Leave it out, or ask the secretariat."),
    Reason.CREDENTIALS.value: _l("There is a password in this address. Use an address that needs none."),
    Reason.PRIVATE.value: _l("This address leads into a private network. Only public addresses are read."),
    Reason.NAME.value: _l("Nobody knows the name in this address. Look for a slip in it."),
    Reason.CONNECTION.value: _NOT_THERE,
    Reason.CERTIFICATE.value: _l("The certificate of this address is not valid. Whoever runs it has to renew it."),
    Reason.TIME.value: _l("This address takes too long to answer. It may be busy: we try again."),
    Reason.SIZE.value: _l("This calendar is larger than 2 MB. Share one with fewer years in it."),
    Reason.CUT.value: _l("The file broke off on its way. We try again."),
    Reason.ENCODED.value: _ODD,
    Reason.REDIRECTED.value: _l("This address leads on to another one again and again. Use the last one."),
    Reason.ANSWER.value: _ODD,
    Reason.FORBIDDEN.value: _l(
        "This calendar is not shared. Make it public where it is kept, or use its secret address."
    ),
    Reason.GONE.value: _l("There is no calendar at this address any more. Look for a new address."),
    Reason.BUSY.value: _NOT_THERE,
    Reason.STATUS.value: _ODD,
    "own": _l("This is an address of this house. What is here is in its agenda already."),
    "broken": _l("This house could not keep what it read. The secretariat finds more in the log."),
    Trouble.EMPTY.value: _l("The file is empty."),
    Trouble.LARGE.value: _l("This calendar is larger than 2 MB. Share one with fewer years in it."),
    Trouble.NO_CALENDAR.value: _NO_CALENDAR,
    Trouble.SLOW.value: _l(
        "This calendar repeats so much that reading it takes too long. Share one with fewer series."
    ),
    Trouble.WAIT.value: _l("Other calendars are being read just now. Try again in a minute."),
}
"""Why a calendar could not be read, by the code that is kept."""

FAULTS: dict[str, Any] = {
    Trouble.UNCLOSED.value: _l("This entry has no end."),
    Trouble.NO_UID.value: _l("This entry has no identifier (UID), so that nobody could tell when it changes."),
    Trouble.NO_START.value: _l("This entry has no beginning."),
    Trouble.DATE.value: _l("A date of this entry cannot be read."),
    Trouble.ENDS_BEFORE.value: _l("This entry ends before it begins."),
    Trouble.RULE.value: _l("This entry repeats in a way that is not read."),
    Trouble.MANY.value: _l("This entry repeats very often; its first 400 dates are read."),
    Trouble.ZONE.value: _l("Nobody knows the time zone of this entry."),
    Trouble.FLOATING.value: _l("This entry does not say in which time zone its hour is."),
    Trouble.PRIVATE.value: _l("This entry is marked as private."),
    Trouble.DOUBLE.value: _l("This entry stands in the file twice."),
}
"""What is wrong with one entry, by the code that is kept."""


def failure_words(code: str) -> Any:
    """Return why nothing could be read; general words for a code of a later version."""
    return FAILURES.get(code, _ODD)


def fault_words(code: str) -> Any:
    return FAULTS.get(code, FAULTS[Trouble.DATE.value])
