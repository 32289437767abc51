"""The mail after a weighty act: what was done with the link of a mail, and what to do if it was somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core import mails, notices
from app.core.acts.holders import find_holder
from app.core.acts.links import ActLink
from app.core.acts.registry import Said, find_act, what_was_done
from app.core.addresses import absolute
from app.core.mails import Words, letter
from app.core.masking import is_masked
from app.core.registries import Contact

DONE = "core.act_done"


def tell_done(link: ActLink, *, now: datetime) -> None:
    """Tell whoever the link was mailed to that it was used, in the transaction of the act."""
    parameters = {
        "kind": link.kind,
        "choice": link.choice,
        "subject": str(link.subject_id),
        "for": str(link.person_id),
        "about": link.about,
        "at": now.isoformat(),
    }
    notices.tell(link.reader_id, DONE, str(link.nonce), parameters, now=now)


def _write(parameters: dict[str, Any], contact: Contact) -> Words | None:
    link, at = _link_of(parameters), datetime.fromisoformat(parameters["at"])
    act, holder = find_act(link), find_holder(link.person_id, link.reader_id, at)
    if holder is not None and is_masked():
        holder = replace(holder, name=contact.name)
    said = what_was_done(act, holder, link, mails.now()) if act is not None and holder is not None else None
    if said is None or holder is None:
        return None
    when = _(
        # I18N: %(day)s is a day with its hour, %(name)s the person in whose name it was done
        "It was done on %(day)s in the name of %(name)s, with the link of a mail that we sent to this address.",
        day=holder.when(at),
        name=holder.name,
    )
    return letter(
        _subject(said),
        str(said.sentence),
        *map(str, said.lines),
        when,
        _("How it stands now: %(address)s", address=absolute(said.href)),
        _("If it was not you, tell the secretariat at once, and let nobody else read your mail."),
    )


def _subject(said: Said) -> str:
    if not said.counts:
        # I18N: title of a page and subject of a mail: what was answered by a link was answered otherwise since
        return str(_("What was done from your mail does not count any more"))
    # I18N: subject of a mail after something was done by a link; %(what)s is a sentence: "You come to …"
    return str(_("Done from your mail: %(what)s", what=str(said.sentence).rstrip(".")))


def _link_of(parameters: dict[str, Any]) -> ActLink:
    return ActLink(
        kind=parameters["kind"],
        choice=parameters["choice"],
        subject_id=UUID(parameters["subject"]),
        person_id=UUID(parameters["for"]),
        reader_id=UUID(parameters["person"]),
        about=parameters["about"],
        mark=b"",
    )


def register() -> None:
    mails.register(DONE, _write, is_own=True)
