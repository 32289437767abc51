"""The secretariat's answer to somebody who asks to be forgotten."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import DataRequired

from app.core.forms import Form, clean_text
from app.people.forms.fields import at_most


class RefusalForm(Form):
    """Why the data must stay."""

    answer = TextAreaField(
        _l("Why the data must stay"),
        filters=[clean_text],
        validators=[DataRequired(_l("Write why the data must stay: the person reads it.")), at_most(2_000)],
    )
