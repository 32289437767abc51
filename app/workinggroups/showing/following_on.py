"""Whom a group that follows on from a track invites, in sentences: the numbers first, and why others are left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from app.people.models import AffiliationKind
from app.workinggroups.queries.following_on import Reach

MOST_NAMED = 200
"""So many names stand on the page; more nobody reads."""


def invited_words(reach: Reach) -> str:
    """Return how many people get an invitation."""
    if not reach.total:
        return str(_("Nobody takes part in this track: the group begins without an invitation."))
    if not reach.invited:
        return str(_("Nobody gets an invitation."))
    return str(
        ngettext("%(num)s person gets an invitation.", "%(num)s people get one invitation each.", len(reach.invited))
    )


def left_out_words(reach: Reach) -> list[str]:
    """Return who of the track gets none, and why, a sentence each."""
    return list(_left_out(reach))


def _left_out(reach: Reach) -> Iterator[str]:
    for kind in AffiliationKind:
        if count := reach.other_kinds.get(kind, 0):
            yield _OTHER_KINDS[kind](count)
    if reach.unaffiliated:
        yield ngettext(
            "%(num)s person has no current, confirmed affiliation and gets none.",
            "%(num)s people have no current, confirmed affiliation and get none.",
            reach.unaffiliated,
        )
    if reach.asked_before:
        yield ngettext(
            "%(num)s person was asked into a group of this track before and is not asked again.",
            "%(num)s people were asked into a group of this track before and are not asked again.",
            reach.asked_before,
        )


_OTHER_KINDS: dict[AffiliationKind, Callable[[int], str]] = {
    AffiliationKind.MEMBER: lambda count: ngettext(
        "%(num)s Member gets none: they may ask to observe.",
        "%(num)s Members get none: they may ask to observe.",
        count,
    ),
    AffiliationKind.FRIEND: lambda count: ngettext(
        "%(num)s Friend gets none: they may ask to observe.",
        "%(num)s Friends get none: they may ask to observe.",
        count,
    ),
    AffiliationKind.ALLY: lambda count: ngettext(
        "%(num)s Ally gets none: they may ask to observe.", "%(num)s Allies get none: they may ask to observe.", count
    ),
}


def kind_notes(reach: Reach) -> dict[str, str]:
    """Return for each affiliation how many of the track's people have it and were not asked before."""
    counts = {kind: reach.of_kinds.get(kind, 0) + reach.other_kinds.get(kind, 0) for kind in AffiliationKind}
    return {
        kind.value: ngettext(
            # I18N: under the name of an affiliation: so many people of the track have it
            "%(num)s person of this track",
            "%(num)s people of this track",
            count,
        )
        for kind, count in counts.items()
    }
