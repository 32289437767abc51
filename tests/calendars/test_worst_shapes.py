"""Files that somebody made to keep the machine busy: what goes on behind, once they are refused, ends soon."""

from __future__ import annotations

import threading
import time
from contextlib import suppress

import pytest

from app.calendars.reading import UnreadableCalendar, read
from app.calendars.reading import reading as reader
from tests.conftest import START

LONG = 40_000
"""Lines or values: of one entry they kept a thread busy for a minute, after ten seconds of waiting for it."""


def entry(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", "UID:one", "DTSTART:20261201T100000Z", *lines, "END:VEVENT", ""))


SHAPES = {
    "lines that nobody reads": entry("A:\n" * 600_000),
    "the same line": entry(*["DESCRIPTION:a"] * LONG),
    "guests": entry(*["ATTENDEE;CN=a:mailto:a@example.org"] * LONG),
    "exceptions line by line": entry("RRULE:FREQ=DAILY", *["EXDATE:20261201T100000Z"] * LONG),
    "exceptions in one line": entry("RRULE:FREQ=DAILY", *["EXDATE:" + ",".join(["20261201T100000Z"] * 5_000)] * 8),
    "a rule without end": entry("RRULE:FREQ=YEARLY;BYMONTHDAY=" + ",".join(["1"] * LONG)),
    "parameters": entry("SUMMARY;" + ";".join(f"A{number}=b" for number in range(14_000)) + ":x"),
    "quotes": entry("SUMMARY;A=" + '","' * 33_000 + ":x"),
    "markup": entry("DESCRIPTION:" + "<div>" * 4_000),
    "short lines": "A:\n" * LONG * 10,
    "other things": "BEGIN:VTODO\n" + "A:b\n" * LONG * 5 + "END:VTODO\n",
    "a zone of many parts": "BEGIN:VTIMEZONE\nTZID:a\n" + "BEGIN:STANDARD\nEND:STANDARD\n" * LONG + "END:VTIMEZONE\n",
    "series": "".join(entry("RRULE:FREQ=DAILY").replace("one", str(number)) for number in range(2_000)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_refused_is_left_soon(shape: str) -> None:
    body = f"BEGIN:VCALENDAR\r\n{SHAPES[shape]}END:VCALENDAR\r\n".encode()
    began = time.process_time()
    with suppress(UnreadableCalendar):
        read(body, zone=None, now=START, seconds=1)
    for thread in threading.enumerate():
        if thread.name == "calendar-reading":
            thread.join(30)
            assert not thread.is_alive()
    assert time.process_time() - began < 4


def test_a_file_has_an_end_however_fast_the_machine_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_SPREAD", 800)
    began = time.process_time()
    with pytest.raises(UnreadableCalendar):
        read(f"BEGIN:VCALENDAR\r\n{SHAPES['series']}END:VCALENDAR\r\n".encode(), zone=None, now=START, seconds=60)
    assert time.process_time() - began < 5
