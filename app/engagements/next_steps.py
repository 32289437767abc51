"""What is next about the texts of an engagement, for this reader: one sentence, one way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext, ngettext

from app.core.actors import Actor
from app.core.apart import apart
from app.core.context import page_language
from app.core.languages import name_in
from app.core.lists import listed
from app.core.names import Name
from app.core.permissions import can
from app.engagements.limits import needs_text
from app.engagements.models import Engagement, EngagementState, EngagementText, Signatory
from app.engagements.policy import speaks_for
from app.engagements.queries.waiting_texts import Links, awaited_by, most_over
from app.engagements.showing_lengths import number
from app.engagements.showing_texts import is_under_way, waits_for_signature
from app.engagements.signatures import Awaited, to_hand_in

Names = Mapping[UUID, Name]


def _(sentence: str, **values: object) -> str:
    return str(gettext(sentence, **values))


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the reader does next: the one filled button of the page."""

    sentence: str
    label: str
    href: str


def lead_has_not_answered(organisation: object) -> str:
    """Return what comes before all else: as long as whoever shall lead has not agreed, nobody leads."""
    return _("%(organisation)s has not answered whether it leads.", organisation=organisation)


def see_its_line() -> str:
    # I18N: button: go to the line of an organisation that has not answered
    return _("See where it stands")


def next_about_texts(
    actor: Actor, engagement: Engagement, own: Sequence[EngagementText], names: Names, now: datetime
) -> NextStep | None:
    """Return what this reader does next about its `own` texts; None where nothing waits for them. `names` are those of
    its organisations. For those inside."""
    if not is_under_way(engagement):
        return _after_handing_in(actor, engagement)
    links = {engagement.id: own}
    waiting = awaited_by([engagement], links)[engagement.id]
    to_sign = _to_sign(actor, engagement, waiting, names)
    return to_sign or _to_write(actor, engagement, links, waiting, names=names, now=now)


def _to_sign(actor: Actor, engagement: Engagement, waiting: Sequence[Awaited], names: Names) -> NextStep | None:
    """Every text that waits for an organisation of this reader is named; to whoever runs it, the others who are
    awaited too."""
    mine = [row for row in waiting if speaks_for(actor, row[0])]
    if not mine:
        return None
    said = _for_me(mine, names)
    others = [row for row in waiting if row not in mine]
    if others and can(actor, "engagements.run", engagement):
        said.append(_awaited(others, names))
    return NextStep(" ".join(said), _("Read and sign"), f"{_text(mine[0][1])}#signatures")


def _for_me(mine: Sequence[Awaited], names: Names) -> list[str]:
    """Return what waits for each organisation of this reader: its one text with its number, or its several."""
    said = []
    for one in dict.fromkeys(one for one, _link in mine):
        links, name = [link for each, link in mine if each is one], apart(names[one.organisation_id])
        said.append(waits_for_signature(links[0], name) if len(links) == 1 else _wait_for_signature(links, name))
    return said


def _wait_for_signature(links: Sequence[EngagementText], organisation: str) -> str:
    # I18N: %(languages)s: "French and Portuguese"
    return _(
        "The newest versions wait for the signature of %(organisation)s: %(languages)s.",
        organisation=organisation,
        languages=_languages(links),
    )


def _awaited(waiting: Sequence[Awaited], names: Names) -> str:
    """Return who has not signed, each organisation once, with the languages in which it has not."""
    missing: dict[Signatory, list[EngagementText]] = {}
    for one, link in waiting:
        missing.setdefault(one, []).append(link)
    by_languages: dict[str, list[str]] = {}
    for one, links in missing.items():
        by_languages.setdefault(_languages(links), []).append(apart(names[one.organisation_id]))
    return " ".join(
        # I18N: whose signature is missing; %(languages)s: "French and Portuguese"
        _(
            "Not signed yet (%(languages)s): %(organisations)s.",
            languages=languages,
            organisations=listed(who, page_language()),
        )
        for languages, who in by_languages.items()
    )


def _languages(links: Sequence[EngagementText]) -> str:
    return listed(dict.fromkeys(name_in(link.text.language, page_language()) for link in links), page_language())


def _to_write(
    actor: Actor, engagement: Engagement, links: Links, waiting: Sequence[Awaited], *, names: Names, now: datetime
) -> NextStep | None:
    runs, all_texts = can(actor, "engagements.run", engagement), links.get(engagement.id, ())
    first = next(iter(to_hand_in(engagement, all_texts)), None)
    if first is None and needs_text(engagement.mode):
        if not can(actor, "engagements.write", engagement):
            return None
        return NextStep(*no_text_yet(engagement, all_texts))
    if not runs:
        return None
    if first is not None and (over := most_over([engagement], links, now.date()).get(engagement.id)):
        said = ngettext(
            "The text is %(words)s word too long.", "The text is %(words)s words too long.", over, words=number(over)
        )
        return NextStep(str(said), _("Look at the text"), _text(first))
    if waiting:
        return NextStep(_awaited(waiting, names), _("See who is missing"), f"{_text(waiting[0][1])}#signatures")
    return NextStep(
        _("Once it is handed in, or has taken place, write it down."),
        _("Note that it is handed in"),
        _to(engagement, "submit"),
    )


def no_text_yet(engagement: Engagement, texts: Sequence[EngagementText]) -> tuple[str, str, str]:
    """Return that nothing can be handed in yet, and the way to begin: there is no text, or none in a language that the
    body takes."""
    if not texts or engagement.mode is None:
        return _("There is no text yet."), _("Begin the text"), _to(engagement, "begin_text")
    languages = listed((name_in(tag, page_language()) for tag in engagement.mode.languages), page_language())
    # I18N: %(languages)s: "English, French and Spanish"
    said = _("There is no text yet in a language that the body takes: %(languages)s.", languages=languages)
    first = texts[0].text
    of = first.id if not first.translation_of_id else None
    return said, _("Write it in another language"), _to(engagement, "begin_text", of=of)


def _after_handing_in(actor: Actor, engagement: Engagement) -> NextStep | None:
    if engagement.state is not EngagementState.SUBMITTED or not can(actor, "engagements.run", engagement):
        return None
    if engagement.result is None:
        said = _("It is handed in. Once you know what came of it, write it down.")
        return NextStep(said, _("Say what came of it"), _to(engagement, "note_result"))
    return NextStep(_("You know what came of it."), _("It has ended"), _to(engagement, "end"))


def _to(engagement: Engagement, endpoint: str, **values: Any) -> str:
    return url_for(f"engagements.{endpoint}", engagement_id=engagement.id, **values)


def _text(link: EngagementText) -> str:
    return url_for("engagements.show_text", engagement_id=link.engagement_id, text_id=link.text_id)
