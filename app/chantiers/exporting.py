"""A chantier in the export of its group: who carries it, its mission letters with who signed, and its agreements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.chantiers import queries
from app.chantiers.models import MissionLetter
from app.chantiers.policy import can_read_letter
from app.chantiers.showing import contributors_shown, days_words
from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import own_name
from app.core.names import names_of
from app.moments.words import stamp
from app.workinggroups import exports
from app.workinggroups.exports import ID, Coded, Part, Room, Table, Text
from app.workinggroups.models import WorkingGroup


def parts_of(actor: Actor, group: WorkingGroup, now: datetime) -> Iterator[Part]:
    """Yield carriers, letters and agreements, for those who read its letters."""
    if not can_read_letter(actor, group):
        return
    yield _carriers(group)
    for letter in queries.list_letters(group):
        yield _letter(letter)
    yield _agreements(actor, group)


def _carriers(group: WorkingGroup) -> Table:
    found = queries.list_carriers(group)
    names = names_of("organisation", {row.organisation_id for row in found}, page_language())
    rows = ((names[row.organisation_id], row.joined_at, row.left_at, row.organisation_id, row.id) for row in found)
    columns = (
        ("organisation", _("Organisation")),
        # I18N: column of a table of organisations that carry a chantier
        ("from", _("Carries it since")),
        ("until", _("Until")),
        ("organisation_id", "organisation_id"),
        ID,
    )
    return Table(name="carriers", columns=columns, rows=rows)


def _letter(letter: MissionLetter) -> Text:
    facts = {
        "id": letter.id,
        "edition": letter.edition,
        "language": letter.language,
        "from": letter.from_on,
        "until": letter.until_on,
        "written_at": letter.written_at,
        "replaced_at": letter.replaced_at,
        "digest": letter.digest,
    }
    # I18N: name of a file: a mission letter of a chantier; %(number)s is its edition
    name = str(_("Mission letter, edition %(number)s", number=letter.edition))
    return Text(folder="letters", name=name, facts=facts, body=_words(letter, name))


def _words(letter: MissionLetter, name: str) -> Iterator[str]:
    yield f"# {name} ({own_name(letter.language)})\n\n{days_words(letter.from_on, letter.until_on)}\n\n"
    yield f"{letter.scope.strip()}\n\n"
    for line in contributors_shown(letter):
        yield f"* {line.name}: {line.basis}, {line.row.scope} ({line.days})\n"
    yield "\n"
    carriers = names_of("organisation", {row.carrier.organisation_id for row in letter.signatures}, page_language())
    for signature in letter.signatures:
        organisation = carriers[signature.carrier.organisation_id].text
        signed = _(
            "Signed for %(organisation)s by %(name)s.",
            organisation=organisation,
            name=signature.person.name or _("Somebody who is gone"),
        )
        yield f"* {signed} {stamp(signature.signed_at)}\n"


def _agreements(actor: Actor, group: WorkingGroup) -> Table:
    found = queries.list_agreements(actor, group)
    names = names_of("organisation", {row.organisation_id for row in found}, page_language())

    def rows() -> Iterator[Sequence[object]]:
        for row in found:
            yield (
                names[row.organisation_id],
                Coded(row.language, own_name(row.language)),
                row.words,
                row.from_on,
                row.until_on,
                row.recorded_at,
                row.ended_at,
                row.organisation_id,
                row.id,
            )

    columns = (
        ("organisation", _("Organisation")),
        ("language", _("Language")),
        ("words", _("Words")),
        # I18N: column of a table of agreements: the first day
        ("from", _("From")),
        ("until", _("Until")),
        # I18N: column of a table of agreements: when it was written down here
        ("recorded_at", _("Recorded on")),
        ("ended_at", _("Ended on")),
        ("organisation_id", "organisation_id"),
        ID,
    )
    return Table(name="agreements", columns=columns, rows=rows())


def register() -> None:
    room = Room(
        code="chantiers",
        holds=_l("The chantier: who carries it, every edition of its mission letter with who signed, its agreements."),
        parts=parts_of,
        is_in=queries.is_chantier,
    )
    exports.register(room, order=5)
