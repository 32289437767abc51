"""The outbox: the one door through which mail leaves the house.

`address_notices` makes a mail of each notice; `deliver_due` claims due mails, writes them in their recipient's
language, hands them over and records the outcome. Nothing here is sent inside a transaction that wrote a fact,
and no transaction is open while the network is asked. States and columns leave room for the crash protocol.
"""

from app.core.outbox.addressing import address_notices, mail_to_address
from app.core.outbox.delivering import deliver_due
from app.core.outbox.forgetting import drop_old_bytes
from app.core.outbox.models import MailState, OutboxMail

__all__ = ["MailState", "OutboxMail", "address_notices", "deliver_due", "drop_old_bytes", "mail_to_address"]
