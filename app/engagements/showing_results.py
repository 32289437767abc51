"""Handing in and what came of it, as pages print it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext, ngettext
from markupsafe import Markup

from app.advocacy.access import Checked, Hindrance
from app.core.actors import Actor
from app.core.context import page_language
from app.core.languages import direction, name_in
from app.core.markdown import to_html
from app.core.names import names_of
from app.engagements.lateness import is_sure
from app.engagements.limits import needs_text
from app.engagements.models import Engagement, EngagementState, EngagementText, Result
from app.engagements.queries.concerns import Concern, ConcernKind
from app.engagements.showing_texts import called, day_words, number
from app.engagements.words import NEEDS, RESULTS
from app.materials.queries import list_materials
from app.materials.showing import Line, lines_of
from app.people.queries import names_shown

RESULT_SHAPES: dict[Result, str] = {
    Result.TAKEN_UP: "held",
    Result.PARTLY: "moved",
    Result.NOT_TAKEN_UP: "cancelled",
    Result.NO_ANSWER: "expected",
}
"""The shape beside each result (`core/marks.html`, `badge`)."""


def _(sentence: str, **values: object) -> str:
    return str(gettext(sentence, **values))


@dataclass(frozen=True, slots=True)
class ResultShown:
    """Handing in, result and follow-up of an engagement. `by` noted the submission; `handed_in` are the
    texts, `proofs` what proves it on the shelf, as far as the reader sees it."""

    engagement: Engagement
    submitted: str
    by: Any
    handed_in: list[EngagementText]
    result: Any
    shape: str
    result_on: str
    result_html: Markup
    follow_up_html: Markup
    has_text: bool
    proofs: list[Line]

    @property
    def may_be_handed_in(self) -> bool:
        return self.engagement.state in (EngagementState.PLANNED, EngagementState.IN_THE_MAKING)

    @property
    def is_handed_in(self) -> bool:
        return self.engagement.submitted_on is not None

    @property
    def has_ended(self) -> bool:
        return self.engagement.state is EngagementState.CLOSED

    @property
    def may_end(self) -> bool:
        is_known = self.engagement.state is EngagementState.SUBMITTED and self.engagement.result is not None
        return is_known or self.engagement.state is EngagementState.WATCHING


def result_shown(
    actor: Actor, engagement: Engagement, links: Sequence[EngagementText] = (), *, inside: bool = True
) -> ResultShown:
    """Return what was handed in and what came of it. Whoever is outside reads the days and the result, not the texts
    (`links`) nor who noted it."""
    by: Any = ""
    if inside and engagement.submitted_by is not None:
        mates = frozenset({engagement.submitted_by})
        by = names_shown(actor, mates, mates).get(engagement.submitted_by, "")
    result, is_handed_in = engagement.result, engagement.submitted_on is not None
    proofs = [row for row in list_materials(actor, engagement) if row.is_proof] if is_handed_in else []
    return ResultShown(
        engagement,
        submitted=day_words(engagement.submitted_on) if engagement.submitted_on else "",
        by=by,
        handed_in=[link for link in links if link.submitted_version is not None],
        result=RESULTS[result] if result is not None else "",
        shape=RESULT_SHAPES[result] if result is not None else "",
        result_on=day_words(engagement.result_on) if engagement.result_on else "",
        result_html=to_html(engagement.result_words),
        follow_up_html=to_html(engagement.follow_up),
        has_text=bool(links) or needs_text(engagement.mode),
        proofs=lines_of(proofs),
    )


def concern_sentences(engagement: Engagement, concerns: Sequence[Concern]) -> list[str]:
    """Return warnings before handing in, a whole sentence each, with who is in the way."""
    ids = [one.organisation_id for one in concerns if one.organisation_id is not None]
    names = names_of("organisation", ids, page_language())
    return [
        _about_text(engagement, one)
        if one.organisation_id is None
        else _about(engagement, one, _apart(names[one.organisation_id]))
        for one in concerns
    ]


def late_sentence(engagement: Engagement, days: int) -> str:
    """Return by how much something comes after its deadline; how sure that date is stands in it."""
    if engagement.step is not None and is_sure(engagement.step.moment):
        return str(ngettext("The deadline ended %(num)s day before.", "The deadline ended %(num)s days before.", days))
    return str(
        ngettext(
            "The deadline was expected %(num)s day before; nobody has seen it published. Ask the body.",
            "The deadline was expected %(num)s days before; nobody has seen it published. Ask the body.",
            days,
        )
    )


def _apart(words: object) -> str:
    """Return a title or a name held apart in its sentence where the two may run in different directions."""
    said = str(words)
    mixed = direction(page_language()) == "rtl" or any("\u0590" <= letter <= "\u08ff" for letter in said)
    return f"\u2068{said}\u2069" if mixed else said


def _about_text(engagement: Engagement, concern: Concern) -> str:
    if concern.kind is ConcernKind.DEADLINE:
        return late_sentence(engagement, concern.over)
    text = _apart(called(concern.text)) if concern.text is not None else ""
    if concern.kind is ConcernKind.LANGUAGE and concern.text is not None:
        return _(
            "“%(text)s” is in a language that is not among those taken: %(language)s.",
            text=text,
            language=name_in(concern.text.language, page_language()),
        )
    if concern.version is not None:
        return _(
            "Version %(number)s of “%(text)s” was written on %(day)s, after the day you name.",
            number=concern.version.number,
            text=text,
            day=day_words(concern.version.written_at),
        )
    return str(
        ngettext(
            "“%(text)s” is %(words)s word over the usable %(usable)s.",
            "“%(text)s” is %(words)s words over the usable %(usable)s.",
            concern.over,
            text=text,
            words=number(concern.over),
            usable=number(concern.usable),
        )
    )


def _about(engagement: Engagement, concern: Concern, organisation: object) -> str:
    if concern.kind is ConcernKind.UNSIGNED and concern.text is not None:
        return _(
            "%(organisation)s has not signed the text in this language: %(language)s.",
            organisation=organisation,
            language=name_in(concern.text.language, page_language()),
        )
    if concern.kind is ConcernKind.UNSIGNED:
        return _("%(organisation)s has not signed what you hand in.", organisation=organisation)
    if concern.kind is ConcernKind.SECOND:
        return _(
            "%(organisation)s hands in another text of its own at this session, and may hand in one (rule R-13).",
            organisation=organisation,
        )
    if concern.kind is ConcernKind.UNANSWERED:
        return _("%(organisation)s was asked and has not answered whether it joins.", organisation=organisation)
    return _not_eligible(engagement, concern.checked, organisation)


def _not_eligible(engagement: Engagement, checked: Checked | None, organisation: object) -> str:
    need = NEEDS.get(engagement.mode.access, "") if engagement.mode is not None else ""
    values = {"organisation": organisation, "need": need}
    if checked is None or checked.row is None or checked.hindrance is Hindrance.MISSING:
        # I18N: %(need)s is "ECOSOC status needed" and the like
        return _("%(organisation)s is not eligible on that day: %(need)s.", **values)
    if checked.hindrance is Hindrance.UNSURE:
        return _("Nobody has seen the status of %(organisation)s in its source: %(need)s.", **values)
    if checked.hindrance is Hindrance.ENDED and checked.row.until_on is not None:
        return _(
            "The status of %(organisation)s ended on %(day)s: %(need)s.",
            day=day_words(checked.row.until_on),
            **values,
        )
    if checked.row.from_on is not None:
        return _(
            "The status of %(organisation)s begins on %(day)s only: %(need)s.",
            day=day_words(checked.row.from_on),
            **values,
        )
    return _("%(organisation)s is not eligible on that day: %(need)s.", **values)
