"""Engagements as people meet them in a browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from app.advocacy.models import ModeCode, Standing, StepCode
from app.core.actors import NETWORK
from app.engagements import queries
from app.engagements.models import Engagement, EngagementState, Part, SignatoryState
from app.engagements.queries.concerns import ConcernKind, concerns_about
from app.extensions import db
from app.moments.models import Certainty, Status
from app.moments.shown import shown
from app.people.models import Person, Role
from tests.conftest import START
from tests.engagements.conftest import Cast
from tests.journeys.reader import Reader
from tests.make.advocacy import make_access, make_mode, make_occurrence, make_step
from tests.make.drafting import make_text
from tests.make.engagements import make_delegate, make_engagement, make_engagement_text, make_signatory
from tests.make.people import make_account, make_organisation, make_person, make_role

Browse = Callable[[Person | None], Reader]
LIST = "/advocacy/engagements/"


def here(one: Engagement) -> str:
    return f"{LIST}{one.id}"


@pytest.fixture
def one(cast: Cast) -> Engagement:
    one = make_engagement(
        cast.csw, cast.group, mode=cast.statement, occurrence=cast.csw_session, step=cast.closes, title="Evictions"
    )
    make_signatory(one, cast.sur, is_lead=True, state=SignatoryState.ASKED)
    return one


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("outsider", (404, 404, 404)),
        ("observer", (200, 200, 403)),
        ("member", (200, 200, 403)),
        ("speaker", (200, 403, 403)),  # asked, and has not agreed: no word of who travels
        ("other_speaker", (404, 404, 404)),
        ("coordinator", (200, 200, 200)),
        ("secretary", (200, 200, 200)),
    ],
)
def test_inside_everybody_reads_and_whoever_runs_the_group_changes(
    cast: Cast, browse: Browse, one: Engagement, role: str, answers: tuple[int, int, int]
) -> None:
    delegate, signatory = make_delegate(one, cast.member), one.signatories[0]
    client = browse(getattr(cast, role)).client
    reading, inside, running = answers
    for path, expected in {
        "": reading,
        "/delegation": inside,
        "/edit": running,
        "/groups": running,
        "/give-up": running,
        "/organisations/add": running,
        f"/organisations/{signatory.id}/take-off": running,
        "/delegation/add": running,
        f"/delegation/{delegate.id}": running,
        f"/delegation/{delegate.id}/remove": running,
    }.items():
        assert client.get(here(one) + path).status_code == expected, path


@pytest.mark.parametrize(("is_lead", "said"), [(True, "Written statement: "), (False, "Nobody leads yet.")])
def test_the_network_reads_no_name_that_is_not_in_the_directory(
    cast: Cast, browse: Browse, one: Engagement, is_lead: bool, said: str
) -> None:
    one.audience, cast.sur.is_listed, one.signatories[0].is_lead = NETWORK, False, is_lead
    db.session.flush()
    name = "Red Hábitat Sur"
    page = browse(cast.outsider)
    for address in (here(one), LIST, f"/groups/{cast.group.slug}"):
        page.open(address)
        assert name not in page.text, address
        assert str(cast.sur.id) not in str(page.page), address
    page.open(here(one))
    assert said in page.text
    assert ("Nobody leads yet." in page.text) is not is_lead
    for inside in (cast.coordinator, cast.speaker, cast.secretary):
        page = browse(inside)
        page.open(here(one))
        assert name in page.text


def test_the_network_reads_the_plan_and_nothing_of_the_inside(cast: Cast, browse: Browse, one: Engagement) -> None:
    make_delegate(one, cast.member)
    one.audience = NETWORK
    reader = browse(cast.outsider)
    reader.open(here(one))
    assert reader.status == 200
    assert "Texts, signatures and who travels are read by those inside" in reader.text
    assert "Fatou" not in reader.text
    assert reader.client.get(f"{here(one)}/delegation").status_code == 403


def test_somebody_who_runs_no_group_plans_nothing(cast: Cast, browse: Browse) -> None:
    for path in ("new", "new/csw"):
        assert browse(cast.member).client.get(LIST + path).status_code == 403
    reader = browse(cast.coordinator)
    reader.open(f"{LIST}new?space=csw&group=land-group")
    assert reader.path == f"{LIST}new/csw"
    assert reader.client.get(f"{LIST}new/nowhere").status_code == 404


def test_what_is_refused_comes_back_filled_in(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.coordinator)
    reader.open(f"{LIST}new/csw")
    reader.send(has="title", aim="A moratorium", language="en", occurrence=str(cast.csw_session.id))
    assert reader.status == 422
    assert "Write in a few words what you plan." in reader.text
    assert reader.page.select_one("#aim").get_text(strip=True) == "A moratorium"
    reader.open(f"{LIST}new/csw")
    reader.send(has="title", title="X", language="en", groups=[])
    assert "Choose at least one group" in reader.text


def test_before_a_plan_is_kept_it_stands_there_what_closes_and_what_is_over(cast: Cast, browse: Browse) -> None:
    make_step(cast.csw_session, START.date() - timedelta(days=9), StepCode.SIDE_EVENT_APPLICATION)
    past = make_occurrence(cast.csw, date(2024, 3, 11), date(2024, 3, 22), number=68)
    make_step(past, date(2023, 10, 20), StepCode.REGISTRATION, certainty=Certainty.VERIFIED)
    reader = browse(cast.coordinator)
    reader.open(f"{LIST}new/csw")
    said = [one.get_text(" ", strip=True) for one in reader.page.select("form details.fold[open] li")]
    assert ["Probably over" in one for one in said] == [True, False]
    assert "Written statement" in said[1]
    assert "16 December 2026" in said[1]
    assert "Expected" in said[1]
    groups = {one["label"]: one.get_text() for one in reader.page.select("#occurrence optgroup")}
    assert list(groups) == ["Next sessions", "Past sessions"]
    assert "Session 71" in groups["Next sessions"]
    assert "Session 68" in groups["Past sessions"]
    assert ", not confirmed)" not in groups["Next sessions"]
    cast.csw_session.moment.certainty = Certainty.UNSURE
    db.session.flush()
    reader.open(f"{LIST}new/csw")
    assert f"({shown(cast.csw_session.moment).words}, not confirmed)" in reader.text, "a list says what is not sure"
    reader.open(f"{LIST}new/csw?occurrence={past.id}")
    (said_there,) = reader.page.select("form details.fold[open] li")
    assert "Registration" in said_there.get_text()
    assert "Session 68" in said_there.get_text()


def test_a_plan_is_changed_by_one_and_not_overwritten_by_another(cast: Cast, browse: Browse, one: Engagement) -> None:
    mine, theirs = browse(cast.coordinator), browse(cast.secretary)
    mine.open(f"{here(one)}/edit")
    theirs.open(f"{here(one)}/edit")
    theirs.send(has="title", title="Theirs", goals=["11"])
    assert "It is changed." in theirs.page.get_text()
    mine.send(has="title", title="Mine")
    assert mine.status == 422
    assert "Somebody changed this plan" in mine.text
    assert "Theirs" in mine.text
    mine.send(has="title")
    assert "Mine" in mine.text
    assert mine.status == 200


def test_whoever_speaks_for_an_organisation_answers_on_a_page(cast: Cast, browse: Browse, one: Engagement) -> None:
    reader = browse(cast.speaker)
    reader.open("/")
    assert "Red Hábitat Sur is asked to lead this engagement." in reader.page.get_text()
    reader.open(here(one))
    reader.open(reader.page.select_one("#next a.button")["href"])
    assert "Does Red Hábitat Sur lead this?" in reader.text
    reader.send(has="agree", button=("agree", "We agree"))
    assert one.signatories[0].state is SignatoryState.AGREED
    reader.open(f"{here(one)}/organisations/{one.signatories[0].id}/answer")
    reader.send(has="agree", button=("decline", "We decline"))
    assert reader.path == "/"  # who declined reads it no more
    assert browse(cast.coordinator).client.get(
        f"{here(one)}/organisations/{one.signatories[0].id}/answer"
    ).status_code == 403  # fmt: skip


def test_who_asks_the_own_organisation_has_answered_and_that_is_kept(cast: Cast, browse: Browse) -> None:
    make_role(cast.coordinator, Role.MANDATED, cast.sur.id)
    reader = browse(cast.coordinator)
    reader.open(f"{LIST}new/csw")
    reader.send(has="title", title="Evictions", language="en", lead=str(cast.sur.id), groups=[str(cast.group.id)])
    assert "by naming it, you said yes for it" in reader.page.get_text()
    history = reader.page.select_one("#history").get_text(" ", strip=True)
    assert "Red Hábitat Sur was asked, and agreed by whoever asked" in history
    reader.open(f"{reader.path}/organisations/add")
    reader.send(has="organisation", organisation=str(cast.coalition.id))
    assert "Whoever speaks for it finds the question" in reader.page.get_text()
    make_role(cast.coordinator, Role.MANDATED, cast.coalition.id)
    reader.open(reader.page.select_one('a[href*="take-off"]:has(.unseen:-soup-contains("Coalition"))')["href"])
    reader.send(action="take-off")
    reader.open(f"{reader.path}/organisations/add")
    reader.send(has="organisation", organisation=str(cast.coalition.id))
    assert "by asking, you said yes for it" in reader.page.get_text()
    assert "Coalition X was asked, and agreed by whoever asked" in reader.page.select_one("#history").get_text()


def test_a_mandate_that_ended_is_told_so(cast: Cast, browse: Browse, one: Engagement, now: Any) -> None:
    former = make_person("Former Example")
    make_account(former)
    make_role(former, Role.MANDATED, cast.sur.id, until_on=(now - timedelta(days=1)).date())
    signatory = one.signatories[0]
    signatory.added_at = now - timedelta(days=5)
    answer = browse(former).client.get(f"{here(one)}/organisations/{signatory.id}/answer")
    assert answer.status_code == 403
    assert "ended on 20 November 2026" in answer.text


def test_lead_and_list_are_changed_by_clicks(cast: Cast, browse: Browse, one: Engagement) -> None:
    reader = browse(cast.coordinator)
    reader.open(f"{here(one)}/organisations/add")
    reader.send(has="organisation", organisation="")
    assert "Choose the organisation you ask." in reader.text
    reader.send(has="organisation", organisation=str(cast.coalition.id))
    other = next(row for row in one.signatories if row.organisation_id == cast.coalition.id)
    assert not reader.page.select(f'form[action$="{other.id}/lead"]')
    other.state = SignatoryState.AGREED  # who has not answered is not made to lead
    db.session.commit()
    reader.open(here(one))
    reader.send(action=f"{other.id}/lead")
    assert "Coalition X leads" in reader.text
    reader.open(f"{here(one)}/organisations/{other.id}/take-off")
    reader.send(action="/take-off", has="submission_id")
    assert "It is off the list." in reader.page.get_text()
    assert "Nobody leads yet." in reader.text


def test_who_could_lead_instead_is_chosen_in_the_form(cast: Cast, browse: Browse, one: Engagement) -> None:
    reader = browse(cast.coordinator)
    reader.open(f"{here(one)}/organisations/add?organisation={cast.coalition.id}&lead=1")
    [chosen] = reader.page.select("#organisation option[selected]")
    assert chosen["value"] == str(cast.coalition.id)
    reader.send(has="organisation")
    assert cast.coalition.id in {row.organisation_id for row in one.signatories}
    reader.open(f"{here(one)}/organisations/add?organisation=nonsense&lead=1")
    assert reader.status == 200


def test_readers_groups_and_giving_up(cast: Cast, browse: Browse, one: Engagement) -> None:
    reader = browse(cast.coordinator)
    reader.open(here(one))
    reader.send(action="/readers")
    assert "The whole network reads the plan" in reader.text
    reader.send(action="/readers")
    assert "The whole network reads the plan" not in reader.text
    reader.open(f"{here(one)}/groups")
    reader.send(has="groups", groups=[])
    assert "Choose at least one group" in reader.text
    reader.send(has="groups", groups=[str(cast.group.id)])
    reader.open(f"{here(one)}/give-up")
    reader.send(has="because", because="")
    assert reader.status == 422
    reader.send(has="because", because="Nobody has the status.")
    assert "Nobody has the status." in reader.text
    reader.send(action="/take-up")
    assert "It is planned again." in reader.page.get_text()


def test_forged_clicks_change_nothing(cast: Cast, browse: Browse, one: Engagement) -> None:
    member = browse(cast.member)
    coordinator = browse(cast.coordinator)
    coordinator.open(here(one))
    token = coordinator.page.select_one("input[name=csrf_token]")["value"]
    assert member.client.post(f"{here(one)}/readers", data={"to": "network"}).status_code != 303
    assert coordinator.client.post(
        f"{here(one)}/readers", data={"to": "public", "csrf_token": token}
    ).status_code == 422  # fmt: skip
    db.session.refresh(one)
    assert one.audience != NETWORK


def test_the_sheet_says_who_goes_and_leaves_the_quota_free(cast: Cast, browse: Browse, one: Engagement) -> None:
    reader = browse(cast.coordinator)
    reader.open(f"{here(one)}/delegation/add")
    reader.send(has="person", person="", name="")
    assert "Choose a person, or write a name." in reader.text
    reader.send(
        has="person", person=str(cast.member.id), part="speaks", visa="asked", languages="français",
        arrives_on="2027-03-06", leaves_on="2027-03-05",
    )  # fmt: skip
    assert "The departure lies before the arrival." in reader.text
    reader.send(has="person", leaves_on="2027-03-20")
    assert reader.path == f"{here(one)}/delegation"
    for words in ("Fatou Exemple", "Travels and speaks", "français", "6–20 March 2027", "Asked for", "Badges we may"):
        assert words in reader.text.replace("\u2060", "")
    [delegate] = one_delegates(one)
    reader.open(f"{here(one)}/delegation/{delegate.id}")
    reader.send(has="person", badge="granted", languages="fr,wo، Kiswahili")
    assert "Granted" in reader.text
    assert "French, Wolof, Kiswahili" in reader.text
    assert "الفرنسية، الولوفية، Kiswahili" in reader.client.get(f"{here(one)}/delegation?lang=ar").get_data(
        as_text=True
    )
    reader.client.get("/?lang=en")
    reader.open(f"{here(one)}/delegation/{delegate.id}")
    reader.send(has="person", languages="FR/wo, un peu de bambara, no French")
    assert "French/Wolof, un peu de bambara, no French" in reader.text, "a short word within others is no code"
    reader.open(f"{here(one)}/delegation/{delegate.id}/remove")
    reader.send(action="/remove", has="submission_id")
    assert "Nobody is in the delegation yet." in reader.text


@pytest.mark.parametrize("of_deadline", [Status.POSTPONED, Status.CONFIRMED])
def test_a_deadline_that_was_put_off_is_no_day_to_work_towards(
    cast: Cast, browse: Browse, one: Engagement, of_deadline: Status
) -> None:
    """Put off by itself, or with its session, however sure it was."""
    cast.closes.moment.status, cast.csw_session.moment.status = of_deadline, Status.POSTPONED
    db.session.flush()
    was = shown(cast.closes.moment).words
    reader = browse(cast.coordinator)
    for path in (here(one), LIST, f"{here(one)}/delegation"):
        reader.open(path)
        assert f"before: {was}" in reader.text
        assert f"By when: {was}" not in reader.text
        assert "Postponed" in reader.text
    [row] = csv.DictReader(io.StringIO(reader.client.get(f"{LIST}list.csv").get_data(as_text=True).lstrip("\ufeff")))
    assert (row["By when"], row["By when (UTC)"]) == (f"before: {was}", "")
    reader.open("/advocacy/engagements/new/csw")
    assert f"(before: {shown(cast.csw_session.moment).words})" in reader.text, "a list to choose from says so too"


def one_delegates(one: Engagement) -> list[Any]:
    from app.engagements.queries import list_delegates

    return list_delegates(one)


def test_the_list_narrows_down_and_goes_along_as_a_table(cast: Cast, browse: Browse, one: Engagement) -> None:
    make_engagement(cast.cescr, cast.group, title="=Watched", state=EngagementState.WATCHING, is_watch_only=True)
    make_engagement(cast.cescr, cast.group, title="Gone", state=EngagementState.GIVEN_UP)
    make_engagement(cast.cescr, cast.other_group, title="Of others")
    reader = browse(cast.member)
    for query, found in {
        "": ["Evictions", "=Watched"],
        "?space=csw": ["Evictions"],
        "?state=given_up": ["Gone"],
        "?state=all&group=land-group": ["Evictions", "Gone", "=Watched"],
        "?state=watching&year=2026": ["=Watched"],
        "?year=2026": ["Evictions", "=Watched"],
        "?space=nowhere&state=x&year=1": ["Evictions", "=Watched"],
    }.items():
        reader.open(LIST + query)
        titles = [line.get_text(strip=True) for line in reader.page.select("#engagements h3")]
        assert sorted(titles) == sorted(found), query
    answer = reader.client.get(f"{LIST}list.csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["Evictions", "'=Watched"]
    assert "Not eligible: ECOSOC status needed" in rows[1]


def test_what_is_handed_in_stands_apart_and_behind_what_is_to_do(cast: Cast, browse: Browse, one: Engagement) -> None:
    handed = make_engagement(
        cast.csw, cast.group, title="Sent long ago", state=EngagementState.SUBMITTED, submitted_on=START.date()
    )
    handed.step = make_step(cast.csw_session, date(2026, 3, 1), StepCode.REGISTRATION)
    make_engagement(cast.cescr, cast.group, title="Some day")
    reader = browse(cast.member)
    reader.open(LIST)
    titles = {
        room: [line.get_text(strip=True) for line in reader.page.select(f"#{room} h3")]
        for room in ("engagements", "handed-in")
    }
    assert titles == {"engagements": ["Evictions", "Some day"], "handed-in": ["Sent long ago"]}
    rows = queries.page_of_engagements(cast.actor("member"), queries.Wanted(), size=2)
    after = queries.page_of_engagements(cast.actor("member"), queries.Wanted(), cursor=rows.next_cursor)
    assert [row.title for row in after.rows] == ["Sent long ago"]
    reader.open(f"{LIST}?state=submitted")
    assert "Sent long ago" in reader.page.select_one("#engagements").get_text()


def test_rooms_on_the_pages_of_groups(cast: Cast, browse: Browse, one: Engagement) -> None:
    reader = browse(cast.coordinator)
    reader.open("/groups/land-group")
    assert "Evictions" in reader.page.select_one("#engagements").get_text()
    assert "Plan an engagement" in reader.text
    reader.open("/groups/water-group")
    assert reader.page.select_one("#engagements") is None
    outside = browse(cast.outsider)
    outside.open("/groups/land-group")
    assert "Evictions" not in outside.text
    secretary = browse(cast.secretary)
    secretary.open("/groups/land-group/handover")
    assert "Evictions" in secretary.text
    secretary.open("/groups/water-group/handover")
    assert "Nothing is open at the moment." in secretary.text


def test_a_space_and_its_session_show_what_the_reader_may_read(cast: Cast, browse: Browse, one: Engagement) -> None:
    reader = browse(cast.coordinator)
    reader.open("/advocacy/spaces/csw")
    assert "Evictions" in reader.page.select_one("#engagements").get_text()
    outside = browse(cast.outsider)
    outside.open("/advocacy/spaces/csw")
    assert "Evictions" not in outside.text


def test_an_urgent_case_warns_more_strongly(cast: Cast, browse: Browse) -> None:
    from app.advocacy.models import ModeCode
    from tests.make.advocacy import make_mode

    urgent = make_engagement(cast.cescr, cast.group, mode=make_mode(cast.cescr, ModeCode.URGENT_COMMUNICATION))
    reader = browse(cast.coordinator)
    reader.open(here(urgent))
    assert "The people concerned have to agree before anything is sent" in reader.text
    assert "An engagement cannot be confidential yet." in reader.text


def test_the_calendar_leads_to_engagements(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.member)
    reader.open("/advocacy/")
    assert reader.page.find("a", href=LIST) is not None


@pytest.mark.parametrize(("certainty", "kind"), [(Certainty.VERIFIED, ""), (Certainty.ESTIMATED, "expected ")])
def test_what_was_handed_in_late_says_so_by_how_sure_the_deadline_was(
    cast: Cast, browse: Browse, one: Engagement, certainty: Certainty, kind: str
) -> None:
    """R-07, R-12: on its page, in the list and in the table; an expected deadline never looks confirmed."""
    one.step = make_step(cast.csw_session, date(2026, 11, 10), StepCode.WRITTEN_STATEMENT, certainty=certainty)
    one.state, one.submitted_on = EngagementState.SUBMITTED, date(2026, 11, 13)
    reader = browse(cast.member)
    late = f"Handed in 3 days after the {kind}deadline"
    reader.open(here(one))
    assert late in reader.page.select_one("#result").get_text(" ", strip=True)
    reader.open(f"{LIST}?state=submitted")
    assert late in reader.page.select_one("#engagements").get_text(" ", strip=True)
    answer = reader.client.get(f"{LIST}list.csv?state=submitted")
    [row] = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert row["Days after the deadline"] == "3"
    one.submitted_on = date(2026, 11, 10)
    reader = browse(cast.member)
    reader.open(here(one))
    assert "days after the" not in reader.text
    answer = reader.client.get(f"{LIST}list.csv?state=submitted")
    [row] = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert row["Days after the deadline"] == ""


def test_what_takes_place_is_not_late_by_the_deadline_of_asking_for_it(
    cast: Cast, browse: Browse, one: Engagement
) -> None:
    mode = make_mode(cast.csw, ModeCode.SIDE_EVENT)
    one.mode, one.step = mode, make_step(cast.csw_session, date(2026, 11, 1), StepCode.SIDE_EVENT_APPLICATION)
    assert concerns_about(one, [], {}, date(2027, 3, 10))[0].kind is not ConcernKind.DEADLINE
    one.state, one.submitted_on = EngagementState.SUBMITTED, date(2026, 11, 20)
    reader = browse(cast.member)
    reader.open(here(one))
    assert "Handed in on" in reader.text
    assert "days after the" not in reader.text


def test_what_nobody_has_seen_is_not_called_not_eligible(cast: Cast, browse: Browse, one: Engagement) -> None:
    """R-11: a status that somebody noted and nobody saw in its source is not known, neither yes nor no."""
    access = make_access(cast.sur, Standing.ECOSOC_SPECIAL, certainty=Certainty.UNSURE)
    reader = browse(cast.member)
    flag = "Not known whether eligible: ECOSOC status needed"
    for path in (here(one), LIST):
        reader.open(path)
        assert flag in reader.text, path
        assert "Not eligible:" not in reader.text, path
    answer = reader.client.get(f"{LIST}list.csv")
    [row] = csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")))
    assert row["What is in the way"] == flag
    access.certainty = Certainty.VERIFIED
    reader = browse(cast.member)
    reader.open(LIST)
    assert "eligible:" not in reader.text


def test_somebody_joins_the_delegation_after_handing_in(cast: Cast, browse: Browse, one: Engagement) -> None:
    one.state, one.submitted_on = EngagementState.SUBMITTED, date(2026, 11, 10)
    reader = browse(cast.coordinator)
    reader.open(here(one))
    room = reader.page.select_one("#delegation")
    assert [a.get_text(strip=True) for a in room.select("a.button")] == ["Add somebody"]
    reader.open(room.select_one("a.button")["href"])
    reader.send(has="person", person=str(cast.member.id))
    assert "Fatou Exemple" in reader.text
    one.state = EngagementState.GIVEN_UP
    for row in one_delegates(one):
        db.session.delete(row)
    reader = browse(cast.coordinator)
    reader.open(here(one))
    assert "Add somebody" not in reader.text


def test_whoever_answers_reads_by_when_what_is_in_the_way_and_the_text(cast: Cast, browse: Browse) -> None:
    one = make_engagement(
        cast.csw, cast.group, mode=cast.statement, occurrence=cast.csw_session, step=cast.closes, title="Evictions"
    )
    make_signatory(one, cast.coalition, is_lead=True)
    asked = make_signatory(one, cast.sur, state=SignatoryState.ASKED)
    link = make_engagement_text(one, make_text(cast.group, None, "Words.", title="No home is lost"))
    reader = browse(cast.speaker)
    reader.open(f"{here(one)}/organisations/{asked.id}/answer")
    above = reader.text.partition("You agree to take part.")[0]
    for words in (
        "By when: ", "16 December 2026", "A co-signatory is not eligible: ECOSOC status needed",
        "No such status is noted for it.", "One signatory that is not eligible makes the whole joint text invalid.",
        "The rule: ", "No home is lost",
    ):  # fmt: skip
        assert words in above, words
    assert reader.page.select_one(f'main a[href="{here(one)}/texts/{link.text_id}"]') is not None
    assert [tag["name"] for tag in reader.page.select("main form button[type=submit]")] == ["agree", "decline"]
    one.step = make_step(cast.csw_session, date(2026, 11, 9), StepCode.WRITTEN_STATEMENT)
    reader = browse(cast.speaker)
    reader.open(f"{here(one)}/organisations/{asked.id}/answer")
    assert "this date has passed" in reader.text or "this date has probably passed" in reader.text


def test_a_flag_tells_a_co_signatory_from_the_lead(cast: Cast, browse: Browse) -> None:
    one = make_engagement(cast.csw, cast.group, mode=cast.statement, occurrence=cast.csw_session, title="Evictions")
    lead = make_signatory(one, cast.coalition, is_lead=True)
    other = make_signatory(one, cast.sur)
    reader = browse(cast.member)
    for path in (LIST, f"{LIST}list.csv", here(one)):
        assert "A co-signatory is not eligible: ECOSOC status needed" in reader.client.get(path).text, path
    other.organisation = make_organisation("Noted alone")
    make_access(other.organisation, Standing.ECOSOC_ROSTER, certainty=Certainty.UNSURE)
    reader = browse(cast.member)
    assert "Not known whether a co-signatory is eligible: ECOSOC status needed" in reader.client.get(LIST).text
    lead.organisation = make_organisation("Of no status")
    reader = browse(cast.member)
    assert "Not eligible: ECOSOC status needed" in reader.client.get(LIST).text


def test_who_asks_an_organisation_nobody_speaks_for_reads_so_at_once(cast: Cast, browse: Browse) -> None:
    one = make_engagement(cast.csw, cast.group, mode=cast.statement, occurrence=cast.csw_session)
    mute = make_organisation("Union of nobody")
    reader = browse(cast.coordinator)
    reader.open(f"{here(one)}/organisations/add")
    reader.send(has="organisation", organisation=str(mute.id), is_lead=True)
    assert "It is on the list. Nobody speaks for it in this house: ask the secretariat" in reader.page.get_text()
    assert "finds the question on their front page" not in reader.page.get_text()
    assert "leads. Nobody speaks for it in this house" in reader.page.select_one("#next").get_text()


def test_the_sheet_says_what_became_of_the_deadline_and_who_travels(
    cast: Cast, browse: Browse, one: Engagement
) -> None:
    one.step = make_step(cast.csw_session, date(2026, 11, 9), StepCode.WRITTEN_STATEMENT, certainty=Certainty.ESTIMATED)
    for part in Part:
        make_delegate(one, name=f"Example {part}", part=part)
    reader = browse(cast.member)
    reader.open(f"{here(one)}/delegation")
    assert "this date has probably passed" in reader.text
    assert "2 people travel" in reader.text
    assert "Handed in on" not in reader.text
    one.state, one.submitted_on = EngagementState.SUBMITTED, date(2026, 11, 13)
    reader = browse(cast.member)
    reader.open(f"{here(one)}/delegation")
    facts = reader.page.select_one("dl.facts").get_text(" ", strip=True)
    assert "Handed in on 13 November 2026 Handed in 4 days after the expected deadline" in facts
    assert "this date has probably passed" not in reader.text
