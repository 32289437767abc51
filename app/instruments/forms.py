"""Forms of advocacy instruments. They check shapes and keep what was typed; the services decide."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from app.advocacy.models import Claim
from app.advocacy.words import CLAIMS, GOALS
from app.core.actors import NETWORK, PUBLIC
from app.core.context import page_language
from app.core.forms import Form, clean_line, clean_text
from app.core.languages import find_tag, name_in
from app.core.names import Name, names_of
from app.core.text_language import LanguageFields
from app.core.worded_forms import ManyChoices
from app.instruments.models import Instrument, InstrumentText
from app.instruments.queries import Wanted
from app.instruments.services import Tags, Words
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup

MINE, WITHDRAWN = "mine", "withdrawn"


def goal_choices() -> list[SelectChoice]:
    """Return the goals as a list offers them, by their numbers."""
    return [SelectChoice(str(number), f"{number} – {name}") for number, name in GOALS.items()]


def claim_choices() -> list[SelectChoice]:
    return [SelectChoice(claim.value, label) for claim, label in CLAIMS.items()]


class TagFields(Form):
    """What is claimed, and which goals it is about. What is not in the lists was never offered, and is left out."""

    claims = ManyChoices(_l("What it claims"), validate_choice=False)
    goals = ManyChoices(_l("Sustainable Development Goals"), validate_choice=False)

    def offer_tags(self) -> None:
        self.claims.choices, self.goals.choices = claim_choices(), goal_choices()

    def chosen_claims(self) -> frozenset[Claim]:
        return frozenset(claim for claim in CLAIMS if claim.value in (self.claims.data or ()))

    def chosen_goals(self) -> frozenset[int]:
        return frozenset(number for number in GOALS if str(number) in (self.goals.data or ()))


class WordsFields(Form):
    """A whole text."""

    title = StringField(_l("Title"), filters=[clean_line])
    # I18N: label of a field: for what a statement is meant
    purpose = StringField(_l("What it is for"), filters=[clean_line])
    body = TextAreaField(_l("The text"), filters=[clean_text])

    def words(self) -> Words:
        return Words(str(self.title.data or ""), str(self.body.data or ""), str(self.purpose.data or ""))

    def fill_words(self, text: InstrumentText) -> None:
        """Show the words that are there."""
        self.title.data, self.purpose.data, self.body.data = text.title, text.purpose, text.body


class AudienceField(Form):
    audience = RadioField(_l("Who may read it"), default=NETWORK, validate_choice=False)

    def offer_audience(self) -> None:
        self.audience.choices = [
            # I18N: who may read something: everybody in the network
            SelectChoice(NETWORK, _("The network")),
            # I18N: who may read something: everybody on the internet
            SelectChoice(PUBLIC, _("Everybody")),
        ]


class OfferForm(TagFields, WordsFields, AudienceField, LanguageFields):
    """A new instrument."""

    page_order = (
        "owner", "language", "other_language", "title", "purpose", "body", "claims", "goals", "audience",
    )  # fmt: skip

    owner = SelectField(_l("Who offers it"), validate_choice=False)

    def offer(
        self, owners: tuple[list[WorkingGroup], list[Organisation]], languages: list[str]
    ) -> dict[str, WorkingGroup | Organisation]:
        """Fill the lists; return the owners by what is sent for them."""
        groups, organisations = owners
        self._owners: dict[str, WorkingGroup | Organisation] = {
            **{f"group:{row.id}": row for row in groups},
            **{f"organisation:{row.id}": row for row in organisations},
        }
        language = page_language()
        names: dict[UUID, Name] = names_of("group", [row.id for row in groups], language)
        names |= names_of("organisation", [row.id for row in organisations], language)
        self.owner.choices = [SelectChoice(value, names[row.id].text) for value, row in self._owners.items()]
        if len(self._owners) > 1:
            self.owner.choices.insert(0, SelectChoice("", _("Choose…")))
        self.offer_tags()
        self.offer_audience()
        self.offer_languages(first=languages)
        return self._owners

    def validate_owner(self, field: SelectField) -> None:
        if field.data not in self._owners:
            raise ValidationError(_l("Choose the group or the organisation that offers it."))

    def chosen_owner(self) -> WorkingGroup | Organisation:
        return self._owners[str(self.owner.data)]

    def tags(self) -> Tags:
        return Tags(self.chosen_claims(), self.chosen_goals(), str(self.audience.data or ""))


class DescribeForm(TagFields, AudienceField):
    """What an instrument claims, is about, and who reads it."""

    page_order = ("claims", "goals", "audience")

    def tags(self) -> Tags:
        return Tags(self.chosen_claims(), self.chosen_goals(), str(self.audience.data or ""))

    def fill_from(self, instrument: Instrument) -> None:
        """Show what is said now."""
        self.claims.data = [one.claim.value for one in instrument.claims]
        self.goals.data = [str(one.goal) for one in instrument.goals]
        self.audience.data = instrument.audience


class VersionForm(WordsFields):
    """The next version in a language. `based_on` is the one the writer was looking at."""

    page_order = ("title", "purpose", "body", "changes", "follows")

    changes = StringField(_l("What is new"), filters=[clean_line])
    follows = BooleanField(_l("It says now what the newest version of the original says"))
    based_on = HiddenField()

    def number(self) -> int:
        """Return the version the writer was looking at; 0 where that was no number."""
        written = str(self.based_on.data or "")
        return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0


class NewLanguageForm(WordsFields, LanguageFields):
    """An instrument in another language. `original` is the version of the original beside which it was written."""

    page_order = ("language", "other_language", "title", "purpose", "body")

    original = HiddenField()

    def followed(self) -> int:
        written = str(self.original.data or "")
        return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0


class WithdrawForm(Form):
    because = StringField(_l("Why"), filters=[clean_line])


class FilterForm(Form):
    """Which instruments. What does not exist finds what everybody finds first."""

    class Meta:
        csrf = False

    # I18N: label of a choice: what a statement claims (adequate housing, right to land …)
    claim = SelectField(_l("Claim"), validate_choice=False)
    # I18N: label of a choice: one of the Sustainable Development Goals
    goal = SelectField(_l("Goal"), validate_choice=False)
    # I18N: label of a choice: in which language a text exists
    language = SelectField(_l("Language"), validate_choice=False)
    # I18N: label of a choice: everybody's, one's own, withdrawn ones
    whose = SelectField(_l("Whose"), validate_choice=False)

    def __init__(self, *, keeps: bool, has_withdrawn: bool) -> None:
        super().__init__(formdata=request.args)
        anything = SelectChoice("", _("All"))
        self.claim.choices = [anything, *claim_choices()]
        self.goal.choices = [anything, *goal_choices()]
        self.language.choices = [anything, *self._languages()]
        self.whose.choices = [SelectChoice("", _("Everybody’s"))]
        if keeps:
            # I18N: choice: what one's own groups and organisations offer
            self.whose.choices.append(SelectChoice(MINE, _("Of my groups and organisations")))
        if has_withdrawn:
            # I18N: choice: what is not offered any more
            self.whose.choices.append(SelectChoice(WITHDRAWN, _("Withdrawn")))
        for field in (self.claim, self.goal, self.language, self.whose):
            if field.data not in [choice.value for choice in field.choices]:
                field.data = ""

    def _languages(self) -> list[SelectChoice]:
        """The five of the pages, and the one that is asked for."""
        tags = dict.fromkeys(("ar", "en", "es", "fr", "pt"))
        if asked := find_tag(str(self.language.data or "")):
            tags[asked] = None
        return sorted(
            (SelectChoice(tag, name_in(tag, page_language())) for tag in tags), key=lambda choice: str(choice.label)
        )

    @property
    def is_filtered(self) -> bool:
        return any(self.query.values())

    def wanted(self) -> Wanted:
        return Wanted(
            claim=Claim(self.claim.data) if self.claim.data else None,
            goal=int(self.goal.data) if self.goal.data else None,
            language=str(self.language.data or ""),
            only_own=self.whose.data == MINE,
            only_withdrawn=self.whose.data == WITHDRAWN,
        )

    @property
    def query(self) -> dict[str, Any]:
        """The query that leads here again."""
        fields = (self.claim, self.goal, self.language, self.whose)
        return {field.short_name: field.data or None for field in fields}
