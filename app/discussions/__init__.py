"""Discussions: topics of a working group, and what its people write in them, each in their own language.

Tables owned: `topic`, `post` (a kind of original, R-01), `post_withholding`. Events sent: see `events`. Fills a room on
the page of a group and what is read before leaving it; whoever runs a group finds here whose author waits.
"""

from flask import Flask

from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.discussions import cards, emails, exporting, kind, personal_data, policy, rooms, searching, telling, waiting
from app.discussions.routes import blueprint


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    app.register_blueprint(blueprint)
    kind.register()
    policy.register()
    emails.register()
    rooms.fill()
    exporting.register()
    searching.register()
    core_waiting.register("discussions", waiting.waiting, order=65)
    registries.register(
        "discussions",
        describe={"post": cards.describe_posts, "topic": cards.describe_topics},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        still_wanted=dict.fromkeys(telling.KINDS, telling.still_wanted),
    )
    navigation.light("workinggroups.list_groups", "discussions")
