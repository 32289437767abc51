"""Forms of groups: they check shapes, the services decide."""

from app.workinggroups.forms.joining import JoinForm, ObserveForm

__all__ = ["JoinForm", "ObserveForm"]
