"""Four people who plan, move and cancel sessions in their browsers, each at a web process of their own: what they do
leaves the mails. What no answer came to is sent again, the same form, until one comes; `written.log` says what was
answered."""

from __future__ import annotations

import random
import time
from collections import deque
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import requests
from bs4 import BeautifulSoup

from app.sessions.telling.sessions import CANCELLED, MOVED, PLANNED
from tests.torture.house import PASSWORD, REMINDED_BEFORE, ZONE, House, note

PAUSE = 0.1
"""Seconds between two acts of one person."""
PATIENCE = 60.0
"""Seconds within which an answer comes, however often a web process dies."""
ANSWER_WITHIN = 10.0
REMINDED_AFTER = (45, 90)
"""Minutes of the house after which the reminder of a session is due: while others are planned, or in the calm end. It
must be planned by then, however late the form comes through: of what is past nobody is reminded."""
PATHS = {MOVED: "/sessions/{}/move", CANCELLED: "/sessions/{}/cancel"}


class Surprise(Exception):
    """The house answered what nobody expects."""


class Browser:
    """Reads forms and sends them as a person's browser does; a line that was cut is noted in `cut.log`."""

    def __init__(self, house: House, address: str) -> None:
        self.house, self.address, self.line = house, address, requests.Session()
        self.line.trust_env = False

    def send(self, path: str, **typed: str) -> str:
        """Fill in the form of a page that has these fields; return where it led."""
        page = BeautifulSoup(self._ask("GET", path, {}, 200).text, "html.parser")
        form = next(form for form in page.select("form") if form.select(f"[name={next(iter(typed))}]"))
        hidden = {str(field["name"]): str(field["value"]) for field in form.select("input[type=hidden][value]")}
        return self._ask("POST", path, hidden | typed, 303).headers["Location"]

    def _ask(self, method: str, path: str, sent: dict[str, str], expected: int) -> requests.Response:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer = self.line.request(
                    method, self.address + path, data=sent, timeout=ANSWER_WITHIN, allow_redirects=False
                )
            except requests.RequestException:
                note(self.house.folder / "cut.log", method)
            else:
                if answer.status_code == expected:
                    return answer
                if answer.status_code < 500:
                    raise Surprise(f"{method} {path}: {answer.status_code}")
            time.sleep(0.1)
        raise Surprise(f"{method} {path}: no answer")


def facilitate(house: House, number: int, address: str) -> None:
    """Sign in, and plan, move and cancel sessions of one's track until nobody may write any more."""
    track, lot = house.tracks[number], random.Random(number)
    try:
        browser = Browser(house, address)
        browser.send("/sign-in", email=track.email, password=PASSWORD)
        note(house.folder / "signed_in.log", track.slug)
        for kind, session in _acts(house, browser, track.slug, lot):
            note(house.folder / "written.log", f"{kind} {session} {number}")
            with house.written.get_lock():
                house.written.value += len(track.members)
            time.sleep(lot.uniform(0, 2 * PAUSE))
    except Exception as error:
        note(house.folder / "surprises.log", ascii(error))
        raise


def _acts(house: House, browser: Browser, slug: str, lot: random.Random) -> Iterator[tuple[str, str]]:
    """Do one thing after the other; yield what was answered, and of which session. What was touched last waits
    longest: some mails are overtaken by the next change, most are not."""
    sessions: deque[tuple[str, dict[str, str]]] = deque()
    number = 0
    while True:
        while not house.has_room.value and house.may_write.is_set():
            time.sleep(PAUSE)
        if not house.may_write.is_set():
            return
        kind = lot.choice((PLANNED, PLANNED, MOVED, MOVED, CANCELLED)) if len(sessions) > 1 else PLANNED
        session, was_at = sessions.popleft() if kind != PLANNED else ("", {})
        is_at = _other_time(house, lot, was_at)
        if kind == PLANNED:
            led_to = browser.send(f"/tracks/{slug}/sessions/new", **is_at, name_en=f"Session {number}")
            session, number = led_to.rsplit("/", 1)[1], number + 1
        else:
            browser.send(PATHS[kind].format(session), **(is_at if kind == MOVED else {}), reason="It rains.")
        yield kind, session
        if kind != CANCELLED:
            sessions.append((session, is_at))


def _other_time(house: House, lot: random.Random, was_at: dict[str, str]) -> dict[str, str]:
    """Return another time than it was, at which people are reminded soon. By day: the clock goes on for hours only."""
    begins = was_at
    while begins == was_at:
        start = (house.clock() + REMINDED_BEFORE).astimezone(ZoneInfo(ZONE)) + timedelta(
            minutes=lot.randint(*REMINDED_AFTER)
        )
        end = start + timedelta(minutes=30)
        begins = {"day": f"{start:%Y-%m-%d}", "start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "zone": ZONE}
    return begins
