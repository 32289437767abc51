"""What the codes of recommendations are called, and how long their words may be."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext

from app.recommendations.models import Status

LONGEST_CITATION = 6_000
LONGEST_EVIDENCE = 4_000
LONGEST_REASON = 500
LONGEST_URL = 500
LONGEST_SYMBOL = 120
LONGEST_PARAGRAPH = 60
LONGEST_ADDRESSEE = 200

STATUSES: dict[Status, Any] = {
    # I18N: where a recommendation to a State stands: nothing has been done yet
    Status.OPEN: lazy_pgettext("recommendation", "Open"),
    # I18N: where a recommendation to a State stands: the State has begun
    Status.UNDER_WAY: lazy_pgettext("recommendation", "Under way"),
    # I18N: where a recommendation to a State stands: the State has done it
    Status.CARRIED_OUT: lazy_pgettext("recommendation", "Carried out"),
    # I18N: where a recommendation to a State stands: the State has done a part of it
    Status.PARTLY: lazy_pgettext("recommendation", "Partly carried out"),
    # I18N: where a recommendation to a State stands: the State has not done it
    Status.NOT_CARRIED_OUT: lazy_pgettext("recommendation", "Not carried out"),
    # I18N: where a recommendation to a State stands: it was done, and was undone again
    Status.GONE_BACK_ON: lazy_pgettext("recommendation", "Gone back on"),
}

STATUS_NOTES: dict[Status, Any] = {
    Status.OPEN: _l("Nothing is known to have been done yet"),
    Status.UNDER_WAY: _l("A law, a plan or a budget is on its way"),
    Status.CARRIED_OUT: _l("It is done, and people feel it"),
    Status.PARTLY: _l("Some of it is done, or only in some places"),
    Status.NOT_CARRIED_OUT: _l("The time is over, or the State refused"),
    Status.GONE_BACK_ON: _l("It was done, and then undone"),
}
