"""What this package announces. Each event is sent inside the transaction of the fact; receivers only write rows or
call their own services. All carry `actor` and `now` (aware UTC)."""

from blinker import Namespace

_events = Namespace()

group_founded = _events.signal("workinggroups.group_founded")
"""There is a new group. Sender: the WorkingGroup."""

group_changed = _events.signal("workinggroups.group_changed")
"""Names, texts, rules or readers of a group changed. Sender: the WorkingGroup."""

group_state_changed = _events.signal("workinggroups.group_state_changed")
"""A group became active, was suspended, closed or opened again. Sender: the WorkingGroup; `before`: GroupState. A
receiver may refuse a closing with `RuleBroken` and the way out; then nothing was changed."""

group_joined = _events.signal("workinggroups.group_joined")
"""Somebody came into a group, or has another standing in it. Sender: the GroupMembership."""

group_left = _events.signal("workinggroups.group_left")
"""Somebody left a group. Sender: the GroupMembership, with `left_at` set. Packages above give back what the person had
taken on (tasks), and keep what the group owns (texts)."""

coordinator_appointed = _events.signal("workinggroups.coordinator_appointed")
"""Somebody began to run a group. Sender: the GroupCoordinator."""

coordinator_ended = _events.signal("workinggroups.coordinator_ended")
"""Somebody no longer runs a group. Sender: the GroupCoordinator, with `ended_at` set."""

group_handed_over = _events.signal("workinggroups.group_handed_over")
"""Somebody handed a group on. Sender: the GroupCoordinator that ended; `appointed`: the one that began."""

invited = _events.signal("workinggroups.invited")
"""A person or an organisation was asked to come into a group. Sender: the GroupInvitation."""

invitation_answered = _events.signal("workinggroups.invitation_answered")
"""An invitation was accepted, declined or withdrawn. Sender: the GroupInvitation."""

observer_decided = _events.signal("workinggroups.observer_decided")
"""Somebody's wish to observe a group was answered. Sender: the ObserverRequest, with its state."""
