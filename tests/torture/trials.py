"""The trials: what is done to a house, and how often."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil


@dataclass(frozen=True, slots=True)
class Trial:
    """What is done to a house: at least so many mails, SIGKILLs of workers at any moment and at points, SIGSTOPs past
    the lease, SIGKILLs of web processes (`webs`), and databases stopped at once; `smtp` is how often the mail server
    misbehaves, of all its chances, and `misbehaved` how many times it must have been, at every verb
    at least once."""

    name: str
    mails: int = 0
    kills: int = 0
    points: int = 0
    stops: int = 0
    databases: int = 0
    webs: int = 0
    smtp: float = 0.0
    misbehaved: int = 0
    workers: int = 3
    within: float = 480.0
    """Seconds after which no more is done, however little it was."""


@dataclass
class Done:
    kills: int = 0
    points: int = 0
    stops: int = 0
    databases: int = 0
    webs: int = 0
    cut: int = 0
    """Requests to which no answer came."""
    smtp: int = 0

    def __str__(self) -> str:
        said = ((self.kills, "kill"), (self.points, "at points"), (self.stops, "stop"), (self.databases, "database"),
                (self.webs, "web"), (self.cut, "cut off"), (self.smtp, "smtp"))  # fmt: skip
        return ", ".join(f"{times} {what}" for times, what in said if times) or "none"


TRIALS = (
    Trial("killed at any moment", mails=900, kills=60, webs=40),
    Trial("killed at every point", mails=900, points=60),
    Trial("paused past the lease", mails=900, stops=60),
    Trial("a bad mail server", mails=900, smtp=0.06, misbehaved=120),
    Trial("all at once", mails=900, kills=25, points=25, stops=25, webs=40, smtp=0.02),
    Trial("database stopped at once", mails=900, databases=4, kills=10, webs=20),
)


def scaled(trial: Trial, part: float) -> Trial:
    """Return a trial of which so much is done."""
    return replace(
        trial,
        mails=ceil(trial.mails * part),
        kills=ceil(trial.kills * part),
        points=ceil(trial.points * part),
        stops=ceil(trial.stops * part),
        databases=ceil(trial.databases * part),
        webs=ceil(trial.webs * part),
        misbehaved=ceil(trial.misbehaved * part),
    )
