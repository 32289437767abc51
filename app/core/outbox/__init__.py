"""The outbox: the one door through which mail leaves the house.

`address_notices` makes a mail of each notice; `deliver_due` claims due mails, writes them in their recipient's
language, hands them over and records the outcome. Nothing here is sent inside a transaction that wrote a fact,
and no transaction is open while the network is asked. A worker may be killed, paused or cut off anywhere in between:
no mail is lost and none comes twice (`docs/decisions/0022-outbox-protocol.md`).
"""

from app.core.outbox.addressing import address_notices, mail_to_address
from app.core.outbox.delivering import deliver_due, tend_journal
from app.core.outbox.forgetting import drop_old_bytes
from app.core.outbox.leaving import left_since, unheard_among, waiting_among
from app.core.outbox.models import ENDED, MailState, OutboxMail, SuppressedAddress
from app.core.outbox.suppressing import lift, suppressed

__all__ = [
    "ENDED",
    "MailState",
    "OutboxMail",
    "SuppressedAddress",
    "address_notices",
    "deliver_due",
    "drop_old_bytes",
    "left_since",
    "lift",
    "mail_to_address",
    "suppressed",
    "tend_journal",
    "unheard_among",
    "waiting_among",
]
