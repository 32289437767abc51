"""Every page of groups. Packages above hang theirs under `/groups/<slug>/…` on blueprints of their own."""

from app.workinggroups.blueprint import blueprint
from app.workinggroups.routes import groups, joining

__all__ = ["blueprint", "groups", "joining"]
