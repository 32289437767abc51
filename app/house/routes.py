"""Pages by which a secretariat runs the house, and the contact form."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from app.core import clock, house, names
from app.core.errors import NotFound
from app.core.files import StoredFile
from app.core.files.answers import send
from app.core.forms import ActionForm, carry_out
from app.core.permissions import require
from app.core.web import current_actor, page_language, public, takes_files
from app.extensions import db
from app.house import queries, services
from app.house.forms import (
    ContactForm,
    LogoForm,
    NewRegionForm,
    RegionForm,
    SettingsForm,
    SubjectForm,
    settings_form,
    with_words,
)
from app.house.models import ContactSubject
from app.house.settings import KINDS
from app.people import queries as people
from app.people.models import Account, Person
from app.people.queries.regions import get_region, list_regions
from app.people.services import regions as region_services

blueprint = Blueprint("house", __name__, template_folder="templates")


def _at_desk() -> Any:
    actor = current_actor()
    require(actor, "house.run")
    return actor


@blueprint.route("/house", methods=["GET", "POST"])
def settings() -> Any:
    """Name, affiliations and eligibility of this network; the ways to its other settings."""
    actor = _at_desk()
    form = settings_form()()
    done = carry_out(
        form,
        lambda: services.change_settings(
            actor,
            names=form.words("name"),
            affiliations={kind: form.words(kind) for kind in KINDS},
            eligible=form.eligible.data or [],
            splits_elisions=bool(form.splits_elisions.data),
            filled_from=str(form.filled_from.data or ""),
            now=clock.now(),
        ),
        lambda _none: url_for("house.settings"),
        lambda _none: _("The settings are kept. Everybody sees them from now on."),
    )
    if done:
        return done
    if not form.is_submitted():
        form.fill_settings(house.values(), services.digest_of_settings())
    kept = _kept_meanwhile(form)
    return render_template("house/settings.html", form=form, kept=kept, **_rooms_of_settings()), form.status


def _kept_meanwhile(form: SettingsForm) -> dict[str, str]:
    """Return what somebody else wrote since the form was filled, by field, where it is not what stands in the field;
    sent again, the form counts as filled from that."""
    digest = services.digest_of_settings()
    if form.filled_from.data in (None, "", digest):
        return {}
    form.filled_from.data = digest
    return form.differing(house.values())


def _rooms_of_settings() -> dict[str, Any]:
    """What stands below the form: the regions, and the subjects of the contact form with who answers."""
    language = page_language()
    subjects = [(row, queries.label_of(row, language)) for row in queries.list_subjects()]
    answerers = [row.organisation_id for row, _label in subjects if row.organisation_id]
    regions = list_regions()
    return {
        "kinds": ["name", *KINDS],
        "regions": regions,
        "region_names": names.names_of("region", [region.id for region in regions], language),
        "subjects": subjects,
        "answerers": names.names_of("organisation", answerers, language),
    }


@blueprint.route("/house/logo/change", methods=["GET", "POST"])
@takes_files
def change_logo() -> Any:
    """A picture beside the name, in place of the shipped mark."""
    actor = _at_desk()
    form = LogoForm()
    done = carry_out(
        form,
        lambda: services.change_logo(actor, form.file.incoming, now=clock.now()),
        lambda _none: url_for("house.settings"),
        lambda _none: _("This picture stands for the house now."),
    )
    return done or (render_template("house/logo.html", form=form), form.status)


@blueprint.post("/house/logo/remove")
def remove_logo() -> Any:
    actor = _at_desk()
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.change_logo(actor, None, now=clock.now()),
        lambda _none: url_for("house.settings"),
        lambda _none: _("The mark of the house stands there again."),
    )
    return done or (render_template("house/logo.html", form=LogoForm(formdata=None)), form.status)


@blueprint.get("/house/logo")
@public
def logo() -> Any:
    """The picture of the house, as on every page."""
    stored = db.session.get(StoredFile, house.logo_id()) if house.logo_id() else None
    if stored is None:
        raise NotFound
    return send(stored, is_shown=True)


@blueprint.route("/house/regions/new", methods=["GET", "POST"])
def add_region() -> Any:
    actor = _at_desk()
    form = with_words(NewRegionForm, name=_("Name"))()
    done = carry_out(
        form,
        lambda: region_services.add_region(actor, code=form.code.data or "", names=form.words(), now=clock.now()),
        lambda _region: url_for("house.settings"),
        lambda region: _("%(code)s is a region of the network now.", code=region.code),
    )
    return done or (render_template("house/region.html", form=form, region=None), form.status)


@blueprint.route("/house/regions/<uuid:region_id>", methods=["GET", "POST"])
def change_region(region_id: UUID) -> Any:
    actor = _at_desk()
    region = get_region(region_id)
    form = with_words(RegionForm, name=_("Name"))()
    done = carry_out(
        form,
        lambda: region_services.change_region(actor, region, names=form.words(), now=clock.now()),
        lambda _region: url_for("house.settings"),
        lambda _region: _("The names of the region are kept."),
    )
    if done:
        return done
    if not form.is_submitted():
        form.fill_words({code: row.text for code, row in names.all_names("region", region.id).items()})
    return render_template("house/region.html", form=form, region=region), form.status


@blueprint.route("/house/subjects/new", methods=["GET", "POST"])
def add_subject() -> Any:
    actor = _at_desk()
    form = with_words(SubjectForm, name=_("Subject"))()
    form.offer(people.organisation_choices(page_language()))
    done = carry_out(
        form,
        lambda: services.add_subject(
            actor, labels=form.words(), organisation_id=form.organisation_id(), now=clock.now()
        ),
        lambda _subject: url_for("house.settings"),
        lambda _subject: _("People can write about it from now on."),
    )
    return done or (render_template("house/subject.html", form=form), form.status)


@blueprint.route("/house/subjects/<uuid:subject_id>/remove", methods=["GET", "POST"])
def remove_subject(subject_id: UUID) -> Any:
    """Asked on a page of its own."""
    actor = _at_desk()
    subject = queries.get_subject(subject_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.remove_subject(actor, subject, now=clock.now()),
        lambda _subject: url_for("house.settings"),
        lambda _subject: _("This subject is offered no more."),
    )
    label = queries.label_of(subject, page_language())
    return done or (render_template("house/remove_subject.html", form=form, label=label), form.status)


@blueprint.route("/contact", methods=["GET", "POST"])
@public
def contact() -> Any:
    """A message to the house, in any language, by anybody."""
    actor = current_actor()
    subjects = queries.list_subjects()
    form = ContactForm(subject=request.args.get("about", ""), language=page_language().partition("-")[0])
    form.offer([(row.id, str(queries.label_of(row, page_language()))) for row in subjects])
    form.offer_languages(first=[page_language().partition("-")[0]])
    _fill_in(form)
    done = carry_out(
        form,
        lambda: services.send_message(
            actor,
            subject=_chosen(subjects, str(form.subject.data or "")),
            name=form.name.data or "",
            email=(form.email.data or "").lower(),
            language=form.tag(),
            body=form.body.data or "",
            now=clock.now(),
        ),
        lambda _message: url_for("house.contact"),
        lambda _message: _("Your message has arrived. Somebody answers you by mail."),
    )
    return done or (render_template("house/contact.html", form=form, has_subjects=bool(subjects)), form.status)


def _chosen(subjects: Any, written: str) -> ContactSubject | None:
    return next((row for row in subjects if str(row.id) == written), None)


def _fill_in(form: ContactForm) -> None:
    """Who is signed in need not type name and address again."""
    actor = current_actor()
    if form.is_submitted() or actor.person_id is None or actor.helper_id is not None:
        return
    form.name.data = db.session.get_one(Person, actor.person_id).name
    account = db.session.get(Account, actor.person_id)
    form.email.data = account.email if account else ""


@blueprint.get("/house/messages")
def list_messages() -> Any:
    """The messages that came to this reader; empty for whom nobody writes to."""
    page = queries.list_messages(current_actor(), cursor=request.args.get("after", ""))
    language = page_language()
    rows = [(row, queries.label_of(row.subject, language) if row.subject else "") for row in page.rows]
    return render_template("house/messages.html", messages=rows, next_cursor=page.next_cursor)


@blueprint.route("/house/messages/<uuid:message_id>", methods=["GET", "POST"])
def show_message(message_id: UUID) -> Any:
    """One message, whole; who answered it says so here."""
    actor = current_actor()
    message = queries.get_visible_message(actor, message_id)
    form = ActionForm()
    done = carry_out(
        form,
        lambda: services.answer_message(actor, message, now=clock.now()),
        lambda row: url_for("house.show_message", message_id=row.id),
        lambda _row: _("Everybody who answers sees that it is done."),
    )
    if done:
        return done
    label = queries.label_of(message.subject, page_language()) if message.subject else ""
    return render_template("house/message.html", row=message, label=label, form=form), form.status
