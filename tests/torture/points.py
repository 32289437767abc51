"""Places between two steps where a process of the torture dies or stands still.

The house knows nothing of them: they are hung around its functions in that process alone.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

from app.core.outbox import addressing, delivering, recovering
from app.core.outbox.journal import Journal
from app.core.outbox.wanting import Look
from app.core.smtp import _Bounded
from app.reminders.services import planning, sending
from tests.torture.house import note

PLACES: tuple[tuple[Any, str, str, str], ...] = (
    (planning, "replan", "", "reminders planned, not committed"),
    (sending, "count_reminder", "", "reminded, not committed"),
    (addressing, "_address_alone", "", "addressed, not committed"),
    (delivering, "claim", "", "claimed"),
    (delivering, "write_letters", "", "written"),
    (delivering, "hand_over", "all but the dot is said", "handed over, no dot yet"),
    (Look, "end_of", "", "within the last look"),
    (Journal, "note", "answered, not in the journal", "in the journal, not in the row"),
    (delivering, "record_taken", "before the row says so", "the row says so, not committed"),
    (recovering, "record", "", "settled, not committed"),
)
DOTTED = "the dot is on its way"
TORN = "half a line in the journal"
POINTS = (*(name for *_place, before, after in PLACES for name in (before, after) if name), DOTTED, TORN)

RARE = ("reminded, not committed", "settled, not committed", "before the row says so", "the row says so, not committed")
"""Points that a worker comes by seldom."""


@dataclass
class Doom:
    """What happens to a process when it comes by a point for the `times`th time: SIGKILL or SIGSTOP, `is_whole` to all
    processes of its group."""

    point: str
    number: signal.Signals
    times: int
    log: Path
    passed: int = field(default=0)
    is_whole: bool = False

    def at(self, point: str, last: Callable[[], object] | None = None) -> None:
        if point != self.point:
            return
        self.passed += 1
        if self.passed == self.times:
            note(self.log, f"{self.number.name} {point}")
            if last is not None:
                last()
            (os.killpg if self.is_whole else os.kill)(0 if self.is_whole else os.getpid(), self.number)

    def hang(self) -> None:
        """Hang all points into this process."""
        for owner, name, before, after in PLACES:
            setattr(owner, name, self._around(getattr(owner, name), before, after))
        self._hang_dot()
        self._hang_tear()

    def hang_at_commit(self, session: Any, before: str, after: str) -> None:
        """Hang two points around what makes the work of a web process last."""
        session.commit = self._around(session.commit, before, after)

    def _around(self, inner: Callable[..., Any], before: str, after: str) -> Callable[..., Any]:
        @wraps(inner)
        def passing(*given: Any, **named: Any) -> Any:
            self.at(before)
            found = inner(*given, **named)
            if found != []:
                self.at(after)
            return found

        return passing

    def _hang_dot(self) -> None:
        send = _Bounded.send

        def passing(client: _Bounded, said: Any) -> None:
            send(client, said)
            if said == b".\r\n":
                self.at(DOTTED)

        _Bounded.send = passing  # type: ignore[method-assign]

    def _hang_tear(self) -> None:
        write = Journal.note

        def passing(journal: Journal, claimed: Any, verdict: Any, at: Any, **more: Any) -> None:
            half = f"\n{claimed.mail_id} {str(claimed.token)[:20]}".encode("ascii")
            self.at(TORN, lambda: _append(journal.folder / f"{at:%Y%m%d}.journal", half))
            write(journal, claimed, verdict, at, **more)

        Journal.note = passing  # type: ignore[method-assign]


def _append(path: Path, half: bytes) -> None:
    with path.open("ab") as file:
        file.write(half)
