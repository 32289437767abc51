"""The mails about polls: until when answers are taken, the question, and the way to the page. Figures and words stay
there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
from app.core.types import Facts
from app.extensions import db
from app.moments.asked import end_before
from app.moments.mailed import before_words, moved_end_subject, until_subject, until_words
from app.moments.models import MomentChange
from app.polls import telling
from app.polls.addresses import poll_path
from app.polls.models import Poll
from app.polls.wordings import question_of
from app.workinggroups.topics import DECISIONS


def _write(
    parameters: dict[str, Any],
    contact: Contact,
    said: Callable[[Poll], str],
    subject: Callable[[Poll, str], str] = lambda _poll, _question: "",
    was: str = "",
) -> Words | None:
    poll = db.session.get(Poll, UUID(parameters["poll"]))
    if poll is None:
        return None
    group = names_of("group", [poll.group_id], page_language())[poll.group_id].text
    question = question_of(poll).text
    address = absolute(poll_path(poll))
    return letter(
        # I18N: subject of a mail: name of a group, then the question of a poll
        subject(poll, question) or _("%(group)s: %(question)s", group=group, question=question),
        said(poll),
        was,
        # I18N: in a mail; the question of a poll stands between the marks
        _("It is about the poll “%(question)s”, in the group %(group)s.", question=question, group=group),
        # I18N: last line of a mail
        _("Read it on its page: %(address)s", address=address),
        date=poll.moment.until if poll.closed_at is None and not poll.is_laid_down else None,
    )


def write_opened(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(parameters, contact, _asked, _until)


def _until(poll: Poll, question: str) -> str:
    return until_subject(poll.moment, question)


def _asked(poll: Poll) -> str:
    # I18N: first line of a mail; %(end)s is a day and an hour with its place
    return str(_("You are asked for your advice until %(end)s. Nobody sees the answers before.",
                 end=until_words(poll.moment)))  # fmt: skip


def write_closing(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(parameters, contact, _closing, _until)


def _closing(poll: Poll) -> str:
    # I18N: first line of a mail; %(end)s is a day and an hour with its place
    return str(_("Answers are taken until %(end)s, and you have not answered yet.", end=until_words(poll.moment)))


def write_closing_moved(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """Until when it is now, and below until when it was, as the reader was told it last; who was not told yet is asked
    as everybody was."""
    poll = db.session.get(Poll, UUID(parameters["poll"]))
    change = db.session.get(MomentChange, UUID(parameters["change"]))
    old = None
    if poll is not None and change is not None:
        old = end_before(telling.asked_of(poll), change, UUID(parameters["person"]))
    if old is None:
        return write_opened(parameters, contact)
    return _write(parameters, contact, _closing, partial(_moved, old), was=before_words(old))


def _moved(old: Facts, poll: Poll, question: str) -> str:
    return moved_end_subject(poll.moment, old, question)


def write_ended(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(parameters, contact, _ended)


def _ended(poll: Poll) -> str:
    if poll.is_laid_down:
        return str(_("The poll was laid down. Why stands on its page; nobody has seen the answers."))
    return str(_("The poll is closed, and its result is there to read. It is advice, not a decision."))


def register() -> None:
    mails.register(telling.OPENED, write_opened)
    mails.register(telling.CLOSING, write_closing)
    mails.register(telling.CLOSING_MOVED, write_closing_moved)
    mails.register(telling.ENDED, write_ended)
    register_topic(DECISIONS.holding(telling.OPENED, telling.CLOSING_MOVED, telling.ENDED, urgent=[telling.CLOSING]))
