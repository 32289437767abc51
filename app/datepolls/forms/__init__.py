"""Forms of date polls. They check shapes and keep what was typed; the services decide."""

from app.datepolls.forms.answering import AnswerForm, answer_form
from app.datepolls.forms.asking import AskForm, Row, ask_form
from app.datepolls.forms.leading import BecauseForm, ChooseForm, ClosingForm, choose_form

__all__ = [
    "AnswerForm",
    "AskForm",
    "BecauseForm",
    "ChooseForm",
    "ClosingForm",
    "Row",
    "answer_form",
    "ask_form",
    "choose_form",
]
