"""How the things of advocacy are named in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import pgettext

from app.advocacy.models import Occurrence, ParticipationMode, Step
from app.advocacy.words.labels import CERTAINTIES, GOALS, NUMBERED, OCCURRENCE_KINDS, STEPS
from app.advocacy.words.taking_part import MODES
from app.core.context import page_language
from app.core.languages import chain
from app.core.names import Name
from app.moments.words import city as city_in
from app.moments.words import date_of


def goal_name(number: int) -> str:
    """Return the short name that the United Nations give a goal: "Sustainable cities and communities"."""
    return str(GOALS[number])


def in_words(texts: Mapping[str, str]) -> Name | str:
    """Return what the catalogue says in the language of the page, or in the one that stands in for it, which a
    template then marks; "" where it says nothing."""
    language = page_language()
    spoken = chain(language, {tag for tag, text in texts.items() if text})
    return Name(texts[spoken], spoken, is_fallback=spoken != language) if spoken else ""


def city_name(city: str, zone: str | None) -> str:
    """Return a city in the language of the page, where its name is known; else as it was written."""
    return city_in(city, zone, page_language())


def mode_name(mode: ParticipationMode) -> Name | str:
    """Return what a way to take part is called in its space, else what its code is called."""
    return in_words(mode.labels) or str(MODES[mode.code])


def step_name(step: Step) -> Name | str:
    """Return what a deadline or a stage is called."""
    return in_words(step.label) or str(STEPS[step.code])


def occurrence_name(occurrence: Occurrence, space_name: object = "") -> Name | str:
    """Return what an occurrence is called: its label ("WUF13 Baku"), which says its space itself, else kind and number
    ("Session 86"), else kind and year; the last two after the name of their space where one is given."""
    if label := in_words(occurrence.label):
        return label
    if occurrence.number is not None:
        said = str(NUMBERED[occurrence.kind]) % {"number": occurrence.number}
    else:
        year = (occurrence.moment.wall_start or occurrence.moment.wall_end or occurrence.created_at).year
        # I18N: an occurrence that has no number: "Session, 2027"
        said = str(pgettext("advocacy", "%(kind)s, %(year)s", kind=OCCURRENCE_KINDS[occurrence.kind], year=str(year)))
    if not space_name:
        return said
    # I18N: an occurrence after the name of its space: "CEDAW: Session 86"
    return str(pgettext("advocacy", "%(space)s: %(occurrence)s", space=str(space_name), occurrence=said))


def step_called(step: object, session: object) -> str:
    """Return what a step is called where nothing else says of what it is one."""
    # I18N: a deadline or a stage and the session it belongs to: "Parallel reports, CEDAW: Session 86"
    return str(pgettext("advocacy", "%(step)s, %(session)s", step=str(step), session=str(session)))


def checked_on_words(day: date) -> str:
    """Return the day a fact was compared with its source, as the page writes a date."""
    return date_of(day, page_language())


FOR_TEMPLATES = {
    "in_words": in_words,
    "goal_name": goal_name,
    "mode_name": mode_name,
    "step_name": step_name,
    "occurrence_name": occurrence_name,
    "checked_on_words": checked_on_words,
    "certainty_names": CERTAINTIES,
}
"""What templates find by name; the lists of labels are handed to them by routes."""
