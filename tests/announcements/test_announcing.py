"""Writing to everybody of a track: who may, what is refused, whom it reaches, and how it is taken back."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.announcements import queries, services, telling
from app.announcements.models import Announcement
from app.announcements.personal_data import erase_person, export_person, merge_person
from app.announcements.services import BadWords, NotPublished
from app.core import mails
from app.core.errors import NotAllowed, NotFound, RuleBroken
from app.core.notices import Notice
from app.core.registries import Contact, still_wanted
from app.extensions import db
from app.sessions.services import leave_track
from tests.make.people import make_member
from tests.make.sessions import make_membership, make_session, make_track


def announce(actor, track, now, **words):
    given = {"subject": "Bring your maps", "body": "We draw **together** on Saturday.", "language": "en"} | words
    return services.announce(actor, track, **given, now=now)


def notices():
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == telling.ANNOUNCED)))


def written(notice, language="en"):
    with force_locale(language):
        return mails.write(notice.kind, notice.parameters, Contact("x@example.org", language, "Fatou"))


def test_everybody_of_the_track_but_the_author_gets_one_notice(cast, act, now):
    another = make_member("Awa Exemple")
    make_membership(cast.track, another)
    announce(act(cast.facilitator), cast.track, now)
    assert {notice.person_id for notice in notices()} == {cast.participant.id, another.id}


def test_the_mail_frames_the_authors_words_in_the_readers_language(cast, act, now):
    announce(act(cast.facilitator), cast.track, now, body="أحضروا الخرائط", language="ar", subject="الخرائط")
    mail = written(notices()[0], "fr")
    assert "الخرائط" in mail.subject
    assert "أحضروا الخرائط" in mail.text
    assert "arabe" in mail.text
    assert "Amina Exemple" in mail.text
    assert "/announcements/" in mail.text


@pytest.mark.parametrize("who", ["participant", "member", "friend", "outsider", "other_facilitator"])
def test_only_who_leads_the_track_announces(cast, act, now, who):
    with pytest.raises(NotAllowed):
        announce(act(getattr(cast, who)), cast.track, now)
    assert notices() == []


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"subject": "  "}, "subject"),
        ({"subject": "x" * 151}, "subject"),
        ({"body": "\n \n"}, "body"),
        ({"body": "x" * 5_001}, "body"),
    ],
)
def test_words_are_needed_and_have_an_end(cast, act, now, words, field):
    with pytest.raises(BadWords) as refused:
        announce(act(cast.secretary), cast.track, now, **words)
    assert refused.value.field == field


def test_a_session_of_another_track_is_refused(cast, act, now):
    foreign = make_session(cast.other_track)
    with pytest.raises(RuleBroken) as refused:
        announce(act(cast.facilitator), cast.track, now, session_id=foreign.id)
    assert refused.value.field == "session"


def test_a_draft_has_nobody_to_tell(cast, act, now):
    draft = make_track("Draft", phase=cast.track.phase, published_at=None)
    with pytest.raises(NotPublished):
        announce(act(cast.secretary), draft, now)


def test_who_left_the_track_is_not_mailed_any_more(cast, act, now):
    announce(act(cast.facilitator), cast.track, now)
    notice = notices()[0]
    assert still_wanted(notice.kind, notice, now)
    leave_track(act(cast.participant), cast.track, now=now)
    assert not still_wanted(notice.kind, notice, now)


def test_what_is_taken_back_is_seen_and_mailed_no_more(cast, act, now):
    row = announce(act(cast.facilitator), cast.track, now)
    services.remove_announcement(act(cast.secretary), row, now=now)
    services.remove_announcement(act(cast.secretary), row, now=now + timedelta(hours=1))
    db.session.expire_all()
    assert row.removed_at == now
    assert not still_wanted(notices()[0].kind, notices()[0], now)
    assert written(notices()[0]) is None
    with pytest.raises(NotFound):
        queries.get_visible_announcement(act(cast.participant), row.id)


def test_a_participant_takes_nothing_back(cast, act, now):
    row = announce(act(cast.facilitator), cast.track, now)
    with pytest.raises(NotAllowed):
        services.remove_announcement(act(cast.participant), row, now=now)


def test_only_people_of_the_track_read_it(cast, act, now):
    row = announce(act(cast.facilitator), cast.track, now)
    assert queries.get_visible_announcement(act(cast.participant), row.id) is row
    for who in (cast.member, cast.outsider, cast.other_facilitator):
        with pytest.raises(NotFound):
            queries.get_visible_announcement(act(who), row.id)


def test_the_list_asks_the_same_questions_for_10_and_for_1000(cast, act, now, count_queries):
    def many(count, start):
        db.session.add_all(
            Announcement(
                track_id=cast.track.id,
                audience=f"track:{cast.track.id}",
                author_id=cast.facilitator.id,
                subject=f"Word {number}",
                body="Words",
                language="en",
                sent_at=now + timedelta(seconds=number),
            )
            for number in range(start, start + count)
        )
        db.session.flush()
        db.session.expunge_all()
        with count_queries() as asked:
            page = queries.list_announcements(act(cast.participant), cast.track)
            assert [row.author.name for row in page.rows]
        return len(asked)

    assert many(10, 0) == many(990, 10)


def test_announcements_belong_to_their_authors_data_and_outlive_their_names(cast, act, now):
    row = announce(act(cast.facilitator), cast.track, now)
    other = make_member("Amina Exemple the Second")
    assert export_person(cast.facilitator.id)["announcements"][0]["subject"] == "Bring your maps"
    merge_person(other.id, cast.facilitator.id, now)
    db.session.expire_all()
    assert row.author_id == other.id
    erase_person(other.id, now)
    db.session.expire_all()
    assert row.author_id is None
    assert "a former participant" in written(notices()[0]).text
