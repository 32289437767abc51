"""The mail of an invitation into a group: who asks, into what, and where one answers."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask_babel import gettext as _

from app.core import mails
from app.core.acts import offer
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.languages import name_in
from app.core.mails import Words, letter
from app.core.names import names_of
from app.core.registries import Contact
from app.people.queries import own_name_of
from app.workinggroups import telling
from app.workinggroups.acts import INVITATION
from app.workinggroups.addresses import invitation_path
from app.workinggroups.models import GroupBlock, GroupInvitation
from app.workinggroups.queries import texts_of


def write_invited(parameters: dict[str, Any], contact: Contact) -> Words | None:
    row = telling.invitations.invitation_of(parameters)
    if row is None:
        return None
    answer = offer(INVITATION, row.id, parameters, contact, person_id=row.person_id)
    return mails.or_helper(partial(_words, row, answer), parameters, contact, about=row.person_id, name_of=own_name_of)


def _words(row: GroupInvitation, answer: str, contact: Contact) -> Words:
    group = names_of("group", [row.group_id], page_language())[row.group_id].text
    address = absolute(invitation_path(row.group.slug, row.organisation_id))
    return letter(
        # I18N: subject of a mail to somebody who is asked into a working group
        _("You are invited: %(group)s", group=group),
        _why(row, group),
        _inviters_words(row),
        _objectives(row),
        answer,
        _("Read what the group wants to do, and answer here: %(address)s", address=address),
        _("You are in the group only if you accept. If you decline, nobody asks you again."),
    )


def _why(row: GroupInvitation, group: str) -> str:
    """Return who asks whom into what."""
    name, language = own_name_of(row.invited_by), page_language()
    if row.organisation_id is not None:
        organisation = names_of("organisation", [row.organisation_id], language)[row.organisation_id].text
        words = {"organisation": organisation, "group": group}
        # I18N: in a mail to who speaks for an organisation
        return str(_("%(organisation)s is invited into the chantier %(group)s, and you speak for it.", **words))
    if row.group.origins and not row.words:
        track_id = row.group.origins[0].id
        track = names_of("track", [track_id], language)[track_id].text
        words = {"group": group, "track": track}
        return str(
            _("The working group %(group)s follows on from the track %(track)s, and you are invited into it.", **words)
        )
    if name:
        return str(_("%(name)s invites you into the working group %(group)s.", name=name, group=group))
    return str(_("You are invited into the working group %(group)s.", group=group))


def _objectives(row: GroupInvitation) -> str:
    """What is acknowledged by whoever accepts (R-04): read here, it need not be fetched."""
    text = texts_of(row.group, page_language()).get(GroupBlock.OBJECTIVES)
    # I18N: in a mail of invitation; the objectives of the group follow on the next line
    return "\n".join((_("What the group wants to do:"), text.body)) if text is not None else ""


def _inviters_words(row: GroupInvitation) -> str:
    if not row.words:
        return ""
    if row.language.split("-")[0] == page_language().split("-")[0]:
        # I18N: in a mail of invitation; the words of who invites follow
        return str(_("Their words: %(words)s", words=row.words))
    language = name_in(row.language, page_language())
    # I18N: the same, when they wrote in another language
    return str(_("Their words, in %(language)s: %(words)s", language=language, words=row.words))


def register() -> None:
    mails.register(telling.invitations.INVITED, write_invited, is_own=True)
