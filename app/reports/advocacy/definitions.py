"""How the figures of an advocacy report are counted: one sentence per figure, for page and CSV.

Each says whether the lines of its section may add up to more than the total.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.reports.definitions import Definition

DEFINITIONS = (
    Definition(
        "engagements",
        _l(
            "An engagement counts once: planned, in the making, handed in or ended. Its day is that of the submission; "
            "where nothing was handed in, the day it was planned. Days are those of UTC."
        ),
    ),
    Definition("handed_in", _l("Handed in: the day of a submission is written down, also of words that were spoken.")),
    Definition(
        "organisations",
        _l(
            "Organisations that lead, and those that had agreed to co-sign by the day of the submission; where nothing "
            "was handed in, those that agree today. An organisation counts once."
        ),
    ),
    Definition("countries", _l("A country counts once if one of these organisations is there.")),
    Definition("gender_integrated", _l("Gender-integrated: marked so by those who run the engagement.")),
    Definition(
        "counted_apart",
        _l("Engagements that are watched without taking part, and those given up, stand in none of the other figures."),
    ),
    Definition(
        "recommendations",
        _l(
            "A recommendation counts on the day it was issued, with where it stands today. By group, way to take part "
            "and region it counts through the engagement that it grew out of."
        ),
    ),
    Definition("by_state", _l("Each engagement stands in one line: the sum is the total."), may_exceed=False),
    Definition(
        "by_outcome",
        _l("What was written down as its result. Each engagement stands in one line: the sum is the total."),
        may_exceed=False,
    ),
    Definition("by_space", _l("Each engagement belongs to one space: the sum is the total."), may_exceed=False),
    Definition(
        "by_mode",
        _l("The way to take part that was chosen. Each engagement stands in one line: the sum is the total."),
        may_exceed=False,
    ),
    Definition(
        "by_group",
        _l("An engagement of several groups counts in each of them: the sum may exceed the total."),
        may_exceed=True,
    ),
    Definition(
        "by_goal",
        _l(
            "The goals its people named for it, not those of the space. With several goals it counts in each of them: "
            "the sum may exceed the total."
        ),
        may_exceed=True,
    ),
    Definition(
        "by_region",
        _l(
            "The region of the organisations that lead and co-sign. With organisations of several regions it counts in "
            "each of them: the sum may exceed the total."
        ),
        may_exceed=True,
    ),
)
