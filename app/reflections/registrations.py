"""What the house asks of every package: cards of reflections for lists elsewhere, a person's data, and whether a mail
is still wanted."""

from __future__ import annotations

from uuid import UUID

from app.core import registries
from app.core.actors import Actor
from app.core.registries import Card
from app.originals.showing import shown_name
from app.reflections import emails, telling
from app.reflections.personal_data import HOLDINGS, erase_person, export_person, merge_person
from app.reflections.queries import list_readable


def describe(reflection_ids: list[UUID], actor: Actor) -> dict[UUID, Card]:
    """Return a card for each reflection the actor may read, under the name its author chose."""
    return {
        reflection.id: Card(
            title=shown_name(reflection),
            href=f"/reflections/{reflection.id}",
            language=reflection.language,
            state="withdrawn" if reflection.withdrawn_at else "withheld" if reflection.withheld_at else "",
        )
        for reflection in list_readable(actor, reflection_ids)
    }


def register() -> None:
    emails.register()
    registries.register(
        "reflections",
        describe={"reflection": describe},
        export_person=export_person,
        merge_person=merge_person,
        erase_person=erase_person,
        holdings=HOLDINGS,
        still_wanted=dict.fromkeys(telling.KINDS, telling.still_wanted),
    )
