"""A second or third organisation says yes: it carries the chantier from now on (R-18)."""

from __future__ import annotations

from datetime import datetime

from app.chantiers import telling
from app.chantiers.models import Carrier, CarrierRequest, MissionLetter, RequestState
from app.chantiers.services.carrying import answer_request, check_goes_on, check_room, end_open_requests, record
from app.chantiers.services.letters import sign_letter
from app.chantiers.services.reckoning import reckon
from app.core.actors import Actor
from app.core.permissions import require
from app.extensions import db
from app.workinggroups.models import Standing
from app.workinggroups.services import admit, lock_group


def accept_carrying(
    actor: Actor,
    request: CarrierRequest,
    *,
    signs: MissionLetter | None = None,
    read: str = "",
    now: datetime,
) -> Carrier:
    """Say yes for one's organisation; who says so is inside from now on. An active chantier is suspended until the new
    carrier has signed its letter too (R-18): `signs` does both in one act, with the digest of the words that were
    `read`. With the third carrier all other requests end.

    Raises `TooManyCarriers`, `CarriesAlready`, `RequestAnswered`, and what `sign_letter` raises.
    """
    require(actor, "chantiers.answer_request", request)
    group = request.group
    lock_group(group)
    check_goes_on(group)
    db.session.refresh(request)
    if request.state is not RequestState.ACCEPTED:
        check_room(group, request.organisation)  # first: who comes fourth reads that, not that the request has ended
    answer_request(actor, request, RequestState.ACCEPTED, now)
    carrier = Carrier(
        group_id=group.id, organisation_id=request.organisation_id, joined_at=now, joined_by=actor.person_id
    )
    db.session.add(carrier)
    db.session.flush()
    if actor.person_id is not None:
        for_whom = request.organisation_id
        admit(actor, group, actor.person_id, standing=Standing.MEMBER, organisation_id=for_whom, now=now)
    record(actor, "joined", group, request.organisation, now)
    end_open_requests(actor, group, now=now)
    telling.tell_answered(actor, request, now=now)
    if signs is not None:
        sign_letter(actor, carrier, signs, read=read, now=now)
    else:
        reckon(actor, group, now=now)
    return carrier
