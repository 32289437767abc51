"""How the house comes to know a kind of gathering: one call, in the `init_app` of the package that has it."""

from __future__ import annotations

from app.core import registries
from app.sessions import cards, hosts, searching
from app.sessions.hosts import Host


def register(package: str, host: Host) -> None:
    """Give gatherings of this kind their page under `/sessions/<id>` and everything below it, mails, the calendar
    file, cards for packages that do not know them, and a place in the search."""
    hosts.add(host)
    registries.register(package, describe={host.kind: cards.describe_gatherings})
    searching.register_kind(host)
