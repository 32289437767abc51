"""The mails about what somebody is in a group: they say what happened and lead to the page of the group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.registries import Contact
from app.extensions import db
from app.people.queries import own_name_of
from app.workinggroups import addresses
from app.workinggroups.models import WorkingGroup
from app.workinggroups.telling import places as telling


@dataclass(frozen=True, slots=True)
class Facts:
    """`group` is its name, `address` its page, `other` somebody else whom the mail speaks of; `row` is the
    service, place or request that it is about."""

    group: str
    address: str
    other: str = ""
    row: str = ""


def _write_observes(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("You may observe: %(group)s", group=facts.group),
        _("You asked to observe the group %(group)s, and its coordinators have said yes.", group=facts.group),
        _(
            "You read everything inside, may write in its topics and come to its meetings; you have no voice in "
            "its decisions: %(address)s",
            address=facts.address,
        ),
    )


def _write_refused(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("Your request: %(group)s", group=facts.group),
        _("The coordinators of the group %(group)s could not let you observe.", group=facts.group),
        _("You can read why on the page of the group, and ask again: %(address)s", address=facts.address),
    )


def _write_appointed(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("You run this group now: %(group)s", group=facts.group),
        _("You were appointed as a coordinator of the group %(group)s.", group=facts.group),
        _("Your desk stands on its page: %(address)s", address=facts.address),
        _("What is open, and what those before you left you: %(address)s", address=f"{facts.address}/handover"),
        _(
            "If you do not want to run it, lay down your service; if you are a member, you stay one: %(address)s",
            address=f"{facts.address}/coordinators/{facts.row}/end",
        ),
    )


def _write_ended(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("You are no longer in this group: %(group)s", group=facts.group),
        _("Your place in the group %(group)s was ended by those who run it.", group=facts.group),
        _("What you wrote stays yours. If you think this is a mistake, answer to the secretariat."),
    )


def _write_handed_over(facts: Facts, contact: Contact) -> Words:
    return letter(
        _("You handed over this group: %(group)s", group=facts.group),
        _(
            "You handed the group %(group)s over to %(name)s, who runs it now and is told.",
            group=facts.group,
            name=facts.other,
        ),
        _("If you are one of its members, you stay one: %(address)s", address=facts.address),
        _("If it was not you, tell the secretariat at once, and change your password."),
    )


def _writer(write: Callable[[Facts, Contact], Words]) -> mails.Writer:
    def written(parameters: dict[str, Any], contact: Contact) -> Words | None:
        group = db.session.get(WorkingGroup, UUID(parameters["group"]))
        if group is None:
            return None
        name = names_of("group", [group.id], page_language())[group.id].text
        heir = own_name_of(UUID(parameters["to"])) if "to" in parameters else ""
        facts = Facts(name, absolute(addresses.group_path(group.slug)), heir, parameters["row"])
        about = UUID(parameters["about"])
        return mails.or_helper(partial(write, facts), parameters, contact, about=about, name_of=own_name_of)

    return written


def register() -> None:
    mails.register(telling.OBSERVES, _writer(_write_observes))
    mails.register(telling.REFUSED, _writer(_write_refused))
    mails.register(telling.APPOINTED, _writer(_write_appointed))
    mails.register(telling.ENDED, _writer(_write_ended))
    mails.register(telling.HANDED_OVER, _writer(_write_handed_over), is_own=True)
