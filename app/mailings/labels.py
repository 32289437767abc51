"""The words for what this package has codes for."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.outbox import MailState, OutboxMail
from app.mailings.log import STATES, LogState
from app.mailings.models import Pace

PACES: dict[Pace, Any] = {
    # I18N: how often mails come
    Pace.DAILY: _l("Once a day, all in one mail"),
    # I18N: how often mails come
    Pace.WEEKLY: _l("Once a week, all in one mail"),
    # I18N: how often mails come
    Pace.AT_ONCE: _l("At once, each for itself"),
}

LOG_STATES: dict[LogState, Any] = {
    # I18N: of mails in a log
    LogState.SENT: _l("Sent"),
    # I18N: of a mail in a log: the line broke while it was handed over, so nobody knows for sure
    LogState.PRESUMED_SENT: _l("Presumed sent"),
    # I18N: of mails in a log
    LogState.FAILED: _l("Not arrived"),
    # I18N: of mails in a log: on their way in a moment, or tried again
    LogState.LEAVING: _l("On its way"),
    # I18N: of mails in a log: it was over or not wanted any more
    LogState.NOT_SENT: _l("Not sent"),
}

TONES = {
    LogState.SENT: "held",
    LogState.PRESUMED_SENT: "moved",
    LogState.FAILED: "cancelled",
    LogState.LEAVING: "expected",
    LogState.NOT_SENT: "postponed",
}

REASONS: dict[str, Any] = {
    # I18N: why no mail was sent
    "opted_out": _l("They have stopped mails about this."),
    # I18N: why no mail was sent
    "no_address": _l("They have no address."),
    # I18N: why no mail was sent
    "not_wanted": _l("It was no longer so."),
    # I18N: why no mail was sent
    "gone": _l("What it was about is gone."),
    # I18N: why no mail was sent
    "expired": _l("It was over."),
    # I18N: why a reminder told nobody: one of the same date that came nearer was due as well
    "overtaken": _l("A nearer reminder said the same."),
    # I18N: why a reminder told nobody: all had said that they do not come, or somebody took care of it
    "nobody": _l("There was nobody to tell."),
    # I18N: why no mail was sent
    "erased": _l("Their data was deleted."),
    # I18N: why no mail was sent
    "suppressed": _l("The address was refused before."),
    "presumed_sent": _l("Presumed sent"),
    # I18N: what became of a mail: it was handed over, and the answer of the mail server never came
    "unanswered": _l("The mail server did not say whether it took it."),
    # I18N: why no mail was sent: several times the program that sends mails ended in the middle of it
    "abandoned": _l("Sending it broke off several times: it is not tried again by itself."),
    "unwritable": _l("Something broke in the house"),
}


def reason_of(mail: OutboxMail) -> Any:
    """Return why a mail is where it is, in words; "" where nothing is to be said, None for what a mail server said. The
    names that programs give to their faults are for their makers, who find them in the log of the machine."""
    if mail.state is MailState.EXPIRED:
        return REASONS["expired"]
    if mail.last_error in REASONS:
        return REASONS[mail.last_error]
    if not mail.last_error.isidentifier():
        return None if mail.last_error else ""
    if mail.state is MailState.PRESUMED_SENT:
        return REASONS["unanswered"]
    return REASONS["unwritable"] if mail.state is MailState.FAILED else ""


def state_of(mail_state: MailState) -> LogState:
    return next(state for state, among in STATES.items() if mail_state in among)
