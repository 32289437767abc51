"""Working groups: who belongs to them and may come in, who runs them, who was asked to come, their meetings.

Tables owned: `working_group`, `group_text`, `group_origin`, `group_coordinator`, `group_membership`,
`group_invitation`, `observer_request`, `group_material`, `group_meeting`, `group_handover_note`, `group_export`. Events
sent: see `events`. Keys given: see `keys`. Slots offered on the page of a group: `workinggroups.group` (rooms for those
inside), `workinggroups.group_public` (rooms for whoever knows the group), `workinggroups.group_member` (plain links for
those inside), `workinggroups.desk` (buttons for whoever
runs it; plain links: `workinggroups.desk_people` and `workinggroups.desk_links`), `workinggroups.leaving` (sentences
about what becomes of what a person has taken on, read before leaving), `workinggroups.handover` (rooms on the sheet
that whoever takes over reads and prints, with `group`); on the list of groups `workinggroups.list_desk` (buttons); on
the page of a meeting: see `meetings`. What a room gives when a whole group is exported: see `exports`.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import jobs as core_jobs
from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.workinggroups import (
    acts,
    cards,
    emails,
    exporting,
    following_on,
    invitations,
    jobs,
    keys,
    meetings,
    personal_data,
    policy,
    programme,
    rooms,
    searching,
    shelf,
    telling,
    waiting,
)
from app.workinggroups.routes import blueprint
from app.workinggroups.services import invitations_answers


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    meetings.register()
    shelf.register()
    exporting.register()
    emails.register()
    acts.register()
    telling.connect()
    invitations_answers.listen()
    invitations.fill()
    following_on.fill()
    searching.register()
    programme.register()
    core_waiting.register("workinggroups.invitations", invitations.waiting, order=35)
    core_waiting.register("workinggroups.following_on", following_on.waiting, order=45)
    core_waiting.register("workinggroups", waiting.waiting, order=50)
    core_jobs.register("workinggroups.make_exports", jobs.make_exports, every_seconds=5)
    core_jobs.register("workinggroups.drop_old_exports", jobs.drop_old_exports, every_seconds=3600)
    rooms.fill()
    registries.register(
        "workinggroups",
        describe={"group": cards.describe_groups},
        audience_keys=keys.keys_of,
        audience_holders=keys.HOLDERS,
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        lent_keys=(keys.GROUP, keys.CONTRIBUTORS, keys.INVITED),
        still_wanted=telling.STILL_WANTED,
    )
    # I18N: word on the roof of every page; it leads to the working groups
    word = navigation.Entry(_l("Working groups"), "workinggroups.list_groups", order=15, sections=("workinggroups",))
    navigation.add_to_roof(word)
    app.register_blueprint(blueprint)
