"""Pages of people: signing in, the account, the secretariat's desk, organisations."""

from app.people.routes import account, affiliations, desk, link_sign_in, mail_links, organisations, roles, signing_in
from app.people.routes.blueprint import blueprint

__all__ = [
    "account",
    "affiliations",
    "blueprint",
    "desk",
    "link_sign_in",
    "mail_links",
    "organisations",
    "roles",
    "signing_in",
]
