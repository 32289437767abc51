"""Tables of working groups. Names are name rows of the kind `group`."""

from app.workinggroups.models.groups import (
    Admission,
    GroupBlock,
    GroupCoordinator,
    GroupKind,
    GroupOrigin,
    GroupState,
    GroupText,
    WorkingGroup,
)
from app.workinggroups.models.handing_on import GroupExport, HandoverNote
from app.workinggroups.models.materials import GroupMaterial
from app.workinggroups.models.meetings import GroupMeeting
from app.workinggroups.models.membership import (
    GroupInvitation,
    GroupMembership,
    InvitationState,
    ObserverRequest,
    ObserverRequestState,
    Standing,
)

__all__ = [
    "Admission",
    "GroupBlock",
    "GroupCoordinator",
    "GroupExport",
    "GroupInvitation",
    "GroupKind",
    "GroupMaterial",
    "GroupMeeting",
    "GroupMembership",
    "GroupOrigin",
    "GroupState",
    "GroupText",
    "HandoverNote",
    "InvitationState",
    "ObserverRequest",
    "ObserverRequestState",
    "Standing",
    "WorkingGroup",
]
