"""Signing in, signing out, registering."""

from __future__ import annotations

from uuid import uuid4

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.actors import VISITOR
from app.core.addresses import local_path
from app.core.context import signed_in
from app.core.forms import ActionForm, carry_out
from app.core.web import changes_reader, current_actor, public, signs_out
from app.moments.zones import reader_zone, zone_of_country
from app.people import labels, queries, services
from app.people.addresses import normal_form
from app.people.attempts import FREE_GUESSES, take_chance
from app.people.forms import RegisterForm, SignInForm
from app.people.passwords import hash_password, is_outdated, is_right
from app.people.routes.blueprint import blueprint
from app.people.routes.browsers import REGISTERED, device_words, hash_of_sent, open_device, remember_registering
from app.people.services import Reading
from app.people.signed_in import SignedInPerson, take_cookie

TRIES = "sign_in_tries"
"""How often this browser was refused, in its own session: what the page says of waiting depends on nothing else, so it
tells nobody whether an account is known."""


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
@changes_reader
def sign_in() -> Response | tuple[str, int]:
    """Open a device for e-mail and password; `next` says where to go then, within this house."""
    form = SignInForm()
    target = local_path(str(form.next.data or request.args.get("next", ""))) or url_for("home.front")
    present = signed_in()
    if request.method == "GET" and present is not None:
        return redirect(target, 303)
    form.next.data = target
    response = _open(form, target, present if isinstance(present, SignedInPerson) else None)
    if response is None and form.general_errors:
        session[TRIES] = int(session.get(TRIES, 0)) + 1
    elif response is not None:
        session.pop(TRIES, None)
    has_tried_often = session.get(TRIES, 0) >= FREE_GUESSES
    return response or (
        render_template("people/sign_in.html", form=form, has_tried_often=has_tried_often),
        form.status,
    )


def _open(form: SignInForm, target: str, present: SignedInPerson | None) -> Response | None:
    """Compare the password while nothing is written, then open the device. Signing in twice is two devices, not one
    act sent twice: the second answer must bring its own cookie."""
    if request.method != "POST" or not form.validate():
        return None
    password = str(form.password.data)
    chance = take_chance(normal_form(str(form.email.data)), clock.now())
    fits = is_right(chance.password_hash, password)
    fresh = hash_password(password) if fits and is_outdated(str(chance.password_hash)) else None
    form.submission_id.data = str(uuid4())
    return open_device(
        form,
        lambda: services.sign_in(
            VISITOR,
            person_id=chance.person_id if fits else None,
            device=device_words(),
            fresh_hash=fresh,
            replaces=present.auth_session_id if present else None,
            now=clock.now(),
        ),
        target,
    )


@blueprint.post("/sign-out")
@public
@signs_out
def sign_out() -> Response | tuple[str, int]:
    """End this device; a copy of its cookie is worth nothing afterwards."""
    present = signed_in()
    if not isinstance(present, SignedInPerson):
        return redirect(url_for("people.sign_in"), 303)
    form, actor = ActionForm(), current_actor()
    person = queries.get_visible_person(actor, present.person_id)
    response = carry_out(
        form,
        lambda: services.sign_out(actor, person, auth_session_id=present.auth_session_id, now=clock.now()),
        lambda _ended: url_for("home.front"),
        lambda _ended: _("You are signed out on this device."),
    )
    if response is None:
        return render_template("people/sign_out.html", form=form), form.status
    session.pop("csrf_token", None)
    session.pop(REGISTERED, None)
    take_cookie(response)
    return response


@blueprint.route("/register", methods=["GET", "POST"])
@public
def register() -> Response | tuple[str, int]:
    """Make an account. The answer is the same for an address that is known: its owner gets a mail."""
    form = RegisterForm()
    if signed_in() is not None and (request.method == "GET" or form.validate()):
        return redirect(url_for("people.account"), 303)
    password_hash = hash_of_sent(form)
    zone = reader_zone() or zone_of_country(form.country.data or "")

    def work() -> None:
        services.register(
            VISITOR,
            email=str(form.email.data),
            password_hash=password_hash,
            profile=form.profile(),
            reading=Reading(page_language=str(form.page_language.data), zone=zone),
            belonging=form.belonging(),
            kind=form.kind_chosen(),
            now=clock.now(),
        )
        remember_registering(password_hash)

    response = carry_out(
        form,
        work,
        lambda _none: url_for("people.sign_in", next=url_for("people.account")),
        lambda _none: _(
            "Thank you. A mail is on its way to your address: open the link in it. You can sign in already."
        ),
    )
    return response or (
        render_template(
            "people/register.html",
            form=form,
            kind_notes={code.value: note for code, note in labels.AFFILIATION_KIND_NOTES.items()},
            appearance_notes={code.value: note for code, note in labels.APPEARANCE_NOTES.items()},
        ),
        form.status,
    )
