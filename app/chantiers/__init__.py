"""Chantiers: study-actions that a pair, better a trio, of organisations carries under a mission letter (R-18 to R-20).

Tables owned: `chantier`, `chantier_carrier`, `carrier_request`, `mission_letter`, `letter_contributor`,
`letter_signature`, `partnership_agreement`. Keys given: `carriers:<group>`, `admitted:<group>`,
`asked_to_carry:<group>` (see `keys`); the policies of `workinggroups` ask for the first two. `workinggroups.carriers`
is told which organisations carry a group. Fills rooms on the page of a group. No events: what others may want to
know, `workinggroups.group_state_changed` tells.
"""

from flask import Flask

from app.chantiers import (
    acts,
    acts_carrying,
    emails,
    exporting,
    jobs,
    keys,
    personal_data,
    policy,
    queries,
    receivers,
    rooms,
    telling,
)
from app.chantiers.routes import blueprint
from app.chantiers.waiting import waiting
from app.core import jobs as job_runner
from app.core import navigation, registries
from app.core import waiting as what_waits
from app.workinggroups import carriers


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    registries.register(
        "chantiers",
        audience_keys=keys.keys_of,
        audience_holders=keys.HOLDERS,
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        still_wanted=telling.STILL_WANTED,
    )
    acts.register()
    acts_carrying.register()
    emails.register()
    receivers.register()
    carriers.register("chantiers", queries.organisations_carrying)
    what_waits.register("chantiers", waiting, order=35)
    job_runner.register("chantiers.reckon", jobs.reckon_due, every_seconds=600)
    rooms.fill()
    exporting.register()
    app.register_blueprint(blueprint)
    navigation.light("workinggroups.list_groups", "chantiers")
