"""Speaking for organisations: the voice, the objection taken back, a voice given to another."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _

from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.names import names_of
from app.core.web import current_actor
from app.decisions import entrusting, services, showing
from app.decisions.blueprint import blueprint
from app.decisions.forms import ProxyForm, VoiceForm, WithdrawForm
from app.decisions.models import Decision, GivenVoice, Proxy
from app.decisions.routes.loading import address, form_page, languages_first, load
from app.decisions.showing import MyVoice, RollShown, Shown
from app.decisions.words import STAND_NOTES
from app.extensions import db
from app.originals.pages import keeps_words
from app.originals.showing import reading_of
from app.people.keys import mandated_for


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/voice", methods=["GET", "POST"])
@keeps_words
def give_voice(slug: str, decision_id: UUID) -> Any:
    """The voice of one organisation: `for` in the address names it; one that stands is changed on purpose."""
    actor, decision = current_actor(), load(slug, decision_id, "decisions.take_part")
    one = showing.shown(actor, decision, clock.now())
    chosen = _chosen(one, request.args.get("for", ""))
    stands = one.stands(chosen) if chosen else None
    form = VoiceForm(
        organisation=chosen.value if chosen else "",
        version=str(decision.version),
        changes=str(stands.id) if stands else "",
    )
    form.offer((voice.value, _label(voice)) for voice in ([chosen] if chosen else one.mine))
    form.offer_languages(first=languages_first())
    done = carry_out(
        form,
        lambda: services.give_voice(actor, decision, form.speaking(), now=clock.now()),
        lambda _voice: address(decision),
        _said,
    )
    # A refused page shows the proposal and the voice as they stand now: what is sent from it is sent in their sight.
    form.version.data = str(decision.version)
    form.changes.data = str(stands.id) if stands else ""
    if not one.mine:  # no field is shown to hang it on
        form.general_errors += form.organisation.errors
        form.organisation.errors = []
    return done or form_page(
        "voice.html",
        decision,
        form,
        one=one,
        stands=stands,
        reading=reading_of(actor, decision.proposal, request.args.get("with"), clock.now()),
        notes={stand.value: note for stand, note in STAND_NOTES.items()},
    )


def _chosen(one: Shown, value: str) -> MyVoice | None:
    """Return the voice that the address names, or the only one there is."""
    named = next((voice for voice in one.mine if voice.value == value), None)
    return named or (one.mine[0] if len(one.mine) == 1 else None)


def _label(voice: MyVoice) -> Any:
    if voice.through is None:
        return voice.name.text
    # I18N: an organisation that gave its voice to another: "Union A, through Union B"
    return _("%(giver)s, through %(holder)s", giver=voice.name.text, holder=voice.through.text)


def _said(voice: GivenVoice) -> Any:
    if voice.is_late:
        return _("Your voice came after the end. It is kept and marked late, and changes nothing.")
    return _("Your organisation has spoken.")


def _voice(decision: Decision, voice_id: UUID) -> GivenVoice:
    voice = db.session.get(GivenVoice, voice_id)
    if voice is None or voice.decision_id != decision.id:
        raise NotFound
    return voice


@blueprint.route(
    "/groups/<slug>/decisions/<uuid:decision_id>/objections/<uuid:voice_id>/withdraw", methods=["GET", "POST"]
)
@keeps_words
def withdraw_objection(slug: str, decision_id: UUID, voice_id: UUID) -> Any:
    actor, decision = current_actor(), load(slug, decision_id, "decisions.take_part")
    voice, form = _voice(decision, voice_id), WithdrawForm()
    form.offer_languages(first=languages_first())
    done = carry_out(
        form,
        lambda: services.withdraw_objection(actor, decision, voice, form.words(), now=clock.now()),
        lambda _voice: address(decision),
        lambda _voice: _("The objection is taken back. It stays in the record."),
    )
    quoted = showing.said_of([voice.words]) if voice.words is not None else []
    return done or form_page("withdraw.html", decision, form, quoted=quoted[0] if quoted else None)


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/proxies/new", methods=["GET", "POST"])
def give_proxy(slug: str, decision_id: UUID) -> Any:
    actor, decision = current_actor(), load(slug, decision_id, "decisions.record_proxy")
    one = showing.shown(actor, decision, clock.now())
    givers = entrusting.givers(actor, one)
    holders = entrusting.holders(one, givers)
    form = ProxyForm()
    form.offer(_choices(givers), _choices(holders))
    done = carry_out(
        form,
        lambda: _give(decision, form),
        lambda _proxy: address(decision),
        _said_of_proxy,
    )
    return done or form_page(
        "proxy.html",
        decision,
        form,
        offers=bool(givers and holders),
        asks_paper=any(line.organisation_id not in mandated_for(actor) for line in givers),
        speaks=any(line.organisation_id in mandated_for(actor) for line in givers),
    )


def _choices(lines: Iterable[RollShown]) -> list[tuple[str, str]]:
    return [(str(line.organisation_id), line.name.text) for line in lines]


def _said_of_proxy(proxy: Proxy) -> Any:
    names = names_of("organisation", [proxy.giver_id, proxy.holder_id], page_language())
    return _(
        "%(giver)s gave its voice to %(holder)s. It can be taken back until it is used.",
        giver=names[proxy.giver_id].text,
        holder=names[proxy.holder_id].text,
    )


def _give(decision: Decision, form: ProxyForm) -> Proxy:
    giver_id, holder_id = form.chosen()
    return services.give_proxy(
        current_actor(),
        decision,
        giver_id=giver_id,
        holder_id=holder_id,
        paper=str(form.paper.data or ""),
        now=clock.now(),
    )


@blueprint.route("/groups/<slug>/decisions/<uuid:decision_id>/proxies/<uuid:proxy_id>/revoke", methods=["GET", "POST"])
def revoke_proxy(slug: str, decision_id: UUID, proxy_id: UUID) -> Any:
    """Asked on a page of its own."""
    actor, decision = current_actor(), load(slug, decision_id, "decisions.record_proxy")
    proxy = db.session.get(Proxy, proxy_id)
    if proxy is None or proxy.decision_id != decision.id:
        raise NotFound
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.revoke_proxy(actor, decision, proxy, now=clock.now()),
        lambda _proxy: address(decision),
        lambda _proxy: _("The voice is taken back."),
    )
    names = {line.organisation_id: line.name for line in showing.shown(actor, decision, clock.now()).roll}
    giver, holder = names[proxy.giver_id], names[proxy.holder_id]
    return done or form_page("revoke.html", decision, form, giver=giver, holder=holder)
