"""The use cases that write: founding and changing groups, coming in and leaving, observing, inviting."""

from app.workinggroups.services.founding import create_group, found_group
from app.workinggroups.services.joining import acknowledge_objectives, join_group
from app.workinggroups.services.observing import accept_observer, ask_to_observe, refuse_observer, withdraw_request
from app.workinggroups.services.places import admit, end_place, lock_group, set_state

__all__ = [
    "accept_observer",
    "acknowledge_objectives",
    "admit",
    "ask_to_observe",
    "create_group",
    "end_place",
    "found_group",
    "join_group",
    "lock_group",
    "refuse_observer",
    "set_state",
    "withdraw_request",
]
