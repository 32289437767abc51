"""What is copied, and to which day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.core.worded_forms import ManyChoices, WordsForm, accepts, make_words_form
from app.moments.forms import DayField
from app.people.forms import to_uuid
from app.sessions.forms.hours import HOUR_FIELDS, HourMayBeOpen
from app.sessions.forms.programme import YearField
from app.sessions.services.copying import PHASE_PIECES, SESSION_PIECES, TRACK_PIECES, Piece
from app.sessions.services.phases import check_years

LABELS: Mapping[Piece, Any] = {
    Piece.TEXTS: _l("Texts"),
    Piece.REGIONS: _l("Regions"),
    Piece.TRACKS: _l("Tracks, as drafts"),
    Piece.INTAKE: _l("Who may join: places and approval"),
    Piece.QUESTIONS: _l("Questions of the application form"),
    Piece.FACILITATORS: _l("Facilitators"),
    Piece.SESSIONS: _l("Sessions, on new days"),
    Piece.AGENDAS: _l("Agenda"),
    Piece.LANGUAGES: _l("Languages"),
    Piece.MATERIALS: _l("Materials"),
    Piece.JOIN_LINKS: _l("Link to the meeting"),
}


def _rows(pieces: Iterable[Piece]) -> list[SelectChoice]:
    return [SelectChoice(piece.value, LABELS[piece]) for piece in pieces]


def _all_but_links(pieces: Iterable[Piece]) -> list[str]:
    """A link is often for one meeting alone: it goes along only on purpose."""
    return [piece.value for piece in pieces if piece is not Piece.JOIN_LINKS]


class CopySessionForm(HourMayBeOpen, WordsForm):
    """A session like another one. `track`: one the reader leads; the route offers them."""

    after_words = ("track", *HOUR_FIELDS)

    track = SelectField(_l("Into which track?"), coerce=to_uuid)
    pieces = ManyChoices(_l("What goes along?"), choices=_rows(SESSION_PIECES), default=_all_but_links(SESSION_PIECES))


class _ShiftedForm(WordsForm):
    after_words = ("phase", "year_from", "year_to", "pieces", "first_day")
    first_day = DayField(_l("Day of the first session"), validators=[Optional()])


class CopyTrackForm(_ShiftedForm):
    phase = SelectField(_l("Into which phase?"), coerce=to_uuid)
    pieces = ManyChoices(_l("What goes along?"), choices=_rows(TRACK_PIECES), default=_all_but_links(TRACK_PIECES))


class CopyPhaseForm(_ShiftedForm):
    year_from = YearField(_l("First year"), validators=[InputRequired(_l("Write the first year."))])
    year_to = YearField(_l("Last year"), validators=[InputRequired(_l("Write the last year."))])
    pieces = ManyChoices(_l("What goes along?"), choices=_rows(PHASE_PIECES), default=_all_but_links(PHASE_PIECES))

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        years = self.year_from.data, self.year_to.data
        return (None in years or accepts(self, lambda: check_years(*years))) and is_good


def copy_form(kind: type[WordsForm], label: Any) -> Any:
    """Return the form of a copy, with its name in every language of the pages."""
    return make_words_form(kind, label)()
