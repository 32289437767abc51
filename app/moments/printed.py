"""What stands at the foot of a sheet that is printed and passed on."""

from __future__ import annotations

from datetime import datetime

from flask import request
from flask_babel import gettext as _

from app.core.context import page_language
from app.moments import words
from app.moments.local import in_zone
from app.moments.zones import place_of, reader_zone


def print_line(now: datetime) -> str:
    """Return the last line on paper: where the sheet came from, and when, on the reader's clock and in UTC."""
    zone, utc = reader_zone(), in_zone(now, "UTC")
    there = in_zone(now, zone) if zone else utc
    utc_hour = words.hour_of_utc(words.hour(utc), page_language())
    facts = {"address": request.base_url, "day": words.date_of(there.date(), page_language()), "utc": utc_hour}
    if not zone:
        # I18N: the last line of a printed page; %(address)s is its address
        return str(_("%(address)s, printed on %(day)s at %(utc)s UTC", **facts))
    # I18N: the last line of a printed page; %(address)s is its address, %(utc)s the same hour in UTC
    sentence = _(
        "%(address)s, printed on %(day)s at %(hour)s in %(place)s (%(utc)s UTC)",
        hour=words.hour(there),
        place=place_of(zone),
        **facts,
    )
    return str(sentence)
