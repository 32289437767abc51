"""Forms of chantiers. They check shapes and keep what was typed; the services decide."""

from app.chantiers.forms.agreements import AgreementForm
from app.chantiers.forms.carriers import AnswerForm, AskForm, CarryByMailForm
from app.chantiers.forms.letters import LetterForm, SignByMailForm, SignForm
from app.chantiers.forms.proposing import propose_form

__all__ = [
    "AgreementForm",
    "AnswerForm",
    "AskForm",
    "CarryByMailForm",
    "LetterForm",
    "SignByMailForm",
    "SignForm",
    "propose_form",
]
