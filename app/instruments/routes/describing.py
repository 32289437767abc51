"""What an instrument claims and who reads it; withdrawing it, offering it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.forms import ActionForm, carry_out
from app.core.web import current_actor
from app.instruments import queries, services, showing
from app.instruments.addresses import instrument_path
from app.instruments.forms import DescribeForm, WithdrawForm
from app.instruments.models import Instrument
from app.instruments.routes import blueprint
from app.instruments.routes.writing import load_kept


def _title(instrument: Instrument) -> Any:
    return showing.titled(queries.newest_text(instrument, page_language()))


@blueprint.route("/<uuid:instrument_id>/describe", methods=["GET", "POST"])
def describe(instrument_id: UUID) -> Any:
    actor, instrument, form = current_actor(), load_kept(instrument_id), DescribeForm()
    if not form.is_submitted():
        form.fill_from(instrument)
    form.offer_tags()
    form.offer_audience()
    done = carry_out(
        form,
        lambda: services.describe(actor, instrument, form.tags(), now=clock.now()),
        lambda row: instrument_path(row.id),
        lambda _row: _("It is changed."),
    )
    if done:
        return done
    return render_template(
        "instruments/describe.html", form=form, instrument=instrument, title=_title(instrument)
    ), form.status


@blueprint.route("/<uuid:instrument_id>/withdraw", methods=["GET", "POST"])
def withdraw(instrument_id: UUID) -> Any:
    """Asked on a page of its own."""
    actor, instrument, form = current_actor(), load_kept(instrument_id), WithdrawForm()
    done = carry_out(
        form,
        lambda: services.withdraw(actor, instrument, because=str(form.because.data or ""), now=clock.now()),
        lambda row: instrument_path(row.id),
        lambda _row: _("It is withdrawn. You can offer it again at any time."),
    )
    if done:
        return done
    return render_template(
        "instruments/withdraw.html", form=form, instrument=instrument, title=_title(instrument)
    ), form.status


@blueprint.post("/<uuid:instrument_id>/offer-again")
def offer_again(instrument_id: UUID) -> Any:
    actor, instrument, form = current_actor(), load_kept(instrument_id), ActionForm()
    done = carry_out(
        form,
        lambda: services.offer_again(actor, instrument, now=clock.now()),
        lambda row: instrument_path(row.id),
        lambda _row: _("It is on offer again."),
    )
    if done:
        return done
    return render_template(
        "instruments/withdraw.html",
        form=WithdrawForm(formdata=None),
        refused=form,
        instrument=instrument,
        title=_title(instrument),
    ), form.status
