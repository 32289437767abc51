"""Persons and organisations: accounts and signing in, affiliations, roles, languages, consent.

Tables owned: `region`, `organisation`, `person`, `person_language`, `account`, `auth_session`, `mail_link`,
`affiliation`, `role_grant`. No events are sent yet: nobody above has to react.
"""

from flask import Flask

from app.core import registries
from app.people import cards, emails, keys, person_data, policy, signed_in


def init_app(app: Flask) -> None:
    signed_in.init_app(app)
    policy.register()
    emails.register()
    registries.register(
        "people",
        audience_keys=keys.keys_of,
        audience_holders=keys.HOLDERS,
        contacts=person_data.contacts,
        export_person=person_data.export_person,
        merge_person=person_data.merge_person,
        erase_person=person_data.erase_person,
        describe={"person": cards.describe_persons, "organisation": cards.describe_organisations},
    )
