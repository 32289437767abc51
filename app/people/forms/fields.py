"""Fields that several forms of people share: e-mail, new password, several languages, one of the house's codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.errors import RuleBroken
from app.core.forms import clean_line
from app.people.addresses import read_address
from app.people.passwords import check_password
from app.people.written_names import check_name


def at_most(characters: int) -> Length:
    return Length(max=characters, message=_l("Use at most %(max)d characters."))


def line(label: Any, characters: int, *, required: Any = "", **options: Any) -> StringField:
    """A field of one line; `required` is the sentence shown where it is empty."""
    validators = [DataRequired(required), at_most(characters)] if required else [at_most(characters)]
    return StringField(label, filters=[clean_line], validators=validators, **options)


def name_line(label: Any, characters: int, *, required: Any = "", **options: Any) -> StringField:
    """A line with the name of a person, place or organisation: something to be seen, and no link."""
    field = line(label, characters, required=required, **options)
    field.kwargs["validators"] = [*field.kwargs["validators"], _is_name]
    return field


def _is_name(_form: Any, field: Any) -> None:
    try:
        check_name(str(field.data or ""), field=field.name)
    except RuleBroken as broken:
        raise ValidationError(broken.message) from None


def offered(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Return (value, label) pairs as the choices of a field."""
    return [SelectChoice(value, label) for value, label in pairs]


class AddressField(EmailField):
    """An e-mail address; refused where it has not the shape of one."""

    def __init__(self, label: Any = None, **options: Any) -> None:
        options.setdefault("filters", [clean_line])
        options.setdefault("validators", [InputRequired(_l("Write your e-mail address."))])
        super().__init__(label, **options)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or self.errors:
            return
        try:
            read_address(str(self.data or ""))
        except RuleBroken as broken:
            raise ValidationError(broken.message) from None


class TheirAddressField(AddressField):
    """The e-mail address of somebody else."""

    def __init__(self, label: Any = None, **options: Any) -> None:
        options.setdefault("validators", [InputRequired(_l("Write their e-mail address."))])
        super().__init__(label, **options)


class NewPasswordField(PasswordField):
    """A password to be: refused where it is too short, too long or easily guessed. The form says whose it will be by
    an attribute `password_owner` or a field `email`."""

    def __init__(self, label: Any = None, **options: Any) -> None:
        options.setdefault("validators", [InputRequired(_l("Choose a password of at least 10 characters."))])
        super().__init__(label, **options)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or self.errors:
            return
        email = getattr(form, "password_owner", "") or (form.email.data if "email" in form else "") or ""
        house_name = current_app.extensions["maloca"].house_name
        try:
            check_password(str(self.data or ""), email=str(email), house_name=house_name)
        except RuleBroken as broken:
            raise ValidationError(broken.message) from None


class TickedField(SelectMultipleField):
    """Several of a list, as rows to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def id_or_none(value: Any) -> UUID | None:
    """Coerce the value of a list of ids: "" and None are nobody."""
    return UUID(str(value)) if value else None
