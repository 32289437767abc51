"""Handing in and what came of it, as pages print it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from app.core.actors import Actor
from app.core.markdown import to_html
from app.engagements.limits import needs_text
from app.engagements.models import UNDER_WAY, Engagement, EngagementState, EngagementText, Result
from app.engagements.showing import late_words_of
from app.engagements.showing_concerns import kept_sentences
from app.engagements.showing_texts import day_words
from app.engagements.words import RESULTS
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
    texts, `proofs` what proves it on the shelf, as far as the reader sees it; `late` by how much it came after its
    deadline, `against` what spoke against it, for those inside."""

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
    late: str = ""
    against: Sequence[str] = ()

    @property
    def may_be_handed_in(self) -> bool:
        return self.engagement.state in UNDER_WAY

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
        late=late_words_of(engagement),
        against=kept_sentences(engagement, links) if inside and is_handed_in else (),
    )
