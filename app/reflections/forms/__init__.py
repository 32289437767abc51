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
from app.reflections.forms.numbers import read_number
from app.reflections.forms.passages import PassageFields
from app.reflections.forms.translating import EditTranslationForm, OfferForm, TranslateForm
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
    "EditTranslationForm",
    "EraseForm",
    "FilterForm",
    "InboxView",
    "OfferForm",
    "PassageFields",
    "ReadersForm",
    "ReasonForm",
    "SignatureFields",
    "TranslateForm",
    "WordsForm",
    "WriteForm",
    "read_number",
]
