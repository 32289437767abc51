"""Persons and organisations: accounts and signing in, affiliations, roles, languages, consent.

Tables owned: `region`, `organisation`, `person`, `person_language`, `account`, `auth_session`, `mail_link`,
`affiliation`, `role_grant`.
"""

from flask import Flask

from app.core import registries
from app.people import keys, signed_in


def init_app(app: Flask) -> None:
    signed_in.init_app(app)
    registries.register(
        "people",
        audience_keys=keys.keys_of,
        audience_holders={"network": keys.holders_of_network, "secretariat": keys.holders_of_secretariat},
    )
