"""Notes, outcomes and the handover sheet as people meet them in a browser."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask import Flask

from app.extensions import db
from app.moments.models import Precision
from app.moments.timing import Timing
from app.outcomes.models import Outcome, OutcomeKind, OutcomeState, SessionNotes
from app.people.models import Person
from app.sessions.models import AttendanceClaim, HeadCount, LanguageMode, SessionLanguage
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.outcomes import make_notes, make_outcome
from tests.make.people import make_organisation
from tests.make.reflections import make_reflection
from tests.make.sessions import make_attendance, make_facilitator, make_session, make_track
from tests.outcomes.conftest import Cast

Browse = Callable[[Person | None], Reader]


def outcomes() -> list[Outcome]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(Outcome).order_by(Outcome.position)))


def notes() -> list[SessionNotes]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(SessionNotes).order_by(SessionNotes.language)))


# ---------- who may come in


def addresses(cast: Cast) -> dict[str, str]:
    outcome = make_outcome(cast.session)
    make_notes(cast.session)
    return {
        "read notes": f"/sessions/{cast.session.id}/notes/fr",
        "read outcomes": f"/tracks/{cast.track.slug}/outcomes",
        "write": f"/sessions/{cast.session.id}/notes/new",
        "edit notes": f"/sessions/{cast.session.id}/notes/fr/edit",
        "remove notes": f"/sessions/{cast.session.id}/notes/fr/remove",
        "note": f"/sessions/{cast.session.id}/outcomes/new",
        "edit": f"/outcomes/{outcome.id}/edit",
        "remove": f"/outcomes/{outcome.id}/remove",
        "handover": f"/tracks/{cast.track.slug}/handover",
    }


@pytest.mark.parametrize(
    ("role", "reading", "writing_outcomes"),
    [("participant", 200, 403), ("member", 404, 404), ("other_facilitator", 404, 404), ("facilitator", 200, 200)],
)
def test_what_is_not_seen_is_not_there_and_what_is_not_led_is_refused(
    cast: Cast, browse: Browse, role: str, reading: int, writing_outcomes: int
) -> None:
    by_act = addresses(cast)
    reader = browse(getattr(cast, role))
    leads = role == "facilitator"
    for act, path in by_act.items():
        reader.open(path)
        if act.startswith("read"):
            expected = reading
        elif act in ("edit", "remove"):
            expected = writing_outcomes
        else:
            expected = 200 if leads else 403
        assert reader.status == expected, act


def test_the_pages_of_a_draft_are_not_there_for_others(cast: Cast, browse: Browse) -> None:
    draft = make_track(slug="draft", audience="track:x", published_at=None)
    session = make_session(draft)
    reader = browse(cast.member)
    for path in (f"/tracks/draft/{page}" for page in ("outcomes", "handover")):
        reader.open(path)
        assert reader.status == 404
    reader.open(f"/sessions/{session.id}/notes/new")
    assert reader.status == 404


# ---------- notes


def test_a_facilitator_writes_notes_sees_them_first_and_the_track_reads_them(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.facilitator)
    reader.open(f"/sessions/{cast.session.id}")
    assert "Nobody has written notes yet." in reader.text
    reader.open(f"/sessions/{cast.session.id}/notes/new")
    reader.send(has="body", language="ar", body="- قال الناس\n- كتبنا", button=("preview", "1"))
    assert "This is how it will look" in reader.text
    assert reader.page.select_one("#seen-first .text")["dir"] == "rtl"
    assert notes() == []
    reader.send(has="body")
    assert reader.path == f"/sessions/{cast.session.id}/notes/ar"
    assert reader.page.select_one(".room .text")["lang"] == "ar"
    assert "Saved by Amina Exemple" in reader.text

    participant = browse(cast.participant)
    participant.open(f"/sessions/{cast.session.id}")
    room = participant.page.select_one("#notes .text")
    assert (room["lang"], room["dir"]) == ("ar", "rtl")
    assert len(room.select("li")) == 2
    assert "Edit the notes" not in participant.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"language": "fr", "body": "  "}, "There are no words here yet."),
        ({"language": "", "body": "Bonjour"}, "Choose the language of your text"),
        ({"language": "other", "other_language": "zzzz", "body": "Bonjour"}, "We do not know this language."),
    ],
)
@pytest.mark.parametrize("button", [None, ("preview", "1")])
def test_notes_that_cannot_be_kept_come_back_filled_in(
    cast: Cast, browse: Browse, typed: dict[str, str], said: str, button: tuple[str, str] | None
) -> None:
    reader = browse(cast.facilitator)
    reader.open(f"/sessions/{cast.session.id}/notes/new")
    reader.send(has="body", button=button, **typed)
    assert reader.status == 422
    assert said in reader.text
    assert reader.page.select_one("textarea").get_text().strip() == typed["body"].strip()


def test_two_who_write_at_once_keep_both_texts_side_by_side(cast: Cast, browse: Browse) -> None:
    make_notes(cast.session, body="Commun.\n\nAncien.")
    first, second = browse(cast.facilitator), browse(cast.colleague)
    for reader in (first, second):
        reader.open(f"/sessions/{cast.session.id}/notes/fr/edit")
    first.send(has="body", body="Commun.\n\nCe qu’Amina a écrit.")
    second.send(has="body", body="Commun.\n\nCe que Rosa a écrit.")
    assert second.status == 422
    assert "Somebody changed these words since you opened this page." in second.text
    assert [part.get_text(strip=True) for part in second.page.select("#both .differs")] == [
        "Ce qu’Amina a écrit.",
        "Ce que Rosa a écrit.",
    ]
    assert "Saved by Amina Exemple" in second.text

    second.send(has="body", button=("join", "1"))
    assert second.status == 200
    assert second.page.select_one("textarea").get_text().strip() == (
        "Commun.\n\nCe qu’Amina a écrit.\n\n---\n\nCe que Rosa a écrit."
    )
    second.send(has="body")
    assert "Ce que Rosa a écrit." in notes()[0].body
    assert notes()[0].edition == 3


def test_two_who_begin_the_notes_of_one_language_both_keep_their_text(cast: Cast, browse: Browse) -> None:
    first, second = browse(cast.facilitator), browse(cast.colleague)
    for reader in (first, second):
        reader.open(f"/sessions/{cast.session.id}/notes/new")
    first.send(has="body", language="fr", body="Amina")
    second.send(has="body", language="fr", body="Rosa")
    assert "Somebody has saved words in this language before you." in second.text
    second.send(has="body", body="Amina et Rosa")
    assert [(row.body, row.edition) for row in notes()] == [("Amina et Rosa", 2)]


def test_notes_that_were_removed_meanwhile_can_be_written_anew(cast: Cast, browse: Browse) -> None:
    make_notes(cast.session)
    reader = browse(cast.facilitator)
    reader.open(f"/sessions/{cast.session.id}/notes/fr/edit")
    other = browse(cast.colleague)
    other.open(f"/sessions/{cast.session.id}/notes/fr/remove")
    other.send(has="sure")
    assert other.status == 422
    other.send(has="sure", sure="y")
    assert other.path == f"/sessions/{cast.session.id}"
    reader.send(has="body", body="Encore")
    assert "Somebody removed these words" in reader.text
    reader.send(has="body")
    assert [(row.body, row.edition) for row in notes()] == [("Encore", 1)]


def test_notes_in_several_languages_lead_to_each_other(cast: Cast, browse: Browse) -> None:
    make_notes(cast.session, "fr", body="x " * 900)
    make_notes(cast.session, "ar", body="كتبنا")
    make_notes(cast.session, "en", body="We wrote. " * 200)
    reader = browse(cast.facilitator)
    reader.open(f"/sessions/{cast.session.id}")
    assert reader.page.select_one("#notes .text")["lang"] == "en"
    assert "Read the notes whole" in reader.text
    assert [link["hreflang"] for link in reader.page.select("#notes .note a")] == ["ar", "fr"]
    reader.open(f"/sessions/{cast.session.id}/notes/new")
    assert [link["hreflang"] for link in reader.page.select(".head .note a")] == ["ar", "en", "fr"]


def test_notes_do_nothing_but_read(cast: Cast, browse: Browse) -> None:
    make_notes(cast.session, body="<script>alert(1)</script> [x](javascript:alert(1)) ![x](y)")
    reader = browse(cast.participant)
    reader.open(f"/sessions/{cast.session.id}/notes/fr")
    main = reader.page.find("main")
    assert main.find("script") is None
    assert main.find("img") is None
    assert not [a for a in main.find_all("a") if a["href"].startswith("javascript")]


# ---------- outcomes


def test_an_outcome_is_noted_with_who_with_whom_and_by_when(cast: Cast, browse: Browse) -> None:
    union = make_organisation("Example Union")
    reader = browse(cast.facilitator)
    reader.open(f"/sessions/{cast.session.id}")
    assert "Nothing is noted yet." in reader.text
    reader.open(f"/sessions/{cast.session.id}/outcomes/new")
    reader.send(
        has="words", kind="commitment", language="fr", words="Mesurer la chaleur", who="L’équipe de Dakar",
        organisation=str(union.id), with_whom="la mairie", by_month="3", by_year="2027",
    )  # fmt: skip
    (outcome,) = outcomes()
    assert (outcome.kind, outcome.moment.precision) == (OutcomeKind.COMMITMENT, Precision.MONTH)
    assert reader.path == f"/sessions/{cast.session.id}"
    line = reader.page.select_one(f"#outcome-{outcome.id}")
    assert line.select_one(".text")["lang"] == "fr"
    said = " ".join(line.get_text(" ", strip=True).replace(" ,", ",").split())
    who = "Who: L’équipe de Dakar, Example Union"
    for words in ("Commitment", "Still open", who, "With: la mairie", "in March 2027"):
        assert words in said, words


def test_save_and_note_another_carries_language_and_kind_along(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.facilitator)
    reader.open(f"/sessions/{cast.session.id}/outcomes/new")
    reader.send(has="words", kind="action", language="wo", words="Bind", button=("another", "1"))
    assert reader.path == f"/sessions/{cast.session.id}/outcomes/new"
    assert reader.page.select_one("select[name=language] option[selected]")["value"] == "wo"
    assert reader.page.select_one("input[name=kind][checked]")["value"] == "action"
    reader.send(has="words", words="Ñaar")
    assert [row.words for row in outcomes()] == ["Bind", "Ñaar"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"kind": None}, "Say what it is: a priority, an action or a commitment."),
        ({"words": " "}, "Write what was agreed, in a sentence or two."),
        ({"language": ""}, "Choose the language of your text"),
        ({"who": "x" * 201}, "Use at most 200 characters."),
        ({"with_whom": "x" * 301}, "Use at most 300 characters."),
        ({"organisation": "nonsense"}, "Choose the organisation from the list"),
        ({"organisation": str(uuid4())}, "Choose the organisation from the list"),
        ({"by_day": "3"}, "Say in which year"),
        ({"by_day": "3", "by_year": "2027"}, "Choose the month, or leave the day empty."),
        ({"by_day": "30", "by_month": "2", "by_year": "2028"}, "This month has days from 1 to 29."),
        ({"by_day": "x", "by_month": "2", "by_year": "2028"}, "Write a number."),
        ({"by_month": "3"}, "Say in which year"),
        ({"by_year": "27"}, "Write the year with four digits"),
        ({"by_day": "30", "by_month": "2", "by_year": "0"}, "Write the year with four digits"),
    ],
)
def test_an_outcome_that_cannot_be_kept_comes_back_filled_in(
    cast: Cast, browse: Browse, typed: dict[str, Any], said: str
) -> None:
    reader = browse(cast.facilitator)
    reader.open(f"/sessions/{cast.session.id}/outcomes/new")
    typed = {"kind": "action", "language": "fr", "words": "Mesurer"} | typed
    values = {name: value for name, value in typed.items() if name != "organisation"}
    if "organisation" in typed:
        form = reader.form(has="words")
        option = reader.page.new_tag("option", value=typed["organisation"], selected="selected")
        form.find(attrs={"name": "organisation"}).append(option)
        form.find(attrs={"name": "organisation"}).find("option").attrs.pop("selected", None)
    reader.send(has="words", **values)
    assert reader.status == 422, reader.text
    assert said in reader.text
    assert outcomes() == []


@pytest.mark.parametrize("by", [None, Timing.year_only(2027), Timing.month(2027, 3), Timing.days(date(2027, 3, 15))])
def test_an_outcome_opens_for_editing_as_it_was_said_and_stays_so(
    cast: Cast, browse: Browse, by: Timing | None
) -> None:
    outcome = make_outcome(cast.session, who="Amina", by=by)
    reader = browse(cast.colleague)
    reader.open(f"/outcomes/{outcome.id}/edit")
    reader.send(has="words", words="Measure the heat twice")
    (kept,) = outcomes()
    assert (kept.words, kept.who) == ("Measure the heat twice", "Amina")
    assert (kept.moment and kept.moment.precision) == (by and by.precision)
    assert (kept.moment and kept.moment.wall_start) == (by and by.wall_start)


def test_two_who_edit_one_outcome_the_second_sees_what_is_there(cast: Cast, browse: Browse) -> None:
    outcome = make_outcome(cast.session)
    first, second = browse(cast.facilitator), browse(cast.colleague)
    for reader in (first, second):
        reader.open(f"/outcomes/{outcome.id}/edit")
    first.send(has="words", words="What Amina wrote")
    second.send(has="words", words="What Rosa wrote")
    assert second.status == 422
    assert "What Amina wrote" in second.page.select_one("#there").get_text()
    assert second.page.select_one("textarea").get_text().strip() == "What Rosa wrote"
    second.send(has="words")
    assert outcomes()[0].words == "What Rosa wrote"


def test_one_click_closes_and_opens_again_from_either_page(cast: Cast, browse: Browse) -> None:
    outcome = make_outcome(cast.session, by=Timing.days(date(2026, 11, 1)))
    reader = browse(cast.facilitator)
    reader.open(f"/sessions/{cast.session.id}")
    assert "this date has passed" in reader.text
    reader.send(action="/state", button=("state", "done"))
    assert reader.path == f"/sessions/{cast.session.id}"
    assert "Marked as done." in reader.text
    reader.open(f"/tracks/{cast.track.slug}/outcomes?state=all")
    reader.send(action="/state", button=("state", "open"))
    assert reader.path == f"/tracks/{cast.track.slug}/outcomes"
    assert outcomes()[0].state is OutcomeState.OPEN
    reader.send(action="/state", button=("state", "dropped"))
    assert "Nothing is open at the moment." in reader.text
    reader.open(f"/tracks/{cast.track.slug}/outcomes?state=dropped&kind=commitment")
    assert str(outcome.words) in reader.text
    assert "1 November" not in reader.text


def test_a_click_that_cannot_be_read_is_said(cast: Cast, browse: Browse) -> None:
    make_outcome(cast.session)
    reader = browse(cast.facilitator)
    reader.open(f"/sessions/{cast.session.id}")
    reader.send(action="/state", button=("state", "nonsense"))
    assert reader.status == 422
    assert "Choose one of the buttons" in reader.text
    reader.send(action="/state", button=("state", "done"))
    assert outcomes()[0].state is OutcomeState.DONE


def test_removing_is_asked_twice(cast: Cast, browse: Browse) -> None:
    outcome = make_outcome(cast.session)
    reader = browse(cast.facilitator)
    reader.open(f"/outcomes/{outcome.id}/remove")
    reader.send(has="sure")
    assert reader.status == 422
    reader.send(has="sure", sure="y")
    assert outcomes()[0].removed_at is not None
    assert outcome.words not in reader.text
    reader.open(f"/outcomes/{outcome.id}/edit")
    assert reader.status == 404


def test_the_list_of_a_track_says_where_to_look_when_nothing_fits(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.participant)
    reader.open(f"/tracks/{cast.track.slug}/outcomes")
    assert "Nothing is noted yet." in reader.text
    make_outcome(cast.session, "Agreed", kind=OutcomeKind.PRIORITY)
    db.session.commit()
    reader.open(f"/tracks/{cast.track.slug}/outcomes?kind=nonsense&state=nonsense")
    assert "Agreed" in reader.text
    assert reader.page.select_one("main form[method=post]") is None
    reader.open(f"/tracks/{cast.track.slug}/outcomes?kind=action")
    assert "Nothing here is of this kind" in reader.text
    reader.open(f"/tracks/{cast.track.slug}/outcomes?after=nonsense")
    assert reader.status == 404


def test_the_track_shows_its_open_outcomes_to_its_people_alone(cast: Cast, browse: Browse) -> None:
    make_outcome(cast.session, "Agreed by the track")
    participant, member = browse(cast.participant), browse(cast.member)
    for reader in (participant, member):
        reader.open(f"/tracks/{cast.track.slug}")
    assert "Agreed by the track" in participant.text
    assert "1 open, 0 done" in participant.text
    assert "Agreed by the track" not in member.text
    outcomes()[0].state = OutcomeState.DONE
    db.session.commit()
    participant.open(f"/tracks/{cast.track.slug}")
    assert "Nothing is open at the moment." in participant.text


def test_a_long_list_goes_on_where_it_stopped(cast: Cast, browse: Browse) -> None:
    for number in range(53):
        make_outcome(cast.session, f"Thing {number:02}.")
    reader = browse(cast.participant)
    reader.open(f"/tracks/{cast.track.slug}/outcomes")
    seen = reader.text.count("Thing ")
    reader.open(reader.page.select_one("a[rel=next]")["href"])
    assert (seen, reader.text.count("Thing ")) == (50, 3)


# ---------- the handover sheet


def test_the_handover_sheet_says_what_was_and_what_is_open_and_enrols_nobody(cast: Cast, browse: Browse) -> None:
    union = make_organisation("Example Union")
    make_notes(cast.session, "fr")
    make_outcome(cast.session, "Measure the heat", organisation_id=union.id, by=Timing.days(date(2026, 11, 1)))
    make_outcome(cast.session, "Done already", state=OutcomeState.DONE)
    make_attendance(cast.session, cast.participant)
    db.session.add_all(
        [
            AttendanceClaim(
                gathering_id=cast.session.id, person_id=cast.member.id, claimed_on=START.date(), claimed_at=START
            ),
            HeadCount(gathering_id=cast.session.id, people=14, counted_at=START),
            HeadCount(gathering_id=cast.session.id, people=3, counted_at=START, removed_at=START),
            SessionLanguage(gathering_id=cast.session.id, language="es", mode=LanguageMode.SPOKEN),
            SessionLanguage(gathering_id=cast.coming.id, language="es", mode=LanguageMode.INTERPRETED),
        ]
    )
    reader = browse(cast.facilitator)
    reader.open(f"/tracks/{cast.track.slug}")
    assert reader.page.find("a", href=f"/tracks/{cast.track.slug}/handover")
    reader.open(f"/tracks/{cast.track.slug}/handover")
    assert "This sheet enrols nobody in a working group." in reader.text
    figures = [cell.get_text(strip=True) for cell in reader.page.select("table tbody tr")[0].select("td")]
    assert figures == ["fewer than 5", "fewer than 5", "14"]  # the sheet is passed on
    assert " UTC" in reader.page.select_one(".only-print").get_text()
    assert "still to come" in reader.text
    for words in ("Amina Exemple", "Rosa Ejemplo", "Measure the heat", "Example Union", "this date has passed"):
        assert words in reader.text, words
    assert "Done already" not in reader.text
    assert cast.participant.name not in reader.text
    assert reader.page.find("a", href=f"/sessions/{cast.session.id}/notes/fr")
    assert len([tag for tag in reader.page.select(".tag") if "Español" in tag.get_text()]) == 1


def test_the_sheet_of_a_track_without_anything_is_calm(cast: Cast, browse: Browse) -> None:
    make_facilitator(track := make_track("Empty", slug="empty"), cast.facilitator)
    reader = browse(cast.facilitator)
    reader.open(f"/tracks/{track.slug}/handover")
    for words in ("No session took place", "Nothing is open at the moment.", "Nobody has joined yet."):
        assert words in reader.text


def test_public_voices_are_chosen_by_hand_and_stand_in_their_language(cast: Cast, browse: Browse) -> None:
    chosen = make_reflection(cast.track, cast.participant, "في حيّنا", audience="public", pseudonym="A neighbour")
    other = make_reflection(cast.track, cast.participant, "Autre chose", audience="public", language="fr")
    hidden = make_reflection(cast.track, cast.participant, "Entre nous", language="fr")
    withdrawn = make_reflection(cast.track, cast.participant, "Repris", audience="public", withdrawn_at=START)
    reader = browse(cast.facilitator)
    reader.open(f"/tracks/{cast.track.slug}/handover")
    offered = {box["value"] for box in reader.page.select("input[name=voice]")}
    assert offered == {str(chosen.id), str(other.id)}
    assert reader.page.select(".voice") == []
    query = "&".join(f"voice={row.id}" for row in (chosen, hidden, withdrawn))
    reader.open(f"/tracks/{cast.track.slug}/handover?{query}&voice=nonsense")
    (voice,) = reader.page.select(".voice")
    assert (voice["lang"], voice["dir"]) == ("ar", "rtl")
    assert "A neighbour" in voice.get_text()
    assert cast.participant.name not in voice.get_text()


# ---------- flat


def test_ten_and_many_ask_as_many_questions(
    app: Flask, cast: Cast, browse: Browse, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    def fill(number: int) -> None:
        for n in range(number):
            union = make_organisation(f"Union {number}-{n}")
            session = make_session(cast.track, f"Session {number}-{n}")
            make_notes(session)
            make_outcome(session, organisation_id=union.id, by=Timing.month(2027, 3))
            make_outcome(cast.session, organisation_id=union.id)
            make_reflection(cast.track, cast.participant, audience="public")
        db.session.commit()

    reader = browse(cast.facilitator)

    def asked() -> dict[str, int]:
        counts = {}
        for path in (
            f"/tracks/{cast.track.slug}/outcomes?state=all",
            f"/tracks/{cast.track.slug}/handover",
            f"/sessions/{cast.session.id}",
        ):
            reader.open(path)
            with count_queries() as statements:
                reader.open(path)
            assert reader.status == 200
            counts[path] = len(statements)
        return counts

    fill(4)
    few = asked()
    fill(40)
    assert asked() == few
