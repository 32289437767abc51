"""The words for what this package has codes for."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.mailings.models import Pace

PACES: dict[Pace, Any] = {
    # I18N: how often mails come
    Pace.DAILY: _l("Once a day, all in one mail"),
    # I18N: how often mails come
    Pace.WEEKLY: _l("Once a week, all in one mail"),
    # I18N: how often mails come
    Pace.AT_ONCE: _l("At once, each for itself"),
}
