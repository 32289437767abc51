"""Forms of reflections. They check shapes and keep what was typed; the services decide."""

from app.reflections.forms.filters import FilterForm
from app.reflections.forms.looking_after import (
    NO,
    YES,
    AnswerAppealForm,
    AnswerConsentForm,
    AskConsentForm,
    InboxView,
    ReasonForm,
    WordsForm,
)
from app.reflections.forms.writing import (
    OWN,
    AnswerForm,
    BodyFields,
    EditForm,
    EraseForm,
    ReadersForm,
    SignatureFields,
    WriteForm,
)

__all__ = [
    "NO",
    "OWN",
    "YES",
    "AnswerAppealForm",
    "AnswerConsentForm",
    "AnswerForm",
    "AskConsentForm",
    "BodyFields",
    "EditForm",
    "EraseForm",
    "FilterForm",
    "InboxView",
    "ReadersForm",
    "ReasonForm",
    "SignatureFields",
    "WordsForm",
    "WriteForm",
]
