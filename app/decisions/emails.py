"""The mails about decisions: what is asked and until when, or what came out, the title, and the way to the page. What
people said stays there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
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
from app.decisions import heard, telling
from app.decisions.acts import offered, voice_asked
from app.decisions.addresses import decision_path
from app.decisions.models import Decision, Intent, Stage, Window, WindowKind
from app.decisions.queries import find_standing
from app.decisions.words import STAGES
from app.extensions import db
from app.moments.mailed import before_words, moved_end_subject, until_day, until_subject, until_words
from app.originals.topics import OWN_WORDS
from app.workinggroups.topics import DECISIONS


def _asked(kind: WindowKind, end: str) -> str:
    if kind is WindowKind.CLARIFICATION:
        # I18N: first line of a mail; %(end)s is a day and an hour with its place
        return str(_("There is a new proposal. Questions are taken until %(end)s: ask what you do not understand.",
                     end=end))  # fmt: skip
    if kind is WindowKind.REACTIONS:
        # I18N: first line of a mail; %(end)s is a day and an hour with its place
        return str(_("Until %(end)s you can say what you think of the proposal.", end=end))
    # I18N: first line of a mail; %(end)s is a day and an hour with its place
    return str(
        _("Voices of organisations are taken until %(end)s: consent, abstain, or object with a reason.", end=end)
    )


def _result(stage: Stage) -> str:
    results = {
        Stage.ADOPTED: lambda: _("The proposal is adopted."),
        Stage.OBJECTED: lambda: _("An objection stands, so the proposal is not adopted. It is amended or laid down."),
        Stage.NO_QUORUM: lambda: _("Too few organisations have spoken, so nothing is decided yet."),
    }
    return str(results.get(stage, lambda: _("The proposal is laid down. Why stands on its page."))())


Subject = Callable[[Decision, str], str]
"""The subject of a mail, from the decision and from what it is called beside its group."""


def _write(
    parameters: dict[str, Any],
    contact: Contact,
    said: Callable[[Decision], str],
    subject: Subject = lambda _decision, about: about,
    was: str = "",
) -> Words | None:
    decision = db.session.get(Decision, UUID(parameters["decision"]))
    if decision is None:
        return None
    group = names_of("group", [decision.group_id], page_language())[decision.group_id].text
    address = absolute(decision_path(decision))
    # I18N: subject of a mail: name of a group, then the title of a decision
    about = _("%(group)s: %(title)s", group=group, title=decision.title)
    return letter(
        subject(decision, about),
        said(decision),
        was,
        # I18N: in a mail; the title of a decision stands between the marks
        _("It is about “%(title)s”, in the group %(group)s.", title=decision.title, group=group),
        offered(decision, parameters, contact),
        # I18N: last line of a mail
        _("Read it on its page: %(address)s", address=address),
        date=_until(decision, parameters),
    )


def _until(decision: Decision, parameters: dict[str, Any]) -> datetime | None:
    """Return when the window closes that a notice is about, or the one that is open now."""
    window = db.session.get(Window, UUID(parameters["window"])) if "window" in parameters else decision.window
    return window.moment.until if window is not None else None


def _end(parameters: dict[str, Any]) -> str:
    """Return until when the window of a notice is open, as it is at sending."""
    window = db.session.get(Window, UUID(parameters["window"])) if "window" in parameters else None
    return until_words(window.moment) if window is not None else ""


def write_opened(parameters: dict[str, Any], contact: Contact) -> Words | None:
    kind = WindowKind(parameters["stage"])
    return _write(parameters, contact, lambda _decision: _asked(kind, _end(parameters)), _asks(parameters))


def _asks(parameters: dict[str, Any]) -> Subject:
    """Return the subject of a mail that asks: for the reader's voice where none was given yet, else until when."""

    def subject(decision: Decision, about: str) -> str:
        organisation = voice_asked(decision, parameters)
        if organisation is not None and find_standing(decision, organisation) is None:
            return _wants_voice(decision, about)
        window = db.session.get(Window, UUID(parameters["window"])) if "window" in parameters else None
        return until_subject(window.moment, about) if window is not None else about

    return subject


def _wants_voice(decision: Decision, _about: str) -> str:
    window = decision.window
    day = until_day(window.moment) if window is not None else ""
    # I18N: subject of a mail to who may speak for an organisation; %(title)s is the title of a decision
    return str(_("Your voice by %(day)s: %(title)s", day=day, title=decision.title))


def _came_out(decision: Decision, _about: str) -> str:
    # I18N: subject of a mail; %(title)s is the title of a decision, %(stage)s "Adopted" or "An objection stands"
    return str(_("%(title)s: %(stage)s", title=decision.title, stage=STAGES[decision.stage]))


def write_prolonged(parameters: dict[str, Any], contact: Contact) -> Words | None:
    """Until when there is time now (more of it or, by new rules of clocks, less), and until when there was; whom the
    mail that asks has not reached is asked here."""
    window = db.session.get(Window, UUID(parameters["window"]))
    if window is None:
        return None
    person_id = UUID(parameters["person"])
    asks = heard.unheard_question(window, person_id)
    if asks is not None:
        return (write_opened if asks == telling.OPENED else write_amended)(parameters, contact)
    old = heard.end_before(window, person_id)
    is_sooner = old is not None and datetime.fromisoformat(old["until"]) > window.moment.until
    return _write(
        parameters,
        contact,
        lambda _decision: _asked(window.kind, _end(parameters)) if is_sooner else _more_time(_end(parameters)),
        lambda _decision, about: moved_end_subject(window.moment, old, about) if old is not None else about,
        before_words(old) if old is not None else "",
    )


def _more_time(end: str) -> str:
    # I18N: first line of a mail: a time was put off; %(end)s is a day and an hour with its place
    return str(_("There is more time, until %(end)s.", end=end))


def write_closing(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(
        parameters,
        contact,
        lambda _decision: _(
            "Voices are taken until %(end)s, and a voice that you may give has not been given yet.",
            end=_end(parameters),
        ),
        _wants_voice,
    )


def write_objected(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(
        parameters,
        contact,
        lambda _decision: _("An organisation objects to the proposal. Its reason is there to read and to answer."),
        # I18N: subject of a mail: an organisation objected; %(title)s is a group and the title of a decision
        lambda _decision, about: str(_("An objection: %(title)s", title=about)),
    )


def write_answered(parameters: dict[str, Any], contact: Contact) -> Words | None:
    if Intent(parameters["intent"]) is Intent.QUESTION:
        return _write(parameters, contact, lambda _decision: _("Your question was answered."), _answers)
    return _write(
        parameters,
        contact,
        lambda _decision: _(
            "The reason that you gave for an organisation was answered. An objection that is met by it can be taken "
            "back."
        ),
        _answers,
    )


def _answers(_decision: Decision, about: str) -> str:
    # I18N: subject of a mail: what the reader asked or objected was answered; %(title)s is a group and a title
    return str(_("An answer to you: %(title)s", title=about))


def write_proxy_given(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(parameters, contact, _held, _gives)


def _gives(_decision: Decision, about: str) -> str:
    # I18N: subject of a mail: an organisation gave its voice to that of the reader; %(title)s is a group and a title
    return str(_("A voice for you to give: %(title)s", title=about))


def _held(decision: Decision) -> str:
    window = decision.window
    if decision.stage is Stage.OBJECTIONS and window is not None:
        return str(
            _(
                "Another organisation gave its voice to yours. You can give it until %(end)s.",
                end=until_words(window.moment),
            )
        )
    return str(_("Another organisation gave its voice to yours. You are told when voices are asked for."))


def write_amended(parameters: dict[str, Any], contact: Contact) -> Words | None:
    number, end = parameters["version"], _end(parameters)
    if end:
        return _write(
            parameters,
            contact,
            lambda _decision: _(
                "The proposal was amended. Voices to version %(number)s are taken until %(end)s; those to the earlier "
                "one do not count for it.",
                number=number,
                end=end,
            ),
            _asks(parameters),
        )
    return _write(
        parameters,
        contact,
        lambda _decision: _("The proposal was amended. Version %(number)s is there to read.", number=number),
    )


def write_closed(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(parameters, contact, lambda decision: _result(decision.stage), _came_out)


def write_translated(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(
        parameters,
        contact,
        lambda _decision: _("Somebody translated words of yours. Look whether the translation says what you said."),
    )


def register() -> None:
    mails.register(telling.OPENED, write_opened)
    mails.register(telling.PROLONGED, write_prolonged)
    mails.register(telling.CLOSING, write_closing)
    mails.register(telling.OBJECTED, write_objected)
    mails.register(telling.ANSWERED, write_answered)
    mails.register(telling.PROXY_GIVEN, write_proxy_given)
    mails.register(telling.AMENDED, write_amended)
    mails.register(telling.CLOSED, write_closed)
    mails.register(telling.TRANSLATED, write_translated)
    register_topic(
        DECISIONS.holding(
            telling.OPENED,
            telling.PROLONGED,
            telling.OBJECTED,
            telling.ANSWERED,
            telling.PROXY_GIVEN,
            telling.AMENDED,
            telling.CLOSED,
            urgent=[telling.CLOSING],
        )
    )
    register_topic(OWN_WORDS.holding(telling.TRANSLATED))
