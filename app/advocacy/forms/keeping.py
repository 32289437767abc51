"""Forms of the catalogue: a space, a way to take part, a word limit, a rule. Each asks how sure that is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from app.advocacy import words
from app.advocacy.models import (
    Access,
    AdvocacySpace,
    Anchor,
    Fact,
    ModeCode,
    OccurrenceKind,
    ParticipationMode,
    SpaceKind,
    StepCode,
    StepRule,
    WordLimit,
)
from app.advocacy.services.modes import LimitFacts, ModeFacts
from app.advocacy.services.rules import RuleFacts
from app.advocacy.services.spaces import LONGEST_ACRONYM, LONGEST_PLACE, LONGEST_URL, SpaceFacts, Sure
from app.advocacy.words import LIMIT_STATUSES
from app.core.context import page_language
from app.core.forms import Form, clean_line
from app.core.languages import name_in
from app.core.worded_forms import ManyChoices, WordsForm, make_words_form
from app.moments.forms import DayField, ZoneField
from app.moments.models import Certainty
from app.moments.words import months_of_year
from app.people.forms import to_uuid

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es", "pt")
"""The official languages of the United Nations, and Portuguese."""

SAYABLE = (Certainty.VERIFIED, Certainty.TYPICAL, Certainty.UNSURE)
"""What a person can say of a fact; estimates are the house's."""

JOINT = {"": None, "joint": True, "single": False}


def _enum_choices(labels: dict[Any, Any], first: Any = None) -> list[SelectChoice]:
    choices = [SelectChoice(code.value, label) for code, label in labels.items()]
    return choices if first is None else [SelectChoice("", first), *choices]


class NumberField(IntegerField):
    """A whole number; refuses in the words of the house."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write a number.")) from None


class SureFields:
    """How sure it is, and where that was read. Stand it before `Form`."""

    certainty = RadioField(
        _l("How sure is this?"),
        choices=[SelectChoice(one.value, words.CERTAINTIES[one]) for one in SAYABLE],
        default=Certainty.VERIFIED.value,
        validate_choice=False,
    )
    # I18N: label of a field: the page or document in which a fact was read
    source = StringField(_l("Where is it written?"), filters=[clean_line], validators=[Length(max=500)])

    def validate_certainty(self, field: Any) -> None:
        if field.data not in [one.value for one in SAYABLE]:
            raise ValidationError(_l("Choose how sure this is."))

    def sure(self) -> Sure:
        return Sure(certainty=Certainty(self.certainty.data), source=str(self.source.data or ""))

    def show_sure(self, fact: Fact) -> None:
        self.certainty.data, self.source.data = fact.certainty.value, fact.source


def _known(labels: dict[Any, Any], sentence: Any) -> Any:
    """Return a check that a choice is one of a list."""

    def check(_form: Any, field: Any) -> None:
        if field.data not in {code.value for code in labels}:
            raise ValidationError(sentence)

    return check


class SpaceForm(SureFields, WordsForm):
    """A space; its names stand first, in every language of the pages."""

    after_words = ("kind", "acronym", "parent", "place", "zone", "url", "goals", "certainty", "source")

    kind = SelectField(
        _l("Kind"),
        choices=_enum_choices(words.SPACE_KINDS),
        validators=[_known(words.SPACE_KINDS, _l("Choose what kind of space it is."))],
        validate_choice=False,
    )
    acronym = StringField(_l("Acronym"), filters=[clean_line], validators=[Length(max=LONGEST_ACRONYM)])
    parent = SelectField(_l("Belongs to"), coerce=to_uuid, validate_choice=False)
    place = StringField(_l("Seat"), filters=[clean_line], validators=[Length(max=LONGEST_PLACE)])
    zone = ZoneField(_l("Place whose clock counts"), default="")
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
        choices=_enum_choices(words.MODES),
        validators=[_known(words.MODES, _l("Choose how one takes part."))],
        validate_choice=False,
    )
    access = SelectField(
        _l("What an organisation needs"),
        choices=_enum_choices(words.ACCESSES),
        validators=[_known(words.ACCESSES, _l("Choose what an organisation needs."))],
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

    words = NumberField(_l("Words"), validators=[Optional()])
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


BEFORE, AFTER = "before", "after"


def _unsigned(_form: Any, field: Any) -> None:
    """Five days before is not "-5" before, which would be five days after."""
    if field.data is not None and field.data < 0:
        raise ValidationError(_l("Write the number without a sign and choose before or after."))


class RuleForm(SureFields, Form):
    """A rule: what is expected how many days before or after, or on which day of each year."""

    step = SelectField(
        _l("What closes or happens"),
        choices=_enum_choices(words.STEPS),
        validators=[_known(words.STEPS, _l("Choose what closes or happens."))],
        validate_choice=False,
    )
    kind = SelectField(
        _l("For which dates of the space"),
        choices=_enum_choices(words.OCCURRENCE_KINDS),
        validators=[_known(words.OCCURRENCE_KINDS, _l("Choose for which dates the rule holds."))],
        validate_choice=False,
    )
    mode = SelectField(_l("Way to take part"), coerce=to_uuid, validate_choice=False)
    anchor = SelectField(
        _l("Counted from"),
        choices=_enum_choices(words.ANCHORS),
        validators=[_known(words.ANCHORS, _l("Choose from what the days are counted."))],
        validate_choice=False,
    )
    side = SelectField(
        _l("Before or after"),
        choices=[SelectChoice(BEFORE, _l("Before")), SelectChoice(AFTER, _l("After"))],
        validate_choice=False,
    )
    nearest = NumberField(_l("At least so many days"), validators=[Optional(), _unsigned])
    furthest = NumberField(_l("At most so many days"), validators=[Optional(), _unsigned])
    usual = NumberField(_l("Usually so many days"), validators=[Optional(), _unsigned])
    fixed_month = SelectField(_l("Month"), coerce=int, default=1, validate_choice=False)
    fixed_day = NumberField(_l("Day of the month"), validators=[Optional()])
    valid_from = DayField(_l("Holds from"), validators=[Optional()])
    valid_until = DayField(_l("Holds until"), validators=[Optional()])

    def offer(self, modes: Sequence[tuple[UUID, str]]) -> None:
        self.mode.choices = [SelectChoice("", _l("None or any")), *(SelectChoice(key, name) for key, name in modes)]
        self.fixed_month.choices = [
            SelectChoice(number, wide)
            for number, (wide, _short, _initial) in enumerate(months_of_year(page_language()), start=1)
        ]

    def facts(self) -> RuleFacts:
        nearest, furthest, usual = self.nearest.data, self.furthest.data, self.usual.data
        furthest = nearest if furthest is None else furthest
        nearest = furthest if nearest is None else nearest
        is_before = self.side.data != AFTER
        first, last = (_minus(furthest), _minus(nearest)) if is_before else (nearest, furthest)
        return RuleFacts(
            step=StepCode(self.step.data),
            kind=OccurrenceKind(self.kind.data),
            anchor=Anchor(self.anchor.data),
            sure=self.sure(),
            first=first,
            last=last,
            typical=_minus(usual) if is_before else usual,
            fixed_on=f"{int(self.fixed_month.data or 0):02d}-{int(self.fixed_day.data or 0):02d}",
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
            mode_id=self.mode.data,
        )

    def show(self, rule: StepRule) -> None:
        """Show how it stands now."""
        self.show_sure(rule)
        self.step.data, self.kind.data = rule.step.value, rule.occurrence_kind.value
        self.anchor.data, self.mode.data = rule.anchor.value, rule.mode_id
        self.valid_from.data, self.valid_until.data = rule.valid_from, rule.valid_until
        if rule.fixed_on:
            self.fixed_month.data, self.fixed_day.data = (int(part) for part in rule.fixed_on.split("-"))
        if rule.offset_min is not None and rule.offset_max is not None:
            is_after = rule.offset_max > 0
            self.side.data = AFTER if is_after else BEFORE
            ends = sorted((abs(rule.offset_min), abs(rule.offset_max)))
            self.nearest.data, self.furthest.data = ends
            self.usual.data = abs(rule.typical) if rule.typical is not None else None


def _minus(days: int | None) -> int | None:
    return -days if days is not None else None
