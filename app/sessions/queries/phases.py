"""Phases and the descriptive texts of phases and tracks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import sqlalchemy as sa
from markupsafe import Markup

from app.core.errors import NotFound
from app.core.languages import chain
from app.core.markdown import to_html
from app.extensions import db
from app.sessions.models import Phase, ProgrammeText, TextBlock, Track


@dataclass(frozen=True, slots=True)
class Text:
    """A descriptive text for one reader (Markdown), in the page's language or the one that stands in for it."""

    body: str
    language: str
    is_fallback: bool

    @property
    def html(self) -> Markup:
        return to_html(self.body)


def get_phase(slug: str) -> Phase:
    """Return a phase; phases are public."""
    phase = db.session.scalar(sa.select(Phase).where(Phase.slug == slug))
    if phase is None:
        raise NotFound
    return phase


def list_phases() -> list[Phase]:
    """Return all phases, the newest first."""
    return list(db.session.scalars(sa.select(Phase).order_by(Phase.year_from.desc(), Phase.year_to.desc(), Phase.slug)))


def all_texts(thing: Phase | Track) -> dict[TextBlock, dict[str, str]]:
    """Return every text of a phase or track, by block and language."""
    column = ProgrammeText.phase_id if isinstance(thing, Phase) else ProgrammeText.track_id
    found: dict[TextBlock, dict[str, str]] = defaultdict(dict)
    for row in db.session.scalars(sa.select(ProgrammeText).where(column == thing.id)):
        found[row.block][row.language] = row.body
    return found


def texts_of(thing: Phase | Track, page_language: str) -> dict[TextBlock, Text]:
    """Return one text per block for a reader of `page_language`; blocks without any text are missing."""
    chosen: dict[TextBlock, Text] = {}
    for block, bodies in all_texts(thing).items():
        language = chain(page_language, set(bodies))
        if language is not None:
            chosen[block] = Text(bodies[language], language, is_fallback=language != page_language)
    return chosen
