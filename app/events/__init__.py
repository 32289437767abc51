"""Events: what others organise, or what the network wants in the common agenda without being a session or a meeting.

Table owned: `event`. Events sent: see `events`. A group or an organisation keeps an event, or the secretariat does;
calendars that were brought in (`app/calendars`, above) write theirs through `services.imported`. An event is never
passed off as ours: its page says who organises it and where it was read, and links there.
"""

from flask import Flask

from app.core import registries
from app.events import cards, personal_data, policy, rooms, searching
from app.events.models import EVENT
from app.events.routes import blueprint


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    rooms.fill()
    searching.register()
    registries.register(
        "events",
        describe={EVENT: cards.describe_events},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    app.register_blueprint(blueprint)
