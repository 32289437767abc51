"""Links of mails: looked at without consequence, worth one act for one person at one address, then spent."""

from dataclasses import replace
from datetime import UTC, timedelta
from threading import Barrier, Thread
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import TimestampSigner
from itsdangerous.encoding import base64_encode
from sqlalchemy.exc import OperationalError

from app.core import audit, registries, web
from app.core.acts import SpentAct, jobs, links
from app.core.acts import routes as acts_routes
from app.core.acts.models import SpentAlready, find_spent, spend
from app.core.acts.packing import pack, unpack
from app.core.audit import AuditLine
from app.core.masking import masked_tokens
from app.core.names import set_name
from app.core.signing import Seal, mark_of
from app.extensions import db
from app.moments.models import Status
from app.moments.services import change_moment
from app.people import act_holders
from app.people.models import Account
from app.sessions.acts import offer_coming
from app.sessions.hosts import title_of
from app.sessions.models import AttendanceIntention, TrackMembership
from tests.make.acts import coming_path
from tests.make.moments import HOUSE, hours
from tests.make.people import make_account, make_assistance, make_member, make_person, make_secretary, sign_in
from tests.make.sessions import make_membership, make_session, make_track


@pytest.fixture
def session(app, now):
    track = make_track("Land rights")
    return make_session(track, "Who holds the land?")


@pytest.fixture
def member(session):
    person = make_member("Salma Example", page_language="fr")
    make_membership(session.track, person)
    db.session.commit()
    return person


def said() -> list[bool]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(AttendanceIntention.comes)))


def fields(answer) -> dict[str, str]:
    page = BeautifulSoup(answer.text, "html5lib")
    return {field["name"]: field.get("value", "") for field in page.select("main form input[name]")}


def confirm(client, path: str, **more: str):
    """Open a link, then send its form as it stands there."""
    return client.post(path, data=fields(client.get(path)) | more)


def rows() -> dict[str, int]:
    return {
        table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in db.metadata.sorted_tables
    }


def test_looking_changes_nothing_and_asks_without_any_cookie(client, session, member):
    before = rows()
    path = coming_path("yes", session, member)
    for method in ("GET", "HEAD", "GET"):
        answer = client.open(path, method=method)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
    assert rows() == before
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Maloca-Reader" not in answer.headers
    assert 'name="csrf_token"' not in answer.text
    assert "Who holds the land?" in answer.text


def test_what_is_confirmed_is_done_once(client, session, member):
    path = coming_path("yes", session, member)
    answer = confirm(client, path)
    assert (answer.status_code, answer.location) == (303, path)
    assert "Set-Cookie" not in answer.headers
    assert said() == [True]
    page = client.get(path)
    assert page.status_code == 200
    assert "<form" not in BeautifulSoup(page.text, "html5lib").main.decode()
    again = client.post(path, data={"submission_id": str(uuid4()), "on_behalf_of": ""})
    assert again.status_code == 200
    assert db.session.scalar(sa.select(sa.func.count(SpentAct.nonce))) == 1


def test_the_other_link_of_the_mail_changes_ones_mind(client, session, member):
    yes, no = (coming_path(choice, session, member) for choice in ("yes", "no"))
    confirm(client, yes)
    confirm(client, no)
    assert said() == [False]
    client.post(yes, data={"submission_id": str(uuid4()), "on_behalf_of": ""})
    assert said() == [False]


def test_the_page_of_a_used_link_says_what_was_answered_since(client, session, member):
    yes, no = (coming_path(choice, session, member) + "?lang=en" for choice in ("yes", "no"))
    confirm(client, yes)
    assert "does not count any more" not in client.get(yes).text
    confirm(client, no)
    first, second = client.get(yes), client.get(no)
    assert "The answer given by this link does not count any more" in first.text
    assert "You cannot come to “Who holds the land?”." in first.text
    assert "This link has done what it is for." in first.text
    assert "You come to" not in first.text
    assert not BeautifulSoup(first.text, "html5lib").select(".message--kept")
    assert "Answer anew" in first.text
    way = urlsplit(way_on(first))
    assert (way.path, parse_qs(way.query)["next"]) == ("/sign-in", [f"/sessions/{session.id}?lang=en"])
    assert way_on(second) == f"/sessions/{session.id}?lang=en"
    assert "You cannot come to “Who holds the land?”." in second.text
    assert "does not count any more" not in second.text


def test_the_other_link_of_the_mail_says_what_stands_and_that_nothing_has_changed_yet(client, session, member):
    yes, no = (coming_path(choice, session, member) + "?lang=en" for choice in ("yes", "no"))
    asks = client.get(no).text
    assert "nothing has happened yet" in asks
    assert "You come to" not in asks
    confirm(client, yes)
    asks = client.get(no).text
    [stands] = BeautifulSoup(asks, "html5lib").select("main .message")
    assert stands.get_text(" ", strip=True) == "You come to “Who holds the land?”."
    assert asks.index("You come to “Who") < asks.index("I cannot come</button>")
    assert "nothing has happened yet" not in asks
    assert "Nothing has changed yet." in asks
    assert said() == [True]


def test_an_answer_to_an_earlier_hour_is_not_said_to_stand(client, session, member, now):
    confirm(client, coming_path("yes", session, member))
    change_moment(HOUSE, session.moment, timing=hours("2027-02-14 17:00", "2027-02-14 19:00"), now=now)
    db.session.commit()
    asks = client.get(coming_path("no", session, member) + "?lang=en").text
    assert "You come to" not in asks
    assert "nothing has happened yet" in asks


def test_the_page_of_a_used_link_says_that_what_was_answered_is_called_off(client, session, member, now):
    confirm(client, path := coming_path("yes", session, member) + "?lang=en")
    change_moment(HOUSE, session.moment, status=Status.CANCELLED, now=now)
    db.session.commit()
    page = client.get(path).text
    assert "This session is called off: nobody need say whether they come." in page
    assert "Answer anew" not in page
    other = client.get(coming_path("no", session, member)).text
    assert title_of(session, "en").text in other, "what it is about"
    assert "You come to" not in page


def test_the_page_speaks_the_language_of_the_person_unless_another_is_chosen(client, session, member):
    path = coming_path("yes", session, member)
    english = client.get(path, headers={"Accept-Language": "es"})
    assert '<html lang="fr"' in english.text
    arabic = client.get(f"{path}?lang=ar")
    assert '<html lang="ar" dir="rtl"' in arabic.text
    assert "Set-Cookie" not in arabic.headers
    assert client.post(f"{path}?lang=ar", data=fields(arabic)).location == f"{path}?lang=ar"
    assert '<html lang="fr"' in client.get(path).text


def test_a_form_that_comes_twice_at_the_same_time_stays_in_the_language_chosen(client, session, member, monkeypatch):
    path = coming_path("yes", session, member) + "?lang=ar"
    values = fields(client.get(path))
    assert client.post(path, data=values).location == path
    monkeypatch.setattr(acts_routes, "find_spent", lambda _link: None)
    assert client.post(path, data=values).location == path
    assert said() == [True]


def way_on(page) -> str:
    return BeautifulSoup(page.text, "html5lib").select("main a[href]")[-1]["href"]


def test_the_way_on_from_the_page_keeps_its_language_past_the_sign_in_page(app, client, session, member):
    session.track.audience = session.moment.audience = f"track:{session.track.id}"
    db.session.commit()
    english = {"Accept-Language": "en"}
    path = coming_path("yes", session, member)
    inside = way_on(client.get(path, headers=english))
    assert inside == f"/sessions/{session.id}?lang=fr"
    hidden = client.get(inside, headers=english)
    door = hidden.location
    assert (hidden.status_code, urlsplit(door).path) == (303, "/sign-in")
    assert parse_qs(urlsplit(door).query) == {"next": [inside], "lang": ["fr"]}
    assert '<html lang="fr"' in client.get(door, headers=english).text
    confirm(client, path)
    assert way_on(client.get(path, headers=english)) == inside
    sign_in(client, member)
    assert client.get(door).location == inside
    assert '<html lang="fr"' in client.get(inside, headers=english).text
    assert way_on(client.get(path)) == f"/sessions/{session.id}", "who is signed in has a language here"


def test_whoever_is_signed_in_plays_no_part_and_reads_it(client, session, member):
    other = make_secretary("Rosa Example")
    sign_in(client, other)
    client.get("/account?lang=es")
    path = coming_path("yes", session, member)
    page = client.get(f"{path}?lang=en")
    assert "On this device <bdi>Rosa Example</bdi> is signed in." in page.text
    assert "In the name of <bdi>Salma Example</bdi>" in page.text
    confirm(client, path)
    assert db.session.scalars(sa.select(AttendanceIntention.person_id)).one() == member.id
    assert '<html lang="es"' in client.get("/account").text
    own = client.get("/account")
    assert own.status_code == 200
    assert "Rosa" in own.text


def test_the_hour_is_that_of_the_reader(client, session, member):
    member.zone = "America/Mexico_City"
    db.session.commit()
    page = client.get(coming_path("yes", session, member) + "?lang=en")
    lead = BeautifulSoup(page.text, "html5lib").select_one("main .lead")
    assert "08:00–10:00 in Mexico City (17:00 in Nairobi, 14:00 UTC)" in lead.get_text()
    assert [one.get_text() for one in lead.select("bdi[dir=ltr]")] == ["08:00–10:00", "14:00 UTC"], "in one line each"


def test_right_after_the_act_its_page_says_what_was_done_and_when_and_reproaches_nothing(
    client, session, member, clock
):
    member.zone = "America/Mexico_City"
    db.session.commit()
    path = coming_path("yes", session, member)
    confirm(client, path)
    page = client.get(path + "?lang=en").text
    assert "Done on Saturday 21 November 2026, 03:00 in Mexico City in the name of" in page
    assert "This link has done what it is for." not in page
    clock.shift(timedelta(minutes=6))
    assert "This link has done what it is for." in client.get(path + "?lang=en").text


@pytest.mark.parametrize("harm", ["cut", "changed", "other purpose", "other key", "nothing"])
def test_what_was_not_signed_here_opens_nothing(app, client, session, member, harm):
    path = coming_path("yes", session, member)
    if harm == "cut":
        path = path[:-4]
    elif harm == "changed":
        path = path.replace(path[20], "A" if path[20] != "A" else "B", 1)
    elif harm == "other purpose":
        path = f"/act/{Seal('core.other', links.LIVES).token_of_bytes(links.SEAL.read_bytes(path[5:]))}"
    elif harm == "other key":
        own, packed = app.config["SECRET_KEY"], links.SEAL.read_bytes(path[5:])
        app.config["SECRET_KEY"] = "x" * 40
        path = f"/act/{links.SEAL.token_of_bytes(packed)}"
        app.config["SECRET_KEY"] = own
    else:
        path = "/act/..."
    for answer in (client.get(path), client.post(path, data={"submission_id": str(uuid4()), "on_behalf_of": ""})):
        assert answer.status_code == 404
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Who holds" not in answer.text
    assert said() == []


def test_a_signed_word_that_is_no_link_opens_nothing(client, app):
    for words in (b"", b"short", b"x" * 39, b"x" * 72, b"x" * 72 + b"one\x1ftwo", b"x" * 72 + b"\xff\x1f\x1f"):
        assert client.get(f"/act/{links.SEAL.token_of_bytes(words)}").status_code == 404
        assert client.get(f"/act/{long_token(words)}").status_code == 404


def test_a_link_that_was_mailed_when_links_were_long_does_what_it_is_for_once(client, session, member):
    link = links.read(coming_path("no", session, member).removeprefix("/act/"))
    mark, number = mark_of(registries.contacts([member.id])[member.id].email), UUID(int=7)
    ids = b"".join(one.bytes for one in (member.id, member.id, session.id, number)) + mark
    path = f"/act/{long_token(ids + links._BETWEEN.join((link.kind, link.choice, link.about)).encode())}"
    assert links.read(path[5:]) == replace(link, mark=mark, nonce=number)
    assert confirm(client, path).status_code == 303
    assert said() == [False]
    assert "Who holds the land?" in client.get(f"{path}?lang=en").text
    assert db.session.scalars(sa.select(SpentAct.nonce)).one() == number


def long_token(packed: bytes) -> str:
    """A token as it was mailed before there were short ones."""
    return TimestampSigner("k" * 40, salt="core.acts").sign(base64_encode(packed)).decode()


def test_an_address_in_a_mail_is_short(session, member):
    helper = make_member("Rosa Example")
    assert len(coming_path("yes", session, member)) <= 91
    assert len(coming_path("yes", session, helper, person=member)) <= 112


def test_what_was_not_foreseen_is_told_apart_from_another_answer():
    with pytest.raises(ValueError, match="has the code of"):
        for number in range(5000):
            links.name_answer("tests.codes", f"{number}")
    for code in [code for code, (kind, _choice) in links._named.items() if kind == "tests.codes"]:
        del links._named[code]


@given(
    st.lists(
        st.one_of(
            st.text(),
            st.uuids().map(str),
            st.uuids().map(lambda one: one.hex),
            st.datetimes().map(lambda when: when.replace(tzinfo=UTC, microsecond=0).isoformat()),
            st.integers().map(str),
        )
    )
)
def test_what_a_mail_spoke_of_comes_out_as_it_went_in(pieces):
    for between in ("", ":"):
        words = between.join(pieces)
        assert unpack(pack(words)) == words


def test_what_a_mail_spoke_of_is_short_where_its_shape_is_known():
    assert len(pack("2027-03-06T14:00:00+00:00")) == 5
    assert len(pack(f"{uuid4().hex}:12")) == 21
    assert pack("") == b""


def test_a_link_of_an_act_that_is_no_more_opens_nothing(client, session, member):
    token = coming_path("yes", session, member).removeprefix("/act/")
    link = links.read(token)
    for gone in (replace(link, kind="sessions.gone"), replace(link, choice="perhaps")):
        assert client.get(f"/act/{links.token_of(gone)}").status_code == 404


def test_a_link_lives_for_ninety_days(client, session, member, clock):
    path = coming_path("yes", session, member)
    clock.shift(timedelta(days=90, seconds=1))
    assert client.get(path).status_code == 404


def test_a_link_is_worth_nothing_once_the_address_is_another(client, session, member):
    path = coming_path("yes", session, member)
    account = db.session.get(Account, member.id)
    account.email = account.email_norm = "new@example.org"
    db.session.commit()
    assert client.get(path).status_code == 404


def test_a_link_is_worth_nothing_once_its_person_is_erased_or_joined_with_another(client, session, member, now):
    path = coming_path("yes", session, member)
    kept = make_member("Salma E.")
    registries.merge_person(kept.id, member.id, now)
    db.session.commit()
    assert client.get(path).status_code == 404
    of_the_kept = coming_path("yes", session, kept)
    assert client.get(of_the_kept).status_code == 200
    registries.erase_person(kept.id, now)
    db.session.commit()
    assert client.get(of_the_kept).status_code == 404


def test_who_left_is_told_and_cannot_act(client, session, member, now):
    path = coming_path("yes", session, member)
    place = db.session.scalars(sa.select(TrackMembership)).one()
    place.left_at = now
    db.session.commit()
    page = client.get(path)
    assert page.status_code == 404
    assert page.headers["Cache-Control"] == "no-store"
    client.post(path, data={"submission_id": str(uuid4()), "on_behalf_of": ""})
    assert said() == []


def move(session, *, now):
    day = "2027-03-06"
    change_moment(HOUSE, session.moment, timing=hours(f"{day} 17:00", f"{day} 19:00"), now=now)
    db.session.commit()


def test_a_link_answers_for_the_hour_of_its_mail_and_for_no_other(client, session, member, now):
    used, open_page = (coming_path(choice, session, member) + "?lang=en" for choice in ("yes", "no"))
    confirm(client, used)
    assert "You come to “Who holds the land?”." in client.get(used).text
    typed = fields(client.get(open_page))
    move(session, now=now)
    late = client.post(open_page, data=typed)
    assert late.status_code == 410
    assert "The date has changed since this mail was written: Saturday 6 March 2027" in late.text
    assert said() == [True]
    done = client.get(used)
    assert done.status_code == 200
    assert "You come to" not in done.text
    assert "The date has changed since this mail was written: Saturday 6 March 2027" in done.text
    for page in (late, done):
        assert BeautifulSoup(page.text, "html5lib").select("main bdi[dir=ltr]"), "its hours stay in one line"
    assert "The answer given by this link does not count any more" in done.text
    assert "You answered for the earlier time. It has moved: please say it again." in done.text
    assert not BeautifulSoup(done.text, "html5lib").select(".message--kept")
    assert way_on(done) == f"/sessions/{session.id}?lang=en"
    anew = coming_path("no", session, member) + "?lang=en"
    assert client.get(anew).status_code == 200
    confirm(client, anew)
    assert "You cannot come to “Who holds the land?”." in client.get(used).text


def test_a_used_link_tells_nothing_to_who_left(client, session, member, now):
    path = coming_path("yes", session, member) + "?lang=en"
    confirm(client, path)
    db.session.scalars(sa.select(TrackMembership)).one().left_at = now
    set_name("session", session.id, "en", "A name of later")
    db.session.commit()
    page = client.get(path)
    assert page.status_code == 200
    assert "in the name of <bdi>Salma Example</bdi>" in page.text
    assert "A name of later" not in page.text
    assert "Land rights" not in page.text


def test_what_is_too_late_says_so_and_leads_to_the_page(client, session, member, clock):
    path = coming_path("yes", session, member)
    clock.move_to(session.moment.starts_at - timedelta(minutes=20))
    page = client.get(f"{path}?lang=en")
    assert page.status_code == 410
    assert f"/sessions/{session.id}" in page.text


def test_a_helper_answers_for_whom_they_help(client, session, now):
    helper, helped = make_member("Rosa Example"), make_person("Adjoa Example")
    make_membership(session.track, helped)
    assistance = make_assistance(helped, helper)
    db.session.commit()
    path = coming_path("no", session, helper, person=helped)
    assert "<bdi>Rosa Example</bdi> answers for <bdi>Adjoa Example</bdi>" in client.get(f"{path}?lang=en").text
    assert confirm(client, path).status_code == 303
    assert db.session.scalars(sa.select(AttendanceIntention.person_id)).one() == helped.id
    other = coming_path("yes", session, helper, person=helped)
    assistance.ended_at = now
    db.session.commit()
    assert client.get(other).status_code == 404


def test_a_stranger_acts_for_nobody(app, session, member, now):
    stranger = make_member()
    db.session.commit()
    assert act_holders.find_holder(member.id, stranger.id, now) is None


def test_the_actor_may_what_the_person_may_and_the_audit_says_link(app, session, member, now):
    holder = act_holders.find_holder(member.id, member.id, now)
    assert holder.actor == replace(registries.actor_at(member.id, now), is_by_link=True)
    audit.record(holder.actor, "test.thing.done", "thing", uuid4(), now=now)
    line = db.session.scalars(sa.select(AuditLine).where(AuditLine.code == "test.thing.done")).one()
    assert (line.actor_kind, line.actor_id) == ("link", member.id)


def test_a_form_made_in_another_name_is_not_sent(client, session, member):
    path = coming_path("yes", session, member)
    answer = confirm(client, path, on_behalf_of=f"person:{uuid4().hex}")
    assert answer.status_code == 422
    assert said() == []


def test_a_link_in_a_mail_that_is_only_looked_at_opens_nothing(client, session, member):
    contact, parameters = registries.contacts([member.id])[member.id], {"person": str(member.id)}
    with masked_tokens():
        paragraph = offer_coming(session, parameters, contact)
    assert paragraph.count("/act/…") == 2
    assert client.get("/act/…").status_code == 404


def test_what_stays_of_a_used_link_is_forgotten_when_it_could_open_nothing(app, session, member, now):
    link = links.read(coming_path("yes", session, member).removeprefix("/act/"))
    spend(link, now=now)
    db.session.commit()
    with pytest.raises(SpentAlready):
        spend(link, now=now)
    assert jobs.forget_spent(now + timedelta(days=91)) == 0
    assert find_spent(link) is not None
    assert jobs.forget_spent(now + timedelta(days=92)) == 1


def test_two_devices_at_once_are_one_act(own_app, now):
    """Four browsers send the form of one link at the same instant, each a form of its own."""
    with own_app.app_context():
        track = make_track("Land rights")
        session, person = make_session(track, "Who holds the land?"), make_person("Salma Example")
        make_account(person)
        make_membership(track, person)
        db.session.commit()
        path = coming_path("yes", session, person)
    start, answers = Barrier(4), []

    def send() -> None:
        client = own_app.test_client()
        typed = fields(client.get(path))
        start.wait()
        answers.append(client.post(path, data=typed))

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 4
    assert {(answer.status_code, answer.location) for answer in answers} <= {(303, path), (200, None)}
    with own_app.app_context():
        assert db.session.scalar(sa.select(sa.func.count(SpentAct.nonce))) == 1
        assert db.session.scalar(sa.select(sa.func.count(AttendanceIntention.person_id))) == 1


def test_no_log_holds_a_link(app):
    with app.test_request_context("/act/a-secret-token"):
        assert web._path_without_secrets() == "/act/<token>"
    with app.test_request_context("/tracks/land-rights"):
        assert web._path_without_secrets() == "/tracks/land-rights"


def test_a_busy_house_gives_back_what_was_typed(client, session, member, monkeypatch):
    def busy(*_given, **_named):
        raise OperationalError("", {}, LookupError("locked"))

    monkeypatch.setattr(acts_routes, "find_spent", busy)
    path = coming_path("yes", session, member)
    answer = client.post(path, data={"submission_id": str(uuid4()), "body": "A long reason, typed with care."})
    assert answer.status_code == 503
    assert "A long reason, typed with care." in answer.text
