"""Forms of originals. They check shapes and keep what was typed; the services decide."""

from app.originals.forms.numbers import read_number
from app.originals.forms.passages import PassageFields
from app.originals.forms.translating import EditTranslationForm, OfferForm, TranslateForm
from app.originals.forms.writing import BodyFields

__all__ = ["BodyFields", "EditTranslationForm", "OfferForm", "PassageFields", "TranslateForm", "read_number"]
