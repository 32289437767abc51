"""Delivering due mails: claim, write the words, hand over, record the outcome.

No transaction is open while the network is asked. `docs/decisions/0022-outbox-protocol.md` says what may happen between
any two of these steps, and what is done about it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from flask import current_app

from app.core import clock, jobs, mails
from app.core.mail_url import transport_for
from app.core.outbox.claiming import LEASE, claim, release
from app.core.outbox.handing import hand_over
from app.core.outbox.journal import Claimed, Journal, Verdict
from app.core.outbox.letters import Letter, write_letters
from app.core.outbox.models import MailState
from app.core.outbox.recording import Outcome, put_off, record, record_taken
from app.core.outbox.recovering import recover, settle_presumed
from app.core.outbox.suppressing import lift, suppress
from app.core.outbox.wanting import Look
from app.core.transport import Passing, Refused, Transport, Unanswered, Withdrawn
from app.extensions import db

LONGEST_RUN = timedelta(seconds=55)
"""After so long a run ends; the next tick goes on."""


def never() -> bool:
    return False


@dataclass
class Run:
    """One run of a worker over what is due: its way out, its journal, its clock, and whether it should stop."""

    transport: Transport
    journal: Journal
    now: clock.Clock
    is_stopping: Callable[[], bool] = never
    lease: timedelta = LEASE
    taken: list[Outcome] = field(default_factory=list)
    """Mails that the server took and the journal knows; their rows learn it with the next mail, or at the end."""
    server_is_away: bool = False
    look: Look = field(default_factory=lambda: Look(()))
    """What was asked of the mails of this batch."""

    def deliver_all(self) -> int:
        """Deliver what is due until nothing is, somebody says stop, or the run took long enough. Returns how many mails
        were tried."""
        begun, tried = self.now(), 0
        while not self._is_over(begun + LONGEST_RUN) and (claims := claim(self.now(), lease=self.lease)):
            tried += self._deliver_batch(claims)
        return tried

    def _is_over(self, until: datetime) -> bool:
        return self.is_stopping() or self.server_is_away or self.now() >= until

    def _deliver_batch(self, claims: list[Claimed]) -> int:
        """Deliver claimed mails one by one. What cannot be begun within half a lease is given back."""
        until = self.now() + self.lease / 2
        letters, self.look = write_letters(claims, self.now())
        written = [letter for letter in letters if letter.content is not None]
        done = self._end_unwritten([letter for letter in letters if letter.content is None])
        for at, letter in enumerate(written):
            if done and self._is_over(until):
                release([letter.claimed for letter in written[at:]])
                break
            self.deliver(letter)
            done += 1
        self.record_taken()
        return done

    def _end_unwritten(self, letters: list[Letter]) -> int:
        """Write down what became of mails that say nothing."""
        if letters:
            with self.look.watch.own_writing():
                for letter in letters:
                    record(Outcome(letter.claimed, letter.state, self.now(), letter.error))
            db.session.commit()
        return len(letters)

    def deliver(self, letter: Letter) -> None:
        """Hand one mail over and write down what became of it."""
        content = letter.content or b""
        try:
            self.transport.send(letter.recipient, letter.message_id, content, lambda: self._may_leave(letter))
        except Withdrawn:
            return
        except Refused as refusal:
            self._not_taken(letter)
            self._end_refused(letter, refusal)
        except Passing as fault:
            self._not_taken(letter)
            self.server_is_away = fault.is_server
            put_off(letter.claimed, error=fault.said, now=self.now(), rendered=letter.content)
        except Unanswered as silence:
            self._end_unanswered(letter, str(silence))
        else:
            self._end_taken(letter)
            return
        db.session.commit()

    def _may_leave(self, letter: Letter) -> bool:
        try:
            is_granted = hand_over(
                letter.claimed, self.now(), told=letter.told, before=self.taken, lease=self.lease, look=self.look
            )
        except BaseException:
            # whether the row says `handoff` is not known; that the dot never left is
            self._not_taken(letter)
            raise
        self.taken.clear()
        return is_granted

    def _not_taken(self, letter: Letter) -> None:
        try:
            self.journal.note(letter.claimed, Verdict.NOT_TAKEN, self.now())
        except OSError as full:
            structlog.get_logger().error("outbox.no_journal", kind=type(full).__name__)

    def _end_taken(self, letter: Letter) -> None:
        outcome = Outcome(letter.claimed, MailState.SENT, self.now(), rendered=letter.content)
        self.taken.append(outcome)
        try:
            self.journal.note(letter.claimed, Verdict.TAKEN, outcome.at, waits=False)
        except OSError as full:
            structlog.get_logger().error("outbox.no_journal", kind=type(full).__name__)
            self.record_taken()
        if mails.is_repeated(letter.kind):
            self.record_taken()
            lift(letter.recipient)
            db.session.commit()

    def record_taken(self) -> None:
        """Let the rows of mails that were taken say so."""
        if self.taken:
            with self.look.watch.own_writing():
                record_taken(self.taken)
            db.session.commit()
            self.taken.clear()

    def _end_refused(self, letter: Letter, refusal: Refused) -> None:
        record(Outcome(letter.claimed, MailState.FAILED, self.now(), str(refusal), letter.content))
        if refusal.is_address:
            suppress(letter.recipient, str(refusal), now=self.now())

    def _end_unanswered(self, letter: Letter, said: str) -> None:
        if mails.is_repeated(letter.kind):
            put_off(letter.claimed, error=said, now=self.now(), rendered=letter.content)
            return
        record(Outcome(letter.claimed, MailState.PRESUMED_SENT, self.now(), said, letter.content))


def journal_here() -> Journal:
    """Return the journal of this machine."""
    return Journal(current_app.extensions["maloca"].instance / "outbox")


def deliver_due(now: datetime) -> int:
    """Settle what dead workers left, then deliver every due mail. Returns how many were tried: none without a way out,
    for then mails wait (see `transport_for`)."""
    journal = journal_here()
    recover(now, journal)
    transport = transport_for(current_app.extensions["maloca"])
    if transport is None:
        return 0
    try:
        return Run(transport, journal, clock.running_from(now), jobs.is_stopping).deliver_all()
    finally:
        transport.close()


def tend_journal(now: datetime) -> int:
    """Let the journal of this machine tell what others presumed, and forget its old days."""
    journal = journal_here()
    return settle_presumed(journal) + journal.prune(now)
