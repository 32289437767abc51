"""The mail of an announcement: the house's words in the reader's language, the announcement's own in its author's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.announcements import telling
from app.announcements.models import Announcement
from app.core import mails
from app.core.context import page_language
from app.core.languages import name_in
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.notices import Topic, register_topic
from app.core.registries import Contact
from app.extensions import db

ANNOUNCEMENTS = Topic(
    "announcements", _l("Announcements"), _l("What facilitators write to everybody of a track that you joined.")
)


def write_announced(parameters: dict[str, Any], contact: Contact) -> Words | None:
    announcement = db.session.get(Announcement, UUID(parameters["announcement"]))
    if announcement is None or announcement.removed_at is not None:
        return None
    language = page_language()
    track = names_of("track", [announcement.track_id], language)[announcement.track_id].text
    # I18N: stands for somebody whose name is gone: "a former participant writes to …"
    author = announcement.author.name if announcement.author else _("a former participant")
    # I18N: first line of a mail; the words of that person follow
    said = _("%(author)s writes to everybody of the track %(track)s:", author=author, track=track)
    if announcement.language.split("-")[0] != language.split("-")[0]:
        said = _(
            # I18N: the same; %(language)s is the language of the words that follow
            "%(author)s writes to everybody of the track %(track)s, in %(language)s:",
            author=author,
            track=track,
            language=name_in(announcement.language, language),
        )
    address = current_app.extensions["maloca"].address
    return letter(
        # I18N: subject of a mail: name of the track, then what it is about
        _("%(track)s: %(subject)s", track=track, subject=announcement.subject),
        said,
        announcement.body,
        # I18N: last line of a mail
        _("Read it on the page of the track: %(address)s", address=f"{address}{path_of(announcement)}"),
    )


def path_of(announcement: Announcement) -> str:
    """Return where an announcement can be read for as long as it stands."""
    return f"/announcements/{announcement.id}"


def register() -> None:
    mails.register(telling.ANNOUNCED, write_announced)
    register_topic(ANNOUNCEMENTS.holding(urgent=[telling.ANNOUNCED]))
