"""Where mailed links lead: looking at one changes nothing, sending its form uses it up."""

from __future__ import annotations

from flask import render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import VISITOR, Actor, link_holder
from app.core.context import signed_in
from app.core.forms import ActionForm, Form, carry_out
from app.core.web import changes_reader, public
from app.extensions import db
from app.people import services
from app.people.forms import DistrustfulForm, EmailForm, InvitationForm, NewPasswordForm
from app.people.links import read_token
from app.people.models import Account, MailLink, MailPurpose
from app.people.passwords import mark_of
from app.people.queries.links import find_open_link, has_confirmed
from app.people.routes.blueprint import blueprint
from app.people.routes.browsers import device_words, hash_of_sent, mark_of_registering, open_device
from app.people.services import Reading, StaleLink


def open_link(purpose: MailPurpose, token: str) -> MailLink | None:
    """Return the link a token stands for while it may be used."""
    return find_open_link(purpose, read_token(purpose, token), clock.now())


def holder_of(link: MailLink | None) -> Actor:
    """Return who comes by a link: known by name, without the person's keys."""
    return link_holder(link.person_id) if link is not None else VISITOR


def account_of(link: MailLink | None) -> Account | None:
    """Return the account a link belongs to."""
    return db.session.get(Account, link.person_id) if link is not None else None


def stale_page(purpose: MailPurpose) -> tuple[str, int]:
    """Return the one sentence for all links that open nothing, with the way to a new one."""
    return render_template("people/stale_link.html", purpose=purpose.value), 404


def _page(template: str, link: MailLink | None, form: Form, purpose: MailPurpose) -> tuple[str, int]:
    """The page of a link, or that of all links that open nothing."""
    if link is None:
        return stale_page(purpose)
    return render_template(f"people/{template}", form=form, account=account_of(link)), form.status


@blueprint.route("/verify/<token>", methods=["GET", "POST"])
@public
@changes_reader
def verify(token: str) -> Response | tuple[str, int]:
    """Confirm an address. Who is not signed in to its account, on a browser that did not register it, chooses a new
    password: the one it was registered with may be a stranger's."""
    link = open_link(MailPurpose.VERIFY, token)
    person, account = signed_in(), account_of(link)
    is_at_home = link is not None and person is not None and person.person_id == link.person_id
    mark = "" if is_at_home else _mark_for(account)
    form, password_hash = _confirming_form(account, is_at_home or bool(mark))

    def work() -> str:
        if link is None:
            raise StaleLink
        return services.verify_email(
            holder_of(link),
            link_id=link.id,
            password_hash=password_hash,
            mark=mark,
            device=device_words(),
            now=clock.now(),
        )

    response = open_device(form, work, url_for("people.account"), lambda _token: _("Your e-mail is confirmed."))
    if response is not None:
        return response
    if has_confirmed(MailPurpose.VERIFY, read_token(MailPurpose.VERIFY, token)):
        return render_template("people/confirmed_already.html"), 200
    return _page("verify.html", open_link(MailPurpose.VERIFY, token), form, MailPurpose.VERIFY)


def _mark_for(account: Account | None) -> str:
    """The mark of this browser where it registered the account with the password it still has, else ""."""
    mark = mark_of_registering()
    fits = account is not None and account.password_hash is not None and mark == mark_of(account.password_hash)
    return mark if fits else ""


def _confirming_form(account: Account | None, keeps_password: bool) -> tuple[Form, str | None]:
    """The form of a link that confirms an address, and the hash of the password sent with it; None where none is
    asked."""
    if keeps_password or account is None:
        return ActionForm(), None
    form = NewPasswordForm()
    form.password_owner = account.email
    return form, hash_of_sent(form)


@blueprint.route("/reset", methods=["GET", "POST"])
@public
def ask_reset() -> Response | tuple[str, int]:
    """Ask for a link to choose a new password. The answer is the same whether the address is known or not."""
    form = EmailForm()
    response = carry_out(
        form,
        lambda: services.ask_reset(VISITOR, email=str(form.email.data), now=clock.now()),
        lambda _none: url_for("people.sign_in"),
        lambda _none: _("If this address has an account here, a mail is on its way. Open the link in it."),
    )
    return response or (render_template("people/ask_reset.html", form=form), form.status)


@blueprint.route("/reset/<token>", methods=["GET", "POST"])
@public
@changes_reader
def reset(token: str) -> Response | tuple[str, int]:
    """Choose a new password; all devices are signed out, this one is signed in."""
    link, form = open_link(MailPurpose.RESET, token), DistrustfulForm()
    account = account_of(link)
    form.password_owner = account.email if account else ""
    password_hash = hash_of_sent(form) if link is not None else ""

    def work() -> str:
        if link is None:
            raise StaleLink
        return services.reset_password(
            holder_of(link),
            link_id=link.id,
            password_hash=password_hash,
            revokes_links=bool(form.revokes_links.data),
            device=device_words(),
            now=clock.now(),
        )

    response = open_device(
        form,
        work,
        url_for("people.account"),
        lambda _token: _("Your new password holds. Other devices are signed out."),
    )
    return response or _page("reset.html", open_link(MailPurpose.RESET, token), form, MailPurpose.RESET)


@blueprint.route("/welcome/<token>", methods=["GET", "POST"])
@public
@changes_reader
def welcome(token: str) -> Response | tuple[str, int]:
    """Take up an invitation: name, password, language, zone."""
    link, form = open_link(MailPurpose.INVITE, token), InvitationForm()
    account = account_of(link)
    form.password_owner = account.email if account else ""
    if not form.is_submitted() and account is not None:
        form.name.data = account.person.name
    password_hash = hash_of_sent(form) if link is not None else ""

    def work() -> str:
        if link is None:
            raise StaleLink
        return services.accept_invitation(
            holder_of(link),
            link_id=link.id,
            name=str(form.name.data),
            password_hash=password_hash,
            reading=Reading(page_language=str(form.page_language.data), zone=str(form.zone.data or "")),
            device=device_words(),
            now=clock.now(),
        )

    response = open_device(form, work, url_for("people.account"), lambda _token: _("Welcome. This is your account."))
    return response or _page("welcome.html", open_link(MailPurpose.INVITE, token), form, MailPurpose.INVITE)
