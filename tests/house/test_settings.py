"""What the network calls itself: written by its secretariat, seen by everybody, given back when emptied."""

import io

import pytest
from PIL import Image

from app.core import house
from app.core.errors import NotAllowed, NotFound
from app.core.files import StoredFile
from app.core.names import names_of
from app.extensions import db
from app.house import services
from app.house.services import BadSetting
from app.people.models import Region
from app.people.queries.regions import get_region
from app.people.services.regions import BadRegion, add_region, change_region

HIC = {"en": "Habitat House", "fr": "Maison Habitat"}


def change(actor, now, **given):
    values = {"names": HIC, "affiliations": {}, "eligible": ["member", "friend", "ally"]} | given
    services.change_settings(actor, **values, now=now)


def picture(size=(64, 64)):
    body = io.BytesIO()
    Image.new("RGB", size, "navy").save(body, "PNG")
    body.seek(0)
    return body


def test_the_name_is_shown_in_the_readers_language(cast, browse, act, now):
    change(act(cast.secretary), now)
    page = browse(None)
    page.open("/about?lang=fr")
    assert page.page.find("a", class_="house").get_text(strip=True) == "Maison Habitat"
    page.open("/about?lang=es")
    assert page.page.find("a", class_="house").get_text(strip=True) == "Habitat House"


def test_an_emptied_name_gives_the_shipped_one_back(cast, act, now):
    change(act(cast.secretary), now)
    change(act(cast.secretary), now, names={"en": " ", "fr": ""})
    assert house.name_of_house("fr") == "Maloca"


def test_affiliations_are_called_as_this_network_calls_them(cast, browse, act, now):
    change(act(cast.secretary), now, affiliations={"friend": {"en": "Companion", "fr": "Compagne ou compagnon"}})
    page = browse(cast.friend)
    page.open("/account?lang=fr")
    assert "Compagne ou compagnon" in page.text
    page.open("/account?lang=en")
    assert "Companion" in page.text


@pytest.mark.parametrize("eligible", [[], ["member", "stranger"]])
def test_a_new_track_is_open_to_somebody(cast, act, now, eligible):
    with pytest.raises(BadSetting):
        change(act(cast.secretary), now, eligible=eligible)


def test_only_the_secretariat_runs_the_house(cast, act, browse, now, unknown_id):
    for who in (cast.facilitator, cast.participant, cast.outsider):
        with pytest.raises(NotAllowed):
            change(act(who), now)
        page = browse(who)
        for address in ("/house", "/house/logo/change", "/house/regions/new", "/house/subjects/new"):
            page.open(address)
            assert page.status == 403
    page = browse(cast.secretary)
    page.open(f"/house/regions/{unknown_id}")
    assert page.status == 404


def test_the_page_of_settings_keeps_what_is_written_on_it(cast, browse):
    page = browse(cast.secretary)
    page.open("/house")
    page.send(has="name_en", name_en="Habitat House", ally_fr="Complice", eligible=["member", "ally"])
    assert page.status == 200
    assert "The settings are kept." in page.page.text
    assert page.page.find("input", attrs={"name": "ally_fr"})["value"] == "Complice"
    page.send(has="name_en", name_en="x" * 121, eligible=None)
    assert page.status == 422
    assert "x" * 121 in str(page.page)


def test_a_picture_stands_beside_the_name_until_it_is_taken_away(cast, browse):
    page = browse(cast.secretary)
    page.open("/house/logo/change")
    values = page._defaults(page.form(action="/logo/change"))
    values["file"] = (picture(), "logo.png")
    assert page.client.post("/house/logo/change", data=values).status_code == 303
    visitor = browse(None)
    visitor.open("/about")
    logo = visitor.page.select_one(".house img")
    answer = visitor.client.get(logo["src"])
    assert answer.status_code == 200
    assert answer.mimetype.startswith("image/")
    page.open("/house")
    page.send(action="/logo/remove")
    visitor.open("/about")
    assert visitor.page.select_one(".house img") is None
    assert visitor.client.get("/house/logo").status_code == 404
    assert [row.removed_at is not None for row in db.session.query(StoredFile)] == [True]


def test_what_is_no_picture_is_refused_in_words(cast, browse):
    page = browse(cast.secretary)
    page.open("/house/logo/change")
    values = page._defaults(page.form(action="/logo/change"))
    values["file"] = (io.BytesIO(b"%PDF-1.7 not a picture"), "logo.png")
    answer = page.client.post("/house/logo/change", data=values)
    assert answer.status_code == 422
    assert house.logo_id() is None


def test_regions_are_added_and_named(cast, act, now):
    secretary = act(cast.secretary)
    region = add_region(secretary, code=" oce ", names={"en": "Oceania", "fr": "Océanie"}, now=now)
    assert region.code == "OCE"
    change_region(secretary, region, names={"en": "The Pacific", "fr": ""}, now=now)
    assert names_of("region", [region.id], "fr")[region.id].text == "The Pacific"
    assert get_region(region.id) is region


@pytest.mark.parametrize(
    ("code", "names"),
    [("", {"en": "X"}), ("1A", {"en": "X"}), ("A" * 13, {"en": "X"}), ("LAC", {"en": "X"}), ("OCE", {"en": " "})],
)
def test_a_region_needs_a_code_of_its_own_and_a_name(cast, act, now, code, names):
    before = db.session.query(Region).count()
    with pytest.raises(BadRegion):
        add_region(act(cast.secretary), code=code, names=names, now=now)
    assert db.session.query(Region).count() == before


def test_a_region_is_managed_in_the_pages(cast, browse):
    page = browse(cast.secretary)
    page.open("/house/regions/new")
    page.send(has="code", code="lac", name_en="Twice")
    assert page.status == 422
    page.send(has="code", code="oce", name_en="Oceania")
    assert page.path == "/house"
    assert "Oceania" in page.text


def test_no_region_is_found_under_an_unknown_id(app, unknown_id):
    with pytest.raises(NotFound):
        get_region(unknown_id)


def test_a_new_track_starts_with_the_eligibility_of_the_house(cast, browse, act, now):
    change(act(cast.secretary), now, eligible=["member"])
    page = browse(cast.secretary)
    page.open(f"/phases/{cast.track.phase.slug}/tracks/new")
    ticked = page.page.find_all("input", attrs={"name": "eligible", "checked": True})
    assert [box["value"] for box in ticked] == ["member"]


def test_of_two_editors_the_second_is_told_and_keeps_both(cast, browse, act, now):
    page, other = browse(cast.secretary), browse(cast.secretary)
    page.open("/house")
    other.open("/house")
    other.send(has="name_en", name_en="The first", eligible=["member"])
    page.send(has="name_en", name_en="The second", name_fr="Le second", eligible=["member", "ally"])
    assert page.status == 422
    assert "Somebody else changed the settings since you opened this page." in page.text
    assert "Kept now: The first" in page.text
    assert "Kept now: nothing" in page.text
    assert "Kept now: Member" in page.text
    assert house.name_of_house("en") == "The first"
    page.send(has="name_en")
    assert page.status == 200
    house.forget_values()
    assert house.name_of_house("en") == "The second"
    assert house.name_of_house("fr") == "Le second"


def test_what_was_not_looked_at_is_not_overwritten(cast, act, now):
    looked_at = services.digest_of_settings()
    change(act(cast.secretary), now, filled_from=looked_at)
    with pytest.raises(services.SettingsChangedMeanwhile):
        change(act(cast.secretary), now, names={"en": "Mine"}, filled_from=looked_at)
    assert house.name_of_house("en") == "Habitat House"
    change(act(cast.secretary), now, names={"en": "Mine"}, filled_from=services.digest_of_settings())


def test_the_house_says_how_elided_articles_are_counted(cast, browse):
    page, other = browse(cast.secretary), browse(cast.secretary)
    page.open("/house")
    other.open("/house")
    page.send(has="splits_elisions", splits_elisions="y")
    house.forget_values()
    assert house.values()[house.SPLITS_ELISIONS] is True
    other.send(has="splits_elisions", name_en="Another name")
    assert other.status == 422
    assert "Kept now: as two words" in other.text
    page.open("/house")
    page.send(has="splits_elisions", splits_elisions=None)
    house.forget_values()
    assert house.SPLITS_ELISIONS not in house.values()
