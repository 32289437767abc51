"""Organisations: written by the secretariat, read by everybody, in the language of the page."""

from uuid import uuid4

import pytest

from app.core.actors import VISITOR
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.names import Certainty, all_names, set_name
from app.core.registries import actor_at
from app.extensions import db
from app.people import labels, queries, services
from app.people.models import Role
from app.people.services import OrganisationFacts
from tests.conftest import START
from tests.make.people import make_member, make_organisation, make_region, make_role, make_secretary


@pytest.fixture
def secretary(app, now):
    return actor_at(make_secretary().id, now)


def names(organisation) -> dict[str, str]:
    return {code: row.text for code, row in all_names("organisation", organisation.id).items()}


def test_an_organisation_is_written_with_a_name_per_language(secretary, now):
    region = make_region("MENA")
    organisation = services.create_organisation(
        secretary,
        facts=OrganisationFacts(
            kind="tenants_union",
            names={"ar": "اتحاد المستأجرين", "fr": "Union des locataires", "es": ""},
            acronym="UL",
            country="LB",
            city="Beirut",
            region_id=region.id,
        ),
        now=now,
    )
    assert names(organisation) == {"ar": "اتحاد المستأجرين", "fr": "Union des locataires"}
    assert (organisation.acronym, organisation.country, organisation.city) == ("UL", "LB", "Beirut")
    assert (organisation.region_id, organisation.is_listed, organisation.certainty) == (region.id, True, "own")


def test_a_nameless_one_is_refused_where_its_writer_looks_first(secretary, now):
    facts = OrganisationFacts(kind="ngo", names={"ar": " ", "en": ""})
    with pytest.raises(RuleBroken) as refused:
        services.create_organisation(secretary, facts=facts, now=now)
    assert refused.value.field == "name_ar"


def test_a_name_that_did_not_change_keeps_how_sure_it_is(secretary, now):
    organisation = make_organisation("Example Union", certainty="unsure")
    set_name("organisation", organisation.id, "fr", "Union exemple", certainty=Certainty.UNSURE)
    facts = OrganisationFacts(kind="ngo", names={"en": "Example Union of Tenants", "fr": "Union exemple"})
    services.change_organisation(secretary, organisation, facts=facts, now=now)
    rows = all_names("organisation", organisation.id)
    assert (rows["en"].certainty, rows["fr"].certainty) == ("own", "unsure")
    assert organisation.certainty == "unsure"
    services.change_organisation(secretary, organisation, facts=facts, is_checked=True, now=now)
    assert organisation.certainty == "own"


def test_others_write_no_organisation(app, now):
    member = actor_at(make_member().id, now)
    with pytest.raises(NotAllowed):
        services.create_organisation(member, facts=OrganisationFacts(kind="ngo", names={"en": "X"}), now=now)
    with pytest.raises(NotAllowed):
        services.change_organisation(
            member, make_organisation(), facts=OrganisationFacts(kind="ngo", names={"en": "X"}), now=now
        )


def test_organisations_are_listed_by_name_and_found_by_any_of_their_names(app):
    union = make_organisation("Tenants of Beirut", acronym="TB")
    set_name("organisation", union.id, "ar", "مستأجرو بيروت")
    make_organisation("Assembly of the North")
    listed = queries.list_organisations(VISITOR, "fr", day=START.date()).rows
    assert [line.name.text for line in listed] == ["Assembly of the North", "Tenants of Beirut"]
    assert listed[0].name.is_fallback
    assert str(listed[0].region) == "Region LAC"
    for written in ("beirut", "BEÏRUT", "مستأجرو", "tb"):
        assert [
            line.organisation.id
            for line in queries.list_organisations(VISITOR, "en", day=START.date(), name=written).rows
        ] == [union.id]
    assert queries.list_organisations(VISITOR, "en", day=START.date(), name="100%").rows == []


def test_a_long_list_goes_on_where_it_stopped(app, monkeypatch):
    made = [make_organisation(f"Union {number:03}") for number in range(120)]
    seen, cursor = [], ""
    for _ in range(3):
        page = queries.list_organisations(VISITOR, "en", day=START.date(), cursor=cursor)
        seen += [line.organisation.id for line in page.rows]
        cursor = page.next_cursor
    assert (seen, cursor) == ([row.id for row in made], "")
    with pytest.raises(NotFound):
        queries.list_organisations(VISITOR, "en", day=START.date(), cursor="nonsense")


def test_what_is_not_listed_yet_is_seen_by_those_who_decide(secretary, now):
    hidden = make_organisation("Named by somebody", is_listed=False)
    mandated = make_member()
    make_role(mandated, Role.MANDATED, hidden.id)
    assert queries.get_visible_organisation(secretary, hidden.id) is hidden
    assert queries.get_visible_organisation(actor_at(mandated.id, now), hidden.id) is hidden
    for actor in (VISITOR, actor_at(make_member().id, now)):
        with pytest.raises(NotFound):
            queries.get_visible_organisation(actor, hidden.id)
    with pytest.raises(NotFound):
        queries.get_visible_organisation(secretary, uuid4())
    assert hidden.id not in {
        line.organisation.id for line in queries.list_organisations(VISITOR, "en", day=START.date()).rows
    }
    assert hidden.id in {
        line.organisation.id for line in queries.list_organisations(secretary, "en", day=START.date()).rows
    }
    assert hidden.id not in dict(queries.organisation_choices("en"))


def test_choices_are_sorted_in_the_language_of_the_page(app):
    first = make_organisation("Zone union", acronym="ZU")
    set_name("organisation", first.id, "fr", "Association de la zone")
    second = make_organisation("Écoute")
    assert [label for _, label in queries.organisation_choices("en")] == ["Écoute", "Zone union (ZU)"]
    assert queries.organisation_choices("fr") == [
        (first.id, "Association de la zone (ZU)"),
        (second.id, "Écoute"),
    ]


def test_regions_keep_their_own_order(app):
    mena, lac = make_region("MENA", position=2), make_region("LAC", position=1)
    assert queries.region_choices("en") == [(lac.id, "Region LAC"), (mena.id, "Region MENA")]


@pytest.mark.parametrize("count", [10, 1000])
def test_a_list_asks_the_same_number_of_questions_however_long_it_is(app, count_queries, count):
    region = make_region("LAC")
    for number in range(count):
        make_organisation(f"Union {number:04}", region=None, region_id=region.id)
    db.session.expire_all()
    with count_queries() as statements:
        queries.list_organisations(VISITOR, "en", day=START.date())
        queries.organisation_choices("en")
    assert len(statements) == 6


def test_countries_and_kinds_are_said_in_the_language_of_the_page():
    assert labels.country_name("LB", "fr") == "Liban"
    assert labels.country_name("LB", "en-XB") == "Lebanon"
    assert labels.country_name(None, "fr") == ""
    assert labels.country_name("LB", "xx") == "Lebanon"
    codes = [code for code, _ in labels.country_choices("es")]
    assert {"AR", "SN", "PS"} <= set(codes)
    assert not {"EU", "ZZ", "XA"} & set(codes)
    assert labels.country_choices("es")[0][1] == "Afganistán"
    assert str(labels.organisation_kind("tenants_union")) == "Tenants’ union"
    assert labels.organisation_kind("water_committee") == "Water committee"
