"""What waits about texts: a version for whoever signs for an organisation; for whoever runs an engagement, what is
missing shortly before it closes, and what came of it once the session is over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice

from flask import url_for
from flask_babel import gettext, ngettext

from app.core.actors import Actor
from app.core.apart import apart
from app.core.context import page_language
from app.core.names import Name, names_of
from app.core.waiting import MOST, Kind, Line
from app.engagements.limits import needs_text
from app.engagements.models import Engagement, EngagementText, Signatory, SignatoryState
from app.engagements.next_steps import lead_has_not_answered, no_text_yet, see_its_line
from app.engagements.queries.waiting_texts import (
    awaited_by,
    links_of,
    list_closing,
    list_to_sign,
    list_without_result,
    most_over,
)
from app.engagements.showing_lengths import number
from app.engagements.showing_organisations import anchor_of
from app.engagements.showing_texts import have_not_signed, waits_for_signature
from app.engagements.signatures import Awaited, to_hand_in
from app.moments.shown import shown

SOON = timedelta(days=30)


def _(sentence: str, **values: object) -> str:
    return str(gettext(sentence, **values))


def waiting(actor: Actor, now: datetime) -> list[Line]:
    """Signatures first, then what closes soon, then what came of it."""
    kinds = (_signatures(actor), _closing(actor, now), _results(actor, now))
    return [line for kind in kinds for line in islice(kind, MOST)]


def _signatures(actor: Actor) -> Iterator[Line]:
    rows = list_to_sign(actor, limit=MOST)
    names = names_of("organisation", {row.organisation_id for row, _link in rows}, page_language())
    for signatory, link in rows:
        yield Line(
            Kind.ANSWER,
            waits_for_signature(link, apart(names[signatory.organisation_id])),
            url_for("engagements.show_text", engagement_id=link.engagement_id, text_id=link.text_id),
            # I18N: link beside a text that waits for a signature
            _("Read and sign"),
            Name(link.text.title, link.text.language, is_fallback=True),
        )


def _closing(actor: Actor, now: datetime) -> Iterator[Line]:
    """One line for each engagement that closes within a month: the first thing that is missing."""
    rows = list_closing(actor, now, now + SOON, limit=MOST)
    links = links_of(rows)
    over, unsigned = most_over(rows, links, now.date()), awaited_by(rows, links)
    asked = {row.id: row.lead for row in rows if row.lead is not None and row.lead.state is SignatoryState.ASKED}
    names = names_of("organisation", {lead.organisation_id for lead in asked.values()}, page_language())
    for row in rows:
        if (lead := asked.get(row.id)) is not None:
            yield _unanswered(row, lead, apart(names[lead.organisation_id]))
        else:
            yield _missing(row, over.get(row.id, 0), unsigned[row.id], texts=links.get(row.id, ()))


def _unanswered(engagement: Engagement, lead: Signatory, organisation: str) -> Line:
    said = f"{_when(engagement)} {lead_has_not_answered(organisation)}"
    return _line(engagement, said, see_its_line(), anchor=anchor_of(lead))


def _missing(
    engagement: Engagement, over: int, unsigned: Sequence[Awaited], *, texts: Sequence[EngagementText]
) -> Line:
    """Return what to do next about what closes soon: begin, shorten, have it signed, hand it in."""
    when = _when(engagement)
    if not to_hand_in(engagement, texts) and needs_text(engagement.mode):
        sentence, action, href = no_text_yet(engagement, texts)
        return Line(Kind.CARE, f"{when} {sentence}", href, action, _about(engagement))
    if over:
        sentence = ngettext(
            "%(when)s The text is %(words)s word too long.",
            "%(when)s The text is %(words)s words too long.",
            over,
            when=when,
            words=number(over),
        )
        return _line(engagement, str(sentence), _("Look at the text"))
    if unsigned:
        return _line(engagement, f"{when} {have_not_signed(unsigned)}", _("See who is missing"))
    return _line(engagement, when, _("Note that it is handed in"), "submit")


def _when(engagement: Engagement) -> str:
    """Say when an engagement closes; an estimated day never looks sure."""
    if engagement.step is None:
        return ""
    # I18N: %(date)s is a date with its hour, or "around 5 March 2027" where it is estimated
    return _("Closes: %(date)s.", date=shown(engagement.step.moment).words)


def _results(actor: Actor, now: datetime) -> Iterator[Line]:
    for row in list_without_result(actor, now, limit=MOST):
        sentence = _("The session is over, and nobody has written down what came of it.")
        yield _line(row, sentence, _("Say what came of it"), "note_result")


def _line(engagement: Engagement, sentence: str, action: str, endpoint: str = "show", anchor: str = "") -> Line:
    href = url_for(f"engagements.{endpoint}", engagement_id=engagement.id, _anchor=anchor or None)
    return Line(Kind.CARE, sentence, href, action, _about(engagement))


def _about(engagement: Engagement) -> Name:
    return Name(engagement.title, engagement.language, is_fallback=True)
