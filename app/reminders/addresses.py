"""Where the plans of reminders live."""

from __future__ import annotations

from flask import url_for

from app.advocacy.addresses import space_path
from app.reminders.kinds import Kind, Scope
from app.reminders.policy import Place
from app.reminders.words import SLUGS
from app.sessions.addresses import track_path
from app.workinggroups.addresses import group_path

HOUSE = "/reminders/"

_WHERE = {scope: where for where, scope in SLUGS.items()}


def place_path(place: Place) -> str:
    """The page of all plans of a place."""
    if place.row is None:
        return HOUSE
    return url_for("reminders.show_place", where=_WHERE[place.scope], slug=place.row.slug)


def plan_path(place: Place, kind: Kind) -> str:
    """The form of one plan."""
    if place.row is None:
        return url_for("reminders.change_house_plan", kind=kind.value)
    return url_for("reminders.change_plan", where=_WHERE[place.scope], slug=place.row.slug, kind=kind.value)


def back_path(place: Place, kind: Kind) -> str:
    """Where the own plan of a place is taken away."""
    if place.row is None:
        return url_for("reminders.go_back_to_defaults", kind=kind.value)
    return url_for("reminders.go_back", where=_WHERE[place.scope], slug=place.row.slug, kind=kind.value)


def owner_path(place: Place) -> str:
    """The page of the track, group or space itself."""
    if place.row is None:
        return url_for("house.settings")
    return {Scope.TRACK: track_path, Scope.GROUP: group_path, Scope.SPACE: space_path}[place.scope](place.row.slug)
