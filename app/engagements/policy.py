"""Who may do what with engagements. Their groups' people read and write, whoever runs one of the groups runs them;
organisations speak through whoever has their mandate."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.core.audiences import sees
from app.engagements.keys import delegation_key, engagement_key
from app.engagements.models import Engagement, EngagementMaterial, Signatory
from app.people.keys import mandate_key
from app.workinggroups.models import GroupState, WorkingGroup
from app.workinggroups.policy import can_contribute, can_run


def can_plan(actor: Actor, group: WorkingGroup) -> bool:
    """Whoever runs a group that is not closed plans for it."""
    return can_run(actor, group) and group.state is not GroupState.CLOSED


def can_read(actor: Actor, engagement: Engagement) -> bool:
    """Whoever holds its audience: those inside, or the network once it was opened to it."""
    return sees(actor, engagement.audience) or is_inside(actor, engagement)


def is_inside(actor: Actor, engagement: Engagement) -> bool:
    """Whoever is inside one of its groups, speaks for one of its organisations, or goes for it."""
    return actor.is_secretariat or actor.holds(engagement_key(engagement.id))


def is_named_to(actor: Actor, signatory: Signatory) -> bool:
    """An organisation that is not in the directory is named to those inside alone, whoever else reads the plan."""
    return signatory.organisation.is_listed or is_inside(actor, signatory.engagement)


def can_see_delegation(actor: Actor, engagement: Engagement) -> bool:
    """Whoever is inside, but for speakers of organisations that have not agreed yet: papers and days of people who
    travel are nobody's business before."""
    return actor.is_secretariat or actor.holds(delegation_key(engagement.id))


def can_run_engagement(actor: Actor, engagement: Engagement) -> bool:
    """Whoever runs one of its groups, and the secretariat."""
    return any(can_run(actor, group) for group in engagement.groups)


def can_write(actor: Actor, engagement: Engagement) -> bool:
    """Whoever takes part in one of its groups, and whoever runs it."""
    return can_run_engagement(actor, engagement) or any(can_contribute(actor, group) for group in engagement.groups)


def can_edit_material(actor: Actor, material: EngagementMaterial) -> bool:
    """The same people for what lies on its shelf, whoever brought it."""
    return can_write(actor, material.engagement)


def speaks_for(actor: Actor, signatory: Signatory) -> bool:
    """An organisation agrees, declines and signs by whoever has its mandate; nobody does it for them."""
    return actor.is_person and actor.holds(mandate_key(signatory.organisation_id))


def register() -> None:
    for code, policy, sentence in (
        ("engagements.plan", can_plan, "plan an engagement of a group"),
        ("engagements.read", can_read, "read an engagement"),
        ("engagements.read_inside", is_inside, "read what is inside an engagement: texts and signatures"),
        ("engagements.see_delegation", can_see_delegation, "read who goes for an engagement, with which papers"),
        (
            "engagements.run",
            can_run_engagement,
            "change an engagement, ask organisations, hand in, write down what came of it",
        ),
        ("engagements.write", can_write, "begin the texts of an engagement and bring files"),
        ("engagements.edit_material", can_edit_material, "edit, reorder and remove what lies on its shelf"),
        ("engagements.speak_for", speaks_for, "agree, decline and sign for an organisation"),
    ):
        permissions.register(code, policy, sentence)
