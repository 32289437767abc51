"""Reading instruments: the list, a text, an older version, the text to take along."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, render_template, request

from app.core.actors import Actor
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.markdown import to_html
from app.core.permissions import can
from app.core.web import current_actor, public
from app.instruments import queries, showing
from app.instruments.forms import FilterForm
from app.instruments.models import Instrument, InstrumentText
from app.instruments.routes import blueprint


@blueprint.get("/")
@public
def list_instruments() -> Any:
    """Instruments on offer, what changed last first, narrowed down by what they claim."""
    actor = current_actor()
    offers = can(actor, "instruments.offer")
    form = FilterForm(keeps=offers, has_withdrawn=queries.has_withdrawn(actor))
    page = queries.page_of_instruments(actor, form.wanted(), cursor=request.args.get("after", ""))
    return render_template(
        "instruments/list.html",
        form=form,
        lines=showing.lines_of(actor, page.rows),
        next_cursor=page.next_cursor,
        offers=offers,
    )


@blueprint.get("/<uuid:instrument_id>")
@public
def show_instrument(instrument_id: UUID) -> Any:
    """The newest text in the reader's language, or in the one asked for."""
    actor = current_actor()
    instrument = queries.get_visible_instrument(actor, instrument_id)
    texts = queries.newest_texts([instrument.id])[instrument.id]
    asked = request.args.get("text", "")
    if asked and asked not in texts:
        raise NotFound
    text = texts[asked] if asked else queries.choose(texts, page_language())
    if text is None:
        raise NotFound
    return render_template("instruments/show.html", **page_values(actor, instrument, texts, text))


@blueprint.get("/<uuid:instrument_id>/<language>/<int:number>")
@public
def show_version(instrument_id: UUID, language: str, number: int) -> Any:
    """One version, as it was written."""
    actor = current_actor()
    instrument = queries.get_visible_instrument(actor, instrument_id)
    text = queries.get_text(instrument, language, number)
    texts = queries.newest_texts([instrument.id])[instrument.id]
    return render_template("instruments/show.html", **page_values(actor, instrument, texts, text))


@blueprint.get("/<uuid:instrument_id>/<language>/<int:number>.txt")
@public
def download(instrument_id: UUID, language: str, number: int) -> Any:
    """A version as plain text: its title, then its words as they were written."""
    instrument = queries.get_visible_instrument(current_actor(), instrument_id)
    text = queries.get_text(instrument, language, number)
    name = f"instrument-{text.language}-{text.version}.txt"
    return Response(
        f"{text.title}\n\n{text.body}\n",
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def page_values(
    actor: Actor, instrument: Instrument, texts: dict[str, InstrumentText], text: InstrumentText
) -> dict[str, Any]:
    """Return what the page of an instrument prints for one of its texts."""
    versions = queries.list_versions(instrument, text.language)
    original = texts[instrument.language]
    return {
        "instrument": instrument,
        "text": text,
        "line": showing.line_of(instrument, texts, text, showing.owners_of(actor, [instrument])[instrument.id]),
        "body": to_html(text.body),
        "has_blanks": "[" in text.body and "]" in text.body,
        "versions": versions,
        "newest": versions[0].version,
        "original": original,
        "is_behind": text.of_version is not None and text.of_version < original.version,
        "others": showing.languages_named([tag for tag in texts if tag != text.language]),
        "writers": showing.writers_of(actor, versions),
        "keeps": can(actor, "instruments.keep", instrument),
    }
