"""Reading people and organisations. What the actor cannot see is not there (`NotFound`)."""

from app.people.queries.affiliations import (
    affiliations_of,
    affiliations_on,
    count_pending,
    get_visible_affiliation,
    list_pending,
)
from app.people.queries.assistance import (
    get_visible_assistance,
    helpers_of,
    list_helped,
    list_helpers,
    persons_with_account,
)
from app.people.queries.meant import Meant, find_meant
from app.people.queries.organisation_pages import (
    find_contact,
    find_text,
    members,
    other_names,
    own_words,
    speakers,
)
from app.people.queries.organisations import (
    OrganisationLine,
    get_visible_organisation,
    list_organisations,
    organisation_choices,
    region_choices,
)
from app.people.queries.persons import (
    PersonLine,
    find_account,
    get_visible_person,
    lines_of,
    list_devices,
    list_people,
    names_shown,
    open_roles,
    roles_of,
    shown_name,
    without_proof,
)
from app.people.queries.ties import (
    Ties,
    get_tie,
    ties_of,
)

__all__ = [
    "Meant",
    "OrganisationLine",
    "PersonLine",
    "Ties",
    "affiliations_of",
    "affiliations_on",
    "count_pending",
    "find_account",
    "find_contact",
    "find_meant",
    "find_text",
    "get_tie",
    "get_visible_affiliation",
    "get_visible_assistance",
    "get_visible_organisation",
    "get_visible_person",
    "helpers_of",
    "lines_of",
    "list_devices",
    "list_helped",
    "list_helpers",
    "list_organisations",
    "list_pending",
    "list_people",
    "members",
    "names_shown",
    "open_roles",
    "organisation_choices",
    "other_names",
    "own_words",
    "persons_with_account",
    "region_choices",
    "roles_of",
    "shown_name",
    "speakers",
    "ties_of",
    "without_proof",
]
