"""Bringing the list of a meeting, and saying who is who on it."""

from __future__ import annotations

from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import TextAreaField
from wtforms.validators import ValidationError

from app.core.forms import Form
from app.people.forms import to_uuid
from app.sessions.meeting_lists.reading import MOST_BYTES, Problem, Reading, read_file, read_text

NEW, OUT = "new", "out"
"""Answers to "who is this?" beside a person's id: a new person; nobody."""

_EXPECTED = {
    Problem.EMPTY: _l(
        "Nothing is written in it. Choose the list that your meeting programme wrote, or paste the names."
    ),
    Problem.TOO_LARGE: _l("This is larger than 1 MB. A list of participants is smaller: is it another file?"),
    Problem.TOO_LONG: _l("These are more than 2,000 lines. Cut the list into parts and bring one after the other."),
    Problem.WORKBOOK: _l(
        "This is a workbook of a spreadsheet program (Excel, LibreOffice). Save it there as CSV, or copy the cells and "
        "paste them below."
    ),
    Problem.PDF: _l("This is a PDF. Copy the names out of it and paste them below, or bring the list as CSV."),
    Problem.PICTURE: _l(
        "This is a picture, and names cannot be read from it. Bring the list as CSV, or paste the names."
    ),
    Problem.PACKED: _l("This is a packed file (ZIP). Unpack it and choose the CSV file in it."),
    Problem.WEB_PAGE: _l("This is a web page. Download the list as CSV, or copy the names and paste them below."),
    Problem.NOT_TEXT: _l(
        "This is no text. Choose the list that your meeting programme wrote as CSV, or paste the names."
    ),
    Problem.NOBODY: _l("No line of it names a person. Each line needs a name; the first line may head the columns."),
}


class ListForm(Form):
    """A file or pasted lines, checked before anything is kept. `reading` is what was read."""

    file = FileField(_l("The file"))
    pasted = TextAreaField(_l("Or paste the lines here"), filters=[lambda text: (text or "").replace("\x00", "")])
    reading = Reading()

    def validate_file(self, field: FileField) -> None:
        """Read the file. The stream is read once: a form is validated once."""
        if not field.data:
            return
        if str(self.pasted.data or "").strip():
            raise ValidationError(_l("Choose a file or paste the lines, not both."))
        with field.data.stream as stream:  # a large upload lies in a file of its own: let go of it at once
            self.reading = read_file(stream.read(MOST_BYTES + 1))
        self._refuse_problem()

    def validate_pasted(self, field: TextAreaField) -> None:
        if self.file.data:
            return
        self.reading = read_text(str(field.data or ""))
        self._refuse_problem()

    def _refuse_problem(self) -> None:
        if self.reading.problem is not None:
            raise ValidationError(_EXPECTED[self.reading.problem])


class WhoIsWhoForm(Form):
    """The preview: `here` holds the people recognised and left ticked; a line to decide sends `who-<number>`, its first
    line's number, and `name-<number>` for somebody new."""

    def answer(self, number: int) -> str:
        return str(request.form.get(f"who-{number}", ""))

    def name(self, number: int) -> str:
        return str(request.form.get(f"name-{number}", ""))

    @property
    def here(self) -> set[UUID]:
        return {person_id for value in request.form.getlist("here") if (person_id := to_uuid(value)) is not None}

    @property
    def persons(self) -> set[UUID]:
        """Everybody of the sheet who is to be marked."""
        answers = (to_uuid(self.answer(number)) for number in self._numbers)
        return self.here | {person_id for person_id in answers if person_id is not None}

    @property
    def newcomers(self) -> dict[int, str]:
        return {number: self.name(number) for number in self._numbers if self.answer(number) == NEW}

    @property
    def _numbers(self) -> list[int]:
        tails = [field.removeprefix("who-") for field in request.form if field.startswith("who-")]
        return [int(tail) for tail in tails if tail.isdecimal() and len(tail) <= 9]
