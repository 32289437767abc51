"""Light answers, 304 for who has the page, and what a device may keep: the server's side of a bad line."""

import gzip
import json
import re
from datetime import timedelta
from uuid import uuid4

import brotli
import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from app.core import compression, offline
from app.core.offline import KEEP, KEEP_ALSO, READER
from app.core.submissions import Submission
from app.core.views import bears
from app.extensions import db
from tests.journeys.reader import Reader
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.sessions import make_facilitator, make_membership, make_session, make_track
from tests.make.workinggroups import make_group


def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html5lib")


def reader_of(client) -> str:
    return client.get("/").headers[READER]


@pytest.mark.parametrize(
    ("accepted", "coding", "unpack"),
    [
        ("gzip", "gzip", gzip.decompress),
        ("gzip, br", "br", brotli.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
    ],
)
def test_pages_and_files_travel_compressed_as_the_browser_can(client, accepted, coding, unpack):
    for path in ("/", "/static/house.css", "/static/mark.svg", "/sw.js", "/nowhere"):
        plain = client.get(path)
        packed = client.get(path, headers={"Accept-Encoding": accepted})
        assert packed.headers["Content-Encoding"] == coding, path
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert "Accept-Encoding" in plain.headers["Vary"], "a cache in between must know that there are two"
        assert "Content-Encoding" not in plain.headers
        assert unpack(packed.data) == plain.data, path
        assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)


def test_files_are_the_same_for_everybody_and_in_every_language(client, now):
    sign_in(client, make_member())
    for site in ("same-origin", "cross-site"):
        answer = client.get("/static/kept.js", headers={"Accept-Encoding": "br", "Sec-Fetch-Site": site})
        assert answer.headers.getlist("Vary") == ["Accept-Encoding"]
        assert answer.headers["Content-Encoding"] == "br"


def test_a_file_by_another_spelling_of_its_name_is_the_same_file_and_is_packed_once(client):
    packed = client.get("/static/house.css", headers={"Accept-Encoding": "br"}).data
    before = compression._static_file.cache_info().misses
    for name in ("x/../house.css", "./house.css", "a/%2e%2e/././house.css", "house.css/"):
        answer = client.get(f"/static/{name}", headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200, name
        assert answer.data == packed, name
    assert compression._static_file.cache_info().misses == before, "packing it as small as can be takes long"


@pytest.mark.parametrize("accepted", ["", "identity", "zstd", "br;q=0, gzip;q=0"])
def test_who_takes_no_coding_gets_none(client, accepted):
    assert "Content-Encoding" not in client.get("/", headers={"Accept-Encoding": accepted}).headers


def test_small_answers_and_redirections_are_left_alone(client):
    for path in ("/healthz", "/account"):
        assert "Content-Encoding" not in client.get(path, headers={"Accept-Encoding": "gzip"}).headers


def test_a_page_with_secrets_asked_for_by_another_site_is_not_compressed(client, now):
    foreign = {"Accept-Encoding": "br", "Sec-Fetch-Site": "cross-site"}
    assert client.get("/", headers=foreign).headers["Content-Encoding"] == "br", "nothing secret is in it"
    assert "Content-Encoding" not in client.get("/register", headers=foreign).headers
    sign_in(client, make_member())
    for site in ("cross-site", "same-site"):
        answer = client.get("/", headers=foreign | {"Sec-Fetch-Site": site})
        assert "Content-Encoding" not in answer.headers
    for site in ("same-origin", "none"):
        assert client.get("/", headers=foreign | {"Sec-Fetch-Site": site}).headers["Content-Encoding"] == "br"


def test_a_visitor_who_has_a_page_gets_304_until_it_changes(client, now):
    track = make_track("Land", slug="land")
    db.session.commit()
    for path in ("/", "/tracks/", "/tracks/land", "/about", "/organisations/"):
        first = client.get(path)
        tag = first.headers["ETag"]
        assert tag.startswith("W/"), path
        again = client.get(path, headers={"If-None-Match": tag, "Accept-Encoding": "gzip"})
        assert (again.status_code, again.data) == (304, b""), path
        assert again.headers["Cache-Control"] == "private, no-cache"
        assert "Cookie" in again.headers["Vary"]
    tag = client.get("/tracks/").headers["ETag"]
    make_session(track, "A new session")
    db.session.commit()
    assert client.get("/tracks/", headers={"If-None-Match": tag}).status_code == 200
    french = client.get("/tracks/", headers={"If-None-Match": tag, "Accept-Language": "fr"})
    assert french.status_code == 200


def test_pages_with_a_form_and_pages_of_people_have_no_tag(client, now):
    assert "ETag" not in client.get("/register").headers
    sign_in(client, make_member())
    answer = client.get("/about")
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_name_of_a_reader_on_a_device_says_nothing_and_stays_the_same(app, client, now):
    person = make_member("Fatou Exemple")
    assert reader_of(client) == "visitor"
    assert "data-reader" not in client.get("/").text
    sign_in(client, person)
    name = reader_of(client)
    assert re.fullmatch(r"[0-9a-f]{16}", name)
    assert name not in person.id.hex
    assert page(client.get("/about")).html["data-reader"] == name
    elsewhere = sign_in(app.test_client(), person)
    assert reader_of(elsewhere) == name
    assert reader_of(sign_in(app.test_client(), make_member("Awa Exemple"))) != name


def test_only_marked_pages_may_be_kept_and_never_while_acting_for_another(app, client, now):
    track = make_track("Land", slug="land")
    session = make_session(track, "Who owns it?")
    person = make_member("Fatou Exemple")
    make_membership(track, person)
    make_facilitator(track, person)
    sign_in(client, person)
    make_group("Land group", slug="land")
    for path in (
        "/",
        "/about",
        "/tracks/",
        "/tracks/land",
        f"/sessions/{session.id}",
        "/groups/",
        "/groups/land",
    ):
        assert client.get(path).headers.get(KEEP) == "yes", path
    for path in ("/tracks/land/participants", "/account", "/reflections/", "/account/data", "/nowhere"):
        assert KEEP not in client.get(path).headers, path
    ahead = client.get("/").headers[KEEP_ALSO].split()
    assert f"/sessions/{session.id}" in ahead
    assert "/tracks/land" in ahead
    marked = {rule.endpoint for rule in app.url_map.iter_rules() if bears("readable_offline", rule.endpoint)}
    assert marked == {
        "agenda.show_list",
        "home.front",
        "home.about",
        "sessions.list_tracks",
        "sessions.show_track",
        "sessions.show_session",
        "workinggroups.list_groups",
        "workinggroups.show_group",
    }, "a page that a device keeps is a conscious line here"


def test_what_is_for_leaders_stands_between_the_marks_of_what_is_not_kept(client, now):
    track = make_track("Land", slug="land")
    session = make_session(track, "Who owns it?")
    sign_in(client, make_secretary())
    for path in ("/tracks/land", f"/sessions/{session.id}"):
        text = client.get(path).text
        assert "Your desk" in text
        assert text.count("<!--here-only-->") == text.count("<!--/here-only-->")
        kept = re.sub(r"<!--here-only-->.*?<!--/here-only-->", "", text, flags=re.S)
        assert "Your desk" not in kept
        assert page(client.get(path)).h1.get_text() in kept


def test_signing_out_tells_the_browser_to_forget_everything(client, now):
    sign_in(client, make_member())
    reader = Reader(client)
    reader.open("/")
    answer = client.post("/sign-out", data=reader._defaults(reader.form(action="/sign-out")))
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/").headers


def test_the_worker_knows_its_files_and_where_readers_change(client):
    answer = client.get("/sw.js")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    told = json.loads(answer.text.split("\n")[0].removeprefix("const HOUSE = ").removesuffix(";"))
    for file in told["files"]:
        assert client.get(file).status_code == 200
    assert set(told["doors"]) >= {"/sign-in", "/sign-out", "/account/sign-out-everywhere", "/reset/", "/welcome/"}
    assert told["signOut"] == ["/account/sign-out-everywhere", "/sign-out"]
    again = client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_new_door_is_a_new_worker(client, monkeypatch):
    """Else browsers would be told "not changed", and never hear that another form signs people in."""
    tag = client.get("/sw.js").headers["ETag"]
    monkeypatch.setattr(offline, "addresses_of", lambda _mark: ["/new-door"])
    assert client.get("/sw.js", headers={"If-None-Match": tag}).status_code == 200


def test_the_page_for_no_line_holds_no_person_and_speaks_the_language_asked_for(client):
    answer = client.get("/offline?lang=fr")
    assert page(answer).html["lang"] == answer.headers["Content-Language"] == "fr"
    assert "csrf_token" not in answer.text
    assert not page(answer).select(".roof a[href='/sign-in']"), "signed-in people see it too"


def test_a_page_with_a_text_to_write_says_what_the_device_keeps_and_others_do_not(client, now):
    track = make_track("Land", slug="land")
    person = make_member("Fatou Exemple")
    make_membership(track, person)
    sign_in(client, person)
    assert page(client.get("/tracks/land/reflections/new")).select_one("template[data-draft-words]")
    assert not page(client.get("/tracks/land")).select_one("template[data-draft-words]")


def test_what_others_said_and_who_they_are_is_pasted_without_being_kept_on_the_device(client, now):
    """drafts.js passes by what says so: a copied chat, a list of names."""
    track = make_track("Land", slug="land")
    session = make_session(track, wall_start=(now - timedelta(hours=2)).replace(tzinfo=None), zone="UTC")
    person = make_member("Fatou Exemple")
    make_facilitator(track, person)
    sign_in(client, person)
    for path, name in ((f"/sessions/{session.id}/chat", "chat"), (f"/sessions/{session.id}/attendance/list", "pasted")):
        assert page(client.get(path)).select_one(f"textarea[name={name}]")["autocomplete"] == "off", path


def test_the_second_sending_leads_where_the_first_did_and_both_say_that_it_was_accepted(app, client, now):
    track = make_track("Land", slug="land")
    person = make_member("Fatou Exemple")
    make_membership(track, person)
    sign_in(client, person)
    fatou = Reader(client)
    fatou.open("/tracks/land/reflections/new")
    form = fatou.form(has="body")
    words = {"body": "Notre terre est à nous.", "language": "fr", "audience": "track"}
    values = dict(fatou._defaults(form).items()) | words
    first = client.post("/tracks/land/reflections/new", data=values)
    assert first.status_code == 303
    assert page(client.get(first.location)).html["data-accepted"] == values["submission_id"]
    second = client.post("/tracks/land/reflections/new", data=values)
    assert (second.status_code, second.location) == (303, first.location)
    assert page(client.get(second.location)).html["data-accepted"] == values["submission_id"]
    assert "data-accepted" not in page(client.get(second.location)).html.attrs
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Submission)) == 1
    refused = client.post("/tracks/land/reflections/new", data=values | {"body": "", "submission_id": str(uuid4())})
    assert refused.status_code == 422
    assert "data-accepted" not in page(refused).html.attrs


def test_another_language_after_a_refusal_leads_to_a_page_also_where_a_form_has_no_page_of_its_own(client, now):
    client.get("/zones")
    refused = client.post("/zone", data={"zone": "Nowhere/Place"}, headers={"Referer": "http://localhost/zones?q=dak"})
    assert refused.status_code == 422
    [spanish] = [link["href"] for link in page(refused).select("footer a[hreflang=es]")]
    assert spanish == "/zones?q=dak&lang=es"
    assert client.get(spanish).status_code == 200
    for strange in ("https://elsewhere.example/x", "//elsewhere.example", "", "javascript:alert(1)", "http://[x"):
        refused = client.post("/zone", data={"zone": "Nowhere/Place"}, headers={"Referer": strange})
        [spanish] = [link["href"] for link in page(refused).select("footer a[hreflang=es]")]
        assert re.match(r"/(?!/)", spanish), strange
