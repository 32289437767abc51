"""How links stand in a mail: one for each answer, in a paragraph that every writer of mails can add."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from app.core.acts.links import ActLink, address_of
from app.core.acts.registry import act_of
from app.core.registries import Contact
from app.core.signing import SHORT_MARK, mark_of


def link(
    kind: str,
    choice: str,
    subject_id: UUID,
    parameters: dict[str, Any],
    contact: Contact,
    *,
    person_id: UUID | None = None,
    about: str = "",
) -> str:
    """Return the address that gives one answer, for a mail that is being written to `contact` from a notice's
    `parameters`. `person_id` is in whose name it acts where that is not the reader, who helps somebody without e-mail;
    `about` is what the mail speaks of in the act's own words, a version for instance."""
    reader_id = UUID(parameters["person"])
    mark = mark_of(contact.email)[:SHORT_MARK]
    return address_of(ActLink(kind, choice, subject_id, person_id or reader_id, reader_id, about, mark))


def offer(
    kind: str,
    subject_id: UUID,
    parameters: dict[str, Any],
    contact: Contact,
    *,
    person_id: UUID | None = None,
    about: str = "",
) -> str:
    """Return the paragraph with a link for each answer of an act, in the order of its choices."""
    lines = [
        # I18N: a line of a mail: an answer that can be given, and the link that gives it: "I come: https://…"
        _(
            "%(answer)s: %(address)s",
            answer=choice.label,
            address=link(kind, code, subject_id, parameters, contact, person_id=person_id, about=about),
        )
        for code, choice in act_of(kind).choices.items()
    ]
    # I18N: in a mail, before one or more lines with an answer and its link
    return "\n".join((_("Answer from here, without signing in:"), *lines))
