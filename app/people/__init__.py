"""Persons and organisations: accounts and signing in, affiliations, roles, languages, consent.

Tables owned: `region`, `organisation`, `person`, `person_language`, `account`, `auth_session`, `mail_link`,
`affiliation`, `role_grant`, `assistance`, `organisation_parent`, `organisation_text`, `organisation_contact`,
`people_import`, `people_import_line`, `erasure_request`. No events
are sent yet: nobody above has to react.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import jobs as core_jobs
from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.core.loading import load
from app.people import (
    act_holders,
    acting,
    cards,
    cli,
    emails,
    jobs,
    keys,
    personal_data,
    policy,
    routes,
    searching,
    signed_in,
    waiting,
)

DESK = (
    "people.list_people",
    "people.show_person",
    "people.invite",
    "people.bring_people",
    "people.show_import",
    "people.forget_import",
    "people.list_erasures",
    "people.show_erasure",
    "people.carry_out_erasure",
    "people.merge",
    "people.merge_with",
    "people.list_roles",
    "people.take_role",
    "people.change_mandate",
    "people.name_helper",
    "people.give_account",
    "people.add_affiliation",
    "people.show_affiliation",
)
"""The pages for which "People" is lit on the roof."""


def init_app(app: Flask) -> None:
    signed_in.init_app(app)
    acting.init_app(app)
    act_holders.register()
    app.register_blueprint(routes.blueprint)
    app.cli.add_command(cli.people)
    app.cli.add_command(load)
    navigation.add_to_roof(
        navigation.Entry(_l("People"), "people.list_people", order=80, sections=DESK, shown_to=policy.can_open_desk)
    )
    navigation.add_to_foot(navigation.Entry(_l("Organisations"), "people.list_organisations", order=20))
    navigation.add_to_foot(navigation.Entry(_l("Directory"), "people.directory", order=21))
    for name in ("sign_in", "sign_out", "account"):
        navigation.name_door(name, f"people.{name}")
    policy.register()
    emails.register()
    core_jobs.register("people.drop_old", jobs.drop_old, every_seconds=3600)
    core_jobs.register("people.load", jobs.load_people, every_seconds=5)
    registries.register(
        "people",
        audience_keys=keys.keys_of,
        audience_holders=keys.HOLDERS,
        contacts=personal_data.contacts,
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        describe={"person": cards.describe_persons, "organisation": cards.describe_organisations},
        lent_keys=("affiliation",),
        helper_keys=("mandated",),
    )
    searching.register()
    core_waiting.register("people", waiting.waiting, order=10)
