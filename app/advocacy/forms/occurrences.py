"""Forms of an occurrence: what it is, when it is, and what becomes of its date."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from app.advocacy.forms.when import SOURCE, ReasonForm, SeenFields, WhenFields
from app.advocacy.models import Occurrence, OccurrenceKind
from app.advocacy.services import Dated, Written
from app.advocacy.services.standing_by import LONGEST_SOURCE
from app.advocacy.words import OCCURRENCE_KINDS, goal_name
from app.core.context import page_language
from app.core.forms import Form, clean_line
from app.core.languages import fold
from app.core.types import Facts
from app.core.worded_forms import ManyChoices, languages_offered
from app.moments.forms import DayField
from app.moments.models import Certainty, Modality, Precision
from app.moments.timing import Timing
from app.outcomes.forms import PartOfDate
from app.people.labels import country_choices, country_name

MODALITIES = {
    # I18N: a meeting at one place, without a screen
    Modality.ON_SITE: _l("On site"),
    # I18N: a meeting at one place and by screen
    Modality.HYBRID: _l("On site and online"),
    # I18N: a meeting by screen and telephone alone
    Modality.ONLINE: _l("Online"),
}


@lru_cache(maxsize=1)
def _countries() -> dict[str, str]:
    """Return the codes of countries by their folded names in the languages of the pages, and by themselves."""
    found: dict[str, str] = {}
    for language in languages_offered():
        for code, name in country_choices(language):
            found[fold(name)] = found[fold(code)] = code
    return found


class WrittenFields(Form):
    """What an occurrence is, what it reviews, where it meets. Words are in the language of the page."""

    kind = SelectField(_l("What is it?"))
    number = PartOfDate(_l("Number"))
    # I18N: label of a field: what a session is called, where kind and number do not say it, such as "WUF13 Baku"
    label = StringField(_l("Its own name"), filters=[clean_line], validators=[Length(max=200)])
    theme = StringField(_l("Theme"), filters=[clean_line], validators=[Length(max=400)])
    goals = ManyChoices(_l("Goals it reviews"))
    is_goals_sure = BooleanField(_l("These goals are published for this one"))
    states = StringField(_l("States under review"), filters=[clean_line], validators=[Length(max=4000)])
    is_states_sure = BooleanField(_l("The States I add stand where this date is published"))
    # I18N: label of a field: the city where a session or a conference meets
    city = StringField(_l("City"), filters=[clean_line], validators=[Length(max=120)])
    country = SelectField(_l("Country"), default="")
    # I18N: label of a choice: on site, online, or both
    modality = SelectField(_l("How does it meet?"), default="")

    def offer_written(self) -> None:
        """Fill the lists."""
        self.kind.choices = [SelectChoice(kind.value, words) for kind, words in OCCURRENCE_KINDS.items()]
        self.goals.choices = [SelectChoice(str(goal), f"{goal}. {goal_name(goal)}") for goal in range(1, 18)]
        self.country.choices = [
            SelectChoice("", _("Not known")),
            *(SelectChoice(*country) for country in country_choices(page_language())),
        ]
        self.modality.choices = [
            SelectChoice("", _("Not known")),
            *(SelectChoice(way.value, words) for way, words in MODALITIES.items()),
        ]

    def validate_states(self, field: StringField) -> None:
        unknown = [name for name in self._named() if fold(name) not in _countries()]
        if unknown:
            raise ValidationError(
                _l(
                    "We do not know “%(name)s”. Write the names of States with a comma between them.",
                    name=unknown[0],
                )
            )

    def _named(self) -> list[str]:
        return [name.strip() for name in str(self.states.data or "").replace("،", ",").split(",") if name.strip()]

    def written(self, kept: Occurrence | None = None) -> Written:
        """Return what was typed; words in other languages stay. Call it after `validate()`."""
        number = self.number.data
        return Written(
            kind=OccurrenceKind(self.kind.data),
            number=number if isinstance(number, int) else None,
            label=_worded(kept.label if kept else {}, self.label),
            themes=_worded(kept.themes if kept else {}, self.theme),
            goals=frozenset(int(goal) for goal in self.goals.data or ()),
            goals_certainty=Certainty.VERIFIED if self.is_goals_sure.data else Certainty.UNSURE,
            states=frozenset(_countries()[fold(name)] for name in self._named()),
            are_states_seen=bool(self.is_states_sure.data),
            city=str(self.city.data or ""),
            country=self.country.data or None,
            modality=Modality(self.modality.data) if self.modality.data else None,
        )

    def fill_written(self, occurrence: Occurrence) -> None:
        """Show what an occurrence says now."""
        language = page_language()
        number: Any = self.number
        self.kind.data, number.data = occurrence.kind.value, occurrence.number
        self.label.data = occurrence.label.get(language, "")
        self.theme.data = occurrence.themes.get(language, "")
        self.goals.data = [str(row.goal) for row in occurrence.goals]
        self.is_goals_sure.data = bool(occurrence.goals) and occurrence.certainty_of("goals") is Certainty.VERIFIED
        self.states.data = ", ".join(sorted(country_name(row.country, language) for row in occurrence.states))
        self.city.data, self.country.data = occurrence.city, occurrence.country or ""
        self.modality.data = occurrence.moment.modality.value if occurrence.moment.modality else ""


def _worded(kept: Facts, field: StringField) -> Facts:
    """Return words by language, those of the page as they were typed."""
    said = {page_language(): str(field.data)} if field.data else {}
    return {language: words for language, words in kept.items() if language != page_language()} | said


class ChangeForm(WrittenFields):
    """What an occurrence is; its date has a page of its own."""


class NewForm(WhenFields, WrittenFields):
    """A new occurrence with its date."""

    page_order = ("kind", "number", "label", *WhenFields.page_order)

    def dated(self) -> Dated:
        """Return when it is; call it after `validate()`."""
        timing = self.when()
        if timing is None:
            raise TypeError("the date is asked for before the form was checked")
        return Dated(timing, self.sureness(), str(self.source.data or ""))


MOVED, UNKNOWN = "moved", "unknown"


class MoveForm(WhenFields, ReasonForm):
    """Another date, or none that is known yet, and why."""

    what = RadioField(
        _l("What has happened?"),
        choices=[
            SelectChoice(MOVED, _l("It has a new date")),
            SelectChoice(UNKNOWN, _l("It is postponed, the new date is not known yet")),
        ],
        default=MOVED,
    )
    page_order = ("what", *WhenFields.page_order, "reason")

    @property
    def asks_date(self) -> bool:  # type: ignore[override]  # here it depends on what was chosen
        return bool(self.what.data != UNKNOWN)

    def dated(self) -> Dated | None:
        """Return the new date; None where nobody knows it."""
        timing = self.when() if self.asks_date else None
        return None if timing is None else Dated(timing, self.sureness(), str(self.source.data or ""))


class CancelForm(ReasonForm):
    """Why it does not take place, and where that was read: whoever only heard it leaves that empty."""

    source = StringField(SOURCE, filters=[clean_line], validators=[Length(max=LONGEST_SOURCE)])


class ConfirmForm(SeenFields):
    """The days of an occurrence as they were published."""

    end = DayField(_l("Last day"), validators=[Optional()])
    page_order = ("day", "end", "start", "ends", "zone", "source")

    def validate_end(self, field: DayField) -> None:
        if field.data is not None and self.start.data is not None:
            raise ValidationError(_l("An hour belongs to one day. Leave the hour or the last day empty."))

    def seen(self) -> Timing:
        """Return what was typed; call it after `validate()`."""
        timing = super().seen()
        if self.end.data is None or timing.wall_start is None:
            return timing
        return Timing.days(timing.wall_start.date(), self.end.data, timing.zone)

    def fill_from(self, occurrence: Occurrence) -> None:
        """Show the days that are expected, where they are known; the rest is to be written."""
        moment = occurrence.moment
        if moment.precision is Precision.DAY and moment.wall_start is not None:
            self.day.data = moment.wall_start.date()
            is_long = moment.wall_end is not None and moment.wall_end != moment.wall_start
            self.end.data = moment.wall_end.date() if is_long and moment.wall_end else None
        if moment.precision is Precision.MINUTE and moment.wall_start is not None:
            self.day.data = moment.wall_start.date()
            self.fill_hours(moment)
        self.zone.data = moment.zone or occurrence.space.zone
