"""What facilitators say to everybody of a track: announcements through the outbox, and text to paste into messengers.

Table owned: `announcement`. Fills rooms and desks on the pages of tracks and sessions.
"""

from flask import Flask

from app.announcements import cards, emails, personal_data, policy, rooms, routes, searching, telling
from app.core import navigation, registries


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.blueprint)
    navigation.light("sessions.list_tracks", "announcements")
    policy.register()
    emails.register()
    rooms.fill()
    searching.register()
    registries.register(
        "announcements",
        describe={"announcement": cards.describe_announcements},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        still_wanted={telling.ANNOUNCED: telling.still_wanted},
    )
