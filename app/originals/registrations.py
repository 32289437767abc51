"""What the house asks of every package: what originals hold about a person."""

from __future__ import annotations

from app.core import registries
from app.originals.personal_data import HOLDINGS, erase_person, export_person, merge_person


def register() -> None:
    registries.register(
        "originals",
        export_person=export_person,
        merge_person=merge_person,
        erase_person=erase_person,
        holdings=HOLDINGS,
    )
