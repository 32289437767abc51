"""Asking for a place in a track: for oneself, with the track's questions; or for people of one's organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.context import page_language
from app.core.errors import RuleBroken
from app.core.forms import Form, clean_line, clean_text
from app.core.languages import chain, check_tag, find_tag, own_name
from app.core.names import Name
from app.core.worded_forms import ManyChoices, accepts
from app.people import labels
from app.people.forms import to_uuid
from app.people.models import Need, Person
from app.people.services.needs import TakingPart
from app.sessions.models import IntakeQuestion, QuestionKind
from app.sessions.services.joining_for_organisation import check_number
from app.sessions.services.questions import NO, YES, answer_field, problem_with

ALONE = "alone"
"""Chosen by somebody whose affiliation is for themselves, without an organisation."""


class LanguagesLine(StringField):
    """Languages by their names, with commas between them; refuses a name that nobody knows."""

    def tags(self) -> tuple[str, ...]:
        """Return the tags; raises `RuleBroken` at the field."""
        parts = str(self.data or "").replace(";", ",").replace("،", ",").split(",")
        return tuple(dict.fromkeys(check_tag(part, field=self.name) for part in map(str.strip, parts) if part))

    def show(self, tags: Iterable[str]) -> None:
        """Show languages by their own names; the tag where the name would not be understood when it comes back."""
        self.data = ", ".join(name if find_tag(name := own_name(tag)) == tag else tag for tag in tags)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        try:
            self.tags()
        except RuleBroken as broken:
            raise ValidationError(broken.message) from None


class JoinForm(Form):
    """For which organisation, where there are several. `is_whole` says that the page with languages, needs and
    questions was sent, and not the one button of a track that asks nothing."""

    questions: Sequence[IntakeQuestion] = ()

    organisation = SelectField(_l("For which organisation do you join?"), validate_choice=False)
    is_whole = HiddenField()
    spoken = LanguagesLine(_l("Languages you speak"), filters=[clean_line])
    understood = LanguagesLine(_l("Languages you understand without speaking them"), filters=[clean_line])
    needs = ManyChoices(
        _l("What do you need to take part?"),
        choices=[SelectChoice(need.value, label) for need, label in labels.NEEDS.items()],
        validate_choice=False,
    )

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        for question in self.questions:
            field = self[answer_field(question.id)]
            if problem := problem_with(question, str(field.data or "").strip()):
                field.errors = [problem]
                is_good = False
        return is_good

    def validate_spoken(self, field: Any) -> None:
        if self.is_whole.data and not field.data:
            raise ValidationError(_l("Write at least one language: Español, Wolof."))

    @property
    def organisation_id(self) -> UUID | None:
        return to_uuid(self.organisation.data)

    @property
    def is_alone(self) -> bool:
        return bool(self.organisation.data == ALONE)

    def answers(self) -> dict[UUID, str]:
        return {question.id: str(self[answer_field(question.id)].data or "") for question in self.questions}

    def said(self) -> TakingPart | None:
        """Return what was said about languages and needs; None where the page did not ask."""
        if not self.is_whole.data:
            return None
        known = {need.value for need in Need}
        needs = frozenset(Need(value) for value in self.needs.data or [] if value in known)
        return TakingPart(self.spoken.tags(), self.understood.tags(), needs)

    def fill_from(self, person: Person, needs: Iterable[Need]) -> None:
        """Show what the person said before: asked once, kept."""
        self.is_whole.data = "1"
        self.spoken.show(row.language for row in person.languages if row.is_spoken)
        self.understood.show(row.language for row in person.languages if not row.is_spoken)
        self.needs.data = [need.value for need in needs]

    def asked(self) -> list[Any]:
        """Return the fields of the questions, in their order."""
        return [self[answer_field(question.id)] for question in self.questions]


def _field_of(question: IntakeQuestion) -> Any:
    label = prompt_of(question)
    if question.kind is QuestionKind.YES_NO:
        choices = [SelectChoice(YES, _l("Yes")), SelectChoice(NO, _l("No"))]
        return RadioField(label, choices=choices, validate_choice=False)
    if question.kind is QuestionKind.TEXT:
        return TextAreaField(label, filters=[clean_text])
    return StringField(label, filters=[clean_line])


def prompt_of(question: IntakeQuestion) -> Name:
    """Return a question in the language of the page, or, marked, in the one that stands in for it."""
    language = chain(page_language(), set(question.prompts)) or "en"
    return Name(question.prompts.get(language, ""), language, is_fallback=language != page_language())


def join_form(questions: Sequence[IntakeQuestion], **given: Any) -> JoinForm:
    """Return the form of a track with these questions."""
    fields: dict[str, Any] = {answer_field(question.id): _field_of(question) for question in questions}
    made: type[JoinForm] = type("JoinForm", (JoinForm,), fields | {"questions": questions})
    return made(**given)


class PeopleSearch(Form):
    """A part of the name of somebody to name; a form of reading."""

    class Meta:
        csrf = False

    q = StringField(_l("Name"), filters=[clean_line])

    @property
    def asked(self) -> str:
        return str(self.q.data or "")[:160]


class NamePeopleForm(Form):
    """Whom somebody who speaks for an organisation names for a track."""

    people = ManyChoices(_l("Who takes part?"), coerce=to_uuid, validate_choice=False)

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        return accepts(self, lambda: check_number(self.chosen)) and is_good

    @property
    def chosen(self) -> set[UUID]:
        return {person_id for person_id in self.people.data or [] if person_id is not None}
