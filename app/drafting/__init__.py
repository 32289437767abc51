"""Drafting: texts that a group writes together, in versions, with comments per paragraph and an answer to each.

Tables owned: `joint_text`, `joint_text_keeper`, `joint_text_version`, `joint_text_comment` (a kind of original, R-01).
Events sent: see `events`. Slots to be filled from above: `drafting.text` on the page of a text, `drafting.writing`
beside the field of its next version, `drafting.written` for what is said once that is kept. Fills a room on the page of
a group and what is read before leaving it. Listens to `group_left` and `coordinator_ended`: who leaves keeps no text
any more, the texts stay with the group (docs/decisions/0017).
"""

from flask import Flask

from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.drafting import (
    cards,
    emails,
    exporting,
    kind,
    personal_data,
    policy,
    receivers,
    rooms,
    searching,
    telling,
    waiting,
)
from app.drafting.routes import blueprint
from app.workinggroups import exports


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    app.register_blueprint(blueprint)
    kind.register()
    policy.register()
    emails.register()
    receivers.register()
    rooms.fill()
    searching.register()
    core_waiting.register("drafting", waiting.waiting, order=62)
    exports.register(exporting.ROOM, order=45)
    registries.register(
        "drafting",
        describe={"comment": cards.describe_comments, "joint_text": cards.describe_texts},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        still_wanted=telling.STILL_WANTED,
    )
    navigation.light("workinggroups.list_groups", "drafting")
