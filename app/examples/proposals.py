"""Two meetings that people without an account proposed: one waits on the desk of the secretariat, the other stands in
the agenda, with the name of who proposed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from app.core.actors import PUBLIC, VISITOR
from app.core.registries import actor_at
from app.events.services import Planned
from app.moments.local import in_zone
from app.moments.timing import Timing
from app.people.models import Person
from app.proposals import services
from app.proposals.models import Proposal
from app.proposals.services import Proposer

CIRCLE_ZONE, WALK_ZONE = "America/Sao_Paulo", "Asia/Manila"


def make_proposals(cast: Mapping[str, Person], *, now: datetime) -> None:
    """Both proved their addresses; the secretariat has answered one of them."""
    circle = Planned(
        title="Roda de conversa: água e moradia (exemplo)",
        language="pt",
        timing=_at(19, time(15), 2, CIRCLE_ZONE, now),
        readers="",
        description="Cada bairro conta como a água chega, ou não chega. Há merenda e quem cuide das crianças.",
        place="Recife",
        organiser="Associação de vizinhas (exemplo)",
    )
    _propose(circle, Proposer("vizinhas@example.org", "pt", "Inês Exemplo"), now=now - timedelta(hours=30))
    walk = Planned(
        title="Lakad sa tabing-ilog (halimbawa)",
        language="fil",
        timing=_at(12, time(8), 3, WALK_ZONE, now),
        readers=PUBLIC,
        description="Maglalakad tayo sa tabing-ilog at pakikinggan ang mga nakatira roon.",
        place="Maynila",
        organiser="Samahan sa tabing-ilog (halimbawa)",
        address="https://ilog.example.org/lakad",
    )
    asked = now - timedelta(days=6)
    proposal = _propose(walk, Proposer("ligaya@example.org", "en", "Ligaya Halimbawa", is_named=True), now=asked)
    answered = now - timedelta(days=5)
    event = services.publish(actor_at(cast["jo"].id, answered), proposal, None, walk, now=answered)
    event.is_example = True


def _propose(planned: Planned, proposer: Proposer, *, now: datetime) -> Proposal:
    return services.confirm(services.propose(VISITOR, None, planned, proposer, now=now), now=now)


def _at(days: int, begins: time, hours: int, zone: str, now: datetime) -> Timing:
    """So many days from today, on the clock there."""
    start = datetime.combine(in_zone(now, zone).date() + timedelta(days=days), begins)
    return Timing.minutes(start, start + timedelta(hours=hours), zone)
