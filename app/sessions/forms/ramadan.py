"""Where Ramadan is kept: the places of a track, to tick."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from app.core.forms import Form
from app.core.worded_forms import ManyChoices
from app.moments.zones import place_of


class RamadanForm(Form):
    """`offer` the places before the form is checked; a place that is none of them is refused."""

    page_order = ("zones",)

    zones = ManyChoices(_l("Here Ramadan is kept"), choices=[])

    def offer(self, zones: Iterable[str]) -> None:
        self.zones.choices = [SelectChoice(zone, place_of(zone)) for zone in zones]
