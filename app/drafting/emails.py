"""The mails about joint texts: that something was said or answered, on which text, and a link. Never anybody's words
but the title of the text."""

from __future__ import annotations

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
from app.drafting import telling
from app.drafting.addresses import comment_path, text_path
from app.drafting.models import Comment, JointText, Verdict
from app.extensions import db
from app.originals.models import Translation
from app.originals.topics import OWN_WORDS
from app.workinggroups.topics import TEXTS


def _text_of(parameters: dict[str, Any]) -> JointText | None:
    return db.session.get(JointText, UUID(parameters["text"]))


def _comment_of(parameters: dict[str, Any]) -> Comment | None:
    return db.session.get(Comment, UUID(parameters["fact"]))


def _group_of(text: JointText) -> str:
    return names_of("group", [text.group_id], page_language())[text.group_id].text


def _link(path: str) -> str:
    # I18N: in a mail; the link to the page that it is about
    return str(_("Read it here: %(address)s", address=absolute(path)))


def write_commented(parameters: dict[str, Any], contact: Contact) -> Words | None:
    text = _text_of(parameters)
    if text is None:
        return None
    return letter(
        # I18N: subject of a mail; %(group)s is the name of a working group
        _("%(group)s: new comments on a text", group=_group_of(text)),
        _("Somebody commented on a text that you keep. Each comment waits for an answer."),
        text.title,
        _link(f"{text_path(text)}/comments?show=open"),
        _("We write to you once a day at most about a text, however many comments there are."),
    )


_VERDICTS = {
    Verdict.TAKEN: lambda: _("Your comment on a text was taken up."),
    Verdict.PARTLY: lambda: _("Your comment on a text was taken up in part. The page says why."),
    Verdict.NOT: lambda: _("Your comment on a text was not taken up. The page says why."),
}


def write_answered(parameters: dict[str, Any], contact: Contact) -> Words | None:
    comment = _comment_of(parameters)
    if comment is None or comment.verdict is None:
        return None
    return letter(
        # I18N: subject of a mail; %(group)s is the name of a working group
        _("%(group)s: an answer to your comment", group=_group_of(comment.text)),
        _VERDICTS[comment.verdict](),
        comment.text.title,
        _link(comment_path(comment)),
    )


def write_named(parameters: dict[str, Any], contact: Contact) -> Words | None:
    text = _text_of(parameters)
    if text is None:
        return None
    group = _group_of(text)
    return letter(
        # I18N: subject of a mail; %(group)s is the name of a working group
        _("%(group)s: you keep a text now", group=group),
        _(
            "In the group %(group)s you keep this text now: you write its next version, and answer what others say "
            "about it.",
            group=group,
        ),
        text.title,
        _link(text_path(text)),
    )


def write_translated(parameters: dict[str, Any], contact: Contact) -> Words | None:
    translation = db.session.get(Translation, UUID(parameters["fact"]))
    if translation is None or not isinstance(translation.original, Comment):
        return None
    comment = translation.original
    return letter(
        _("A translation waits for your review"),
        _(
            "Words of yours in the group %(group)s were translated. Does the translation say what you said?",
            group=_group_of(comment.text),
        ),
        _link(f"{comment_path(comment)}?with={translation.language}"),
    )


def register() -> None:
    mails.register(telling.COMMENTED, write_commented)
    mails.register(telling.ANSWERED, write_answered)
    mails.register(telling.NAMED, write_named)
    mails.register(telling.TRANSLATED, write_translated)
    register_topic(TEXTS.holding(telling.COMMENTED, telling.ANSWERED, telling.NAMED))
    register_topic(OWN_WORDS.holding(telling.TRANSLATED))
