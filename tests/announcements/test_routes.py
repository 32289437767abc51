"""Pages of announcements: seen before they leave, found by who takes part, asked twice before they go."""

import sqlalchemy as sa

from app.announcements.models import Announcement
from app.extensions import db
from tests.announcements.test_announcing import announce, notices


def announcements():
    return list(db.session.scalars(sa.select(Announcement)))


def test_an_announcement_is_seen_with_its_reach_before_it_leaves(cast, browse):
    page = browse(cast.facilitator)
    page.open("/tracks/climate-justice/announcements/new")
    assert "Send it to" not in page.text
    page.send(has="subject", subject="Bring maps", body="On *Saturday*.", language="en", button=("preview", "1"))
    assert page.status == 200
    assert "1 person gets it by mail." in page.text
    assert announcements() == []
    page.send(has="subject")
    assert page.path == "/tracks/climate-justice/announcements"
    assert "Bring maps" in page.text
    assert len(announcements()) == len(notices()) == 1


def test_a_form_sent_twice_is_one_announcement(cast, browse):
    page = browse(cast.facilitator)
    page.open("/tracks/climate-justice/announcements/new")
    values = page._defaults(page.form(has="subject"))
    for name, value in {"subject": "Maps", "body": "Bring them.", "language": "en"}.items():
        values.setlist(name, [value])
    for _click in range(2):
        answer = page.client.post("/tracks/climate-justice/announcements/new", data=values)
        assert answer.status_code == 303
    assert len(announcements()) == 1


def test_what_was_typed_comes_back_when_something_is_missing(cast, browse):
    page = browse(cast.facilitator)
    page.open("/tracks/climate-justice/announcements/new")
    page.send(has="subject", subject="", body="Kept words", language="")
    assert page.status == 422
    assert "Kept words" in page.page.find("textarea").text
    assert announcements() == []


def test_the_form_is_for_those_who_lead_and_unseen_tracks_do_not_exist(cast, browse):
    for who, status in ((cast.participant, 403), (cast.other_facilitator, 403), (cast.secretary, 200)):
        page = browse(who)
        page.open("/tracks/climate-justice/announcements/new")
        assert page.status == status
    page.open("/tracks/nowhere/announcements/new")
    assert page.status == 404


def test_the_list_is_for_who_takes_part(cast, browse, act, now):
    announce(act(cast.facilitator), cast.track, now)
    for who, status in ((cast.participant, 200), (cast.facilitator, 200), (cast.member, 403)):
        page = browse(who)
        page.open("/tracks/climate-justice/announcements")
        assert page.status == status
    assert "Bring your maps" not in page.text


def test_the_page_of_the_track_shows_the_newest_to_who_takes_part_alone(cast, browse, act, now):
    announce(act(cast.facilitator), cast.track, now, language="fr", subject="Apportez vos cartes")
    reader, stranger = browse(cast.participant), browse(None)
    reader.open("/tracks/climate-justice")
    assert "Apportez vos cartes" in reader.text
    assert reader.page.find(lang="fr", string="Apportez vos cartes")
    stranger.open("/tracks/climate-justice")
    assert "Apportez vos cartes" not in stranger.text


def test_taking_back_is_asked_on_a_page_of_its_own(cast, browse, act, now):
    row = announce(act(cast.facilitator), cast.track, now)
    page = browse(cast.facilitator)
    page.open(f"/announcements/{row.id}/remove")
    assert "Mails that have left stay" in page.text
    page.send()
    db.session.expire_all()
    assert row.removed_at is not None
    page.open(f"/announcements/{row.id}")
    assert page.status == 404


def test_who_does_not_take_part_finds_no_announcement(cast, browse, act, now, unknown_id):
    row = announce(act(cast.facilitator), cast.track, now)
    page = browse(cast.member)
    for address in (f"/announcements/{row.id}", f"/announcements/{row.id}/remove", f"/announcements/{unknown_id}"):
        page.open(address)
        assert page.status == 404
    page = browse(cast.participant)
    page.open(f"/announcements/{row.id}/remove")
    assert page.status == 403
