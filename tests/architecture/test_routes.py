"""Every address × every role: guarded, calm, valid, and nothing happens without a form's token."""

import re
from uuid import uuid4

import html5lib
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from app.core.audit import AuditLine
from app.core.web import is_public
from app.extensions import db
from tests.architecture.world import ROLES, World, make_world
from tests.make.people import sign_in

PUBLIC = {
    "acts.answer",
    "health.alive", "health.ready", "health.metrics", "static",
    "offline.worker", "offline.page",
    "home.front", "home.about", "design.show", "house.contact", "house.logo",
    "moments.choose_zone", "moments.list_zones",
    "people.sign_in", "people.sign_out", "people.register", "people.ask_reset", "people.reset", "people.verify",
    "people.welcome", "people.list_organisations", "people.show_organisation", "people.ask_sign_in_link",
    "people.sign_in_by_link", "people.directory",
    "mailings.choose_by_link", "mailings.stop",
    "chantiers.list_carriers",
    "sessions.list_tracks", "sessions.list_phases", "sessions.show_track", "sessions.show_phase",
    "sessions.show_session",
    "sessions.session_calendar",
    "materials.list_materials", "materials.send_file",
    "search.search",
    "agenda.show_list", "agenda.show_week", "agenda.show_month", "agenda.take_along", "agenda.embed",
    "agenda.public_feed", "agenda.public_news", "agenda.track_feed", "agenda.track_news", "agenda.group_feed",
    "agenda.space_feed", "agenda.private_feed",
    "advocacy.calendar", "advocacy.calendar_ics", "advocacy.calendar_csv", "advocacy.list_spaces",
    "advocacy.show_space", "advocacy.show_occurrence", "advocacy.occurrence_calendar",
    "workinggroups.list_groups", "workinggroups.show_group", "workinggroups.list_materials",
    "engagements.list_materials",
    "recommendations.list_recommendations", "recommendations.recommendations_file", "recommendations.show",
    "instruments.list_instruments", "instruments.show_instrument", "instruments.show_version", "instruments.download",
    "events.show_event", "events.event_calendar",
    "proposals.propose", "proposals.received", "proposals.confirm",
    "reflections.list_reflections", "reflections.show", "reflections.hear", "reflections.print_voices",
}  # fmt: skip
"""Every endpoint a visitor may ask. A new one is a conscious line here."""


OF_HIDDEN = {"reflections.show_withheld", "reflections.release"}
"""Pages about a reflection that is kept from its readers."""


OF_POSTS = {"post_id": "post", "original_id": "post", "translation_id": "post_translation", "topic_id": "topic"}
"""Parts of addresses of topics, and the things they name."""

OF_COMMENTS = {"original_id": "comment", "translation_id": "comment_translation", "person_id": "keeper"}
"""Parts of addresses of comments on joint texts, and the things they name."""

OF_HIDDEN_POSTS = {"discussions.show_withheld": "withheld_post", "discussions.show_again": "withheld_post"}


@pytest.fixture
def world(app, now) -> World:
    return make_world()


def rules(app, method: str):
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint != "static"]


OF_REQUESTS = {"chantiers": "carrier_request", "workinggroups": "observer_request"}
"""What a request is, in packages that have requests of their own."""

OF_GROUPS = (
    "calendars.", "workinggroups.", "decisions.", "polls.", "datepolls.", "tasks.", "discussions.", "drafting.",
)  # fmt: skip
"""Blueprints whose pages have the address of a group."""

OF_TRACKS = ("follow_on", "_track")
"""Pages of groups whose address is that of a track."""


def slug_for(things, endpoint: str) -> str:
    if endpoint.startswith("chantiers."):
        return things["chantier"].slug
    if endpoint.startswith("engagements."):
        return things["engagement"].slug
    if endpoint.startswith("advocacy.") or endpoint == "agenda.space_feed":
        return things["space"].slug
    if endpoint == "agenda.group_feed" or (endpoint.startswith(OF_GROUPS) and not endpoint.endswith(OF_TRACKS)):
        return things["group"].slug
    return things["phase" if "phase" in endpoint else "track"].slug


def original_for(endpoint: str) -> str:
    """The name of the text that an address is about."""
    kind = endpoint.rsplit("_", maxsplit=1)[-1]
    return kind if kind in ("proposal", "statement") else "reflection"


def value_for(world: World, endpoint: str, name: str) -> str:
    """A value for a part of an address: of a thing the world has."""
    blueprint = endpoint.split(".", maxsplit=1)[0]
    things = world.things
    if blueprint == "drafting" and name in OF_COMMENTS:
        return str(things[OF_COMMENTS[name]].id)
    if blueprint == "discussions" and name in OF_POSTS:
        return str(things[OF_HIDDEN_POSTS.get(endpoint, OF_POSTS[name])].id)
    by_name = {
        "slug": slug_for(things, endpoint),
        "track_slug": things["track"].slug,
        "group_slug": things["group"].slug,
        "mode_id": things["mode"].id,
        "limit_id": things["limit"].id,
        "rule_id": things["rule"].id,
        "occurrence_id": things["occurrence"].id,
        "step_id": things["step"].id,
        "thing_id": things["occurrence"].id,
        "session_id": things["session"].id,
        "region_id": things["region"].id,
        "subject_id": things["subject"].id,
        "message_id": things["message"].id,
        "draft_id": things["draft"].id,
        "announcement_id": things["announcement"].id,
        "material_id": things["material"].id,
        "reflection_id": things["hidden" if endpoint in OF_HIDDEN else "reflection"].id,
        "original_id": things[original_for(endpoint)].id,
        "translation_id": things["translation" if blueprint != "decisions" else "translated_proposal"].id,
        "decision_id": things["decision"].id,
        "poll_id": things["poll"].id,
        "date_poll_id": things["date_poll"].id,
        "proposal_id": things["proposal"].id,
        "option_id": things["date_poll"].options[0].id,
        "statement_id": things["statement"].id,
        "voice_id": things["objection"].id,
        "proxy_id": things["proxy"].id,
        "person_id": things["person"].id,
        "organisation_id": things["organisation"].id,
        "affiliation_id": things["affiliation"].id,
        "facilitator_id": things["facilitation"].id,
        "count_id": things["head_count"].id,
        "list_id": things["meeting_list"].id,
        "grant_id": things["grant"].id,
        "assistance_id": things["assistance"].id,
        "tie_id": things["tie"].id,
        "name_id": things["other_name"].id,
        "question_id": things["question"].id,
        "import_id": things["import"].id,
        "request_id": things[OF_REQUESTS.get(blueprint, "erasure")].id,
        "carrier_id": things["carrier"].id,
        "agreement_id": things["agreement"].id,
        "edition": things["letter"].edition,
        "place_id": things["place"].id,
        "coordinator_id": things["coordination"].id,
        "other_id": things["newcomer"].id,
        "outcome_id": things["outcome"].id,
        "task_id": things["task"].id,
        "invitation_id": things["invitation"].id,
        "space_slug": things["space"].slug,
        "engagement_id": things["engagement"].id,
        "signatory_id": things["signatory"].id,
        "delegate_id": things["delegate"].id,
        "access_id": things["access"].id,
        "export_id": things["export"].id,
        "text_id": things["joint_text"].id,
        "comment_id": things["comment"].id,
        "instrument_id": things["instrument"].id,
        "recommendation_id": things["recommendation"].id,
        "evidence_id": things["evidence"].id,
        "event_id": things["event"].id,
        "feed_id": things["calendar"].id,
        "language": "fr",
        "number": 1,
        "paragraph": 1,
        "ending": "md",
        "kind": {"advocacy": "occurrence", "reminders": "session"}.get(blueprint, "csv"),
        "where": "tracks",
        "mail_id": uuid4(),  # of no mail: 404, as for everybody who may not know of it
        "token": "not-a-token",
        "link_id": things["calendar_link"].id,
        "auth_session_id": uuid4(),
        "device_id": uuid4(),
    }
    if name not in by_name:
        pytest.fail(f"{blueprint}: the sweep has no value for <{name}> of {endpoint}")
    return str(by_name[name])


def address(app, world: World, rule) -> str:
    values = {name: value_for(world, rule.endpoint, name) for name in rule.arguments}
    with app.test_request_context():
        return app.url_for(rule.endpoint, **values)


def addresses(app, world: World, method: str):
    """Every rule with an address, made before the first request: each request forgets what was read of the world."""
    return [(rule, address(app, world, rule)) for rule in rules(app, method)]


def browser(app, world: World, role: str):
    client = app.test_client()
    person = world.people[role]
    return sign_in(client, person) if person is not None else client


def test_the_public_addresses_are_the_ones_named_here(app):
    assert {rule.endpoint for rule in app.url_map.iter_rules() if is_public(app, rule.endpoint)} == PUBLIC


def test_a_visitor_is_led_to_sign_in_wherever_an_address_is_not_public(app, world):
    client = app.test_client()
    for method in ("GET", "POST"):
        for rule, path in addresses(app, world, method):
            if is_public(app, rule.endpoint):
                continue
            answer = client.open(path, method=method)
            assert answer.status_code == 303, rule
            assert answer.location.startswith("/sign-in"), rule


def row_counts() -> dict[str, int]:
    db.session.rollback()
    return {
        table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in db.metadata.sorted_tables
    }


@pytest.mark.parametrize("role", ["visitor", "participant", "facilitator", "secretariat"])
def test_nothing_happens_without_the_token_of_a_form(app, world, role):
    client, to_post = browser(app, world, role), addresses(app, world, "POST")
    before = row_counts()
    for rule, path in to_post:
        answer = client.post(path, data={"submission_id": str(uuid4())})
        assert answer.status_code in (303, 403, 404, 405, 422), (rule, answer.status_code)
        if answer.status_code == 303:
            assert "/sign-in" in answer.location or rule.endpoint == "people.register", (
                rule
            )  # who has an account already
    assert row_counts() == before


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", ["en", "en-XB"])
def test_every_page_is_calm_valid_and_titled(app, world, role, language, *, database_kind):
    """Each address answers 200, 303, 403 or 404, never a fault; each page is valid HTML with one h1 and a title. Its
    HTML does not depend on the database, and is read on one."""
    client, pages = browser(app, world, role), addresses(app, world, "GET")
    client.get(f"/?lang={language}")
    shown = 0
    for rule, path in pages:
        answer = client.get(path)
        assert answer.status_code in (200, 303, 403, 404), (rule, answer.status_code)
        if answer.mimetype == "text/html" and answer.status_code != 303:
            if database_kind == "sqlite":
                spoken = "en" if bears_no_cookie(app, rule) else language
                check_page(answer.text, spoken, f"{rule} as {role}")
            shown += 1
    assert shown > 5


def bears_no_cookie(app, rule) -> bool:
    """Whether a page says its language in its address, and remembers none."""
    return getattr(app.view_functions[rule.endpoint], "without_cookies", False)


def check_page(text: str, language: str, where: str) -> None:
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    faults = [fault for _place, fault, _more in parser.errors]
    assert faults == [], where
    soup = BeautifulSoup(text, "html.parser")  # quicker, and enough for a page that was just found valid
    assert soup.html["lang"] == language, where
    assert len(soup.find_all("h1")) == 1, where
    title = soup.title.get_text(strip=True)
    assert title, where
    assert not title.startswith("·"), where
    assert "<" not in title, where
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), where
    unlabelled(soup, where)
    for tag in soup.find_all(True):
        assert "style" not in tag.attrs, where
        assert not [name for name in tag.attrs if name.startswith("on")], where


def unlabelled(soup: BeautifulSoup, where: str) -> None:
    """Every field has a label, every picture a text or is hidden, every control a name."""
    labelled = {label.get("for") for label in soup.find_all("label")}
    for control in soup.select("input:not([type=hidden]):not([type=submit]), select, textarea:not([hidden])"):
        named = control.get("id") in labelled or control.find_parent("label") or control.get("aria-label")
        assert named, f"{where}: {control}"
    for picture in soup.find_all("svg"):
        hidden = picture.get("aria-hidden") == "true" or picture.find_parent(attrs={"aria-hidden": "true"})
        spoken = hidden or picture.find("title") or picture.get("aria-labelledby")
        assert spoken, f"{where}: {picture}"[:300]
    for control in soup.select("a, button"):
        assert control.get_text(strip=True) or control.get("aria-label"), f"{where}: {control}"
    for described in soup.find_all(attrs={"aria-describedby": True}):
        for target in described["aria-describedby"].split():
            assert soup.find(id=target), f"{where}: {target}"
    for link in soup.select("a[href^='#']"):
        assert soup.find(id=link["href"][1:]), f"{where}: {link}"


def test_looking_around_changes_nothing(app, world):
    """GET never writes; the export log is the named exception."""
    client, pages = browser(app, world, "secretariat"), addresses(app, world, "GET")
    before = row_counts()
    for rule, path in pages:
        if not re.search(r"participation_file|roster_file|people_file", rule.endpoint):
            client.get(path)
    assert row_counts() == before
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditLine)) == before["audit_line"]


def test_other_peoples_things_are_not_there_or_not_allowed(app, world):
    """No address under somebody's person, organisation desk or attendance opens for a mere participant. The group, of
    which they are a member, is theirs to work in, and the texts of what it plans are theirs to read."""
    client = browser(app, world, "participant")
    theirs = r"^(?!/groups/|/advocacy/engagements/<uuid:engagement_id>/texts/)"
    is_guarded = re.compile(theirs + r".*(attendance|/people/|roles|/edit|/versions|reports)")
    guarded = [(rule, path) for rule, path in addresses(app, world, "GET") if is_guarded.search(rule.rule)]
    assert guarded
    for rule, path in guarded:
        assert client.get(path).status_code in (403, 404), rule
