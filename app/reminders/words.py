"""Words for kinds of dates, for when people are reminded, and for who is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l

from app.reminders.defaults import Rule
from app.reminders.kinds import DAY, DEADLINES, HOUR, OFFERED, Kind, Scope, Whom

KINDS: dict[Kind, Any] = {
    Kind.SESSION: _l("Sessions"),
    # I18N: heading of reminders: a track stops taking people on some day
    Kind.JOINING: _l("The end of joining"),
    Kind.MEETING: _l("Meetings"),
    Kind.TASK: _l("Tasks"),
    Kind.REVIEW: _l("Decisions to look at again"),
    # I18N: heading of reminders: reports, statements and the like, that a body takes until some day
    Kind.TEXT: _l("Texts to hand in"),
    # I18N: heading of reminders: a body takes applications for side events until some day
    Kind.EVENT: _l("Applications for events"),
    # I18N: heading of reminders: one registers, or asks for the floor, until some day
    Kind.REGISTRATION: _l("Registrations and requests"),
    # I18N: heading of reminders: when a committee or another body meets
    Kind.OCCURRENCE: _l("Sessions of the body"),
}

AGREED = _l("What sessions agreed on")
"""What a track calls its tasks."""

SLUGS = {"tracks": Scope.TRACK, "groups": Scope.GROUP, "spaces": Scope.SPACE}
"""What stands in the address of a place, and what it is."""

_WHOM: dict[Whom, Any] = {
    Whom.PARTICIPANTS: _l("Everybody who takes part"),
    Whom.FACILITATORS: _l("The facilitators"),
    Whom.GROUP: _l("Everybody in the group"),
    Whom.COORDINATORS: _l("Whoever runs the group"),
}
_FOR_IT = _l("Who speaks for the organisation that takes it on")
_OF_TASKS: dict[Whom, Any] = {
    Whom.RESPONSIBLE: _l("Whoever has the task"),
    Whom.COORDINATORS: _WHOM[Whom.COORDINATORS],
    Whom.ORGANISATION: _FOR_IT,
}
_OF_AGREED: dict[Whom, Any] = {
    Whom.RESPONSIBLE: _l("Who speaks for the organisation that takes it on; where there is nobody, the facilitators"),
    Whom.COORDINATORS: _WHOM[Whom.FACILITATORS],
    Whom.ORGANISATION: _FOR_IT,
}
_OF_BODIES: dict[Whom, Any] = {
    Whom.RESPONSIBLE: _l("One person of each group that prepares something"),
    Whom.FOLLOWERS: _l("One person of each group that follows the space"),
    Whom.COORDINATORS: _l("Everybody who runs one of these groups"),
    Whom.GROUP: _l("Everybody in the groups that prepare something"),
    Whom.ORGANISATION: _l("Who speaks for the organisations that sign"),
}


def kind_words(kind: Kind, scope: Scope) -> Any:
    """Return how a place calls a kind of its dates."""
    return AGREED if kind is Kind.TASK and scope is Scope.TRACK else KINDS[kind]


def whom_words(kind: Kind, whom: Whom, scope: Scope) -> Any:
    """Return who a code means for a kind of dates of a place."""
    if kind is Kind.TASK:
        return (_OF_AGREED if scope is Scope.TRACK else _OF_TASKS)[whom]
    own = _OF_BODIES if kind in (*DEADLINES, Kind.OCCURRENCE) else {}
    return own.get(whom) or _WHOM[whom]


def all_whom_words(kind: Kind, scope: Scope, to_whom: Iterable[Whom]) -> list[str]:
    """Return who is reminded, in the order of the form."""
    chosen = set(to_whom)
    return [str(whom_words(kind, whom, scope)) for whom in OFFERED[kind].whom if whom in chosen]


def after_words(kind: Kind, minutes: int, whom: Whom) -> str:
    """Return what is told once something is over: when, to whom, and for which reason."""
    days = minutes // DAY
    if kind in DEADLINES:
        return str(
            ngettext(
                "%(num)s day after, to one person of each group that prepares something: "
                "while nobody has said that it was handed in",
                "%(num)s days after, to one person of each group that prepares something: "
                "while nobody has said that it was handed in",
                days,
            )
        )
    if whom is Whom.PARTICIPANTS:
        return str(
            ngettext(
                "%(num)s day after, to everybody who took part: that they can write a reflection",
                "%(num)s days after, to everybody who took part: that they can write a reflection",
                days,
            )
        )
    return str(
        ngettext(
            "%(num)s day after, to whoever leads: while nobody is marked as here",
            "%(num)s days after, to whoever leads: while nobody is marked as here",
            days,
        )
    )


def all_after_words(kind: Kind, rules: Iterable[Rule]) -> list[str]:
    """Return what rules tell once something is over, in the order of the form."""
    chosen = {(rule.minutes, whom) for rule in rules for whom in rule.to_whom}
    return [after_words(kind, *pair) for pair in OFFERED[kind].after if pair in chosen]


def which_words(kind: Kind, rule: Rule) -> str:
    """Return which reminder of a kind one is."""
    return ", ".join(all_after_words(kind, [rule])) or offset_words(rule.minutes)


def offset_words(minutes: int) -> str:
    """Return when a reminder is due: "7 days before", "1 hour before", "on the day"."""
    if minutes == 0:
        # I18N: when a reminder comes: on the very day of the date
        return str(gettext("on the day"))
    if minutes > 0:
        return str(
            ngettext("%(num)s day after, if it is not done", "%(num)s days after, if it is not done", minutes // DAY)
        )
    if minutes % DAY == 0:
        return str(ngettext("%(num)s day before", "%(num)s days before", -minutes // DAY))
    return str(ngettext("%(num)s hour before", "%(num)s hours before", -minutes // HOUR))


def rule_words(rules: Iterable[Rule]) -> list[str]:
    """Return when reminders are due, the earliest first."""
    return [offset_words(rule.minutes) for rule in sorted(rules, key=lambda rule: rule.minutes)]
