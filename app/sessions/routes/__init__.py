"""Addresses of the programme. Parse, load what is visible, form, one service call, redirect or render."""

from app.sessions.blueprint import blueprint
from app.sessions.routes import (
    attendance,
    copying,
    intake,
    joining,
    joining_for_organisation,
    moving,
    phases,
    ramadan,
    roster,
    scheduling,
    sessions,
    team,
    tracks,
)

MODULES = (
    phases,
    tracks,
    joining,
    joining_for_organisation,
    intake,
    team,
    sessions,
    scheduling,
    moving,
    copying,
    attendance,
    roster,
    ramadan,
)
"""Named here so that every address hangs on the blueprint before it is registered."""

__all__ = ["blueprint"]
