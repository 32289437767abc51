"""Signing in, registering, new passwords, invitations."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField
from wtforms.validators import InputRequired

from app.core.context import page_language
from app.core.forms import Form
from app.people.forms.affiliations import BelongingFields
from app.people.forms.fields import AddressField, NewPasswordField, name_line
from app.people.forms.profile import PageLanguageField, ProfileFields, ReadingFields


class SignInForm(Form):
    """`next` is the page to go to afterwards, a path of this house."""

    email = AddressField(_l("E-mail"))
    password = PasswordField(_l("Password"), validators=[InputRequired(_l("Write your password."))])
    next = HiddenField()


class EmailForm(Form):
    """An address to which a link is mailed."""

    email = AddressField(_l("E-mail"))


class RegisterForm(ProfileFields, PageLanguageField, BelongingFields, Form):
    """Everything that is asked of a newcomer, on one page. The list of all zones is not: it weighs more than the rest
    together, and the place picked before, or the country, nearly always says it."""

    email = AddressField(_l("E-mail"))
    password = NewPasswordField(_l("Password"))
    _fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._fields = {name: self._fields[name] for name in FIRST_ON_THE_PAGE} | self._fields
        if not self.is_submitted():
            self.languages.data = [page_language()]  # which they read; to be unticked where they do not speak it


FIRST_ON_THE_PAGE = (
    *("name", "name_latin", "place", "country", "region", "gender", "email", "password"),
    *("languages", "other_languages", "preferred_language", "page_language"),
)
"""The list of what is to be put right follows the page; the rest stands behind these in its own order."""


class PasswordOwned(Form):
    """A form with a new password for a known address."""

    password_owner = ""
    password = NewPasswordField(_l("New password"))


class NewPasswordForm(PasswordOwned):
    """A new password by a mailed link."""


class DistrustfulForm(PasswordOwned):
    """A new password where somebody else may have been in: what they may have copied can end with the old one."""

    revokes_links = BooleanField(_l("Let my private calendar links end too"))


class InvitationForm(ReadingFields, PasswordOwned):
    """What an invited person chooses first."""

    name = name_line(_l("Your name"), 160, required=_l("Write your name as you want to be called."))


class PasswordForm(DistrustfulForm):
    """Change one's password, knowing the present one."""

    page_order = ("present",)

    present = PasswordField(_l("Present password"), validators=[InputRequired(_l("Write your present password."))])
