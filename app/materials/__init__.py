"""Materials of tracks and sessions: links and files, checked for what they are, each in its language.

Table owned: `material`. Fills rooms on the pages of tracks and sessions; follows when one of these is copied.
"""

from flask import Flask

from app.core import registries
from app.materials import copying, personal_data, policy, rooms
from app.materials.routes import blueprint


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    app.register_blueprint(blueprint)
    policy.register()
    rooms.fill()
    copying.follow()
    registries.register(
        "materials",
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
