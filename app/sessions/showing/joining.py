"""What a reader may do about a track: join, leave, or read why not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.sessions import policy, queries, standing
from app.sessions.forms import JoinForm
from app.sessions.forms.programme import ALONE
from app.sessions.keys import facilitators_key
from app.sessions.models import Track, TrackMembership


@dataclass(frozen=True, slots=True)
class Joining:
    """`state`: member, leader, visitor, closed, refused (with `why`) or free (with a form)."""

    state: str
    membership: TrackMembership | None
    form: JoinForm | None
    has_choice: bool
    why: Any
    kinds: Any


def joining_of(actor: Actor, track: Track, *, now: datetime, form: JoinForm | None = None) -> Joining:
    """Return where the reader stands (R-03); `form` is one that came back with something to put right."""
    kinds = standing.kinds_in_words(track.eligible)
    membership = queries.find_membership(track, actor.person_id)
    if membership is not None:
        return Joining("member", membership, form, False, "", kinds)
    if actor.holds(facilitators_key(track.id)):
        return Joining("leader", None, form, False, "", kinds)
    if not track.is_open:
        return Joining("closed", None, form, False, "", kinds)
    if not actor.is_person:
        return Joining("visitor", None, form, False, "", kinds)
    if not policy.is_eligible(actor, track):
        return Joining("refused", None, form, False, standing.why_not_yet(actor, track, now.date()), kinds)
    form = form or JoinForm(formdata=None)
    has_choice = fill_choices(form, actor, track, now=now)
    return Joining("free", None, form, has_choice, "", kinds)


def fill_choices(form: JoinForm, actor: Actor, track: Track, *, now: datetime) -> bool:
    """Offer the organisations for which the reader may join; returns whether there is anything to choose."""
    options = queries.list_join_options(actor, track, now.date())
    ids = [option.organisation_id for option in options if option.organisation_id is not None]
    names = names_of("organisation", ids, page_language())
    form.organisation.choices = [("", _("Choose"))] + [
        (str(option.organisation_id), names[option.organisation_id].text)
        if option.organisation_id is not None
        # I18N: choice of somebody who joins for no organisation
        else (ALONE, _("For myself alone"))
        for option in options
    ]
    return len(options) > 1
