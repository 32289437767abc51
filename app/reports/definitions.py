"""How the figures of a participation report are counted: one sentence per figure, for the CSV and the JSON.
The page says the same in five.

Each says whether the figures of its section may add up to more than the total (R-31).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Definition:
    """`key` is the section of the CSV and the JSON; `may_exceed` is None for figures that are no sum."""

    key: str
    text: Any
    may_exceed: bool | None = None


DEFINITIONS = (
    Definition(
        "persons",
        _l("A person counts once, however many sessions they came to, if they were marked as present at least once."),
    ),
    Definition("organisations", _l("An organisation counts once if at least one person came for it.")),
    Definition("attendances", _l("An attendance is one person marked as present in one session.")),
    Definition("sessions", _l("A session counts if at least one person was marked as present in it.")),
    Definition(
        "self_declared",
        _l(
            "Persons who say themselves that they were there, from 30 minutes before a session to 48 hours after it. "
            "A person counts once. This figure stands apart: it is never added to the persons marked as present."
        ),
    ),
    Definition(
        "self_declared_not_marked",
        _l(
            "Of the persons who say that they were there: those whom no facilitator marked as present in any of these "
            "sessions. In a line of one session: those not marked in that session."
        ),
    ),
    Definition(
        "behind_screens",
        _l(
            "People without an account who followed behind somebody’s screen, as counted there: a number, no names. "
            "Who came to two sessions counts twice. This figure stands apart: it is never added to persons."
        ),
    ),
    Definition(
        "three_figures",
        _l(
            "The three figures of each session side by side: marked as present, self-declared, counted behind screens. "
            "Who says so in several sessions counts in each of them: the sum may exceed the total."
        ),
        may_exceed=True,
    ),
    Definition(
        "by_session",
        _l("Who came to several sessions counts in each of them: the sum may exceed the total."),
        may_exceed=True,
    ),
    Definition(
        "by_track",
        _l("Who came to sessions of several tracks counts in each of them: the sum may exceed the total."),
        may_exceed=True,
    ),
    Definition(
        "by_phase",
        _l("Who came to sessions of several phases counts in each of them: the sum may exceed the total."),
        may_exceed=True,
    ),
    Definition(
        "by_region",
        _l(
            "The region is that of the organisation a person came for on that day, else the person's own, else not "
            "known. Who came for organisations of two regions counts in both: the sum may exceed the total."
        ),
        may_exceed=True,
    ),
    Definition(
        "by_country",
        _l(
            "The country is that of the organisation a person came for on that day, else the person's own, else not "
            "known. Who came for organisations of two countries counts in both: the sum may exceed the total."
        ),
        may_exceed=True,
    ),
    Definition(
        "by_organisation",
        _l(
            "The organisation is the one a person came for on that day. Who came for two counts in both: the sum may "
            "exceed the total."
        ),
        may_exceed=True,
    ),
    Definition(
        "by_language",
        _l("The language is the one each person prefers today. Each person counts once: the sum is the total."),
        may_exceed=False,
    ),
    Definition(
        "by_gender",
        _l(
            "Gender is what each person says of themselves; nobody has to answer. "
            "Each person counts once: the sum is the total."
        ),
        may_exceed=False,
    ),
    Definition(
        "sessions_attended",
        _l("How many persons came to exactly so many sessions. Each person counts once: the sum is the total."),
        may_exceed=False,
    ),
)
