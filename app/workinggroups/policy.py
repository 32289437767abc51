"""Who may do what with groups. Pure answers from the actor's keys and the row in hand; nothing is queried."""

from __future__ import annotations

from app.core import permissions
from app.core.actors import Actor
from app.core.audiences import sees
from app.people.keys import affiliation_key, mandate_key
from app.people.models import Role
from app.sessions.models import Track
from app.workinggroups.keys import (
    admitted_key,
    carriers_key,
    contributors_key,
    coordinators_key,
    group_key,
    invited_key,
)
from app.workinggroups.models import (
    Admission,
    GroupInvitation,
    GroupKind,
    GroupMaterial,
    GroupMembership,
    GroupState,
    ObserverRequest,
    Standing,
    WorkingGroup,
)


def is_known_to(actor: Actor, group: WorkingGroup) -> bool:
    """Who sees that the group exists: its audience, who is inside, who is invited."""
    return sees(actor, group.audience) or actor.holds(group_key(group.id)) or actor.holds(invited_key(group.id))


def sees_by_audience(actor: Actor, group: WorkingGroup) -> bool:
    """Who would know of the group without being inside or invited."""
    return actor.is_secretariat or group.audience in actor.keys - {group_key(group.id)}


def is_inside(actor: Actor, group: WorkingGroup) -> bool:
    """Who reads what is inside: its people and the secretariat."""
    return sees(actor, group_key(group.id))


def can_found(actor: Actor, _thing: object = None) -> bool:
    """The secretariat, and people who may run groups; a chantier is proposed by whoever speaks for an organisation."""
    return actor.is_secretariat or (actor.is_person and actor.holds(Role.COORDINATOR.value))


def can_follow_on(actor: Actor, _track: Track) -> bool:
    """A group that follows on from a track is created by the secretariat (S3-13)."""
    return actor.is_secretariat


def can_run(actor: Actor, group: WorkingGroup) -> bool:
    """Its own coordinators, and the secretariat."""
    return actor.is_secretariat or actor.holds(coordinators_key(group.id))


def can_contribute(actor: Actor, group: WorkingGroup) -> bool:
    """Members, guests and coordinators, as long as the group is not closed. Observers read."""
    return actor.is_person and actor.holds(contributors_key(group.id)) and group.state is not GroupState.CLOSED


def can_edit_material(actor: Actor, material: GroupMaterial) -> bool:
    """Who added it, as long as they take part, and whoever runs the group."""
    is_own = material.added_by is not None and material.added_by == actor.person_id
    return can_run(actor, material.group) or (is_own and can_contribute(actor, material.group))


def may_meet(group: WorkingGroup) -> bool:
    """Whether a group plans meetings: not once it is closed, nor while it is suspended (R-18). A chantier that is
    proposed meets to find its carriers."""
    return group.state not in (GroupState.CLOSED, GroupState.SUSPENDED)


def is_eligible(actor: Actor, group: WorkingGroup) -> bool:
    """R-04: a current, confirmed affiliation of a kind that this group is open to."""
    return any(actor.holds(affiliation_key(kind)) for kind in group.eligible)


def is_admitted(actor: Actor, group: WorkingGroup) -> bool:
    """R-20: under a partnership agreement, without being of the network."""
    return actor.holds(admitted_key(group.id))


def can_ask_to_join(actor: Actor, _group: WorkingGroup) -> bool:
    """Anybody with an account may ask; whether R-04 lets them in is answered in words, by the service."""
    return actor.is_person


def takes_people(group: WorkingGroup) -> bool:
    """Whether people come in by themselves: an open group that goes on; a chantier only while it is active."""
    waits = group.kind is GroupKind.CHANTIER and group.state is not GroupState.ACTIVE
    return group.admission is Admission.OPEN and group.state is not GroupState.CLOSED and not waits


def may_be_asked_to_observe(group: WorkingGroup) -> bool:
    """Whether a group lets people listen who are not its members."""
    return group.takes_observers and group.state is not GroupState.CLOSED


def can_invite(actor: Actor, group: WorkingGroup) -> bool:
    """People of the network are invited by whoever runs the group; into a chantier by its carriers too."""
    if group.state is GroupState.CLOSED:
        return False
    return can_run(actor, group) or (actor.is_person and actor.holds(carriers_key(group.id)))


def can_invite_outside(actor: Actor, group: WorkingGroup) -> bool:
    """R-20: into a chantier only its carriers invite partner networks and inhabitants' groups; nobody else, the
    secretariat neither. Into other groups nobody is invited from outside."""
    is_chantier = group.kind is GroupKind.CHANTIER and group.state is not GroupState.CLOSED
    return is_chantier and actor.is_person and actor.holds(carriers_key(group.id))


def can_answer(actor: Actor, invitation: GroupInvitation) -> bool:
    """The person who is asked; for an organisation whoever speaks for it. Nobody accepts for somebody else."""
    if not actor.is_person or actor.person_id is None:
        return False
    if invitation.organisation_id is not None:
        return actor.holds(mandate_key(invitation.organisation_id))
    return invitation.person_id == actor.person_id


def can_withdraw_invitation(actor: Actor, invitation: GroupInvitation) -> bool:
    """Who may invite may take it back."""
    return can_invite(actor, invitation.group)


def can_decide_observers(actor: Actor, request: ObserverRequest) -> bool:
    """Whoever runs the group, about others than themselves."""
    return can_run(actor, request.group) and request.person_id != actor.person_id


def can_end_place(actor: Actor, membership: GroupMembership) -> bool:
    """Everybody leaves by themselves; whoever runs the group ends the place of another."""
    return membership.person_id == actor.person_id or can_run(actor, membership.group)


def has_voice(membership: GroupMembership) -> bool:
    """Observers and guests advise; members may stand for their organisation in decisions."""
    return membership.standing is Standing.MEMBER and membership.left_at is None


def register() -> None:
    """Tell the house which actions this package guards and which policy answers for each."""
    for code, policy, sentence in (
        ("workinggroups.found", can_found, "Create a working group"),
        (
            "workinggroups.follow_on",
            can_follow_on,
            "Create the group that follows on from a track",
        ),
        ("workinggroups.run", can_run, "Change a group, choose its readers, close it and open it again"),
        ("workinggroups.plan_meeting", can_run, "Plan a meeting of a group"),
        ("workinggroups.appoint", can_run, "Appoint coordinators of a group and end their service"),
        ("workinggroups.hand_over", can_run, "Read the handover sheet of a group, leave a note, hand the group over"),
        ("workinggroups.export", can_run, "Take a whole group out of the house as a file"),
        ("workinggroups.read", is_inside, "Read what is inside a group: people, meetings, topics, tasks, decisions"),
        ("workinggroups.contribute", can_contribute, "Take part in the work of a group"),
        ("workinggroups.edit_material", can_edit_material, "Edit, reorder and remove material of a group"),
        ("workinggroups.join", can_ask_to_join, "Ask to join a group, or to observe it (R-04 decides who is let in)"),
        ("workinggroups.invite", can_invite, "Invite people of the network into a group"),
        ("workinggroups.invite_outside", can_invite_outside, "Invite from outside the network into a chantier (R-20)"),
        ("workinggroups.answer_invitation", can_answer, "Accept or decline an invitation into a group"),
        ("workinggroups.withdraw_invitation", can_withdraw_invitation, "Take an invitation back"),
        ("workinggroups.decide_observers", can_decide_observers, "Decide who observes a group"),
        ("workinggroups.end_place", can_end_place, "Leave a group, or end somebody's place in it"),
    ):
        permissions.register(code, policy, sentence)
