"""Forms of people: shapes and single fields. They never save and never decide who may."""

from app.people.forms.accounts import (
    DistrustfulForm,
    EmailForm,
    InvitationForm,
    NewPasswordForm,
    PasswordForm,
    RegisterForm,
    SignInForm,
)
from app.people.forms.acting import (
    AccountForm,
    ActingForm,
    AssistedForm,
    HelperForm,
)
from app.people.forms.affiliations import AddAffiliationForm, AskForm, EndForm, KindForm
from app.people.forms.desk import InviteForm, MandateForm, OrganisationForm, RoleForm, Search
from app.people.forms.fields import AddressField
from app.people.forms.meant import PersonForm, to_uuid
from app.people.forms.organisations import (
    ContactForm,
    EndTieForm,
    NewTextForm,
    OtherNameForm,
    PageTextForm,
    ParentForm,
)
from app.people.forms.profile import ProfileForm, ReadingForm

__all__ = [
    "AccountForm",
    "ActingForm",
    "AddAffiliationForm",
    "AddressField",
    "AskForm",
    "AssistedForm",
    "ContactForm",
    "DistrustfulForm",
    "EmailForm",
    "EndForm",
    "EndTieForm",
    "HelperForm",
    "InvitationForm",
    "InviteForm",
    "KindForm",
    "MandateForm",
    "NewPasswordForm",
    "NewTextForm",
    "OrganisationForm",
    "OtherNameForm",
    "PageTextForm",
    "ParentForm",
    "PasswordForm",
    "PersonForm",
    "ProfileForm",
    "ReadingForm",
    "RegisterForm",
    "RoleForm",
    "Search",
    "SignInForm",
    "to_uuid",
]
