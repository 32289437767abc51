"""Applications as those read them who decide: who, for whom, in which languages, with which needs and answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.actors import Actor
from app.core.context import page_language
from app.core.names import Name, names_of
from app.people import labels
from app.people import queries as people
from app.people.models import Person
from app.people.queries.needs import needs_of
from app.sessions import queries
from app.sessions.forms.joining import prompt_of
from app.sessions.models import Application, ApplicationState, QuestionKind, Track
from app.sessions.queries import Queue
from app.sessions.queries.applications import DECIDED
from app.sessions.services.questions import YES

VIEWS: dict[str, tuple[ApplicationState, ...]] = {
    "asked": (ApplicationState.ASKED,),
    "waiting": (ApplicationState.WAITING,),
    "decided": DECIDED,
}


def first_view(queue: Queue) -> str:
    """Return the view to open unasked: that of those who wait for an answer, else the waiting list if it holds
    somebody."""
    return "waiting" if queue.waiting and not queue.asked else "asked"


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and the words that were given to it; `is_yes` is None unless it was a yes or no."""

    prompt: Name
    words: str
    is_yes: bool | None


@dataclass(frozen=True, slots=True)
class ApplicationShown:
    """One line of the page. `is_let_in`: R-03 lets this person in today."""

    application: Application
    person: Person
    organisation: Name | None
    asked_by: Any
    needs: list[Any]
    answers: list[Answer]
    is_let_in: bool


def applications_shown(
    actor: Actor, track: Track, applications: Sequence[Application], *, now: datetime
) -> list[ApplicationShown]:
    """Return the lines of one page; as many queries for fifty as for one."""
    language, persons = page_language(), [row.person_id for row in applications]
    names = names_of("organisation", {row.organisation_id for row in applications if row.organisation_id}, language)
    needs, let_in = needs_of(persons), queries.eligible_options(track, persons, now.date())
    hands = people.names_shown(actor, {row.asked_by for row in applications if row.asked_by})
    questions = queries.questions_by_id({answer.question_id for row in applications for answer in row.answers})
    return [
        ApplicationShown(
            application=row,
            person=row.person,
            organisation=names.get(row.organisation_id) if row.organisation_id else None,
            asked_by=hands.get(row.asked_by, "") if row.asked_by else "",
            needs=[labels.NEEDS[need] for need in needs.get(row.person_id, [])],
            answers=_answers(row, questions),
            is_let_in=row.person_id in let_in,
        )
        for row in applications
    ]


def _answers(application: Application, questions: dict[Any, Any]) -> list[Answer]:
    given = [(questions[answer.question_id], answer.words) for answer in application.answers]
    given.sort(key=lambda pair: (pair[0].position, str(pair[0].id)))
    return [
        Answer(prompt_of(question), words, words == YES if question.kind is QuestionKind.YES_NO else None)
        for question, words in given
    ]
