"""Speaking a reflection, and writing down what somebody said."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField

from app.core.files.uploads import FileField, IsAFile
from app.core.text_language import LanguageFields, checked
from app.originals.words import as_written, check_body
from app.reflections.forms.writing import BodyFields, SignatureFields
from app.reflections.recordings import ACCEPTED, make_voice
from app.sessions.forms import SessionField


class SpeakForm(SignatureFields, SessionField, LanguageFields):
    """A recording; what it says may be written now or later."""

    file = FileField(_l("Your voice"), validators=[IsAFile(make=make_voice, accepted=ACCEPTED)])
    body = TextAreaField(_l("What you say, in writing"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.label.text = _l("In which language do you speak?")

    def validate_body(self, field: TextAreaField) -> None:
        if field.data:
            checked(lambda: check_body(as_written(field.data)))


class OfferTranscriptForm(BodyFields):
    """What somebody else says, written down by a listener."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body.label.text = _l("What the voice says")
