"""An organisation gives its voice to another one of the roll: recorded, dated, taken back until it is used (R-23)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.database import change_rows
from app.core.errors import RuleBroken
from app.core.languages import one_line
from app.core.permissions import can, require
from app.decisions import telling
from app.decisions.models import Decision, GivenVoice, Proxy, RollLine, Stage
from app.decisions.queries import find_proxy, find_standing
from app.decisions.services.locking import check_not_settled, lock
from app.decisions.services.mandates import Mandate, MandateEnded, MandateMissing, mandate_for
from app.decisions.services.speaking import AlreadySpoken, NotOnRoll, check_place
from app.extensions import db
from app.people.keys import mandated_for


class ProxyGivenAlready(RuleBroken):
    """One organisation gives its voice once."""


class HoldsEnough(RuleBroken):
    """Each organisation holds as many voices of others as the decision allows, and no more."""


class ProxyOfProxy(RuleBroken):
    """A voice is given on by nobody."""


class PaperMissing(RuleBroken):
    """Who does not speak for the giver records its voice from a paper."""


class ProxyUsed(RuleBroken):
    """The voice was given; it is changed as every voice is."""


def give_proxy(
    actor: Actor, decision: Decision, *, giver_id: UUID, holder_id: UUID, paper: str = "", now: datetime
) -> Proxy:
    """Record that one organisation gives its voice to another for this decision: by the giver's mandated person, or by
    whoever runs the group from a written paper, with words where it lies.

    Raises `NotOnRoll`, `PaperMissing`, `ProxyOfProxy`, `HoldsEnough`, `ProxyGivenAlready`, `AlreadySpoken`, `Settled`,
    and the errors of mandates.
    """
    require(actor, "decisions.record_proxy", decision)
    lock(decision)
    check_not_settled(decision)
    _check_roll(decision, giver_id, holder_id)
    mandate = _basis(actor, decision, giver_id, paper, now)
    _check_free(decision, giver_id, holder_id)
    proxy = Proxy(
        id=uuid4(),
        decision_id=decision.id,
        giver_id=giver_id,
        holder_id=holder_id,
        paper=one_line(paper)[:300] if mandate is None else "",
        given_at=now,
        given_by=actor.person_id,
        mandate_id=mandate.grant_id if mandate else None,
        mandate_from=mandate.from_on if mandate else None,
        mandate_until=mandate.until_on if mandate else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add(proxy)
    except IntegrityError:
        raise _given_already() from None
    telling.tell_proxy(actor, decision, proxy, now=now)
    _record(actor, "given", proxy, now)
    return proxy


def _basis(actor: Actor, decision: Decision, giver_id: UUID, paper: str, now: datetime) -> Mandate | None:
    """Return the mandate under which a proxy is given; None where it is a paper that a coordinator has seen."""
    if not one_line(paper):
        if can(actor, "decisions.lead", decision) and giver_id not in mandated_for(actor):
            raise PaperMissing(
                _l("You do not speak for this organisation: say where the paper lies on which it gives its voice."),
                field="paper",
                rule="R-23",
            )
        check_place(actor, decision)
        return mandate_for(actor, giver_id, now=now)
    require(actor, "decisions.lead", decision)
    return None


def _check_roll(decision: Decision, giver_id: UUID, holder_id: UUID) -> None:
    if decision.stage is Stage.DRAFTED:
        raise NotOnRoll(_l("This is a draft. Voices are given to others once it is opened."), rule="R-23")
    for organisation_id, field in ((giver_id, "giver"), (holder_id, "holder")):
        if db.session.get(RollLine, (decision.id, organisation_id)) is None:
            raise NotOnRoll(
                _l("Choose an organisation that is on the roll of this decision."), field=field, rule="R-23"
            )
    if giver_id == holder_id:
        raise ProxyOfProxy(
            _l("Choose another organisation: this one is the giver itself."), field="holder", rule="R-23"
        )


def _check_free(decision: Decision, giver_id: UUID, holder_id: UUID) -> None:
    """Counted under the lock of the decision, so that two at once do not both find room."""
    if find_proxy(decision, giver_id) is not None:
        raise _given_already()
    if find_standing(decision, giver_id) is not None:
        raise AlreadySpoken(_l("This organisation has spoken itself, so its voice cannot be given to another one."),
                            field="giver", rule="R-23")  # fmt: skip
    held = _count_held(decision, holder_id)
    if _count_held(decision, giver_id) or find_proxy(decision, holder_id) is not None:
        raise ProxyOfProxy(
            _l("A voice is not given on: who holds another's gives its own to nobody. Choose another organisation."),
            field="holder",
            rule="R-23",
        )
    if held >= decision.proxies_per_holder:
        raise HoldsEnough(
            lazy_ngettext(
                "In this decision an organisation holds at most one voice of another. Choose another organisation.",
                "In this decision an organisation holds at most %(num)s voices of others. Choose another organisation.",
                decision.proxies_per_holder,
            )
            if decision.proxies_per_holder
            else _l("In this decision nobody speaks for another organisation."),
            field="holder",
            rule="R-23",
        )


def _count_held(decision: Decision, holder_id: UUID) -> int:
    held = sa.select(sa.func.count()).where(
        Proxy.decision_id == decision.id, Proxy.holder_id == holder_id, Proxy.revoked_at.is_(None)
    )
    return int(db.session.scalar(held) or 0)


def _given_already() -> ProxyGivenAlready:
    return ProxyGivenAlready(
        _l("This organisation has given its voice away already. Take that back first."), field="giver", rule="R-23"
    )


def revoke_proxy(actor: Actor, decision: Decision, proxy: Proxy, *, now: datetime) -> Proxy:
    """Take a voice back, until it was used: by the giver's mandated person, or by whoever runs the group where it was
    recorded from a paper. Twice is once. Raises `ProxyUsed`, `Settled`, and the errors of mandates."""
    require(actor, "decisions.record_proxy", decision)
    lock(decision)
    check_not_settled(decision)
    if proxy.paper and not _speaks(actor, proxy, now):
        require(actor, "decisions.lead", decision)
    elif not proxy.paper:
        mandate_for(actor, proxy.giver_id, now=now)
    if _is_used(decision, proxy):
        raise ProxyUsed(
            _l("This voice has been given already. Whoever holds it may change it as long as the window is open."),
            rule="R-23",
        )
    revoking = sa.update(Proxy).where(
        Proxy.id == proxy.id, Proxy.decision_id == decision.id, Proxy.revoked_at.is_(None)
    )
    if change_rows(revoking.values(revoked_at=now, revoked_by=actor.person_id)) == 1:
        db.session.refresh(proxy)
        _record(actor, "revoked", proxy, now)
    return proxy


def _speaks(actor: Actor, proxy: Proxy, now: datetime) -> bool:
    try:
        mandate_for(actor, proxy.giver_id, now=now)
    except (MandateEnded, MandateMissing):
        return False
    return True


def _is_used(decision: Decision, proxy: Proxy) -> bool:
    used = sa.select(GivenVoice.id).where(
        GivenVoice.decision_id == decision.id,
        GivenVoice.version == decision.version,
        GivenVoice.organisation_id == proxy.giver_id,
        GivenVoice.through_id == proxy.holder_id,
        GivenVoice.replaced_at.is_(None),
        GivenVoice.is_late.is_(False),
    )
    return db.session.scalar(used.limit(1)) is not None


def _record(actor: Actor, act: str, proxy: Proxy, now: datetime) -> None:
    facts = {"giver": str(proxy.giver_id), "holder": str(proxy.holder_id), "on_paper": bool(proxy.paper)}
    audit.record(actor, f"decisions.proxy.{act}", "decision", proxy.decision_id, facts, now=now)
