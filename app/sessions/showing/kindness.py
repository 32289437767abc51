"""For whom an hour is kind, in words: whole sentences over the sun strip, one line beside the beads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.context import page_language
from app.core.lists import listed
from app.moments import words
from app.moments.kindness import HourThere, Kindness
from app.moments.weekends import is_weekend
from app.moments.zones import place_of
from app.sessions.wording import Wording

LEVELS = ("kind", "care", "night")


@dataclass(frozen=True, slots=True)
class Beads:
    """One glyph for each place, kind ones first, and the same in words."""

    levels: list[str]
    sentence: str


def beads_of(hours: Sequence[HourThere]) -> Beads | None:
    """Return the beads of a session over its places; None where there are fewer than two to compare."""
    if len(hours) < 2:
        return None
    levels = sorted((there.kindness.level for there in hours), key=LEVELS.index)
    return Beads(levels, _beads_in_words(hours))


def sentences_of(hours: Sequence[HourThere], words_for: Wording) -> list[str]:
    """Return what the strips show: for how many places it is kind, where it is not and why, and where people rest."""
    kind, total = _kind(hours), len(hours)
    said = []
    if total == 1:  # nothing to compare: "1 place of 1" would sound as if everybody were counted
        if place := _places(hours, Kindness.KIND):
            # I18N: over a picture of one hour in one place; a kind hour is neither early nor late for people there
            said = [_("Kind in %(places)s.", places=place)]
    elif kind == total:
        # I18N: over a picture of one hour in many places; a kind hour is neither early nor late for people there
        said = [ngettext("Kind for %(num)s place.", "Kind for all %(num)s places.", kind)]
    else:
        said = [
            ngettext("Kind for %(num)s place of %(total)s.", "Kind for %(num)s places of %(total)s.", kind, total=total)
        ]
    if early := _places(hours, Kindness.EARLY):
        said.append(_("Early in %(places)s.", places=early))
    if late := _places(hours, Kindness.LATE):
        said.append(_("Late in %(places)s.", places=late))
    if night := night_of(hours):
        said.append(night)
    if sunset := _listed([there.zone for there in hours if there.breaks_fast_at is not None]):
        said.append(words.finished(str(words_for.sunset_during % {"places": sunset}), page_language()))
    return said + _rest_in_words(hours)


def night_of(hours: Sequence[HourThere]) -> str:
    """Return in one sentence where an hour falls in the night; "" where it does nowhere."""
    places = _places(hours, Kindness.NIGHT)
    return str(_("At night in %(places)s.", places=places)) if places else ""


def elsewhere_in_words() -> str:
    """Return what is said where people live in places that are not shown: one or two of them could be found by it."""
    return str(_("Others live elsewhere. A place where fewer than three live is not shown."))


def _rest_in_words(hours: Sequence[HourThere]) -> list[str]:
    resting = [there.zone for there in hours if is_weekend(there.start.date(), there.zone)]
    if not resting:
        return []
    if len(resting) == len(hours) > 1:
        return [_("It is a day of rest in all these places.")]
    return [_("It is a day of rest in %(places)s.", places=_listed(resting))]


def _beads_in_words(hours: Sequence[HourThere]) -> str:
    """Say the hardest thing alone: night, then Ramadan, then late, then early."""
    kind, values = _kind(hours), {"total": len(hours)}
    sentence: object
    if night := _places(hours, Kindness.NIGHT):
        # I18N: beside a row of signs, one for each place: for how many places the hour of a session is kind
        sentence = ngettext(
            "kind for %(num)s place of %(total)s, at night in %(places)s",
            "kind for %(num)s places of %(total)s, at night in %(places)s",
            kind, places=night, **values,
        )  # fmt: skip
    elif sunset := sum(there.kindness is Kindness.SUNSET for there in hours):
        # I18N: %(sunset)s is the number of places where the sun sets during a session in Ramadan
        sentence = ngettext(
            "kind for %(num)s place of %(total)s; sunset in Ramadan: %(sunset)s",
            "kind for %(num)s places of %(total)s; sunset in Ramadan: %(sunset)s",
            kind, sunset=sunset, **values,
        )  # fmt: skip
    elif late := _places(hours, Kindness.LATE):
        sentence = ngettext(
            "kind for %(num)s place of %(total)s, late in %(places)s",
            "kind for %(num)s places of %(total)s, late in %(places)s",
            kind, places=late, **values,
        )  # fmt: skip
    elif early := _places(hours, Kindness.EARLY):
        sentence = ngettext(
            "kind for %(num)s place of %(total)s, early in %(places)s",
            "kind for %(num)s places of %(total)s, early in %(places)s",
            kind, places=early, **values,
        )  # fmt: skip
    else:
        sentence = ngettext("kind for %(num)s place", "kind for all %(num)s places", kind)
    return str(sentence)


def _kind(hours: Sequence[HourThere]) -> int:
    return sum(not there.kindness.is_hard for there in hours)


def _places(hours: Sequence[HourThere], kindness: Kindness) -> str:
    return _listed([there.zone for there in hours if there.kindness is kindness])


def _listed(zones: Sequence[str]) -> str:
    """Return "Beirut, Sana’a and Nairobi", as the language joins a list."""
    return listed([place_of(zone) for zone in zones], page_language())
