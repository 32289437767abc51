"""The use cases that write persons, accounts, affiliations, roles and organisations. Import them from here."""

from app.people.passwords import hash_password
from app.people.services.accounts import (
    Reading,
    WrongPassword,
    WrongSignIn,
    accept_invitation,
    ask_reset,
    change_password,
    register,
    reset_password,
    send_verification,
    sign_in,
    sign_out,
    sign_out_everywhere,
    verify_email,
)
from app.people.services.affiliations import (
    AlreadyAffiliated,
    AlreadyDecided,
    Belonging,
    UnknownOrganisation,
    add_affiliation,
    ask_affiliation,
    change_affiliation_kind,
    confirm_affiliation,
    end_affiliation,
    refuse_affiliation,
)
from app.people.services.mail_links import StaleLink
from app.people.services.organisations import OrganisationFacts, change_organisation, create_organisation
from app.people.services.profile import Profile, change_profile, change_reading
from app.people.services.roles import Invitation, LastSecretary, NoAccount, give_role, invite, take_role
from app.people.services.walk_ins import add_walk_in

__all__ = [
    "AlreadyAffiliated",
    "AlreadyDecided",
    "Belonging",
    "Invitation",
    "LastSecretary",
    "NoAccount",
    "OrganisationFacts",
    "Profile",
    "Reading",
    "StaleLink",
    "UnknownOrganisation",
    "WrongPassword",
    "WrongSignIn",
    "accept_invitation",
    "add_affiliation",
    "add_walk_in",
    "ask_affiliation",
    "ask_reset",
    "change_affiliation_kind",
    "change_organisation",
    "change_password",
    "change_profile",
    "change_reading",
    "confirm_affiliation",
    "create_organisation",
    "end_affiliation",
    "give_role",
    "hash_password",
    "invite",
    "refuse_affiliation",
    "register",
    "reset_password",
    "send_verification",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "take_role",
    "verify_email",
]
