"""The query of an advocacy report, read as a form so that a mistyped day comes back with the way out."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.validators import Optional

from app.reports.forms import DayField, in_order


class AdvocacyForm(FlaskForm):
    """Nothing here is sent to change anything: no token, no submission id. What codes mean is the query's matter."""

    class Meta:
        csrf = False

    from_on = DayField(_l("From"), name="from", validators=[Optional()])
    to_on = DayField(_l("Until"), name="to", validators=[Optional(), in_order])
    group = SelectField(_l("Group"), validate_choice=False, default="")
    space = SelectField(_l("Space"), validate_choice=False, default="")
    mode = SelectField(_l("Way to take part"), validate_choice=False, default="")
    goal = SelectField(_l("Goal"), validate_choice=False, default="")
    region = SelectField(_l("Region"), validate_choice=False, default="")
    gender = SelectField(_l("Gender equality"), validate_choice=False, default="")

    def offer(self, **choices: list[tuple[str, Any]]) -> None:
        """Fill the lists: what is sent and how it reads; the empty choice narrows nothing."""
        for name, offered in choices.items():
            self[name].choices = [("", _EVERYTHING[name]), *offered]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked besides days, for `queries.find_scope`."""
        return {name: self[name].data or "" for name in _EVERYTHING}

    @property
    def first_error(self) -> Any:
        return next((error for errors in self.errors.values() for error in errors), "")


_EVERYTHING = {
    "group": _l("All groups"),
    "space": _l("All spaces"),
    "mode": _l("All ways"),
    "goal": _l("All goals"),
    "region": _l("All regions"),
    "gender": _l("All engagements"),
}
