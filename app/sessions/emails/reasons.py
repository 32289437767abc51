"""How the mails of this package say a reason."""

from __future__ import annotations

from flask_babel import gettext as _


def because(reason: str) -> str:
    # I18N: in a mail; the reason is written by a facilitator, in whatever language
    return _("Why: %(reason)s", reason=reason) if reason else ""
