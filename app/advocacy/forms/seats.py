"""The place whose clock counts, in forms of advocacy: where the bodies sit stands first."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from app.advocacy.queries import list_seats
from app.advocacy.words import city_name
from app.core.languages import fold
from app.moments.forms import ZoneField, places


def _seats_first(form: Any, field: SeatField) -> list[SelectChoice]:
    """Return the seats of the spaces by name, then the places of the world; an invitation stays at the very first."""
    named = sorted({(city_name(seat, zone), zone) for seat, zone in list_seats()}, key=lambda pair: fold(pair[0]))
    # I18N: above the cities where the bodies of the catalogue sit, in a list of places: Geneva, Nairobi, New York…
    area = _("Seats of the spaces")
    world = places(form, field)
    before = [choice for choice in world if choice.optgroup is None]
    seats = [SelectChoice(zone, city, optgroup=area) for city, zone in named]
    return [*before, *seats, *(choice for choice in world if choice.optgroup is not None)]


class SeatField(ZoneField):
    """A place whose clock counts; the seats of the spaces in this house stand above the places of the world, for a
    seat such as Geneva has no clock of its own name."""

    def __init__(self, label: Any = None, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, **{"choices": _seats_first} | options)
