"""What those who take part may say of a gathering on its page: that they were there, and how many sat beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.moments import words
from app.moments.local import in_zone
from app.moments.models import Precision
from app.moments.zones import reader_zone
from app.sessions import policy, queries
from app.sessions.forms import ClaimForm
from app.sessions.forms.attendance.claims import FOR_NOBODY
from app.sessions.hosts import words_of
from app.sessions.models import Gathering


@dataclass(frozen=True, slots=True)
class Presence:
    """`state`: before, open, closed, claimed or marked; `when` says the window in the reader's hours. `organisation` is
    the name of the one that was said, "" for none; `has_choice`: several may be chosen from."""

    state: str
    when: str
    form: ClaimForm
    has_choice: bool
    organisation: Any
    may_count: bool


def presence_of(actor: Actor, gathering: Gathering, *, now: datetime) -> Presence | None:
    """Return what this reader may say; None for whoever takes no part, where nothing takes place, and before a day
    without an hour: nobody can say from when."""
    if not policy.can_claim_attendance(actor, gathering) or not policy.takes_place(gathering):
        return None
    opens, closes = policy.claim_window(gathering)
    claim = queries.find_claim(gathering, actor.person_id)
    if queries.is_marked(gathering, actor.person_id):
        state = "marked"
    elif claim is not None:
        state = "claimed"
    else:
        state = "before" if now < opens else "closed" if now > closes else "open"
    if state == "before" and gathering.moment.precision is not Precision.MINUTE:
        return None
    form = ClaimForm(formdata=None)
    options = _fill(form, actor, gathering) if state == "open" else []
    said = [claim.for_organisation_id] if claim is not None and claim.for_organisation_id else options[:1]
    return Presence(
        state=state,
        when=_when(gathering, opens if state == "before" else closes, state),
        form=form,
        has_choice=len(options) > 1,
        organisation=names_of("organisation", said, page_language())[said[0]] if said else "",
        may_count=opens <= now <= closes,
    )


def _fill(form: ClaimForm, actor: Actor, gathering: Gathering) -> list[Any]:
    """Offer the organisations of the reader; the likeliest is chosen."""
    options = queries.list_claim_organisations(actor, gathering)
    names = names_of("organisation", options, page_language())
    form.organisation.choices = [(str(option), names[option].text) for option in options]
    # I18N: choice of somebody who came for no organisation
    form.organisation.choices.append((FOR_NOBODY, _("For myself alone")))
    form.organisation.data = str(options[0]) if options else FOR_NOBODY
    return options


def _when(gathering: Gathering, instant: datetime, state: str) -> str:
    zone = reader_zone() or gathering.moment.zone or "UTC"
    local = in_zone(instant, zone)
    day, hour = words.day_of_year(local.date(), page_language()), words.hour(local)
    place = words.place(zone, page_language())
    if state == "before":
        # I18N: for instance "From Saturday 13 February, 16:30 in Nairobi, you can say here that you were there."
        sentence = _(
            "From %(day)s, %(hour)s in %(place)s, you can say here that you were there.",
            day=day,
            hour=hour,
            place=place,
        )
    elif state == "closed":
        sentence = words_of(gathering).claim_closed % {"day": day, "hour": hour, "place": place}
    else:
        sentence = _("You can say so until %(day)s, %(hour)s in %(place)s.", day=day, hour=hour, place=place)
    return words.finished(str(sentence), page_language())
