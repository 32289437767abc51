"""The forms of mails: what somebody gets and when, and what the secretariat looks for in the log."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.core.forms import Form, clean_line
from app.core.topics import all_topics
from app.mailings import labels
from app.mailings.models import Pace
from app.mailings.queries import optional_topics
from app.mailings.rhythm import Rhythm
from app.mailings.services import Choices
from app.mailings.words import hour_words, weekday_names
from app.moments.forms import DayField

HOURS = [SelectChoice(str(hour), hour_words(hour)) for hour in range(24)]


def _weekdays() -> list[SelectChoice]:
    return [SelectChoice(str(day), name) for day, name in enumerate(weekday_names())]


def _topics() -> list[SelectChoice]:
    return [SelectChoice(topic.code, topic.label) for topic in optional_topics()]


class RhythmForm(Form):
    """How often, at which hours of one's own clocks, and about what."""

    pace = RadioField(
        _l("What can wait comes"), choices=[SelectChoice(pace.value, label) for pace, label in labels.PACES.items()]
    )
    # I18N: label of a list of hours: the hour at which the mail of the day comes
    hour = SelectField(_l("At"), choices=HOURS)
    # I18N: label of a list of days of the week, for whoever gets one mail a week
    weekday = SelectField(_l("Day of the week"), choices=_weekdays)
    # I18N: label of a list of hours: from then on no mail comes
    quiet_from = SelectField(_l("Quiet from"), choices=HOURS)
    # I18N: label of a list of hours: until then no mail comes
    quiet_until = SelectField(_l("Quiet until"), choices=HOURS)
    topics = SelectMultipleField(
        _l("You get mails about"),
        choices=_topics,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def fill_from(self, rhythm: Rhythm, stopped: set[str]) -> None:
        self.pace.data = rhythm.pace.value
        for field, value in (
            (self.hour, rhythm.hour),
            (self.weekday, rhythm.weekday),
            (self.quiet_from, rhythm.quiet_from),
            (self.quiet_until, rhythm.quiet_until),
        ):
            field.data = str(value)
        self.topics.data = [topic.code for topic in optional_topics() if topic.code not in stopped]

    def choices(self) -> Choices:
        return Choices(
            pace=Pace(self.pace.data),
            hour=int(self.hour.data),
            weekday=int(self.weekday.data),
            quiet_from=int(self.quiet_from.data),
            quiet_until=int(self.quiet_until.data),
            topics=frozenset(self.topics.data or ()),
        )


class LogFilter(Form):
    """What is looked for in the log."""

    class Meta:
        csrf = False

    state = SelectField(_l("State"), choices=lambda: [SelectChoice("", _l("Every state")), *_states()], default="")
    topic = SelectField(_l("About"), choices=lambda: [SelectChoice("", _l("Everything")), *_all_topics()], default="")
    person = StringField(_l("Name or address"), filters=[clean_line], validators=[Length(max=120)])
    # I18N: label of a day: what came on that day or later
    since = DayField(_l("Since"), validators=[Optional()])
    after = StringField(filters=[clean_line], validators=[Length(max=2000)])


def _states() -> list[SelectChoice]:
    return [SelectChoice(state.value, label) for state, label in labels.LOG_STATES.items()]


def _all_topics() -> list[SelectChoice]:
    return [SelectChoice(topic.code, topic.label) for topic in all_topics()]
