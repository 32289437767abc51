"""The mission letter as a form: its words and days, and rows of contributors with their basis (R-19)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import wtforms
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from app.chantiers.models import Basis, MissionLetter
from app.chantiers.services import LetterWords, Named
from app.chantiers.services.letters import MOST_CONTRIBUTORS, NoBasis, check_contributor
from app.chantiers.words import BASES
from app.core.errors import RuleBroken
from app.core.forms import Form, clean_line, clean_text
from app.core.text_language import LanguageFields
from app.moments.forms import DayField

EMPTY_ROWS = 2


class ContributorRow(wtforms.Form):
    """One contributor; an empty row is none."""

    who = SelectField(_l("Who"), validate_choice=False, default="")
    basis = SelectField(_l("On which basis"), validate_choice=False, default="")
    scope = StringField(_l("For what"), filters=[clean_line])
    from_on = DayField(_l("From"), validators=[Optional()])
    until_on = DayField(_l("Until"), validators=[Optional()])

    @property
    def is_empty(self) -> bool:
        return not any((self.who.data, self.basis.data, self.scope.data, self.from_on.data, self.until_on.data))

    def named(self) -> Named:
        """Return what the row says; what cannot be read counts as not said."""
        kind, _colon, written = str(self.who.data or "").partition(":")
        found = _uuid(written)
        basis = str(self.basis.data or "")
        return Named(
            scope=str(self.scope.data or ""),
            basis=Basis(basis) if basis in list(Basis) else None,
            person_id=found if kind == "person" else None,
            organisation_id=found if kind == "organisation" else None,
            from_on=self.from_on.data,
            until_on=self.until_on.data,
        )

    def check(self) -> None:
        """Hang what is missing on its own field."""
        try:
            check_contributor(self.named())
        except NoBasis as error:
            self.basis.errors = [error.message]
        except RuleBroken as error:
            named = self.named()
            nobody = named.person_id is None and named.organisation_id is None
            field = self.who if nobody else self.until_on if named.scope.strip() and named.until_on else self.scope
            field.errors = [error.message]


def _uuid(written: str) -> UUID | None:
    try:
        return UUID(written)
    except ValueError:
        return None


class ContributorRows(FieldList):
    """The rows; a mistake belongs to the field of the row it is in, else to all of them."""

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """Yield the numbers of the rows sent, made up ones of any other shape left out."""
        for key in formdata:
            if found := re.match(rf"{re.escape(prefix)}-([0-9]{{1,2}})-", key):
                yield int(found[1])

    @property
    def mistaken(self) -> list[Any]:
        """Return the fields of the rows that hold a mistake."""
        return [field for row in self for field in row.form if field.errors]


class LetterForm(LanguageFields):
    """A whole letter at once. `filled_from` is the digest of the edition the writer was looking at."""

    page_order = ("language", "other_language", "scope", "from_on", "until_on", "contributors")

    scope = TextAreaField(
        _l("The mission"),
        filters=[clean_text],
        validators=[InputRequired(_l("Write what the mission is: what is to be done, where, and with whom."))],
    )
    from_on = DayField(_l("First day"), validators=[InputRequired(_l("Choose a day."))])
    until_on = DayField(_l("Last day"), validators=[InputRequired(_l("Choose a day."))])
    contributors = ContributorRows(
        FormField(ContributorRow), label=_l("Contributors"), min_entries=EMPTY_ROWS, max_entries=MOST_CONTRIBUTORS
    )
    filled_from = HiddenField()
    # I18N: button of a form: shows empty rows for further contributors; nothing is kept yet
    more = SubmitField(_l("More rows"))

    def fill_from(self, letter: MissionLetter, language: str) -> None:
        """Show the edition that is to be changed. Only for a form that was not sent."""
        self.language.data, self.scope.data = language, letter.scope
        self.from_on.data, self.until_on.data = letter.from_on, letter.until_on
        self.filled_from.data = letter.digest
        while len(self.contributors):
            self.contributors.pop_entry()
        for row in letter.contributors:
            who = f"person:{row.person_id}" if row.person_id else f"organisation:{row.organisation_id}"
            values = {"who": who, "basis": row.basis.value, "scope": row.scope}
            self.contributors.append_entry(values | {"from_on": row.from_on, "until_on": row.until_on})

    def offer(self, persons: Sequence[tuple[UUID, str]], organisations: Sequence[tuple[UUID, str]]) -> None:
        """Fill the lists of every row: who may be named, and the three bases; leave empty rows at the end."""
        self._add_rows()
        people, bodies = _("People"), _("Organisations")
        who = [
            SelectChoice("", _("Choose…")),
            *(SelectChoice(f"organisation:{row_id}", name, optgroup=bodies) for row_id, name in organisations),
            *(SelectChoice(f"person:{row_id}", name, optgroup=people) for row_id, name in persons),
        ]
        bases = [SelectChoice("", _("Choose…")), *(SelectChoice(code.value, words) for code, words in BASES.items())]
        for row in self.contributors:
            row.form.who.choices, row.form.basis.choices = who, bases

    def _add_rows(self) -> None:
        used = sum(not row.form.is_empty for row in self.contributors)
        empty = EMPTY_ROWS if self.more.data or not used else 1
        while len(self.contributors) < min(MOST_CONTRIBUTORS, used + empty):
            self.contributors.append_entry()

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = bool(super().validate(extra_validators))
        for row in self.contributors:
            if not row.form.is_empty and not any(field.errors for field in row.form):
                row.form.check()
        self.contributors.errors = [row.form.errors for row in self.contributors] if self.contributors.mistaken else []
        return is_good and not self.contributors.errors

    def words(self) -> LetterWords:
        """Return what was written; call it after `validate()`."""
        return LetterWords(
            self.tag(),
            str(self.scope.data or ""),
            self.from_on.data,
            self.until_on.data,
            [row.form.named() for row in self.contributors if not row.form.is_empty],
        )


class SignForm(Form):
    """A signature for one carrier. `read` is the digest of the words that stood on the page."""

    read = HiddenField()


class SignByMailForm(SignForm):
    """As `SignForm`, from a mail: whoever signs says that they read the words on the page of its link."""

    has_read = BooleanField("", validators=[InputRequired(_l("Read it first, then tick this and sign."))])

    def ask(self, *, number: int, digest: str) -> None:
        # I18N: beside a box to tick, before an organisation signs an edition of a mission letter
        self.has_read.label.text = _("I have read edition %(number)s, or somebody has read it to me", number=number)
        if not self.is_submitted():
            self.read.data = digest
