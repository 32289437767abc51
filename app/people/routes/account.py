"""One's own account: profile, address, affiliations, devices, password, and how pages look."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from flask import render_template, session, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.context import locale_for, page_language
from app.core.errors import NotFound
from app.core.forms import ActionForm, Form, carry_out
from app.core.names import names_of
from app.core.web import at_most_hourly, current_actor, signs_out
from app.extensions import db
from app.moments import words
from app.moments.local import in_zone
from app.moments.zones import reader_zone
from app.people import labels, queries, services
from app.people.attempts import take_chance
from app.people.forms import AskForm, PasswordForm, ProfileForm, ReadingForm
from app.people.models import Account, Affiliation, Person
from app.people.passwords import is_right
from app.people.queries.needs import needs_of
from app.people.routes.blueprint import blueprint
from app.people.routes.browsers import REGISTERED, hash_of_sent, here
from app.people.signed_in import take_cookie


def day_words(day: date | datetime) -> str:
    """Return a day, or the day of an instant at the reader's place, in words."""
    if isinstance(day, datetime):
        day = in_zone(day, reader_zone())
    return words.date_of(day, page_language())


def affiliation_names(affiliations: list[Affiliation]) -> dict[UUID, object]:
    """Return the names of the organisations of some affiliations."""
    ids = {row.organisation_id for row in affiliations if row.organisation_id is not None}
    return dict(names_of("organisation", ids, page_language()))


def _me() -> Person:
    return queries.get_visible_person(current_actor(), here().person_id)


@blueprint.get("/account")
def account() -> tuple[str, int]:
    """Everything the house knows of the reader, room by room, with the way to change it."""
    return _account_page(ActionForm())


def _account_page(form: Form) -> tuple[str, int]:
    person, now = _me(), clock.now()
    affiliations = queries.affiliations_of([person.id]).get(person.id, [])
    page = render_template(
        "people/account.html",
        form=form,
        person=person,
        own_account=db.session.get(Account, person.id),
        affiliations=affiliations,
        roles=queries.roles_of([person.id], only_open=True).get(person.id, []),
        organisations=affiliation_names(affiliations),
        needs=needs_of([person.id]).get(person.id, []),
        devices=queries.list_devices(person.id, now),
        this_device=here().auth_session_id,
        today=now.date(),
        region=names_of("region", [person.region_id], page_language())[person.region_id] if person.region_id else "",
        day_words=day_words,
        labels=labels,
    )
    return page, form.status


@blueprint.route("/account/profile", methods=["GET", "POST"])
def edit_profile() -> Response | tuple[str, int]:
    """Change what one says about oneself."""
    form, actor, person = ProfileForm(), current_actor(), _me()
    if not form.is_submitted():
        form.fill_from(person)
        form.fill_needs(needs_of([person.id]).get(person.id, []))
    response = carry_out(
        form,
        lambda: services.change_profile(actor, person, form.profile(), now=clock.now()),
        lambda _person: url_for("people.account"),
        lambda _person: _("Your profile is kept."),
    )
    notes = {code.value: note for code, note in labels.APPEARANCE_NOTES.items()}
    return response or (render_template("people/profile.html", form=form, appearance_notes=notes), form.status)


@blueprint.route("/account/reading", methods=["GET", "POST"])
def edit_reading() -> Response | tuple[str, int]:
    """Choose language, place and colours of one's pages."""
    form, actor, person = ReadingForm(), current_actor(), _me()
    if not form.is_submitted():
        form.fill_from(person)
    response = carry_out(
        form,
        lambda: services.change_reading(
            actor,
            person,
            page_language=str(form.page_language.data),
            zone=str(form.zone.data or ""),
            scheme=str(form.scheme.data),
            now=clock.now(),
        ),
        lambda _person: url_for("people.account"),
        lambda _person: _in_new_language(form),
    )
    if response is not None:
        session["language"] = form.page_language.data
    return response or (render_template("people/reading.html", form=form), form.status)


def _in_new_language(form: ReadingForm) -> str:
    """The sentence stands on the next page, which speaks the language just chosen."""
    with force_locale(locale_for(str(form.page_language.data))):
        return str(_("Your pages look like this from now on."))


@blueprint.route("/account/password", methods=["GET", "POST"])
def edit_password() -> Response | tuple[str, int]:
    """Change one's password; other devices are signed out."""
    form, actor, device = PasswordForm(), current_actor(), here()
    own = db.session.get(Account, device.person_id)
    if own is None:
        raise NotFound
    form.password_owner, norm = own.email, own.email_norm
    is_present_right = False
    if form.is_submitted() and form.validate():
        chance = take_chance(norm, clock.now())
        is_present_right = is_right(chance.password_hash, str(form.present.data))
    password_hash = hash_of_sent(form) if is_present_right else ""
    response = carry_out(
        form,
        lambda: services.change_password(
            actor,
            _me(),
            is_present_right=is_present_right,
            password_hash=password_hash,
            revokes_links=bool(form.revokes_links.data),
            keep=device.auth_session_id,
            now=clock.now(),
        ),
        lambda _none: url_for("people.account"),
        lambda _none: _("Your new password holds. Other devices are signed out."),
    )
    return response or (render_template("people/password.html", form=form), form.status)


@blueprint.route("/account/affiliations/new", methods=["GET", "POST"])
@at_most_hourly(10)
def ask_affiliation() -> Response | tuple[str, int]:
    """Ask to be confirmed as member, friend or ally."""
    form, actor, person = AskForm(), current_actor(), _me()
    response = carry_out(
        form,
        lambda: services.ask_affiliation(
            actor, person, belonging=form.belonging(), kind=form.kind_chosen(), now=clock.now()
        ),
        lambda _affiliation: url_for("people.account"),
        lambda _affiliation: _("Your wish is kept. You get a mail when it is answered."),
    )
    notes = {code.value: note for code, note in labels.AFFILIATION_KIND_NOTES.items()}
    return response or (render_template("people/ask_affiliation.html", form=form, kind_notes=notes), form.status)


@blueprint.post("/account/verification")
def send_verification() -> Response | tuple[str, int]:
    """Mail the link that confirms the address once more."""
    form, actor, person = ActionForm(), current_actor(), _me()
    response = carry_out(
        form,
        lambda: services.send_verification(actor, person, now=clock.now()),
        lambda _none: url_for("people.account"),
        lambda _none: _("A mail is on its way to your address: open the link in it."),
    )
    return response or _account_page(form)


@blueprint.post("/account/devices/<uuid:device_id>/sign-out")
def sign_out_device(device_id: UUID) -> Response | tuple[str, int]:
    """Sign one of one's devices out; somebody else's is not there."""
    form, actor, person, now = ActionForm(), current_actor(), _me(), clock.now()
    if device_id not in {device.id for device in queries.list_devices(person.id, now)}:
        raise NotFound
    response = carry_out(
        form,
        lambda: services.sign_out(actor, person, auth_session_id=device_id, now=now),
        lambda _ended: url_for("people.account"),
        lambda _ended: _("This device is signed out."),
    )
    return response or _account_page(form)


@blueprint.post("/account/sign-out-everywhere")
@signs_out
def sign_out_everywhere() -> Response | tuple[str, int]:
    """Sign all devices out, this one too."""
    form, actor, person = ActionForm(), current_actor(), _me()
    response = carry_out(
        form,
        lambda: services.sign_out_everywhere(actor, person, now=clock.now()),
        lambda _ended: url_for("people.sign_in"),
        lambda _ended: _("You are signed out on all your devices."),
    )
    if response is None:
        return _account_page(form)
    session.pop("csrf_token", None)
    session.pop(REGISTERED, None)
    take_cookie(response)
    return response
