"""Tables of persons, organisations and what ties them: accounts, affiliations, roles, languages, consent."""

from app.people.models.accounts import Account, AuthSession, MailLink, MailPurpose
from app.people.models.imports import ImportState, LineOutcome, PeopleImport, PeopleImportLine
from app.people.models.organisations import (
    Level,
    Organisation,
    OrganisationContact,
    OrganisationParent,
    OrganisationText,
)
from app.people.models.persons import (
    Appearance,
    Assistance,
    ErasureRequest,
    Gender,
    Need,
    Person,
    PersonLanguage,
    PersonNeed,
)
from app.people.models.places import Region
from app.people.models.standing import Affiliation, AffiliationKind, AffiliationState, Role, RoleGrant

__all__ = [
    "Account",
    "Affiliation",
    "AffiliationKind",
    "AffiliationState",
    "Appearance",
    "Assistance",
    "AuthSession",
    "ErasureRequest",
    "Gender",
    "ImportState",
    "Level",
    "LineOutcome",
    "MailLink",
    "MailPurpose",
    "Need",
    "Organisation",
    "OrganisationContact",
    "OrganisationParent",
    "OrganisationText",
    "PeopleImport",
    "PeopleImportLine",
    "Person",
    "PersonLanguage",
    "PersonNeed",
    "Region",
    "Role",
    "RoleGrant",
]
