"""What a catalogue file would change, in the words of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.advocacy import words
from app.advocacy.catalogue.differences import Difference, Differences, differences_of
from app.advocacy.catalogue.facts import CatalogueFacts, Path, Values, facts_of
from app.advocacy.catalogue.house import HouseFacts, facts_of_house, loaded_on
from app.advocacy.catalogue.when import timing_of
from app.advocacy.models import Access, ModeCode, NoteAbout, OccurrenceKind, StepCode
from app.core.context import page_language
from app.core.languages import comma, name_in
from app.core.names import Name
from app.moments.models import Certainty
from app.moments.shown import Shown
from app.moments.timing import settle

MOST = 40
"""Lines of one kind on the page; the command shows all."""

LONGEST_DETAIL = 140
"""Letters of a note that are shown."""

COLUMNS: dict[str, Any] = {
    # I18N: what of a fact is another one: "Date: from … to …"
    "when": lazy_pgettext("column", "Date"),
    # I18N: what of a fact is another one
    "date_certainty": _l("How sure the date is"),
    # I18N: what of a fact is another one
    "certainty": _l("How sure it is"),
    # I18N: what of a fact is another one: planned, confirmed, held…
    "status": lazy_pgettext("column", "State"),
    # I18N: what of a fact is another one: where it was read
    "source": lazy_pgettext("column", "Source"),
    # I18N: what of a fact is another one
    "text": lazy_pgettext("column", "Words"),
    # I18N: what of a fact is another one
    "names": lazy_pgettext("column", "Name"),
    # I18N: what of a fact is another one: the address of a web page
    "url": lazy_pgettext("column", "Address"),
    # I18N: what of a fact is another one: how many words a text may have
    "words": _l("Number of words"),
    # I18N: what of a fact is another one: Sustainable Development Goals
    "goals": lazy_pgettext("column", "Goals"),
    # I18N: what of a fact is another one: what an organisation needs to take part
    "access": lazy_pgettext("column", "Who may take part"),
    # I18N: what of a fact is another one: the languages in which texts are taken
    "languages": lazy_pgettext("column", "Languages"),
    # I18N: what of a fact is another one: in how many days from a session something closes
    "typical": _l("Usual number of days"),
    "themes": words.NOTES_ABOUT[NoteAbout.THEME],
    "offset_min": _l("Number of days at least"),
    "offset_max": _l("Number of days at most"),
    "acronym": _l("Acronym"),
    "kind": _l("Kind"),
    "parent": _l("Belongs to"),
    "place": _l("City"),
    "country": _l("Country"),
    "zone": _l("Place whose clock counts"),
    "number": _l("Number"),
    "mode": _l("Way to take part"),
    "anchor": _l("Counted from"),
    "cover_words": _l("Of which for the cover page"),
    "is_joint": _l("For which texts"),
    "is_closed": _l("It is closed now"),
    "is_once_per_organisation": _l("One text of its own per organisation"),
    "valid_from": _l("Holds from"),
    "valid_until": _l("Holds until"),
}

OF_KIND: dict[tuple[str, str], Any] = {("space", "place"): _l("Seat"), ("limit", "status"): _l("For whom")}
"""What a column is called where it says something else than the same column of other facts."""

STATUSES: dict[str, Any] = {
    "planned": _l("Expected"),
    "confirmed": lazy_pgettext("date", "Confirmed"),
    "postponed": _l("Postponed"),
    "cancelled": _l("Cancelled"),
    "held": _l("Held"),
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    column: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """One fact: the space it belongs to ("" for a fact about everything, and where the name says it), what it is, the
    beginning of a note, what of it changes."""

    space: str
    name: Name | str
    detail: Name | str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`counts` is what the file would add, by kind; `loaded_on` None says that the house has no catalogue at all."""

    compiled_on: date
    loaded_on: date | None
    differences: Differences
    counts: Counter[str]
    added: list[DifferenceLine]
    changed: list[DifferenceLine]
    kept: list[DifferenceLine]
    gone: list[DifferenceLine]

    @property
    def is_newer(self) -> bool:
        return self.loaded_on is None or self.loaded_on < self.compiled_on

    @property
    def would_do(self) -> bool:
        """Whether taking the file over does anything: facts, or the day on which they were looked at last."""
        return bool(self.differences.would_change) or self.is_newer


def compare(catalogue: dict[str, Any]) -> Comparison:
    """Return what a checked catalogue would change in this house, for its page."""
    file, house = facts_of(catalogue), facts_of_house()
    found = differences_of(file, house)
    lines = _Lines(file, house)
    return Comparison(
        file.compiled_on,
        loaded_on(),
        found,
        Counter(row.path[0] for row in found.added),
        lines.of(found.added),
        lines.of(found.changed),
        lines.of(found.kept),
        lines.of(found.gone),
    )


class _Lines:
    def __init__(self, file: CatalogueFacts, house: HouseFacts) -> None:
        self.file, self.house = file, house

    def of(self, rows: list[Difference]) -> list[DifferenceLine]:
        return [self._line(row) for row in rows[:MOST]]

    def _line(self, row: Difference) -> DifferenceLine:
        values = self._values(row.path)
        space, name = self._space(row.path), self._name(row.path, values)
        detail = _beginning(words.in_words(values["text"])) if row.path[0] == "note" and not row.changes else ""
        changes = tuple(_changes(row, values.get("zone") or None))
        return DifferenceLine("" if str(name).startswith(space) else space, name, detail, changes)

    def _values(self, path: Path) -> Values:
        return self.file.rows.get(path) or self.house.rows.get(path) or {}

    def _space(self, path: Path) -> str:
        match path[0]:
            case "note" if path[1] == "catalogue":
                return ""
            case "note":
                return self._space(path[1:])
            case "occurrence" | "step" | "state":
                code = str(self._values(("occurrence", path[1])).get("space", ""))
            case _:
                code = path[1]
        return str(self._values(("space", code)).get("acronym") or code)

    def _name(self, path: Path, values: Values) -> Name | str:
        match path[0]:
            case "space":
                return str(_("The space itself"))
            case "name" | "alias":
                # I18N: the name of an advocacy space in one language: "Name in French"
                return str(_("Name in %(language)s", language=name_in(path[2], page_language())))
            case "limit":
                return str(_("Word limit"))
            case "state":
                return str(_("State under review: %(state)s", state=_territory(path[2])))
            case "note":
                return str(words.NOTES_ABOUT[NoteAbout(path[-2])])
            case "mode":
                return words.in_words(values["names"]) or str(words.MODES[ModeCode(values["kind"])])
            case "rule":
                return str(_("Rule: %(step)s", step=words.STEPS[StepCode(values["kind"])]))
            case "occurrence":
                return _occurrence_name(values)
        return words.in_words(values["names"]) or str(words.STEPS[StepCode(path[2])])


def _territory(code: str) -> str:
    return str(Locale.parse(page_language().split("-", maxsplit=1)[0]).territories.get(code, code))


def _beginning(text: Name | str) -> Name | str:
    """Return the first words of a note: enough to know it again."""
    if not isinstance(text, Name) or len(text.text) <= LONGEST_DETAIL:
        return text
    return replace(text, text=text.text[:LONGEST_DETAIL].rsplit(" ", maxsplit=1)[0] + " …")


def _occurrence_name(values: Values) -> Name | str:
    kind = OccurrenceKind(values["kind"])
    if label := words.in_words(values["names"]):
        return label
    if values["number"] is None:
        return str(words.OCCURRENCE_KINDS[kind])
    return str(words.NUMBERED[kind]) % {"number": values["number"]}


def _changes(row: Difference, zone: str | None) -> Iterator[ChangeLine]:
    for column, (old, new) in row.changes.items():
        name = str(OF_KIND.get((row.path[0], column)) or COLUMNS.get(column, _("Details")))
        yield ChangeLine(name, _plain(column, old, zone), _plain(column, new, zone))


def _plain(column: str, value: Any, zone: str | None) -> str:
    """Return one value in words, for the line old → new."""
    if value in ("", None, [], {}):
        return str(_("nothing"))
    match column:
        case "when":
            timing, starts_at, until = settle(timing_of(value, zone))
            return Shown(timing, starts_at, until, Certainty.VERIFIED, page_language(), None).words
        case "certainty" | "date_certainty" if value in list(Certainty):
            return str(words.CERTAINTIES[Certainty(value)])
        case "status":
            return str(STATUSES.get(value) or words.LIMIT_STATUSES.get(value, value))
        case "access" if value in list(Access):
            return str(words.ACCESSES[Access(value)])
        case "country":
            return _territory(str(value))
        case "languages":
            return comma(page_language()).join(name_in(code, page_language()) for code in value)
    return _of_no_column(value)


def _of_no_column(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, dict):
        return str(words.in_words(value)) if "en" in value else comma(page_language()).join(map(str, value))
    if isinstance(value, list):
        return comma(page_language()).join(map(str, value))
    return str(value)
