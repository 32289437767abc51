"""Planning, editing, moving and cancelling a session, or several of its series."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from app.core.forms import Form, clean_line, clean_text
from app.core.names import all_names
from app.core.worded_forms import WordsForm, accepts, make_words_form
from app.moments.forms import DayField, ZoneField
from app.moments.models import Modality, Moment, Precision, Status
from app.moments.repeating import number_until, settle_all, weeks_of
from app.sessions.forms.agenda import EMPTY_ROWS, MOST_ROWS, MOST_ROWS_SHOWN, AgendaField, AgendaRow
from app.sessions.forms.dates import LooksFirst, Reaches
from app.sessions.forms.hours import HOUR_FIELDS, HourMayBeOpen
from app.sessions.forms.languages import SessionLanguages
from app.sessions.models import Gathering
from app.sessions.services import AgendaLine, Plan, Scope, digest_of, shared_digests_of, time_digest_of
from app.sessions.services.scheduling import check_fits, check_link, check_reason, minutes_of
from app.sessions.services.series import check_length, elsewhere, moved_alike


class SessionForm(SessionLanguages, WordsForm):
    """Everything of a session but its time. `begins`: the hour that hours in the agenda are counted from."""

    lasts = 0
    filled_from = HiddenField()
    begins = HiddenField()

    agenda = AgendaField(FormField(AgendaRow), label=_l("Agenda"), min_entries=EMPTY_ROWS, max_entries=MOST_ROWS_SHOWN)
    modality = RadioField(
        _l("How do people meet?"),
        choices=[
            SelectChoice(Modality.ONLINE.value, _l("Online")),
            SelectChoice(Modality.ON_SITE.value, _l("In one room")),
            SelectChoice(Modality.HYBRID.value, _l("Both")),
        ],
        default=Modality.ONLINE.value,
    )
    join_link = StringField(_l("Link to the meeting"), filters=[clean_line], validators=[Length(max=500)])

    def validate(self, extra_validators: Any = None) -> bool:
        self.agenda.count_from(self.begins_at())
        is_good = super().validate(extra_validators)
        if not self.join_link.errors:
            is_good = accepts(self, lambda: check_link(self.join_link.data or "")) and is_good
        return self.agenda.check_minutes(self.lasts) and is_good

    def begins_at(self) -> time | None:
        """Return the hour at which the session begins on the clock that counts; None while it is open."""
        try:
            return time.fromisoformat(str(self.begins.data or ""))
        except ValueError:
            return None

    def agenda_lines(self) -> list[AgendaLine]:
        return [
            AgendaLine(row.form.minutes.data, row.form.title.data, row.form.who.data)
            for row in self.agenda
            if not row.form.is_empty
        ]

    def chosen_modality(self) -> Modality:
        return Modality(self.modality.data)

    def fill_from_session(self, gathering: Gathering) -> None:
        """Show what the session says, and some empty lines below its agenda."""
        self.fill_words({language: row.text for language, row in all_names(gathering.kind, gathering.id).items()})
        self.filled_from.data = digest_of(gathering)
        self.fill_languages(gathering.languages)
        self.join_link.data = gathering.join_link
        self.modality.data = (gathering.moment.modality or Modality.ONLINE).value
        while len(self.agenda):
            self.agenda.pop_entry()
        for item in gathering.agenda:
            self.agenda.append_entry({"minutes": item.minutes_after_start, "title": item.title, "who": item.who})
        for _row in range(max(0, min(EMPTY_ROWS, MOST_ROWS - len(self.agenda)))):
            self.agenda.append_entry()
        wall, has_hour = gathering.moment.wall_start, gathering.moment.precision is Precision.MINUTE
        self.begins.data = f"{wall:%H:%M}" if wall is not None and has_hour else ""
        self.agenda.count_from(self.begins_at())


class ChangeForm(Reaches, SessionForm):
    """What a session says, for itself or for more of its series."""

    series_from = HiddenField()

    def fill_from_session(self, gathering: Gathering) -> None:
        super().fill_from_session(gathering)
        if self.reach is not None and self.reach.is_several:
            self.series_from.data = shared_digests_of(self.reach.all)


class NumberField(IntegerField):
    """How many sessions; refuses in the words of the house."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write how many sessions as a number: 12.")) from None


class PlanOneForm(LooksFirst, HourMayBeOpen, SessionForm):
    """A new gathering. `is_confirmed`: certain from the first moment."""

    after_words: tuple[str, ...] = (*HOUR_FIELDS, "is_confirmed")

    is_confirmed = BooleanField(_l("The time is certain"))

    def begins_at(self) -> time | None:
        return None if self.is_hour_open.data else self.start.data

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        self.lasts = self.minutes_chosen
        is_good = self.agenda.check_minutes(self.lasts) and is_good  # now that it is known how long it lasts
        return self._check_repeats() and is_good and self._is_looked_at()

    def _check_repeats(self) -> bool:
        return True

    def _is_looked_at(self) -> bool:
        """Show the one date where that was asked for, or it is night for somebody; nothing is planned then."""
        is_asked = self.again.data or self.falls_in_night
        return not is_asked or self.look((settled, None, None) for settled in settle_all([self.timing()]))

    def plan(self) -> Plan:
        """Return what was written, the title and the time apart. Without an hour nothing is certain."""
        is_certain = self.is_confirmed.data and not self.is_hour_open.data
        return Plan(
            languages=self.languages_said(),
            agenda=self.agenda_lines(),
            join_link=self.join_link.data or "",
            modality=self.chosen_modality(),
            status=Status.CONFIRMED if is_certain else Status.PLANNED,
        )


class PlanForm(PlanOneForm):
    """A new session, or a series of them."""

    after_words = (*PlanOneForm.after_words, "every", "number", "last_day")

    every = SelectField(
        _l("How often?"),
        choices=[
            SelectChoice("", _l("Once")),
            SelectChoice("1", _l("Every week")),
            SelectChoice("2", _l("Every two weeks")),
            SelectChoice("3", _l("Every three weeks")),
            SelectChoice("4", _l("Every four weeks")),
        ],
        default="",
    )
    number = NumberField(_l("How many sessions?"), validators=[Optional()])
    last_day = DayField(_l("Or until which day?"), validators=[Optional()])

    @property
    def repeats(self) -> bool:
        return bool(self.every.data)

    def _is_looked_at(self) -> bool:
        return self._look_at_series() if self.repeats else super()._is_looked_at()

    def _check_repeats(self) -> bool:
        number, last_day = self.number.data, self.last_day.data
        if self.every.errors or self.number.errors or self.last_day.errors:
            return False
        if not self.repeats:
            if number is not None or last_day is not None:
                self.every.errors = [_l("Say how often the session takes place, or empty the fields below.")]
            return not self.every.errors
        if (number is None) == (last_day is None):
            self.number.errors = [_l("Say how many sessions there are, or until which day: one of the two.")]
            return False
        if number is not None:
            return accepts(self, lambda: check_length(number))
        return not isinstance(self.day.data, date) or accepts(self, self._check_last_day)

    def _check_last_day(self) -> None:
        check_length(self._how_many(), "last_day")

    def _how_many(self) -> int:
        if self.number.data is not None:
            return int(self.number.data)
        return number_until(self.timing(), every_weeks=int(self.every.data), last_day=self.last_day.data)

    def _look_at_series(self) -> bool:
        timings = weeks_of(self.timing(), every_weeks=int(self.every.data), number=self._how_many())
        if not self.look((settled, None, None) for settled in settle_all(timings)):
            return False
        return accepts(self, lambda: check_length(len(self.timings())))


class MoveForm(LooksFirst, Reaches, HourMayBeOpen, Form):
    """Another time, and why: a session that had its hour moves for a reason. Several are looked at first, and so is an
    hour that is night for somebody."""

    needs_reason = False
    gathering: Gathering | None = None
    filled_from = HiddenField()
    reason = StringField(_l("Why does it move?"), filters=[clean_line], validators=[Length(max=500)])

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        gathering = self.session
        if gathering is not None and not self.end.errors:
            is_good = accepts(self, lambda: check_fits(gathering, self.minutes_chosen)) and is_good
        is_good = (not self.needs_reason or accepts(self, lambda: check_reason(self.reason.data or ""))) and is_good
        is_one = self.chosen_scope is Scope.ONE and not self.again.data
        return is_good and ((is_one and not self.falls_in_night) or self._look_at_moves())

    def _look_at_moves(self) -> bool:
        assert self.session is not None  # noqa: S101 - the route gives it
        times = moved_alike(self.session, self.timing(), self.reached)
        settled = settle_all(times[other.id] for other in self.reached)
        return self.look((date, other.id, other.moment) for date, other in zip(settled, self.reached, strict=True))

    def fill_from_session(self, gathering: Gathering) -> None:
        self.fill_from(gathering.moment)
        self.filled_from.data = time_digest_of(gathering)


class ClockForm(LooksFirst, Reaches, Form):
    """Another place whose clock counts: the announced instants stay, or the hours on the wall do."""

    zone = ZoneField(_l("Place whose clock counts"), validators=[InputRequired(_l("Choose a place."))])
    keeps = RadioField(
        _l("What stays?"),
        choices=[
            SelectChoice("instants", _l("The moment that was announced")),
            SelectChoice("wall", _l("The hour on the wall")),
        ],
        default="instants",
    )
    reason = StringField(_l("Why?"), filters=[clean_line], validators=[Length(max=500)])

    @property
    def keeps_instants(self) -> bool:
        return bool(self.keeps.data == "instants")

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        if not self.keeps_instants and not self.reason.errors:
            is_good = accepts(self, lambda: check_reason(self.reason.data or "")) and is_good
        if not is_good:
            return False
        times = elsewhere(self.reached, str(self.zone.data), keeps_instants=self.keeps_instants)
        settled = settle_all(times[gathering.id] for gathering in self.reached)
        return self.look(
            (date, gathering.id, gathering.moment) for date, gathering in zip(settled, self.reached, strict=True)
        )


class CancelForm(Reaches, Form):
    reason = TextAreaField(
        _l("Why will it not take place?"),
        filters=[clean_text],
        validators=[InputRequired(_l("Write why: everybody who joined is told.")), Length(max=500)],
    )


def plan_form() -> Any:
    """Return the form of a new session, with its title in every language of the pages."""
    return make_words_form(PlanForm, _l("Title"))()


def plan_one_form() -> Any:
    """Return the form of a new gathering that comes alone: of kinds that know no series."""
    return make_words_form(PlanOneForm, _l("Title"))()


def change_form(moment: Moment | None = None) -> Any:
    """Return the form of a session that is there, without its time, which is its moment's."""
    form = make_words_form(ChangeForm, _l("Title"))()
    form.lasts = minutes_of(moment) if moment else 0
    return form


def form_of(gathering: Gathering) -> Any:
    """Return a form that shows what the session says now, whatever was sent."""
    form = make_words_form(SessionForm, _l("Title"))(formdata=None)
    form.fill_from_session(gathering)
    return form
