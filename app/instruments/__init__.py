"""Advocacy instruments: statements that a group or an organisation offers to the others, to be used as they are or
filled in.

Tables owned: `instrument`, `instrument_goal`, `instrument_claim`, `instrument_text`. Events sent: see `events`. Its
page has a slot, `instruments.instrument`, for where it was used.
"""

from flask import Flask

from app.core import navigation, registries
from app.instruments import cards, personal_data, policy, rooms, searching
from app.instruments.models import INSTRUMENT
from app.instruments.routes import blueprint


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    rooms.fill()
    searching.register()
    registries.register(
        "instruments",
        describe={INSTRUMENT: cards.describe_instruments},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    app.register_blueprint(blueprint)
    navigation.light("advocacy.calendar", "instruments")
