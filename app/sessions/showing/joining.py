"""What a reader may do about a track: join, apply, wait, leave, or read why not yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.extensions import db
from app.people import labels
from app.people.keys import mandated_for
from app.people.models import Person
from app.people.queries.needs import needs_of
from app.sessions import policy, queries, standing
from app.sessions.forms import JoinForm, join_form
from app.sessions.forms.joining import ALONE
from app.sessions.keys import facilitators_key
from app.sessions.models import Application, ApplicationState, Track, TrackMembership
from app.sessions.policy import Door
from app.sessions.showing.places import free_words, places_left


@dataclass(frozen=True, slots=True)
class Joining:
    """`state`: member, leader, asked, waiting, visitor, opens, closed, refused (with `why`) or free (with a form).

    `position` is the reader's place on the waiting list, `why` there says that they would be passed over. `refusal` is
    an application that was refused and not made again. `asks_first`: a page with questions stands before the join.
    `speaks_for`: organisations whose people the reader may name.
    """

    state: str
    kinds: Any
    words: str = ""
    membership: TrackMembership | None = None
    application: Application | None = None
    position: int = 0
    refusal: Application | None = None
    form: JoinForm | None = None
    has_choice: bool = False
    asks_first: bool = False
    is_full: bool = False
    why: Any = ""
    opens: Any = ""
    closes: Any = ""
    speaks_for: list[tuple[UUID, Name]] = field(default_factory=list)


def joining_of(actor: Actor, track: Track, *, now: datetime, form: JoinForm | None = None) -> Joining:
    """Return where the reader stands (R-03); `form` is one that came back with something to put right."""
    queue = queries.count_queues([track.id])[track.id]
    shared: dict[str, Any] = {
        "kinds": labels.kinds_in_words(track.eligible),
        "words": free_words(track.intake, queue),
        "form": form,
        "is_full": places_left(track.intake) == 0,
    }
    door = policy.door_of(track, now)
    if door is Door.OPEN:
        shared |= {"speaks_for": _speaks_for(actor), "closes": standing.closing_words(track.intake)}
    if door is Door.OPENS:
        shared["opens"] = standing.opening_words(track.intake)
    inside = _inside(actor, track, now, shared)
    if inside is not None:
        return inside
    last = queries.find_last_application(track, actor.person_id)
    if last is not None and last.state is ApplicationState.REFUSED:
        shared["refusal"] = last
    if door is not Door.OPEN:
        return Joining("opens" if door is Door.OPENS else "closed", **shared)
    if not actor.is_person:
        return Joining("visitor", **shared)
    if not policy.is_eligible(actor, track):
        return Joining("refused", **shared | {"why": standing.why_not_yet(actor, track, now.date())})
    questions = queries.list_questions(track)
    form = form or join_form(questions, formdata=None)
    has_choice = fill_choices(form, actor, track, now=now)
    asks_first = track.intake.needs_approval or bool(questions)
    return Joining("free", **shared | {"form": form, "has_choice": has_choice, "asks_first": asks_first})


def _inside(actor: Actor, track: Track, now: datetime, shared: dict[str, Any]) -> Joining | None:
    """Return the standing of somebody who has something already: a place, the lead, an open application."""
    membership = queries.find_membership(track, actor.person_id)
    if membership is not None:
        return Joining("member", **shared, membership=membership)
    if actor.holds(facilitators_key(track.id)):
        return Joining("leader", **shared)
    application = queries.find_open_application(track, actor.person_id)
    if application is None:
        return None
    is_passed_over = not policy.is_eligible(actor, track)
    return Joining(
        application.state.value,
        **shared,
        application=application,
        position=queries.position_of(application) if application.state is ApplicationState.WAITING else 0,
        why=standing.why_not_yet(actor, track, now.date()) if is_passed_over else "",
    )


def _speaks_for(actor: Actor) -> list[tuple[UUID, Name]]:
    ids = sorted(mandated_for(actor))
    names = names_of("organisation", ids, page_language()) if ids else {}
    return [(organisation_id, names[organisation_id]) for organisation_id in ids]


def fill_choices(form: JoinForm, actor: Actor, track: Track, *, now: datetime) -> bool:
    """Offer the organisations for which the reader may join, the one they act for chosen; returns whether there is
    anything to choose."""
    options = queries.list_join_options(actor, track, now.date())
    ids = [option.organisation_id for option in options if option.organisation_id is not None]
    names = names_of("organisation", ids, page_language())
    form.organisation.choices = [SelectChoice("", _("Choose"))] + [
        SelectChoice(str(option.organisation_id), names[option.organisation_id].text)
        if option.organisation_id is not None
        # I18N: choice of somebody who joins for no organisation
        else SelectChoice(ALONE, _("For myself alone"))
        for option in options
    ]
    if not form.organisation.data and actor.acting_for in ids:
        form.organisation.data = str(actor.acting_for)
    return len(options) > 1


def fill_known(form: JoinForm, actor: Actor) -> None:
    """Show what the reader said before about languages and needs: asked once, kept."""
    person = db.session.get(Person, actor.person_id) if actor.person_id else None
    if person is not None:
        form.fill_from(person, needs_of([person.id]).get(person.id, []))
