"""The use cases that write: founding and changing groups, coming in and leaving, inviting."""

from app.workinggroups.services.founding import create_group, found_group
from app.workinggroups.services.places import admit, end_place, lock_group, set_state

__all__ = ["admit", "create_group", "end_place", "found_group", "lock_group", "set_state"]
