from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
import sqlalchemy as sa

from app.core.actors import job
from app.core.audit import AuditLine
from app.core.errors import NotAllowed
from app.core.names import all_names
from app.core.naming import NeedsName
from app.core.notices import Notice
from app.extensions import db
from app.moments import queries as moments
from app.moments.models import Certainty, Modality, Precision, Status
from app.moments.services import ChangedMeanwhile
from app.moments.timing import EndsBeforeStart, HourOccursTwice, Timing
from app.sessions import events, services
from app.sessions.keys import track_key
from app.sessions.models import (
    LanguageMode,
    LearningSession,
    ProgrammeText,
    SessionLanguage,
    TextBlock,
    Track,
)
from app.sessions.services import scheduling
from app.sessions.services import texts as programme_texts
from app.sessions.services.scheduling import (
    AgendaLine,
    BadAgenda,
    BadLink,
    NoHourYet,
    NotNow,
    ReasonMissing,
    SameTime,
    WasHeld,
)
from tests.make.moments import hours, wall
from tests.make.sessions import make_attendance, make_session, make_track

HOUSE = job("test")
AT_17 = hours("2027-03-06 17:00", "2027-03-06 19:00")
AT_18 = hours("2027-03-06 18:00", "2027-03-06 20:00")


def a_session(track, now, actor=HOUSE, **overrides):
    values = {"names": {"en": "Loss and damage"}, "timing": AT_17, "now": now} | overrides
    return services.plan_session(actor, track, **values)


def kinds_told():
    return sorted(db.session.scalars(sa.select(Notice.kind)))


def test_a_planned_session_has_the_next_number_and_the_audience_of_its_track(cast, act, now):
    session = a_session(cast.track, now, act(cast.facilitator))
    assert session.number == 2
    assert session.moment.audience == "public"
    assert (session.moment.status, session.moment.certainty) == (Status.PLANNED, Certainty.VERIFIED)
    assert session.moment.modality is Modality.ONLINE
    assert all_names("session", session.id)["en"].text == "Loss and damage"
    draft = make_track(audience="x", published_at=None)
    draft.audience = track_key(draft.id)
    assert a_session(draft, now).moment.audience == track_key(draft.id)


def test_a_session_without_hour_is_expected(cast, now):
    session = a_session(cast.track, now, timing=Timing.days(date(2027, 2, 27), zone="Africa/Nairobi"))
    assert (session.moment.precision, session.moment.certainty) == (Precision.DAY, Certainty.ESTIMATED)


def test_languages_and_agenda_are_kept_in_order_and_a_spoken_language_needs_no_interpreter(cast, now):
    session = a_session(
        cast.track,
        now,
        languages=[("es", LanguageMode.INTERPRETED), ("ar", LanguageMode.INTERPRETED), ("es", LanguageMode.SPOKEN)],
        agenda=[AgendaLine(40, "Groups"), AgendaLine(0, " Opening ", "Amina")],
        join_link=" https://meet.example.org/a?pw=1 ",
    )
    db.session.expire_all()
    assert [(row.language, row.mode.value) for row in session.languages] == [("es", "spoken"), ("ar", "interpreted")]
    assert [(row.minutes_after_start, row.title, row.who) for row in session.agenda] == [
        (0, "Opening", "Amina"),
        (40, "Groups", ""),
    ]
    assert session.join_link == "https://meet.example.org/a?pw=1"


@pytest.mark.parametrize(
    "link",
    [
        "http://meet.example.org/a",
        "meet.example.org",
        "javascript:alert(1)",
        "https://",
        "https://u:p@meet.example.org",
        "https://meet.example.org/a b",
        "https://[",
        "https://x:99999999/",
        "https://x:port/",
        "https://:443/",
        "https:///room",
        "https://./",
        "https://:p@meet.example.org",
        "https://meet.example.org/" + "a" * 500,
    ],
)
def test_a_join_link_is_a_whole_https_address(cast, now, link):
    with pytest.raises(BadLink) as refused:
        a_session(cast.track, now, join_link=link)
    assert refused.value.field == "join_link"


@pytest.mark.parametrize("line", [AgendaLine(0, " "), AgendaLine(-1, "Before"), AgendaLine(120, "After the end")])
def test_an_agenda_line_has_words_and_lies_within_the_session(cast, now, line):
    with pytest.raises(BadAgenda) as refused:
        a_session(cast.track, now, agenda=[line])
    assert refused.value.field == "agenda"


def test_a_session_needs_a_title_and_a_time_that_exists(cast, now):
    with pytest.raises(NeedsName):
        a_session(cast.track, now, names={"en": ""})
    with pytest.raises(EndsBeforeStart):
        a_session(cast.track, now, timing=hours("2027-03-06 17:00", "2027-03-06 16:00"))
    with pytest.raises(HourOccursTwice):
        a_session(cast.track, now, timing=hours("2026-10-25 02:30", "2026-10-25 04:30", "Europe/Zurich"))


def test_everybody_in_the_track_but_the_planner_is_told_of_a_new_session(cast, act, now):
    session = a_session(cast.track, now, act(cast.facilitator))
    notices = list(db.session.scalars(sa.select(Notice)))
    assert [(notice.kind, notice.person_id) for notice in notices] == [
        ("sessions.session_planned", cast.participant.id)
    ]
    assert notices[0].audience == track_key(cast.track.id)
    assert notices[0].expires_at == session.moment.until


def test_nobody_is_told_of_a_draft_or_of_what_is_over(cast, now):
    cast.track.published_at = None
    a_session(cast.track, now)
    cast.track.published_at = now
    a_session(cast.track, now, timing=hours("2022-02-05 17:00", "2022-02-05 19:00"))
    assert kinds_told() == []


@pytest.mark.parametrize("minutes", [1440, 3 * 10**9, 10**20])
def test_an_agenda_line_begins_within_a_day_also_while_the_hour_is_open(cast, now, minutes):
    with pytest.raises(BadAgenda):
        a_session(cast.track, now, timing=Timing.days(date(2027, 2, 27)), agenda=[AgendaLine(minutes, "Late")])


def test_changing_a_session_keeps_its_time_and_tells_nobody(cast, act, now):
    services.change_session(
        act(cast.facilitator),
        cast.session,
        names={"en": "Roofs", "fr": "Toits"},
        languages=[("fr", LanguageMode.SPOKEN)],
        agenda=[AgendaLine(0, "Opening")],
        join_link="",
        modality=Modality.HYBRID,
        now=now,
    )
    services.change_session(
        act(cast.facilitator),
        cast.session,
        names={"en": "Roofs"},
        languages=[("fr", LanguageMode.SPOKEN), ("es", LanguageMode.INTERPRETED)],
        agenda=[AgendaLine(0, "Round"), AgendaLine(5, "Opening")],
        join_link="",
        now=now,
    )
    assert cast.session.moment.modality is Modality.HYBRID
    assert set(all_names("session", cast.session.id)) == {"en", "fr"}
    assert [row.title for row in cast.session.agenda] == ["Round", "Opening"]
    assert kinds_told() == []


def test_confirming_needs_an_hour_and_a_session_that_takes_place(cast, now):
    expected = a_session(cast.track, now, timing=Timing.days(date(2027, 2, 27)))
    with pytest.raises(NoHourYet):
        services.confirm_session(HOUSE, expected, now=now)
    planned = a_session(cast.track, now)
    services.confirm_session(HOUSE, planned, now=now)
    services.confirm_session(HOUSE, planned, now=now)
    assert planned.moment.status is Status.CONFIRMED
    confirmed = sa.select(sa.func.count()).where(AuditLine.code == "sessions.session.confirmed")
    assert db.session.scalar(confirmed) == 1
    services.cancel_session(HOUSE, planned, reason="No power", now=now)
    with pytest.raises(NotNow):
        services.confirm_session(HOUSE, planned, now=now)
    held = make_session(cast.track, number=77, status=Status.HELD)
    assert services.confirm_session(HOUSE, held, now=now).moment.status is Status.HELD


def test_r_10_a_move_keeps_the_old_time_and_tells_everybody_once(cast, act, now):
    heard = []

    def hear(sender, **more):
        heard.append((sender, more["change"]))

    with events.session_moved.connected_to(hear):
        change = services.move_session(
            act(cast.facilitator), cast.session, timing=AT_18, reason=" Elections \n in two countries ", now=now
        )
    assert heard == [(cast.session, change)]
    assert change.reason == "Elections in two countries"
    assert change.old["wall_start"] == "2027-02-13T17:00:00"
    assert change.new["wall_start"] == "2027-03-06T18:00:00"
    assert moments.list_changes(cast.session.moment) == [change]
    assert cast.session.moment.starts_at == datetime(2027, 3, 6, 15, tzinfo=UTC)
    assert cast.session.moment.status is Status.CONFIRMED
    assert [notice.person_id for notice in db.session.scalars(sa.select(Notice))] == [cast.participant.id]


def test_a_move_needs_a_reason_and_another_time(cast, now):
    with pytest.raises(ReasonMissing):
        services.move_session(HOUSE, cast.session, timing=AT_18, reason=" ", now=now)
    same = Timing.of(cast.session.moment)
    with pytest.raises(SameTime):
        services.move_session(HOUSE, cast.session, timing=same, reason="Because", now=now)


def test_a_session_does_not_move_to_less_time_than_its_agenda_takes(cast, now):
    session = a_session(cast.track, now, agenda=[AgendaLine(0, "Opening"), AgendaLine(110, "Farewell")])
    short = Timing.minutes(wall("2027-03-06 17:00"), wall("2027-03-06 17:30"), "Africa/Nairobi")
    with pytest.raises(BadAgenda, match="Farewell") as refused:
        services.move_session(HOUSE, session, timing=short, reason="Strike", now=now)
    assert refused.value.field == "end"
    services.move_session(HOUSE, session, timing=Timing.days(date(2027, 4, 1)), reason="Strike", now=now)
    with pytest.raises(BadAgenda):
        services.move_session(HOUSE, session, timing=short, now=now)


def test_an_expected_session_gets_its_hour_without_a_reason(cast, now):
    session = a_session(cast.track, now, timing=Timing.days(date(2027, 2, 27)))
    services.move_session(HOUSE, session, timing=AT_17, now=now)
    assert (session.moment.precision, session.moment.certainty) == (Precision.MINUTE, Certainty.VERIFIED)
    assert session.moment.status is Status.PLANNED


def test_a_session_whose_hour_becomes_open_is_expected_again(cast, now):
    services.move_session(HOUSE, cast.session, timing=Timing.days(date(2027, 4, 1)), reason="Strike", now=now)
    assert (cast.session.moment.status, cast.session.moment.certainty) == (Status.PLANNED, Certainty.ESTIMATED)


def test_what_was_attended_is_neither_moved_nor_cancelled(cast, now):
    make_attendance(cast.session, cast.participant)
    with pytest.raises(WasHeld):
        services.move_session(HOUSE, cast.session, timing=AT_18, reason="Late", now=now)
    with pytest.raises(WasHeld):
        services.cancel_session(HOUSE, cast.session, reason="Late", now=now)


def test_cancelling_says_why_and_can_be_taken_back(cast, act, now):
    actor = act(cast.facilitator)
    with pytest.raises(ReasonMissing):
        services.cancel_session(actor, cast.session, reason="", now=now)
    services.cancel_session(actor, cast.session, reason="No interpreters", now=now)
    services.cancel_session(actor, cast.session, reason="Again", now=now)
    assert cast.session.moment.status is Status.CANCELLED
    with pytest.raises(NotNow):
        services.move_session(actor, cast.session, timing=AT_18, reason="x", now=now)
    services.reopen_session(actor, cast.session, now=now)
    services.reopen_session(actor, cast.session, now=now)
    assert cast.session.moment.status is Status.PLANNED
    assert [change.reason for change in moments.list_changes(cast.session.moment)] == ["", "No interpreters"]
    assert kinds_told() == ["sessions.session_cancelled", "sessions.session_reopened"]


def test_a4_a_facilitator_of_one_track_does_nothing_with_sessions_of_another(cast, act, now):
    for person in (cast.other_facilitator, cast.participant, cast.member):
        actor = act(person)
        with pytest.raises(NotAllowed):
            a_session(cast.track, now, actor)
        with pytest.raises(NotAllowed):
            services.move_session(actor, cast.session, timing=AT_18, reason="x", now=now)
        with pytest.raises(NotAllowed):
            services.cancel_session(actor, cast.session, reason="x", now=now)
        with pytest.raises(NotAllowed):
            services.reopen_session(actor, cast.session, now=now)
        with pytest.raises(NotAllowed):
            services.confirm_session(actor, cast.session, now=now)
        with pytest.raises(NotAllowed):
            services.change_session(
                actor, cast.session, names={"en": "x"}, languages=[], agenda=[], join_link="", now=now
            )


def test_two_who_plan_at_once_get_two_numbers(own_app, now):
    with own_app.app_context():
        track_id = make_track().id
        db.session.commit()
    errors = []

    def plan() -> None:
        with own_app.app_context():
            try:
                from app.sessions.models import Track

                a_session(db.session.get_one(Track, track_id), now)
                db.session.commit()
            except Exception as error:
                errors.append(error)

    threads = [Thread(target=plan) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with own_app.app_context():
        assert sorted(db.session.scalars(sa.select(LearningSession.number))) == [1, 2, 3, 4]


def test_a_session_a_day_later_is_the_same_session(cast, now):
    uid, sequence = cast.session.moment.uid, cast.session.moment.sequence
    later = hours("2027-02-14 17:00", "2027-02-14 19:00")
    services.move_session(HOUSE, cast.session, timing=later, reason="Rain", now=now + timedelta(hours=1))
    assert cast.session.moment.uid == uid
    assert cast.session.moment.sequence == sequence + 1


def test_a_number_that_was_taken_a_moment_ago_is_not_given_again(cast, now, monkeypatch):
    real, asked = scheduling.planning._last_number, []

    def stale(track_id):
        asked.append(track_id)
        return 0 if len(asked) == 1 else real(track_id)

    monkeypatch.setattr(scheduling.planning, "_last_number", stale)
    assert a_session(cast.track, now).number == 2
    monkeypatch.setattr(scheduling.planning, "_last_number", lambda _track_id: 0)
    with pytest.raises(NotNow):
        a_session(cast.track, now)


def test_a_session_planned_while_its_track_is_published_has_the_new_audience(cast, now):
    track = make_track(audience="secretariat", published_at=None)
    published = sa.update(Track).where(Track.id == track.id).values(audience="public", published_at=now)
    db.session.execute(published, execution_options={"synchronize_session": False})
    assert track.audience == "secretariat"
    assert a_session(track, now).moment.audience == "public"


def test_of_two_who_save_at_once_the_second_hears_of_the_first(cast, now):
    contents = {"names": {"en": "Roofs"}, "agenda": [], "join_link": "", "now": now}
    services.change_session(HOUSE, cast.session, languages=[("fr", LanguageMode.SPOKEN)], **contents)
    assert [row.language for row in cast.session.languages] == ["fr"]
    others = sa.insert(SessionLanguage).values(
        gathering_id=cast.session.id, language="es", mode=LanguageMode.SPOKEN, position=1
    )
    db.session.execute(others)
    with pytest.raises(ChangedMeanwhile):
        services.change_session(HOUSE, cast.session, languages=[("es", LanguageMode.SPOKEN)], **contents)
    services.change_session(HOUSE, cast.session, languages=[("es", LanguageMode.SPOKEN)], **contents)
    assert [row.language for row in cast.session.languages] == ["es"]


def test_who_saves_what_was_read_before_a_change_hears_of_it(cast, now):
    wanted = {"languages": [], "agenda": [], "join_link": "", "now": now}
    read = services.digest_of(cast.session)
    services.change_session(HOUSE, cast.session, names={"en": "Roofs"}, filled_from=read, **wanted)
    with pytest.raises(ChangedMeanwhile):
        services.change_session(HOUSE, cast.session, names={"en": "Walls"}, filled_from=read, **wanted)
    now_read = services.digest_of(cast.session)
    services.change_session(
        HOUSE, cast.session, names={"en": "Roofs"}, filled_from=now_read, modality=Modality.HYBRID, **wanted
    )
    with pytest.raises(ChangedMeanwhile):
        services.change_session(HOUSE, cast.session, names={"en": "Walls"}, filled_from=now_read, **wanted)


def test_a_text_that_was_added_a_moment_ago_is_written_over(cast):
    programme_texts.write_texts(cast.track, {TextBlock.PURPOSE: {"en": "First"}})
    programme_texts._write_text(cast.track, TextBlock.PURPOSE, "en", "Second", None)
    db.session.flush()
    assert db.session.scalars(sa.select(ProgrammeText.body)).all() == ["Second"]
