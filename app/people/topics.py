"""Topics of mails that belong to no single capability, and what this package says in them.

What packages above share is declared here because all of them stand on it.
"""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.core.notices import Topic, register_topic

ACCOUNT = Topic("account", _l("Your account"), is_optional=False)
INVITATIONS = Topic("invitations", _l("Invitations"), is_optional=False)
DESK = Topic(
    "desk",
    # I18N: topic of mails: what waits for an answer of whoever has an office in the network
    _l("What waits for your answer"),
    _l("For those who answer for others: affiliations, messages, reports."),
)


def register() -> None:
    register_topic(
        ACCOUNT.holding(
            "people.verify",
            "people.reset",
            "people.sign_in",
            "people.already_registered",
            "people.erasure_noted",
            "people.erasure_refused",
            "people.erased",
            "people.affiliation_confirmed",
            "people.affiliation_refused",
            "people.named_helper",
            "core.act_done",
        )
    )
    register_topic(INVITATIONS.holding("people.invite"))
    register_topic(DESK.holding("people.affiliation_asked", urgent=["people.erasure_asked"]))
