"""Signing in by a mailed link: asked for with an address alone, spent by a button, because programs that check mail
open every link in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import VISITOR
from app.core.addresses import local_path
from app.core.context import signed_in
from app.core.errors import NotFound
from app.core.forms import ActionForm, carry_out
from app.core.web import changes_reader, current_actor, public
from app.extensions import db
from app.people import queries, services
from app.people.forms import EmailForm, NewPasswordForm
from app.people.models import Account, AuthSession, MailPurpose
from app.people.routes.blueprint import blueprint
from app.people.routes.browsers import device_words, hash_of_sent, here, mark_of_registering, open_device
from app.people.routes.mail_links import account_of, holder_of, open_link, stale_page
from app.people.services import StaleLink
from app.people.signed_in import SignedInPerson

NEXT = "next_after_link"
"""Where this browser wanted to go when it asked for a link, in its own session: a link opened elsewhere leads to the
front page."""

PROVES_FOR = timedelta(minutes=30)
"""How long after a link signed a device in, a first password may be chosen there without another mail: a device that
was left signed in somewhere is no proof."""


@blueprint.route("/sign-in/link", methods=["GET", "POST"])
@public
def ask_sign_in_link() -> Response | tuple[str, int]:
    """Ask for a link to sign in. The answer is the same whether the address is known or not."""
    form = EmailForm()
    target = local_path(request.args.get("next", ""))
    response = carry_out(
        form,
        lambda: services.ask_sign_in_link(VISITOR, email=str(form.email.data), now=clock.now()),
        lambda _none: url_for("people.sign_in", next=target or None),
        lambda _none: _(
            "If this address has an account here, a mail is on its way. Open the link in it within 30 minutes."
        ),
    )
    if response is not None and target:
        session[NEXT] = target
    return response or (render_template("people/ask_sign_in_link.html", form=form, target=target), form.status)


@blueprint.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
@changes_reader
def sign_in_by_link(token: str) -> Response | tuple[str, int]:
    """Show whose account a link opens; the button signs this browser in and uses the link up."""
    link, form, present = open_link(MailPurpose.SIGN_IN, token), ActionForm(), signed_in()
    took_away = False

    def work() -> str:
        nonlocal took_away
        if link is None:
            raise StaleLink
        device, took_away = services.sign_in_by_link(
            holder_of(link),
            link_id=link.id,
            device=device_words(),
            mark=mark_of_registering(),
            replaces=present.auth_session_id if isinstance(present, SignedInPerson) else None,
            now=clock.now(),
        )
        return device

    def said(_token: str) -> Any:
        if took_away:
            return _(
                "You are signed in. The password of this account was set before your address was confirmed, perhaps "
                "by somebody else: it holds no longer. Choose one here; it can be the same."
            )
        return _("You are signed in on this device.")

    wanted = local_path(str(session.get(NEXT, "")))

    def leads_to() -> str:
        if took_away:
            return url_for("people.choose_password", next=wanted or None)
        return wanted or url_for("home.front")

    response = open_device(form, work, leads_to, said)
    if response is not None:
        session.pop(NEXT, None)
        return response
    link = open_link(MailPurpose.SIGN_IN, token)
    if link is None:
        return stale_page(MailPurpose.SIGN_IN)
    page = render_template(
        "people/sign_in_by_link.html", form=form, account=account_of(link), device=device_words(), link=link
    )
    return page, form.status


@blueprint.route("/account/password/new", methods=["GET", "POST"])
def choose_password() -> Response | tuple[str, int]:
    """Choose a password where there is none, on a device that a mailed link has just signed in; later by a mail."""
    device, form, actor = here(), NewPasswordForm(), current_actor()
    own, opened = db.session.get(Account, device.person_id), db.session.get(AuthSession, device.auth_session_id)
    if own is None or opened is None:
        raise NotFound
    target = local_path(request.args.get("next", "")) or url_for("people.account")
    if request.method == "GET" and own.password_hash is not None:
        return redirect(url_for("people.edit_password"), 303)
    if own.password_hash is None and opened.created_at <= clock.now() - PROVES_FOR:
        return redirect(url_for("people.ask_reset"), 303)
    form.password_owner, person_id = own.email, own.person_id
    password_hash = hash_of_sent(form)
    response = carry_out(
        form,
        lambda: services.choose_password(
            actor,
            queries.get_visible_person(actor, person_id),
            password_hash=password_hash,
            keep=device.auth_session_id,
            now=clock.now(),
        ),
        lambda _none: target,
        lambda _none: _("Your password holds from now on."),
    )
    page = render_template("people/choose_password.html", form=form, email=form.password_owner, target=target)
    return response or (page, form.status)
