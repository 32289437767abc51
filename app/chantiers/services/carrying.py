"""Who carries a chantier: asking, declining, leaving (R-18). Two or three distinct organisations.

Whoever counts carriers holds the lock of the group, so that of two who accept the third place at once one is refused.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.chantiers import telling
from app.chantiers.activity import MOST
from app.chantiers.models import Carrier, CarrierRequest, RequestState
from app.chantiers.policy import goes_on
from app.chantiers.queries import current_carriers, list_requests
from app.chantiers.services.reckoning import reckon
from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.permissions import require
from app.extensions import db
from app.people.mandates import nobody_speaks_sentence, spoken_for
from app.people.models import Organisation
from app.workinggroups.models import WorkingGroup
from app.workinggroups.services import lock_group


class TooManyCarriers(RuleBroken):
    """A fourth carrier."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Three organisations carry this chantier already, and a fourth may not. "
                "They can invite yours, or one of them makes room."
            ),
            field="organisation",
            rule="R-18",
        )


class CarriesAlready(RuleBroken):
    """The same organisation twice."""

    def __init__(self) -> None:
        super().__init__(
            _l("This organisation carries the chantier already. A pair is two distinct organisations: choose another."),
            field="organisation",
            rule="R-18",
        )


class AskedAlready(RuleBroken):
    def __init__(self) -> None:
        super().__init__(
            _l("This organisation was asked already and has not answered yet. Wait for its answer, or ask another."),
            field="organisation",
        )


class NobodyAnswers(RuleBroken):
    """An organisation that nobody speaks for: a request to it would wait for ever."""

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(nobody_speaks_sentence(organisation.id), field="organisation")


class RequestAnswered(RuleBroken):
    """A request that waits no more: answered or taken back."""

    def __init__(self) -> None:
        super().__init__(_l("This request was answered or taken back meanwhile. Look at the page of the carriers."))


class LastCarrier(RuleBroken):
    """Nobody would be left who could ask another."""

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Your organisation is the only carrier. Let another organisation carry the chantier first, "
                "or ask its coordinator to close it."
            ),
            rule="R-18",
        )


class LeftAlready(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("This organisation does not carry the chantier any more. There is nothing left to do."))


class ChantierClosed(RuleBroken):
    def __init__(self) -> None:
        super().__init__(_l("This chantier is closed. Its coordinator can open it again."))


def check_goes_on(group: WorkingGroup) -> None:
    """Raise `ChantierClosed`; asked again after the lock, since policies look at what was there before."""
    if not goes_on(group):
        raise ChantierClosed


def ask_carrier(actor: Actor, group: WorkingGroup, organisation: Organisation, *, now: datetime) -> CarrierRequest:
    """Ask an organisation to carry the chantier too; who speaks for it is told.

    Raises `TooManyCarriers` (R-18), `CarriesAlready`, `NobodyAnswers`, `AskedAlready`.
    """
    require(actor, "chantiers.ask_carrier", group)
    lock_group(group)
    check_goes_on(group)
    check_room(group, organisation)
    if organisation.id not in spoken_for(now.date()):
        raise NobodyAnswers(organisation)
    request = CarrierRequest(group_id=group.id, organisation_id=organisation.id, asked_at=now, asked_by=actor.person_id)
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError:
        raise AskedAlready from None
    record(actor, "asked", group, organisation, now)
    telling.tell_asked(actor, request, now=now)
    return request


def check_room(group: WorkingGroup, organisation: Organisation) -> None:
    """Raise `CarriesAlready` or `TooManyCarriers` (R-18); whoever asks holds the lock of the group."""
    carriers = current_carriers(group)
    if organisation.id in {row.organisation_id for row in carriers}:
        raise CarriesAlready
    if len(carriers) >= MOST:
        raise TooManyCarriers


def decline_carrying(actor: Actor, request: CarrierRequest, *, now: datetime) -> CarrierRequest:
    """Say no for one's organisation. Raises `RequestAnswered`."""
    require(actor, "chantiers.answer_request", request)
    answer_request(actor, request, RequestState.DECLINED, now)
    record(actor, "declined", request.group, request.organisation, now)
    telling.tell_answered(actor, request, now=now)
    return request


def withdraw_request(actor: Actor, request: CarrierRequest, *, now: datetime) -> CarrierRequest:
    """Take a request back that nobody has answered. Raises `RequestAnswered`."""
    require(actor, "chantiers.withdraw_request", request)
    answer_request(actor, request, RequestState.WITHDRAWN, now)
    record(actor, "request_withdrawn", request.group, request.organisation, now)
    return request


def answer_request(actor: Actor, request: CarrierRequest, state: RequestState, now: datetime) -> None:
    """Settle a request that waits, once. Raises `RequestAnswered`."""
    waiting = sa.update(CarrierRequest).where(
        CarrierRequest.id == request.id, CarrierRequest.state == RequestState.ASKED
    )
    if change_rows(waiting.values(state=state, answered_at=now, answered_by=actor.person_id)) != 1:
        raise RequestAnswered
    db.session.refresh(request)


def end_open_requests(actor: Actor, group: WorkingGroup, *, now: datetime) -> None:
    """Once three carry a chantier there is no place left to ask for: what still waits ends (R-18). Who answers in this
    moment has answered. Whoever calls it holds the lock of the group."""
    if len(current_carriers(group)) < MOST:
        return
    for request in list_requests(group):
        if request.state is RequestState.ASKED:
            with suppress(RequestAnswered):
                answer_request(actor, request, RequestState.WITHDRAWN, now)
                record(actor, "request_withdrawn", group, request.organisation, now)


def stop_carrying(actor: Actor, carrier: Carrier, *, now: datetime) -> Carrier:
    """Let one's organisation carry the chantier no more. Its people stay inside; with fewer than two carriers the
    chantier is suspended in the same transaction (R-18).

    Raises `LastCarrier`, `LeftAlready`.
    """
    require(actor, "chantiers.stop_carrying", carrier)
    group = carrier.group
    lock_group(group)
    check_goes_on(group)
    current = {row.id for row in current_carriers(group)}
    if carrier.id not in current:
        raise LeftAlready
    if len(current) == 1:
        raise LastCarrier
    carrier.left_at, carrier.left_by = now, actor.person_id
    db.session.flush()
    record(actor, "left", group, carrier.organisation, now)
    telling.tell_left(actor, carrier, now=now)
    reckon(actor, group, now=now)
    return carrier


def record(actor: Actor, act: str, group: WorkingGroup, organisation: Organisation, now: datetime) -> None:
    """Write one line of the audit about an organisation and a chantier."""
    facts = {"organisation": str(organisation.id)}
    audit.record(actor, f"chantiers.carrier.{act}", "group", group.id, facts, now=now)
