"""Answering somebody who asks to observe."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.core.forms import Form, clean_text
from app.core.worded_forms import accepts
from app.workinggroups.services.observing import check_reason

ACCEPT, REFUSE = "accept", "refuse"


class DecideForm(Form):
    """The button says whether they may observe or not; a refusal says why."""

    decision = RadioField(choices=[SelectChoice(ACCEPT, ""), SelectChoice(REFUSE, "")], validate_choice=False)
    reason = TextAreaField(_l("If you refuse: why?"), filters=[clean_text])

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        return (not self.is_refusal or accepts(self, lambda: check_reason(self.reason.data or ""))) and is_good

    @property
    def is_refusal(self) -> bool:
        return bool(self.decision.data != ACCEPT)
