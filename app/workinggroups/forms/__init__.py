"""Forms of groups: they check shapes, the services decide."""

from app.workinggroups.forms.founding import GroupForm, group_form
from app.workinggroups.forms.invitations import InviteForm, InviteOrganisationForm
from app.workinggroups.forms.joining import JoinForm, ObserveForm
from app.workinggroups.forms.observers import DecideForm

__all__ = ["DecideForm", "GroupForm", "InviteForm", "InviteOrganisationForm", "JoinForm", "ObserveForm", "group_form"]
