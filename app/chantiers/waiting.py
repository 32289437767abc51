"""What waits in chantiers: a request to carry one, a letter to sign, a letter in force that ends soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from flask import url_for
from flask_babel import gettext as _

from app.chantiers import queries
from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import names_of
from app.core.waiting import MOST, Kind, Line
from app.moments import words

SOON = timedelta(days=30)
"""So long before the last day of a letter its carriers are reminded."""


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """For whoever speaks for an organisation; nobody else is asked anything."""
    kinds = (_requests(actor), _signatures(actor, now), _endings(actor, now))
    return [line for kind in kinds for line in islice(kind, MOST)]


def _requests(actor: Actor) -> Iterator[Line]:
    rows, language = queries.open_requests_to(actor), page_language()
    chantiers = names_of("group", {row.group_id for row in rows}, language)
    organisations = names_of("organisation", {row.organisation_id for row in rows}, language)
    for row in rows:
        yield Line(
            Kind.ANSWER,
            _("%(organisation)s is asked to carry this chantier.", organisation=organisations[row.organisation_id]),
            url_for("chantiers.answer_request", slug=row.group.slug, request_id=row.id),
            _("Answer"),
            chantiers[row.group_id],
        )


def _signatures(actor: Actor, now: datetime) -> Iterator[Line]:
    rows, language = queries.letters_to_sign(actor, now.date()), page_language()
    chantiers = names_of("group", {letter.group_id for letter, _carrier in rows}, language)
    organisations = names_of("organisation", {carrier.organisation_id for _letter, carrier in rows}, language)
    for letter, carrier in rows:
        yield Line(
            Kind.ANSWER,
            _(
                "The mission letter waits for the signature of %(organisation)s.",
                organisation=organisations[carrier.organisation_id],
            ),
            url_for("chantiers.show_letter", slug=letter.group.slug, edition=letter.edition),
            # I18N: link beside a mission letter that waits for a signature
            _("Read and sign"),
            chantiers[letter.group_id],
        )


def _endings(actor: Actor, now: datetime) -> Iterator[Line]:
    rows, language = queries.letters_ending(actor, now.date() + SOON), page_language()
    chantiers = names_of("group", {letter.group_id for letter in rows}, language)
    for letter in rows:
        yield Line(
            Kind.CARE,
            _("The mission letter ends on %(day)s.", day=words.date_of(letter.until_on, language)),
            url_for("chantiers.write_letter", slug=letter.group.slug),
            _("Write the next edition"),
            chantiers[letter.group_id],
        )
