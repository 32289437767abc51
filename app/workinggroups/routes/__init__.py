"""Every page of groups. Packages above hang theirs under `/groups/<slug>/…` on blueprints of their own."""

from app.workinggroups.blueprint import blueprint
from app.workinggroups.routes import (
    coordinators,
    exports,
    following_on,
    founding,
    groups,
    handover,
    invitations,
    invitations_answers,
    joining,
    meetings,
    observers,
    people,
    year,
)

__all__ = [
    "blueprint",
    "coordinators",
    "exports",
    "following_on",
    "founding",
    "groups",
    "handover",
    "invitations",
    "invitations_answers",
    "joining",
    "meetings",
    "observers",
    "people",
    "year",
]
