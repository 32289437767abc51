"""Pages of people: signing in, the account, the secretariat's desk, imports, organisations."""

from app.people.routes import (
    account,
    acting,
    affiliations,
    assistance,
    desk,
    directory,
    imports,
    link_sign_in,
    mail_links,
    merging,
    organisation_pages,
    organisations,
    privacy,
    roles,
    signing_in,
    ties,
)
from app.people.routes.blueprint import blueprint

__all__ = [
    "account",
    "acting",
    "affiliations",
    "assistance",
    "blueprint",
    "desk",
    "directory",
    "imports",
    "link_sign_in",
    "mail_links",
    "merging",
    "organisation_pages",
    "organisations",
    "privacy",
    "roles",
    "signing_in",
    "ties",
]
