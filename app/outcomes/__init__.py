"""What sessions leave behind: notes, priorities, actions and commitments, and the sheet handed to those who follow on.

Tables owned: `session_notes`, `outcome`. Events sent: see `events`. Fills rooms on the pages of tracks and sessions and
places on the desks of those who lead. Slot offered: `outcomes.handover` (with `track`), for what others add to the
sheet. A follow-on group asks `queries.list_outcomes(actor, track)` for what it takes up, and says so in `taken_up`.
"""

from flask import Flask

from app.core import navigation, registries
from app.outcomes import cards, models, personal_data, policy, rooms, searching
from app.outcomes.routes import blueprint

TABLES = (models.SessionNotes, models.Outcome)


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    registries.register(
        "outcomes",
        describe={"outcome": cards.describe_outcomes},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    rooms.fill()
    searching.register()
    app.register_blueprint(blueprint)
    navigation.light("sessions.list_tracks", "outcomes")
