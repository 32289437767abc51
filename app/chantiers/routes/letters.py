"""The mission letter: reading, printing, writing, signing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import redirect, render_template, url_for
from flask_babel import gettext as _

from app.chantiers import queries, services
from app.chantiers.activity import FEWEST
from app.chantiers.forms import LetterForm, SignForm
from app.chantiers.models import MissionLetter
from app.chantiers.policy import can_read_letter, can_speak_for
from app.chantiers.routes import blueprint
from app.chantiers.routes.carriers import carrying, require_carrying, values_of
from app.chantiers.showing import Situation, contributors_shown, day_words, reads_language_of, situation
from app.core import clock
from app.core.context import page_language
from app.core.errors import NotFound
from app.core.forms import carry_out
from app.core.languages import fold
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.web import current_actor
from app.extensions import db
from app.people.mandates import refuse_ended, require_spoken_for
from app.people.models import Person
from app.people.queries import own_languages
from app.workinggroups.models import GroupState, WorkingGroup


def _address(letter: MissionLetter) -> str:
    return url_for("chantiers.show_letter", slug=letter.group.slug, edition=letter.edition)


def _check_reader(group: WorkingGroup) -> None:
    """Nobody but those inside and the carriers finds a letter (`NotFound`); whoever spoke for a carrier until a day
    that is over reads that (`NotAllowed`)."""
    actor = current_actor()
    if not can_read_letter(actor, group):
        refuse_ended(actor, carrying(group), clock.now().date())
        raise NotFound


@blueprint.get("/groups/<slug>/letter")
def current_letter(slug: str) -> Any:
    """The letter in force; where there is none, the newest."""
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    now = situation(actor, group, clock.now())
    letter = now.letter or now.newest
    if letter is None:
        raise NotFound
    _check_reader(group)
    return redirect(_address(letter), 303)


@blueprint.get("/groups/<slug>/letter/<int:edition>")
def show_letter(slug: str, edition: int) -> Any:
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    _check_reader(group)
    letter = queries.get_visible_letter(actor, group, edition)
    return _letter_page(group, letter, SignForm(read=letter.digest))


def _letter_page(group: WorkingGroup, letter: MissionLetter, form: SignForm) -> Any:
    actor, now = current_actor(), clock.now()
    stands = situation(actor, group, now)
    signed = {row.carrier_id: row for row in letter.signatures}
    signers = {row.carrier.organisation_id for row in letter.signatures}
    can_be_signed = queries.can_still_be_signed(letter, now.date()) and group.state is not GroupState.CLOSED
    missing = [row for row in stands.carriers if row.id not in signed]
    page = render_template(
        "chantiers/letter.html",
        form=form,
        letter=letter,
        body=to_html(letter.scope),
        contributors=contributors_shown(letter),
        reads_letter=reads_language_of(actor, letter),
        missing=missing if can_be_signed else [],
        to_sign=[row for row in missing if can_be_signed and can_speak_for(actor, row)],
        signer_names=names_of("organisation", signers, page_language()),
        editions=queries.list_letters(group),
        is_in_force=stands.letter is not None and stands.letter.id == letter.id,
        today=now.date(),
        now=stands,
        **values_of(group),
    )
    return page, form.status


@blueprint.post("/groups/<slug>/letter/<int:edition>/sign/<uuid:carrier_id>")
def sign_letter(slug: str, edition: int, carrier_id: UUID) -> Any:
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    _check_reader(group)
    letter = queries.get_visible_letter(actor, group, edition)
    carrier = queries.get_visible_carrier(group, carrier_id)
    require_spoken_for(actor, "chantiers.sign_letter", carrier, [carrier.organisation_id], clock.now().date())
    form = SignForm()
    done = carry_out(
        form,
        lambda: services.sign_letter(actor, carrier, letter, read=str(form.read.data or ""), now=clock.now()),
        lambda _signature: _address(letter),
        lambda _signature: _signed_words(situation(actor, group, clock.now())),
    )
    if done:
        return done
    form.read.data = letter.digest
    return _letter_page(group, letter, form)[0], 422


def _signed_words(stands: Situation) -> str:
    """Say what the signature brought: the chantier is active, or will be, or what is missing still."""
    if stands.group.state is GroupState.ACTIVE:
        return str(_("Signed. The letter is in force, and the chantier is active."))
    if stands.newest is not None and len(stands.carriers) >= FEWEST and not stands.unsigned:
        day = day_words(stands.newest.from_on)
        return str(_("Everybody has signed. The letter is in force and the chantier active from %(day)s.", day=day))
    # I18N: %(missing)s is a whole sentence: "The mission letter is not signed by Toits Communs yet."
    return str(_("Signed. %(missing)s", missing=stands.lacks))


@blueprint.route("/groups/<slug>/letter/write", methods=["GET", "POST"])
def write_letter(slug: str) -> Any:
    """The whole letter at once; “More rows” only gives room."""
    actor = current_actor()
    group = queries.get_visible_chantier(actor, slug)
    require_carrying(actor, "chantiers.write_letter", group)
    newest = queries.newest_letter(group)
    form = _letter_form(group, newest)

    def write() -> MissionLetter:
        filled_from = str(form.filled_from.data or "")
        return services.write_letter(actor, group, form.words(), filled_from=filled_from, now=clock.now())

    if not form.more.data:
        done = carry_out(form, write, _address, lambda _letter: _("Kept. Each carrier signs it now."))
        if done:
            return done
    there = None
    if form.general_errors and newest is not None and form.filled_from.data != newest.digest:
        form.filled_from.data, there = newest.digest, newest
    page = render_template(
        "chantiers/letter_form.html",
        form=form,
        newest=newest,
        there=there,
        there_html=to_html(there.scope) if there else "",
        there_contributors=contributors_shown(there) if there else [],
        **values_of(group),
    )
    return page, form.status


def _letter_form(group: WorkingGroup, newest: MissionLetter | None) -> LetterForm:
    """What the newest edition says already stands in it."""
    form = LetterForm()
    if newest is not None and not form.is_submitted():
        form.fill_from(newest, newest.language)
    form.offer_languages([*([newest.language] if newest else []), *own_languages(current_actor()), page_language()])
    form.offer(*_nameable(group))
    return form


def _nameable(group: WorkingGroup) -> tuple[list[tuple[UUID, str]], list[tuple[UUID, str]]]:
    """Who may be named, people and organisations, by name."""
    known = queries.nameable(group, clock.now().date())
    named = sa.select(Person.id, Person.name).where(Person.id.in_(known.person_ids))
    people = [(row.id, row.name) for row in db.session.execute(named)]
    bodies = names_of("organisation", known.organisation_ids, page_language())
    organisations = [(row_id, name.text) for row_id, name in bodies.items()]
    return _by_name([row for row in people if row[1]]), _by_name(organisations)


def _by_name(rows: list[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
    return sorted(rows, key=lambda row: (fold(row[1]), row[0]))
