"""The mails about decisions: what is asked or what came out, the title, and the way to the page. What people said stays
there."""

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
from app.core.registries import Contact
from app.decisions import telling
from app.decisions.addresses import decision_path
from app.decisions.models import Decision, Stage, WindowKind
from app.extensions import db


def _asked(kind: WindowKind) -> str:
    if kind is WindowKind.CLARIFICATION:
        return str(_("There is a new proposal. Read it and ask what you do not understand."))
    if kind is WindowKind.REACTIONS:
        return str(_("Questions are answered. Say what you think of the proposal."))
    return str(_("Organisations are asked for their voices: consent, abstain, or object with a reason."))


def _result(stage: Stage) -> str:
    results = {
        Stage.ADOPTED: lambda: _("The proposal is adopted."),
        Stage.OBJECTED: lambda: _("An objection stands, so the proposal is not adopted. It is amended or laid down."),
        Stage.NO_QUORUM: lambda: _("Too few organisations have spoken, so nothing is decided yet."),
    }
    return str(results.get(stage, lambda: _("The proposal is laid down. Why stands on its page."))())


def _write(parameters: dict[str, Any], contact: Contact, said: Callable[[Decision], str]) -> Words | None:
    decision = db.session.get(Decision, UUID(parameters["decision"]))
    if decision is None:
        return None
    group = names_of("group", [decision.group_id], page_language())[decision.group_id].text
    address = absolute(decision_path(decision))
    return Words(
        # I18N: subject of a mail: name of a group, then the title of a decision
        _("%(group)s: %(title)s", group=group, title=decision.title),
        letter(
            contact,
            # I18N: in a mail; the title of a decision stands between the marks
            _("It is about “%(title)s”, in the group %(group)s.", title=decision.title, group=group),
            said(decision),
            # I18N: last line of a mail
            _("Read it on its page: %(address)s", address=address),
        ),
    )


def write_opened(parameters: dict[str, Any], contact: Contact) -> Words | None:
    kind = WindowKind(parameters["stage"])
    return _write(parameters, contact, lambda _decision: _asked(kind))


def write_closing(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(
        parameters,
        contact,
        lambda _decision: _("Your organisation has not spoken yet, and less than two days are left."),
    )


def write_amended(parameters: dict[str, Any], contact: Contact) -> Words | None:
    number = parameters["version"]
    return _write(
        parameters,
        contact,
        lambda _decision: _("The proposal was amended. Version %(number)s is there to read.", number=number),
    )


def write_closed(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(parameters, contact, lambda decision: _result(decision.stage))


def write_translated(parameters: dict[str, Any], contact: Contact) -> Words | None:
    return _write(
        parameters,
        contact,
        lambda _decision: _("Somebody translated words of yours. Look whether the translation says what you said."),
    )


def register() -> None:
    mails.register(telling.OPENED, write_opened)
    mails.register(telling.CLOSING, write_closing)
    mails.register(telling.AMENDED, write_amended)
    mails.register(telling.CLOSED, write_closed)
    mails.register(telling.TRANSLATED, write_translated)
