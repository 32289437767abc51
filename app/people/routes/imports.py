"""Loading people from a file, in three steps: bring it, try it, let it run. The page of a running file looks again by
itself, without a script."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import Actor
from app.core.database import only_reading
from app.core.errors import NotFound, RuleBroken
from app.core.forms import ActionForm, Form, carry_out
from app.core.permissions import can
from app.core.tables import CSV_TYPE, csv_of
from app.core.web import current_actor, takes_files
from app.extensions import db
from app.people import services
from app.people.forms.imports import SEPARATOR_WORDS, BringFileForm, ColumnsForm, EncodingForm
from app.people.imports.columns import check_columns
from app.people.imports.refusals import field_of, words_of
from app.people.imports.table import ENCODINGS, read_table
from app.people.imports.trial import Fate, try_lines
from app.people.models import PeopleImport
from app.people.queries import imports as queries
from app.people.routes.account import day_words
from app.people.routes.blueprint import blueprint
from app.people.services import Wishes

LOOKS_AGAIN = 5
"""Seconds after which the page of a running file is asked for anew."""


def _actor() -> Actor:
    """The actor; to who may not load people, these pages do not exist."""
    actor = current_actor()
    if not can(actor, "people.load"):
        raise NotFound
    return actor


@blueprint.route("/people/import", methods=["GET", "POST"])
@takes_files
def bring_people() -> Response | tuple[str, int]:
    """The files of the last month, and the form that brings another."""
    actor, form = _actor(), BringFileForm()

    def work() -> PeopleImport:
        assert form.file.table is not None  # noqa: S101 - the form was checked
        return services.bring_file(
            actor, file_name=form.file.file_name, source=form.file.body, table=form.file.table, now=clock.now()
        )

    response = carry_out(form, work, lambda brought: _address(brought.id))
    if response is not None:
        return response
    page = render_template("people/imports.html", form=form, files=queries.list_imports(actor), day_words=day_words)
    return page, form.status


def _address(import_id: UUID) -> str:
    return url_for("people.show_import", import_id=import_id)


@blueprint.get("/people/import/<uuid:import_id>")
def show_import(import_id: UUID) -> tuple[str, int]:
    """One file: its columns while they are chosen, how far it is while it runs, what became of it."""
    brought = queries.get_visible_import(_actor(), import_id)
    return _page(brought, ActionForm())


def _page(brought: PeopleImport, form: Form) -> tuple[str, int]:
    columns = form if isinstance(form, ColumnsForm) else ColumnsForm(formdata=None)
    reading = form if isinstance(form, EncodingForm) else EncodingForm(formdata=None)
    columns.offer(brought.headings, _examples(brought))
    if columns is not form:
        columns.fill_from(brought)
    if reading is not form:
        reading.fill_from(brought)
    page = render_template(
        "people/import.html",
        brought=brought,
        form=form,
        columns=columns,
        reading=reading,
        count=queries.counts_of([brought.id])[brought.id],
        refused=queries.refused_of(brought.id, at_most=queries.REFUSED_SHOWN),
        encoding=ENCODINGS.get(brought.encoding, brought.encoding),
        separator=SEPARATOR_WORDS.get(brought.separator, brought.separator),
        words_of=words_of,
        cell_of=_cell_of(brought),
        looks_again=LOOKS_AGAIN,
        day_words=day_words,
    )
    return page, form.status


def _examples(brought: PeopleImport) -> list[str]:
    """What the first line with something in it says in each column."""
    lines = [line.cells for line in queries.lines_of(brought.id, at_most=20) if not line.is_broken]
    return [
        next((cells[place] for cells in lines if place < len(cells) and cells[place]), "")
        for place in range(len(brought.headings))
    ]


def _cell_of(brought: PeopleImport) -> object:
    """What stands in the cell a refusal is about; the beginning of the line where it is about the whole."""

    def cell_of(line: object) -> str:
        cells, field = line.cells, field_of(line.reason)  # type: ignore[attr-defined]  # a row of the query
        place = brought.columns.get(field, -1)
        if field:
            return str(cells[place])[:80] if 0 <= place < len(cells) else ""
        return " · ".join(str(cell) for cell in cells if cell)[:80]

    return cell_of


@blueprint.post("/people/import/<uuid:import_id>/encoding")
def read_import_again(import_id: UUID) -> Response | tuple[str, int]:
    """Read the file with another encoding or separator."""
    actor, form = _actor(), EncodingForm()
    brought = queries.get_visible_import(actor, import_id, with_source=True)

    def work() -> PeopleImport:
        table = read_table(brought.source or b"", encoding=str(form.encoding.data), separator=str(form.separator.data))
        return services.read_again(actor, brought, table=table, now=clock.now())

    response = carry_out(form, work, lambda _brought: _address(import_id), lambda _brought: _("The file is read anew."))
    return response or _page(queries.get_visible_import(actor, import_id), form)


@blueprint.post("/people/import/<uuid:import_id>/columns")
def try_import(import_id: UUID) -> Response | tuple[str, int]:
    """Keep the columns and find out what would become of each line. Nobody is added."""
    actor, form = _actor(), ColumnsForm()
    brought = queries.get_visible_import(actor, import_id)
    form.offer(brought.headings, [])
    fates = _fates_before_writing(brought, form)

    def work() -> PeopleImport:
        wishes = Wishes(adds_organisations=bool(form.adds_organisations.data), invites=bool(form.invites.data))
        return services.keep_trial(actor, brought, columns=form.columns(), wishes=wishes, fates=fates, now=clock.now())

    response = carry_out(form, work, lambda _brought: _address(import_id))
    return response or _page(queries.get_visible_import(actor, import_id), form)


def _fates_before_writing(brought: PeopleImport, form: ColumnsForm) -> list[Fate]:
    """Ten thousand lines take a second: what would become of them is worked out while nothing is written."""
    import_id, headings = brought.id, brought.headings
    if not form.validate():
        return []
    try:
        columns = check_columns(form.columns(), headings)
    except RuleBroken:
        return []  # said at its field when the columns are kept
    db.session.rollback()
    with only_reading():
        lines = queries.lines_of(import_id)
        wishes_organisations = bool(form.adds_organisations.data)
        fates = list(try_lines(lines, columns, headings=len(headings), adds_organisations=wishes_organisations))
        db.session.rollback()
    return fates


@blueprint.post("/people/import/<uuid:import_id>/run")
def run_import(import_id: UUID) -> Response | tuple[str, int]:
    """Let the worker add the people."""
    actor, form = _actor(), ActionForm()
    brought = queries.get_visible_import(actor, import_id)
    response = carry_out(
        form,
        lambda: services.run_file(actor, brought, now=clock.now()),
        lambda _brought: _address(import_id),
    )
    return response or _page(queries.get_visible_import(actor, import_id), form)


@blueprint.get("/people/import/<uuid:import_id>/refused.csv")
def refused_lines(import_id: UUID) -> Response:
    """The lines that were not taken, as a file to be mended and brought again: their own columns, then why."""
    brought = queries.get_visible_import(_actor(), import_id)
    # I18N: headings of two columns in the file of lines that were refused
    rows: list[list[object]] = [[*brought.headings, _("Line"), _("Why not")]]
    for line in queries.refused_of(import_id):
        sentence, column = words_of(line.reason)
        cells = [*line.cells, *[""] * len(brought.headings)][: max(len(brought.headings), len(line.cells))]
        rows.append([*cells, line.number, f"{column}: {sentence}" if column else str(sentence)])
    headers = {"Content-Disposition": 'attachment; filename="refused.csv"'}
    return Response(csv_of(rows), content_type=CSV_TYPE, headers=headers)


@blueprint.route("/people/import/<uuid:import_id>/forget", methods=["GET", "POST"])
def forget_import(import_id: UUID) -> Response | tuple[str, int]:
    """Take the file out of the house; the people it added stay."""
    actor, form = _actor(), ActionForm()
    brought = queries.get_visible_import(actor, import_id)
    name = brought.file_name
    response = carry_out(
        form,
        lambda: services.forget_file(actor, brought, now=clock.now()),
        lambda _none: url_for("people.bring_people"),
        lambda _none: _("The file is forgotten. The people it added stay."),
    )
    if response is not None:
        return response
    return render_template("people/forget_import.html", form=form, name=name, back=_address(import_id)), form.status
