"""Writing instruments: a new one, the next version, another language."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import carry_out
from app.core.markdown import to_html
from app.core.permissions import require
from app.core.web import current_actor
from app.instruments import queries, services, showing
from app.instruments.addresses import instrument_path
from app.instruments.forms import NewLanguageForm, OfferForm, VersionForm
from app.instruments.models import Instrument, InstrumentText
from app.instruments.routes import blueprint
from app.people.queries import own_languages


def load_kept(instrument_id: UUID) -> Instrument:
    """Return an instrument that the actor keeps; raises `NotFound` where it is unseen."""
    actor = current_actor()
    instrument = queries.get_visible_instrument(actor, instrument_id)
    require(actor, "instruments.keep", instrument)
    return instrument


@blueprint.route("/new", methods=["GET", "POST"])
def offer() -> Any:
    actor, form = current_actor(), OfferForm()
    require(actor, "instruments.offer")
    form.offer(queries.list_owners(actor), [*own_languages(actor), page_language()])
    done = carry_out(
        form,
        lambda: services.offer(
            actor, form.chosen_owner(), form.words(), language=form.tag(), tags=form.tags(), now=clock.now()
        ),
        lambda instrument: instrument_path(instrument.id),
        lambda _instrument: _("It is on offer. Others find it in the list."),
    )
    return done or (render_template("instruments/offer.html", form=form), form.status)


@blueprint.route("/<uuid:instrument_id>/<language>/write", methods=["GET", "POST"])
def write_version(instrument_id: UUID, language: str) -> Any:
    actor, instrument, form = current_actor(), load_kept(instrument_id), VersionForm()
    texts = queries.newest_texts([instrument.id])[instrument.id]
    if language not in texts:
        raise NotFound
    text, original = texts[language], texts[instrument.language]
    if not form.is_submitted():
        form.fill_words(text)
        form.based_on.data = str(text.version)
        form.follows.data = text.of_version == original.version
    done = carry_out(
        form,
        lambda: services.write_version(
            actor,
            instrument,
            form.words(),
            language=language,
            changes=str(form.changes.data or ""),
            based_on=form.number(),
            of_version=original.version if form.follows.data else None,
            now=clock.now(),
        ),
        lambda written: instrument_path(instrument.id, written.language),
        lambda written: _("Version %(number)s is there.", number=written.version),
    )
    return done or _write_page(instrument, text, original, form)


def _write_page(
    instrument: Instrument, text: InstrumentText, original: InstrumentText, form: VersionForm
) -> tuple[str, int]:
    """Return the form, with what somebody else wrote meanwhile beside it."""
    theirs = None
    if form.general_errors and form.number() != text.version:
        form.based_on.data, theirs = str(text.version), text
    page = render_template(
        "instruments/write.html",
        form=form,
        instrument=instrument,
        text=text,
        title=showing.titled(text),
        original=original,
        theirs=theirs,
        theirs_body=to_html(theirs.body) if theirs is not None else "",
    )
    return page, form.status


@blueprint.route("/<uuid:instrument_id>/languages/new", methods=["GET", "POST"])
def add_language(instrument_id: UUID) -> Any:
    """The original stands beside the fields."""
    actor, instrument, form = current_actor(), load_kept(instrument_id), NewLanguageForm()
    texts = queries.newest_texts([instrument.id])[instrument.id]
    original = texts[instrument.language]
    if not form.is_submitted():
        form.original.data = str(original.version)
    form.offer_languages(first=[*own_languages(actor), page_language()], left_out=texts)
    done = carry_out(
        form,
        lambda: services.add_language(
            actor, instrument, form.words(), language=form.tag(), of_version=form.followed(), now=clock.now()
        ),
        lambda written: instrument_path(instrument.id, written.language),
        lambda _written: _("It is there in one more language."),
    )
    if done:
        return done
    page = render_template(
        "instruments/add_language.html",
        form=form,
        instrument=instrument,
        original=original,
        title=showing.titled(original),
        original_body=to_html(original.body),
    )
    return page, form.status
