"""Proposals for tests."""

from __future__ import annotations

from typing import Any

from app.core.actors import VISITOR
from app.events.services import Planned
from app.proposals import services
from app.proposals.models import Proposal
from app.proposals.services import Proposer
from app.workinggroups.models import WorkingGroup
from tests.conftest import START
from tests.make.moments import hours


def planned(**overrides: Any) -> Planned:
    values = {
        "title": "Open assembly",
        "language": "en",
        "timing": hours("2027-02-13 17:00", "2027-02-13 19:00"),
        "readers": "",
    }
    return Planned(**values | overrides)


def propose(group: WorkingGroup | None = None, email: str = "ada@example.org", **overrides: Any) -> Proposal:
    """A proposal whose link nobody has opened yet."""
    now, said = overrides.pop("now", START), overrides.pop("said", {})
    actor = overrides.pop("actor", VISITOR)
    proposer = Proposer(email, overrides.pop("page_language", "fr"), **said)
    return services.propose(actor, group, planned(**overrides), proposer, now=now)


def make_proposal(group: WorkingGroup | None = None, **overrides: Any) -> Proposal:
    """A proposal that lies on the desk."""
    return services.confirm(propose(group, **overrides), now=START)
