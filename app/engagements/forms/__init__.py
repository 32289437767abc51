"""Forms of engagements. They check shapes and keep what was typed; the services decide."""

from app.engagements.forms.delegation import DelegateForm
from app.engagements.forms.filters import FilterForm
from app.engagements.forms.organisations import AnswerForm, AskForm
from app.engagements.forms.plans import GiveUpForm, GroupsForm, PlanForm, ReadersForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "DelegateForm",
    "FilterForm",
    "GiveUpForm",
    "GroupsForm",
    "PlanForm",
    "ReadersForm",
]
