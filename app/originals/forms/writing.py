"""The field of the words of an original; kinds give it the label of their own."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from app.core.forms import Form
from app.core.text_language import checked
from app.originals.words import LONGEST, as_written, check_body


class BodyFields(Form):
    """The words themselves: no filter touches them."""

    body = TextAreaField(_l("Your words"))

    longest = LONGEST

    def validate_body(self, field: TextAreaField) -> None:
        checked(lambda: check_body(as_written(field.data or ""), longest=self.longest))
