"""Somebody says whether they come, that they were there, or takes it back: buttons on the page of the gathering."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import clock
from app.core.forms import ActionForm, carry_out
from app.core.permissions import require
from app.core.web import current_actor
from app.sessions import addresses, queries, services
from app.sessions.blueprint import blueprint
from app.sessions.forms import ClaimForm, ComingForm
from app.sessions.hosts import words_of
from app.sessions.routes.sessions import show


@blueprint.post("/sessions/<uuid:session_id>/coming")
def say_coming(session_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    gathering = queries.get_visible_gathering(actor, session_id)
    require(actor, "sessions.say_coming", gathering)
    form = ComingForm()
    done = carry_out(
        form,
        lambda: services.say_coming(actor, gathering, comes=form.comes, now=now),
        lambda _said: addresses.session_path(gathering.id),
        lambda said: _("Kept: you come.") if said.comes else _("Kept: you cannot come."),
    )
    return done or show(gathering, form=form)


@blueprint.post("/sessions/<uuid:session_id>/presence")
def claim_attendance(session_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    gathering = queries.get_visible_gathering(actor, session_id)
    require(actor, "sessions.claim_attendance", gathering)
    form = ClaimForm()
    done = carry_out(
        form,
        lambda: services.claim_attendance(actor, gathering, organisation_id=form.organisation_id, now=now),
        lambda _claim: addresses.session_path(gathering.id),
        lambda _claim: words_of(gathering).claimed,
    )
    return done or show(gathering, form=form)


@blueprint.post("/sessions/<uuid:session_id>/presence/take-back")
def take_back_claim(session_id: UUID) -> Any:
    actor, now = current_actor(), clock.now()
    gathering = queries.get_visible_gathering(actor, session_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.take_back_claim(actor, gathering, now=now),
        lambda _changed: addresses.session_path(gathering.id),
        lambda _changed: _("Taken back: you do not say that you were there."),
    )
    return done or show(gathering, form=form)
