"""The agenda as rows: when each part begins, what it is, and who."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, IntegerField, StringField
from wtforms.validators import Length, Optional, ValidationError

from app.core.errors import RuleBroken
from app.core.forms import clean_line
from app.sessions.services.scheduling import check_minutes

EMPTY_ROWS = 4
MOST_ROWS = 40
MOST_ROWS_SHOWN = 200
"""So many rows come back with what was typed when there are too many to keep."""

_HOUR = re.compile(r"([01]?[0-9]|2[0-3]) ?[:hH.] ?([0-5][0-9])")
_DAY = timedelta(days=1)
_ANY_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - a wall clock


class MinutesField(IntegerField):
    """When a line begins, as minutes after the start: typed as such, or as the hour on the clock that counts. After
    `count_from` the data are minutes, whatever was typed."""

    wall: time | None = None
    begins: time | None = None

    def process_formdata(self, valuelist: list[str]) -> None:
        written = valuelist[0].strip() if valuelist else ""
        if found := _HOUR.fullmatch(written):
            self.wall = time(int(found[1]), int(found[2]))
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Write an hour, 17:20, or the minutes after the start as a number: 15.")) from None

    def count_from(self, begins: time | None) -> None:
        """Turn an hour into minutes after the start; past midnight it is the next day's."""
        self.begins = begins
        if self.wall is None:
            return
        if begins is None:
            self.process_errors = [_l("The hour of this session is open: write the minutes after its start.")]
            return
        after = datetime.combine(_ANY_DAY, self.wall) - datetime.combine(_ANY_DAY, begins)
        self.data: int | None = int((after % _DAY).total_seconds() // 60)

    @property
    def words(self) -> str:
        """When it begins, the same however it was typed: the hour where the session has one, else the minutes."""
        if self.data is None:
            return str(self.raw_data[0]) if self.raw_data else ""
        if self.begins is None or not 0 <= self.data < 24 * 60:
            return str(self.data)
        return f"{datetime.combine(_ANY_DAY, self.begins) + timedelta(minutes=self.data):%H:%M}"

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else self.words


class AgendaRow(wtforms.Form):
    """One line of the agenda; an empty line is none."""

    minutes = MinutesField(_l("Begins"), validators=[Optional()])
    title = StringField(_l("What"), filters=[clean_line], validators=[Length(max=200)])
    who = StringField(_l("Who"), filters=[clean_line], validators=[Length(max=200)])

    @property
    def is_empty(self) -> bool:
        return self.minutes.data is None and self.minutes.wall is None and not self.title.data and not self.who.data

    def validate_title(self, field: Any) -> None:
        if not self.is_empty and not field.data:
            raise ValidationError(_l("Write what happens, or empty the line."))
        if field.data and self.minutes.data is None and not self.minutes.errors:
            raise ValidationError(_l("Say when this begins: at 17:20, or so many minutes after the start."))


class AgendaField(FieldList):
    """The rows of the agenda; a mistake belongs to the field of the row it is in, too many rows to the whole."""

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        super().process(formdata, *args, **kwargs)
        sent = set(self._extract_indices(self.name, formdata)) if formdata else set()
        self.is_cut = len(sent) > MOST_ROWS_SHOWN

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """Yield the numbers of the rows sent, made up ones of any other shape left out."""
        for key in formdata:
            if found := re.match(rf"{re.escape(prefix)}-([0-9]{{1,6}})-", key):
                yield int(found[1])

    def count_from(self, begins: time | None) -> None:
        """Say at which hour the session begins, on the clock that the hours of its agenda are read on."""
        for row in self:
            row.form.minutes.count_from(begins)

    @property
    def has_too_many(self) -> bool:
        return self.is_cut or sum(not row.form.is_empty for row in self) > MOST_ROWS

    @property
    def mistaken(self) -> list[Any]:
        """Return the fields of the rows that hold a mistake."""
        return [field for row in self for field in row.form if field.errors]

    def check_minutes(self, lasts: int) -> bool:
        """Mark the rows that lie outside a session of so many minutes."""
        for row in self:
            minutes = row.form.minutes
            if minutes.data is not None and not minutes.errors:
                try:
                    check_minutes(minutes.data, lasts)
                except RuleBroken as error:
                    minutes.errors = [error.message]
        self.errors = [row.errors for row in self] if self.mistaken else []
        if self.has_too_many:
            self.errors.append(_l("Keep at most %(most)s lines in the agenda, and empty the others.", most=MOST_ROWS))
        return not self.errors
