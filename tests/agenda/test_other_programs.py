"""Programs that people have read our feeds: vdirsyncer and khal (command line, iCalendar in Python), ical.js (as in
Thunderbird), and a moved date stays one date there."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import sync_playwright

from app.core.names import set_name
from app.extensions import db
from app.moments.models import Status
from app.moments.services import change_moment
from app.moments.timing import Timing
from app.sessions.models import LearningSession
from tests.browser.houses import served
from tests.conftest import START
from tests.make.advocacy import make_occurrence, make_space
from tests.make.moments import HOUSE, hours
from tests.make.sessions import make_session, make_track

PROGRAMS = Path(sys.executable).parent
ICAL = Path(__file__).parents[1] / "vendor" / "ical.js" / "ical.min.js"
CHROMIUM = shutil.which("chromium")

BOTH_SIDES_OF_A_CLOCK_CHANGE = {"24 April": datetime(2027, 4, 24, 17), "1 May": datetime(2027, 5, 1, 17)}
"""Cairo goes to summer time on 30 April 2027."""


@pytest.fixture
def house(own_app) -> Iterator[Any]:
    """A house with dates of every shape, whose clock stands at the beginning of the tests."""
    with time_machine.travel(START, tick=True), own_app.app_context():
        track = make_track("Heat")
        for name, wall in BOTH_SIDES_OF_A_CLOCK_CHANGE.items():
            make_session(track, name, wall_start=wall, zone="Africa/Cairo")
        arabic = make_session(track, "Land", wall_start=datetime(2027, 4, 25, 17))
        set_name("session", arabic.id, "ar", "من يملك الأرض؟ «١٢»")
        make_session(track, "Called off", wall_start=datetime(2027, 4, 26, 17), status=Status.CANCELLED)
        space = make_space(acronym="COPEX")
        days = Timing.days(date(2027, 4, 27), date(2027, 4, 28), space.zone)
        make_occurrence(space, timing=days, status=Status.CONFIRMED)
        db.session.commit()
        yield own_app


def run(*command: object) -> str:
    """Run a program of the environment and return what it prints."""
    first, *rest = map(str, command)
    done = subprocess.run([PROGRAMS / first, *rest], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sync(address: str, folder: Path) -> list[Path]:
    """Let vdirsyncer fetch a calendar into files, one for each event."""
    config = folder / "vdirsyncer.conf"
    config.write_text(f"""
[general]
status_path = "{folder}/status/"
[pair maloca]
a = "house"
b = "disk"
collections = null
[storage house]
type = "http"
url = "{address}"
[storage disk]
type = "filesystem"
path = "{folder}/events/"
fileext = ".ics"
""")
    (folder / "events").mkdir(exist_ok=True)
    for act in ("discover", "sync"):
        run("vdirsyncer", "-c", config, act)
    return sorted((folder / "events").iterdir())


def listed(folder: Path) -> set[str]:
    """What khal shows of these files in Dakar."""
    config = folder / "khal.conf"
    config.write_text(f"""
[calendars]
[[maloca]]
path = {folder}/events
[sqlite]
path = {folder}/khal.db
[locale]
local_timezone = Africa/Dakar
default_timezone = Africa/Dakar
timeformat = %H:%M
dateformat = %d.%m.
longdateformat = %Y-%m-%d
datetimeformat = %d.%m. %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
""")
    form = "{start-long-full}|{end-long-full}|{title}"
    out = run("khal", "-c", config, "list", "--day-format", "", "--format", form, "--once", "2027-04-20", "30d")
    return {line for line in out.splitlines() if line.strip()}


def test_vdirsyncer_fetches_and_khal_shows_the_right_hours(house, tmp_path):
    with served(house) as address:
        files = sync(f"{address}/agenda.ics?lang=ar", tmp_path)
    assert len(files) == 5
    shown = listed(tmp_path)
    assert "2027-04-24 15:00|2027-04-24 17:00|Heat: 24 April" in shown
    assert "2027-05-01 14:00|2027-05-01 16:00|Heat: 1 May" in shown
    assert "2027-04-25 14:00|2027-04-25 16:00|Heat: من يملك الأرض؟ «١٢»" in shown
    assert [line for line in shown if line.startswith("2027-04-27 00:00|2027-04-28 00:00|COPEX")]


def test_a_moved_session_is_fetched_as_one_event(house, tmp_path):
    with served(house) as address:
        feed = f"{address}/agenda.ics?lang=en"
        before = sync(feed, tmp_path)
        assert sync(feed, tmp_path) == before
        move_the_first()
        after = sync(feed, tmp_path)
    assert len(after) == len(before) == 5
    (moved,) = [text for path in after if "Heat: 24 April" in (text := path.read_text())]
    assert "SEQUENCE:1" in moved
    assert "2027-05-08 14:00|2027-05-08 16:00|Heat: 24 April" in listed(tmp_path)


def test_a_file_taken_in_twice_is_the_same_events(house, tmp_path):
    """A14: under the same UID the later SEQUENCE replaces the earlier one."""
    (tmp_path / "events").mkdir()
    config, client = tmp_path / "khal.conf", house.test_client()
    listed(tmp_path)
    for _ in range(2):
        (tmp_path / "feed.ics").write_bytes(client.get("/agenda.ics?lang=en").data)
        run("khal", "-c", config, "import", "--batch", "-a", "maloca", tmp_path / "feed.ics")
    assert len(list((tmp_path / "events").glob("*.ics"))) == 5
    move_the_first()
    (tmp_path / "feed.ics").write_bytes(client.get("/agenda.ics?lang=en").data)
    run("khal", "-c", config, "import", "--batch", "-a", "maloca", tmp_path / "feed.ics")
    assert len(list((tmp_path / "events").glob("*.ics"))) == 5
    assert "2027-05-08 14:00|2027-05-08 16:00|Heat: 24 April" in listed(tmp_path)


def move_the_first() -> None:
    session = db.session.query(LearningSession).order_by(LearningSession.number).first()
    change_moment(HOUSE, session.moment, timing=hours("2027-05-08 17:00", "2027-05-08 19:00"), now=START)
    db.session.commit()


READ = """async ([module, file]) => {
  const ICAL = (await import("data:text/javascript;base64," + module)).default;
  const calendar = new ICAL.Component(ICAL.parse(file));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents("vevent").map((one) => {
    const event = new ICAL.Event(one);
    return {
      title: event.summary, sequence: event.sequence, status: one.getFirstPropertyValue("status"),
      is_day: event.startDate.isDate, ends: event.endDate.toString(),
      starts: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
    };
  });
  return [calendar.getFirstPropertyValue("name"), events];
}"""


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium: apt-get install chromium, then make test-fast")
def test_ical_js_reads_hours_days_and_what_was_called_off(house):
    file = house.test_client().get("/agenda.ics?lang=ar").text
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        module = base64.b64encode(ICAL.read_bytes()).decode()
        name, events = chromium.new_page().evaluate(READ, [module, file])
        chromium.close()
    found = {event["title"]: event for event in events}
    assert name == "Maloca"
    assert found["Heat: 24 April"]["starts"] == "2027-04-24T15:00:00.000Z"
    assert found["Heat: 1 May"]["starts"] == "2027-05-01T14:00:00.000Z"
    assert found["Heat: من يملك الأرض؟ «١٢»"]["status"] == "CONFIRMED"
    (off,) = [event for event in events if event["status"] == "CANCELLED"]
    assert "Called off" in off["title"]
    (days,) = [event for event in events if event["is_day"]]
    assert (days["starts"], days["ends"]) == ("2027-04-27", "2027-04-29")
