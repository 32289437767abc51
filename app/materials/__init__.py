"""Material: links and files, checked for what they are, each in its language, on the shelf of whatever owns them.

Tables owned: `material`, `track_material`. What differs from one kind of shelf to another is in `shelves`; the one of
tracks is registered here, fills rooms on the pages of tracks and sessions, and follows when one of these is copied.
Titles can be searched. See docs/decisions/0016-shelves.md.
"""

from flask import Flask

from app.core import navigation, registries
from app.materials import cards, copying, personal_data, policy, rooms, searching, tracks
from app.materials.routes import blueprint


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    app.register_blueprint(blueprint)
    navigation.light("sessions.list_tracks", "materials")
    policy.register()
    tracks.register()
    rooms.fill()
    copying.follow()
    searching.register()
    registries.register(
        "materials",
        describe={"material": cards.describe_materials},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
