"""The mails of this package: something changed, and a link. Never anybody's words, reasons or names: a mail lies about
on many machines, and a text may have been withdrawn before somebody opens it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.notices import register_topic
from app.core.registries import Contact
from app.extensions import db
from app.originals.models import Translation
from app.originals.topics import OWN_WORDS
from app.people.topics import DESK
from app.reflections import telling
from app.reflections.models import Draft, Reflection, Withholding

Write = Callable[[str], tuple[str, str]]
"""From the name of a track to a subject and one sentence."""


def _answered(track: str) -> tuple[str, str]:
    return _("An answer to your reflection"), _(
        "Somebody answered a reflection of yours in the track %(track)s.", track=track
    )


def _translated(track: str) -> tuple[str, str]:
    return (
        _("A translation waits for your review"),
        _("A reflection of yours in the track %(track)s was translated. Does it say what you said?", track=track),
    )


def _consent_asked(track: str) -> tuple[str, str]:
    return (
        _("A question about your reflection"),
        _(
            "The facilitators of the track %(track)s ask whether more people may read a reflection of yours. "
            "Without your yes nothing changes.",
            track=track,
        ),
    )


def _consent_answered(track: str) -> tuple[str, str]:
    return (
        _("Your question about a reflection was answered"),
        _("The author of a reflection in the track %(track)s answered your question.", track=track),
    )


def _withheld(track: str) -> tuple[str, str]:
    return (
        _("Your reflection is kept from its readers"),
        _(
            "A reflection of yours in the track %(track)s is kept from its readers for now. "
            "The page says why, and what you can do.",
            track=track,
        ),
    )


def _released(track: str) -> tuple[str, str]:
    return (
        _("Your reflection is shown again"),
        _("A reflection of yours in the track %(track)s is shown again to its readers.", track=track),
    )


def _release_asked(track: str) -> tuple[str, str]:
    return (
        _("An author asks to show a reflection again"),
        _(
            "In the track %(track)s an author asks that a reflection be shown again. It waits for your answer.",
            track=track,
        ),
    )


def _release_refused(track: str) -> tuple[str, str]:
    return (
        _("An answer about your reflection"),
        _("Somebody answered what you asked about a reflection of yours in the track %(track)s.", track=track),
    )


def _reported(track: str) -> tuple[str, str]:
    return (
        _("A reflection was reported"),
        _("In the track %(track)s somebody reported a reflection. Please read what they say, and decide.", track=track),
    )


def _page(parameters: dict[str, Any], _reflection: Reflection) -> str:
    return f"/reflections/{parameters['reflection']}"


def _answers_page(parameters: dict[str, Any], reflection: Reflection) -> str:
    return f"{_page(parameters, reflection)}#answers"


def _translation_page(parameters: dict[str, Any], reflection: Reflection) -> str:
    translation = db.session.get(Translation, UUID(parameters["fact"]))
    beside = f"?with={translation.language}" if translation else ""
    return f"{_page(parameters, reflection)}{beside}"


def _question_page(parameters: dict[str, Any], reflection: Reflection) -> str:
    return f"{_page(parameters, reflection)}/consent"


def _withheld_page(parameters: dict[str, Any], reflection: Reflection) -> str:
    return f"{_page(parameters, reflection)}/withheld"


def _released_page(parameters: dict[str, Any], reflection: Reflection) -> str:
    """Where somebody answered the author, the page with the answer; else the text itself."""
    withholding = db.session.get(Withholding, UUID(parameters["fact"]))
    is_answered = withholding is not None and withholding.appeal_answer != ""
    return _withheld_page(parameters, reflection) if is_answered else _page(parameters, reflection)


def _inbox_page(_parameters: dict[str, Any], reflection: Reflection) -> str:
    return f"/tracks/{reflection.track.slug}/inbox?view=reported"


def _letter(subject: str, sentence: str, page: str) -> Words:
    """Return a mail of two lines: what, and the address of a page of this house."""
    # I18N: in a mail; the link to the page that it is about
    return letter(subject, sentence, _("Read it here: %(address)s", address=absolute(page)))


def _track_name(track_id: UUID) -> str:
    return names_of("track", [track_id], page_language())[track_id].text


def _writer(write: Write, page: Callable[[dict[str, Any], Reflection], str]) -> mails.Writer:
    def written(parameters: dict[str, Any], contact: Contact) -> Words | None:
        reflection = db.session.get(Reflection, UUID(parameters["reflection"]))
        if reflection is None:
            return None
        subject, sentence = write(_track_name(reflection.track_id))
        return _letter(subject, sentence, page(parameters, reflection))

    return written


def _write_draft_waits(parameters: dict[str, Any], contact: Contact) -> Words | None:
    draft = db.session.get(Draft, UUID(parameters["draft"]))
    if draft is None:
        return None
    return _letter(
        _("Your words in the track %(track)s", track=_track_name(draft.track_id)),
        _("Somebody took down what you said. Nobody reads it until you publish it, or throw it away."),
        "/reflections/drafts",
    )


def register() -> None:
    for kind, write, page in (
        (telling.ANSWERED, _answered, _answers_page),
        (telling.TRANSLATED, _translated, _translation_page),
        (telling.CONSENT_ASKED, _consent_asked, _question_page),
        (telling.CONSENT_ANSWERED, _consent_answered, _page),
        (telling.WITHHELD, _withheld, _withheld_page),
        (telling.RELEASED, _released, _released_page),
        (telling.RELEASE_ASKED, _release_asked, _withheld_page),
        (telling.RELEASE_REFUSED, _release_refused, _withheld_page),
        (telling.REPORTED, _reported, _inbox_page),
    ):
        mails.register(kind, _writer(write, page))
    mails.register(telling.DRAFT_WAITS, _write_draft_waits)
    register_topic(DESK.holding(telling.RELEASE_ASKED, telling.REPORTED))
    register_topic(
        OWN_WORDS.holding(
            telling.ANSWERED,
            telling.TRANSLATED,
            telling.CONSENT_ASKED,
            telling.CONSENT_ANSWERED,
            telling.WITHHELD,
            telling.RELEASED,
            telling.RELEASE_REFUSED,
            telling.DRAFT_WAITS,
        )
    )
