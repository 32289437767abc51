"""Forms of tasks. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.core.context import page_language
from app.core.forms import ActionForm, Form, clean_text
from app.core.text_language import LanguageFields, checked
from app.core.worded_forms import ManyChoices
from app.moments.models import Certainty
from app.outcomes.forms import DueFields
from app.outcomes.models import Outcome
from app.outcomes.words import check_words
from app.people.queries import organisation_choices
from app.tasks.models import TO_DO, Task, TaskState
from app.tasks.services import Planned, digest_of
from app.tasks.words import LONGEST_BACK, LONGEST_WORDS, MISSING, STATES

ALL = "all"
MINE, NOBODYS = "mine", "nobody"


class TaskForm(DueFields, LanguageFields):
    """What is to be done. `filled_from` says what the writer was looking at."""

    page_order = ("language", "other_language", "words", "owner", "organisation")

    words = TextAreaField(_l("What is to be done"), filters=[clean_text])
    owner = SelectField(_l("Who does it"), validate_choice=False, default="")
    organisation = SelectField(_l("Organisation"), validate_choice=False, default="")
    # I18N: a box to tick under the date of a task
    is_around = BooleanField(_l("Around this day: it may still shift"))
    filled_from = HiddenField()

    def offer(self, languages: list[str], people: list[tuple[UUID, str]]) -> None:
        """Fill the lists; `people` are those who may do it, as (id, name)."""
        self.owner.choices = [
            # I18N: choice in a list of people: a task that nobody has taken
            SelectChoice("", _("Nobody yet")),
            *(SelectChoice(str(person_id), name) for person_id, name in people),
        ]
        named = organisation_choices(page_language())
        self.organisation.choices = [
            SelectChoice("", _("None, or not known")),
            *(SelectChoice(str(organisation_id), name) for organisation_id, name in named),
        ]
        self.offer_months()
        self.offer_languages(first=languages)

    def validate_words(self, field: TextAreaField) -> None:
        checked(lambda: check_words(field.data or "", field="words", longest=LONGEST_WORDS, missing=MISSING))

    def validate_owner(self, field: SelectField) -> None:
        if _uuid(field) is None and field.data:
            field.data = ""
            raise ValidationError(_l("Choose somebody from the list, or nobody yet."))

    def validate_organisation(self, field: SelectField) -> None:
        if _uuid(field) is None and field.data:
            field.data = ""
            raise ValidationError(_l("Choose the organisation from the list, or leave it empty."))

    def planned(self) -> Planned:
        """Return what was typed; call it after `validate()`."""
        return Planned(
            words=str(self.words.data or ""),
            language=self.tag(),
            owner_id=_uuid(self.owner),
            organisation_id=_uuid(self.organisation),
            by=self.due(),
            is_around=bool(self.is_around.data),
        )

    def fill_from(self, task: Task) -> None:
        """Show what a task says now."""
        self.words.data, self.language.data = task.words, task.language
        self.owner.data = str(task.owner_id) if task.owner_id else ""
        self.organisation.data = str(task.organisation_id) if task.organisation_id else ""
        self.is_around.data = task.moment is not None and task.moment.certainty is Certainty.ESTIMATED
        self.filled_from.data = digest_of(task)
        self.fill_due(task.moment)


def _uuid(field: SelectField) -> UUID | None:
    try:
        return UUID(str(field.data)) if field.data else None
    except ValueError:
        return None


class TakeUpForm(Form):
    """What sessions agreed on, to tick."""

    outcomes = ManyChoices(_l("What the group takes up"), validate_choice=False)

    def chosen(self, offered: list[Outcome]) -> list[Outcome]:
        """Return the ticked ones of those that the actor reads; what is not among them was never offered."""
        ticked = set(self.outcomes.data or ())
        return [outcome for outcome in offered if str(outcome.id) in ticked]


class ButtonForm(ActionForm):
    """One click. `back` says from which page."""

    back = HiddenField()


class StateForm(ButtonForm):
    """One click: begun, done, or open again. What is given up is asked about on a page of its own."""

    state = HiddenField()

    def validate_state(self, field: HiddenField) -> None:
        if field.data not in (*TO_DO, TaskState.DONE):
            raise ValidationError(_l("Choose one of the buttons beside the task."))

    def chosen(self) -> TaskState:
        return TaskState(self.state.data)


class HandBackForm(Form):
    """A word with which somebody hands a task back."""

    words = TextAreaField(_l("A word to the others"), filters=[clean_text])

    def validate_words(self, field: TextAreaField) -> None:
        if field.data:
            checked(lambda: check_words(field.data, field="words", longest=LONGEST_BACK, missing=""))


class FilterForm(Form):
    """Which tasks of a group: in which state, and whose. What does not exist finds what everybody finds first."""

    class Meta:
        csrf = False

    # I18N: label of a choice: to do, under way, done …
    state = SelectField(_l("State"), validate_choice=False)
    # I18N: label of a choice: everybody's tasks, mine, those of nobody
    whose = SelectField(_l("Whose"), validate_choice=False)

    def __init__(self) -> None:
        super().__init__(formdata=request.args)
        self.state.choices = [
            # I18N: choice in a list of states: everything that is not done or dropped
            SelectChoice("", _("Not done yet")),
            *(SelectChoice(state.value, label) for state, label in STATES.items()),
            # I18N: choice in a list of states: to do, under way, done or dropped alike
            SelectChoice(ALL, _("All")),
        ]
        self.whose.choices = [
            # I18N: choice: tasks of everybody in the group
            SelectChoice("", _("Everybody’s")),
            # I18N: choice: my own tasks
            SelectChoice(MINE, _("Mine")),
            # I18N: choice: tasks that nobody has taken
            SelectChoice(NOBODYS, _("Without owner")),
        ]
        for field in (self.state, self.whose):
            if field.data not in [choice.value for choice in field.choices]:
                field.data = ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.state.data or self.whose.data)

    def states(self) -> tuple[TaskState, ...]:
        """Return the states to show; none of them said means all."""
        if self.state.data == ALL:
            return ()
        return (TaskState(self.state.data),) if self.state.data else TO_DO

    @property
    def query(self) -> dict[str, Any]:
        """The query that leads here again."""
        return {"state": self.state.data or None, "whose": self.whose.data or None}
