"""Forms of the catalogue: a space, a way to take part, a word limit. Each asks how sure that is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from app.advocacy import words
from app.advocacy.forms.seats import SeatField
from app.advocacy.forms.sure import NumberField, SureFields, enum_choices, known
from app.advocacy.models import (
    Access,
    AdvocacySpace,
    ModeCode,
    ParticipationMode,
    SpaceKind,
    WordLimit,
)
from app.advocacy.services.modes import LimitFacts, ModeFacts
from app.advocacy.services.spaces import LONGEST_ACRONYM, LONGEST_PLACE, LONGEST_URL, SpaceFacts
from app.advocacy.words import LIMIT_STATUSES
from app.core.context import page_language
from app.core.forms import Form, clean_line
from app.core.languages import name_in
from app.core.worded_forms import ManyChoices, WordsForm, make_words_form
from app.people.forms import to_uuid

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es", "pt")
"""The official languages of the United Nations, and Portuguese."""

JOINT = {"": None, "joint": True, "single": False}


class SpaceForm(SureFields, WordsForm):
    """A space; its names stand first, in every language of the pages."""

    after_words = ("kind", "acronym", "parent", "place", "zone", "url", "goals", "certainty", "source")

    kind = SelectField(
        _l("Kind"),
        choices=enum_choices(words.SPACE_KINDS),
        validators=[known(words.SPACE_KINDS, _l("Choose what kind of space it is."))],
        validate_choice=False,
    )
    acronym = StringField(_l("Acronym"), filters=[clean_line], validators=[Length(max=LONGEST_ACRONYM)])
    parent = SelectField(_l("Belongs to"), coerce=to_uuid, validate_choice=False)
    place = StringField(_l("Seat"), filters=[clean_line], validators=[Length(max=LONGEST_PLACE)])
    zone = SeatField(_l("Place whose clock counts"), default="")
    url = StringField(_l("Its own page"), filters=[clean_line], validators=[Length(max=LONGEST_URL)])
    goals = ManyChoices(
        _l("Goals its work touches"),
        choices=[SelectChoice(number, label) for number, label in words.GOALS.items()],
        coerce=int,
        validate_choice=False,
    )

    def offer(self, spaces: Sequence[tuple[UUID, str]]) -> None:
        # I18N: choice in a list of spaces: this one belongs to no other
        self.parent.choices = [SelectChoice("", _l("To none")), *(SelectChoice(key, name) for key, name in spaces)]

    def facts(self) -> SpaceFacts:
        return SpaceFacts(
            names=self.names(),
            kind=SpaceKind(self.kind.data),
            sure=self.sure(),
            acronym=str(self.acronym.data or ""),
            parent_id=self.parent.data,
            place=str(self.place.data or ""),
            zone=str(self.zone.data or ""),
            url=str(self.url.data or ""),
            goals=list(self.goals.data or ()),
        )

    def show(self, space: AdvocacySpace, names: dict[str, str]) -> None:
        """Show how a space stands now."""
        self.fill_words(names)
        self.show_sure(space)
        self.kind.data, self.acronym.data, self.parent.data = space.kind.value, space.acronym, space.parent_id
        self.place.data, self.zone.data, self.url.data = space.place, space.zone or "", space.url
        self.goals.data = [goal.goal for goal in space.goals]


def space_form() -> Any:
    """Return the form of a space, with its name in every language of the pages."""
    return make_words_form(SpaceForm, _l("Name"))()


class ModeForm(SureFields, WordsForm):
    """A way to take part. What the space calls it may stay empty: then its kind is its name."""

    before_words = ("code", "access")
    after_words = ("texts_in", "is_closed", "is_once", "certainty", "source")

    code = SelectField(
        _l("Kind"),
        choices=enum_choices(words.MODES),
        validators=[known(words.MODES, _l("Choose how one takes part."))],
        validate_choice=False,
    )
    access = SelectField(
        _l("What an organisation needs"),
        choices=enum_choices(words.ACCESSES),
        validators=[known(words.ACCESSES, _l("Choose what an organisation needs."))],
        validate_choice=False,
    )
    texts_in = ManyChoices(_l("Languages in which texts are taken"), validate_choice=False)
    is_closed = BooleanField(_l("It is closed now"))
    is_once = BooleanField(_l("One text of its own per organisation"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts_in.choices = [SelectChoice(code, name_in(code, page_language())) for code in LANGUAGES]

    def check_words(self) -> None:
        """A way to take part needs no name of its own."""

    def facts(self) -> ModeFacts:
        return ModeFacts(
            code=ModeCode(self.code.data),
            access=Access(self.access.data),
            sure=self.sure(),
            labels=self.names(),
            languages=[code for code in self.texts_in.data or () if code in LANGUAGES],
            is_closed=bool(self.is_closed.data),
            is_once_per_organisation=bool(self.is_once.data),
        )

    def show(self, mode: ParticipationMode) -> None:
        """Show how it stands now."""
        self.fill_words(mode.labels)
        self.show_sure(mode)
        self.code.data, self.access.data = mode.code.value, mode.access.value
        self.texts_in.data = list(mode.languages)
        self.is_closed.data, self.is_once.data = mode.is_closed, mode.is_once_per_organisation


def mode_form() -> Any:
    """Return the form of a way to take part, with what it is called in every language of the pages."""
    return make_words_form(ModeForm, _l("What the space calls it"))()


class LimitForm(SureFields, Form):
    """A word limit."""

    words = NumberField(_l("Number of words"), validators=[Optional()])
    cover_words = NumberField(_l("Of which for the cover page"), validators=[Optional()])
    standing = SelectField(
        _l("For whom"),
        choices=[SelectChoice(code, label) for code, label in LIMIT_STATUSES.items()],
        validate_choice=False,
    )
    joint = SelectField(
        _l("For which texts"),
        choices=[
            SelectChoice("", _l("All texts")),
            SelectChoice("joint", _l("Joint texts")),
            SelectChoice("single", _l("Texts of one organisation")),
        ],
        validate_choice=False,
    )

    def facts(self) -> LimitFacts:
        return LimitFacts(
            words=int(self.words.data or 0),
            cover_words=int(self.cover_words.data or 0),
            sure=self.sure(),
            status=str(self.standing.data or ""),
            is_joint=JOINT.get(self.joint.data or ""),
        )

    def show(self, limit: WordLimit) -> None:
        """Show how it stands now."""
        self.show_sure(limit)
        self.words.data, self.cover_words.data, self.standing.data = limit.words, limit.cover_words, limit.status
        self.joint.data = next(code for code, is_joint in JOINT.items() if is_joint is limit.is_joint)
