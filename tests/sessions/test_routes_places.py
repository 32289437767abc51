"""The pages of places: applying, waiting, settings, answering, naming people; each works, is refused, is not there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from flask_babel import force_locale

from app.core import mails, registries
from app.core.notices import Notice
from app.core.registries import Contact
from app.extensions import db
from app.people.models import Affiliation, Need, Role
from app.people.queries.needs import needs_of
from app.sessions import queries, services, telling
from app.sessions.models import Application, ApplicationState, IntakeQuestion, QuestionKind
from app.sessions.queries import people_to_name
from app.sessions.routes import joining_for_organisation
from tests.make.people import make_affiliation, make_assistance, make_organisation, make_person, make_role
from tests.make.sessions import make_application, make_question

TRACK = "/tracks/climate-justice"


@pytest.fixture
def asking(cast):
    cast.track.intake.needs_approval = True
    make_question(cast.track, "What do you hope for?", is_required=True, prompts={"es": "¿Qué espera?"})
    make_question(cast.track, "Do you lead a group?", kind=QuestionKind.YES_NO)
    db.session.flush()
    return cast.track


def field_of(page, label: str) -> str:
    """The name of the field under a label that begins like this."""
    label = next(tag for tag in page.page.find_all(["label", "legend"]) if tag.get_text(strip=True).startswith(label))
    if label.name == "legend":
        return label.parent.find("input")["name"]
    return page.page.find(id=label["for"])["name"]


def test_the_form_is_prefilled_asks_in_a_language_there_is_and_is_kept(cast, asking, browse):
    page = browse(cast.friend)
    page.open(TRACK)
    assert page.page.find("a", href=f"{TRACK}/join").get_text() == "Apply for a place"
    page.open(f"{TRACK}/join")
    asked = field_of(page, "¿Qué espera?")
    assert page.page.find(string="¿Qué espera?").parent["lang"] == "es"
    page.send(has=asked, spoken="Wolof, klingonisch", needs=["captions"])
    assert page.status == 422
    assert "We do not know this language" in page.text
    assert page.page.find(attrs={"name": "spoken"})["value"] == "Wolof, klingonisch"
    assert page.page.find(attrs={"name": "needs", "value": "captions"}).has_attr("checked")
    assert "The facilitators need an answer" in page.text
    yes_no = field_of(page, "Do you lead a group?")
    page.send(has=asked, spoken="Wolof; Français", understood="English", **{asked: "Roofs", yes_no: "no"})
    assert (page.path, "Your application is sent." in page.text) == (TRACK, True)
    assert "You applied for this track." in page.text
    application = queries.find_open_application(cast.track, cast.friend.id)
    assert {answer.words for answer in application.answers} == {"Roofs", "no"}
    assert needs_of([cast.friend.id]) == {cast.friend.id: [Need.CAPTIONS]}
    page.open(f"{TRACK}/join")
    assert not page.page.select("main form.form")
    page.open(f"{TRACK}/leave")
    page.send(action="/leave")
    assert "Your application is taken back." in page.text
    page.open(f"{TRACK}/join")
    assert page.page.find(attrs={"name": "spoken"})["value"] == "Wolof, Français"
    assert page.page.find(attrs={"name": "understood"})["value"] == "English"


def test_a_language_is_needed_and_choosing_nothing_is_told(cast, asking, browse):
    page = browse(cast.friend)
    page.open(f"{TRACK}/join")
    page.send(has="spoken", spoken="")
    assert page.status == 422
    assert "Write at least one language" in page.text


def test_the_one_button_stays_where_nothing_is_asked_and_the_list_is_said(cast, browse):
    page = browse(cast.friend)
    page.open(TRACK)
    page.send(action="/join")
    assert "You take part in this track now." in page.text
    cast.track.intake.capacity = 2
    page = browse(cast.member)
    page.open(TRACK)
    assert page.page.find("button", string="Join the waiting list")
    page.send(action="/join")
    assert "You are number 1 on the waiting list" in page.text
    page.open(TRACK)
    assert "You are number 1 on the waiting list." in page.text
    cast.track.eligible = ["friend"]
    page.open(TRACK)
    assert "your affiliation is another one (Member)" in page.text
    assert "you keep your place on it" in page.text
    page.open("/tracks/")
    assert "full · 1 on the waiting list" in page.text


def test_the_organisation_somebody_acts_for_is_chosen_already(app, cast, act, now):
    from dataclasses import replace

    from app.sessions.showing.joining import joining_of

    second = make_organisation("Second Union")
    make_affiliation(cast.member, second)
    actor = replace(act(cast.member), acting_for=second.id)
    with app.test_request_context("/"):
        assert joining_of(actor, cast.track, now=now).form.organisation.data == str(second.id)


def test_the_window_is_shown_on_the_readers_clock(cast, browse, clock):
    page = browse(cast.facilitator)
    page.open(f"{TRACK}/intake")
    page.send(
        has="capacity",
        day="2026-12-01",
        start="09:00",
        last_day="2027-03-30",
        end="18:00",
        zone="Africa/Nairobi",
        capacity="40",
    )
    assert "How this track takes people is changed." in page.text
    reader = browse(cast.other_facilitator)  # in Mexico City
    reader.open(TRACK)
    assert "Applications open on Tuesday 1 December 2026, 00:00 in Mexico City" in reader.text
    assert not reader.page.select(f"form[action='{TRACK}/join']")
    reader.open(f"{TRACK}/join")
    assert "Applications open on" in reader.text
    reader.open("/tracks/")
    assert "opens on 1 December" in reader.text
    clock.move_to(datetime(2026, 12, 2, tzinfo=UTC), tick=False)
    reader = browse(cast.other_facilitator)
    reader.open(TRACK)
    assert "39 places left" in reader.text
    assert "Applications close on Tuesday 30 March 2027, 09:00 in Mexico City." in reader.text
    reader.open("/tracks/")
    assert "39 places left · applications until 30 March" in reader.text
    clock.move_to(datetime(2027, 4, 2, tzinfo=UTC), tick=False)
    reader = browse(cast.other_facilitator)
    reader.open(TRACK)
    assert "takes no new participants" in reader.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"capacity": "0"}, "from 1 to 100,000"),
        ({"capacity": "-1"}, "from 1 to 100,000"),
        ({"capacity": "1000000000"}, "from 1 to 100,000"),
        ({"capacity": "many"}, "in figures"),
        ({"day": "2026-12-01"}, "Say at which hour applications open."),
        ({"last_day": "2026-12-01", "end": "10:00"}, "Say on which day applications open"),
        ({"day": "2026-12-01", "start": "09:00", "last_day": "2026-12-02"}, "Say at which hour applications close."),
        ({"day": "2026-12-01", "start": "09:00", "last_day": "2026-11-30", "end": "09:00"}, "close before they open"),
        ({"day": "2026-12-01", "start": "09:00", "zone": ""}, "Choose a place."),
        ({"day": "2026-12-01", "start": "25:00"}, "Write the hour"),
    ],
)
def test_odd_settings_are_refused_with_what_was_typed(cast, browse, typed, said):
    page = browse(cast.facilitator)
    page.open(f"{TRACK}/intake")
    page.send(has="capacity", **typed)
    assert page.status == 422
    assert said in page.text
    name, value = next(iter(typed.items()))
    assert page.page.find(attrs={"name": name}).get("value", "") == value
    assert (cast.track.intake.capacity, cast.track.intake.moment) == (None, None)


def test_fewer_places_than_people_is_said_plainly(cast, browse):
    for person in (cast.friend, cast.member):
        page = browse(person)
        page.open(TRACK)
        page.send(action="/join")
    page = browse(cast.secretary)
    page.open(f"{TRACK}/intake")
    page.send(has="capacity", capacity="1")
    assert "There are 2 people more than places. Nobody is put out" in page.text
    page.open("/tracks/")
    assert "full" in page.text
    assert "-2" not in page.text


def test_questions_are_added_and_removed(cast, browse):
    page = browse(cast.facilitator)
    page.open(f"{TRACK}/intake")
    assert "This track asks nothing of its own." in page.text
    page.open(f"{TRACK}/intake/questions/new")
    page.send(has="kind")
    assert page.status == 422
    assert "Write the question in one language at least." in page.text
    page.send(has="kind", name_en="Which region?", name_fr="Quelle région ?", kind="line", is_required="y")
    assert "Which region?" in page.text
    question = db.session.scalars(sa.select(IntakeQuestion)).one()
    assert (question.prompts, question.is_required) == ({"en": "Which region?", "fr": "Quelle région ?"}, True)
    page.open(f"{TRACK}/intake/questions/{question.id}/remove")
    page.send(action="/remove")
    assert "This track asks nothing of its own." in page.text
    page.open(f"{TRACK}/intake/questions/{question.id}/remove")
    assert page.status == 404


def test_several_applications_are_answered_at_once(cast, asking, browse, now):
    asking.intake.capacity = 2
    ids = []
    for person in (cast.friend, cast.member, cast.other_facilitator):
        application = make_application(asking, person, asked_at=now + timedelta(minutes=len(ids)))
        application.organisation_id = organisation_of(person)
        ids.append(str(application.id))
    page = browse(cast.facilitator)
    page.open(f"{TRACK}/applications")
    assert "To answer 3" in page.text
    page.send(has="chosen", button=("decision", "accept"))
    assert page.status == 422
    assert "Tick those you decide about." in page.text
    page.send(has="chosen", chosen=ids[:2], button=("decision", "accept"))
    assert "1 person has a place now and is told. 1 person is on the waiting list" in page.text
    page.send(has="chosen", chosen=ids, button=("decision", "refuse"))
    assert page.status == 422
    assert len(page.page.select("input[name=chosen][checked]")) == 1
    page.send(has="chosen", chosen=ids[2], reason="Los cupos son para la región.", button=("decision", "refuse"))
    assert "1 person is refused and told." in page.text
    assert "Nobody waits for your answer." in page.text
    page.open(f"{TRACK}/applications")  # the first view that holds somebody
    assert page.page.select_one(".views [aria-current]").get_text() == "Waiting list 1"
    assert cast.member.name in page.text
    assert "(optional)" not in page.text
    page.open(f"{TRACK}/applications?view=decided")
    assert "Los cupos son para la región." in page.text
    refused = browse(cast.other_facilitator)
    refused.open(TRACK)
    assert "Los cupos son para la región." in refused.text
    assert "You can apply again." in refused.text


def organisation_of(person):
    return db.session.scalar(sa.select(Affiliation.organisation_id).where(Affiliation.person_id == person.id))


def test_who_is_not_let_in_any_more_is_marked_and_stays(cast, asking, browse, now):
    application = make_application(asking, cast.outsider, asked_at=now)
    page = browse(cast.facilitator)
    page.open(f"{TRACK}/applications")
    assert "cannot come in" in page.text
    assert "for no organisation" in page.text
    page.send(has="chosen", chosen=[str(application.id)], button=("decision", "accept"))
    assert "the application stays here" in page.text
    assert application.state is ApplicationState.ASKED


def test_the_pages_of_those_who_lead_are_nobody_elses(cast, browse, unknown_id):
    question = make_question(cast.track)
    addresses = (
        "/intake",
        "/applications",
        "/intake/questions/new",
        f"/intake/questions/{question.id}/remove",
    )
    for address in addresses:
        for person in (cast.member, cast.participant, cast.other_facilitator):
            assert browse(person).client.get(TRACK + address).status_code == 403
        assert browse().client.get(TRACK + address).status_code == 303
        assert browse(cast.secretary).client.get(f"/tracks/unknown{address}").status_code == 404
        assert browse(cast.facilitator).client.get(TRACK + address).status_code == 200
    other = f"/tracks/land-rights/intake/questions/{question.id}/remove"
    assert browse(cast.secretary).client.get(other).status_code == 404


def test_an_organisations_people_are_named_in_one_act(cast, browse):
    union = make_organisation("Union of Examples")
    make_role(cast.member, Role.MANDATED, union.id)
    persons = [make_person(f"Person {n} of the Union", place="Dakar") for n in range(12)]
    for person in persons:
        make_affiliation(person, union)
    address = f"{TRACK}/join/for/{union.id}"
    page = browse(cast.member)
    page.open(TRACK)
    assert page.page.find("a", href=address)
    page.open(address)
    page.send(has="people")
    assert (page.status, "Tick at least one person" in page.text) == (422, True)
    page.send(has="people", people=[str(person.id) for person in persons[:11]])
    assert (page.status, "at most 10 people at once" in page.text) == (422, True)
    assert len(page.page.select("input[name=people][checked]")) == 11
    page.send(has="people", people=[str(person.id) for person in persons[:2]])
    assert "2 people take part now." in page.text
    page.open(address)
    assert "There already" in page.text
    assert len(page.page.select("input[name=people]")) == 10
    assert browse(cast.friend).client.get(address).status_code == 403
    assert page.client.get(f"{TRACK}/join/for/{uuid4()}").status_code == 404
    bare = make_organisation("Bare Union")
    make_role(cast.member, Role.MANDATED, bare.id)
    page.open(f"{TRACK}/join/for/{bare.id}")
    assert "There is nobody to name." in page.text


def test_in_a_large_organisation_people_are_found_by_their_name(cast, browse, monkeypatch):
    monkeypatch.setattr(people_to_name, "MOST_LISTED", 3)
    monkeypatch.setattr(joining_for_organisation, "MOST_LISTED", 3)
    union = make_organisation("Union of Examples")
    make_role(cast.member, Role.MANDATED, union.id)
    persons = [make_person(f"Person {letter} of the Union") for letter in "ABCDE"]
    for person in persons:
        make_affiliation(person, union)
    page = browse(cast.member)
    page.open(f"{TRACK}/join/for/{union.id}")
    assert "Only the first 3 people by name are listed." in page.text
    assert len(page.page.select("input[name=people]")) == 3
    page.open(f"{TRACK}/join/for/{union.id}?q=person+é")
    assert [box["value"] for box in page.page.select("input[name=people]")] == [str(persons[4].id)]
    assert "Only the first" not in page.text
    page.send(has="people", people=[str(persons[4].id)])
    assert "1 person takes part now." in page.text
    page.open(f"{TRACK}/join/for/{union.id}?q=person+e")
    assert "Nobody else with a confirmed affiliation" in page.text
    eleven = [str(person.id) for person in persons] + [str(uuid4()) for _n in range(6)]
    page.open(f"{TRACK}/join/for/{union.id}")
    page.send(has="people", people=eleven)
    assert len(page.page.select("input[name=people][checked]")) == 4


def letters(kind: str) -> list[mails.Words]:
    found = []
    for notice in db.session.scalars(sa.select(Notice).where(Notice.kind == kind)):
        with force_locale("en"):
            found.append(mails.write(kind, notice.parameters, Contact("x@example.org", "en", "Jo")))
    return found


def test_every_mail_says_what_happened_and_none_says_why_somebody_was_refused(cast, act, now):
    track, leads = cast.track, act(cast.facilitator)
    track.intake.capacity, track.intake.needs_approval = 2, True
    people = [cast.friend, cast.member, cast.other_facilitator]
    first, second, third = (services.join_track(act(person), track, now=now) for person in people)
    services.accept_applications(leads, track, ids={first.id}, now=now)
    services.accept_applications(leads, track, ids={second.id}, now=now)
    services.refuse_applications(leads, track, ids={third.id}, reason="Something private", now=now)
    [given], [waiting], [refused] = map(
        letters, (telling.places.PLACE_GIVEN, telling.places.WAITING, telling.places.REFUSED)
    )
    assert given.subject == "You have a place: Climate justice"
    assert "/tracks/climate-justice/leave" in given.text
    assert "waiting list" in waiting.text
    assert "could not give you a place" in refused.text
    assert "private" not in refused.text
    services.leave_track(act(cast.participant), track, now=now)
    [moved] = letters(telling.places.MOVED_UP)
    assert moved.subject == "You moved up: Climate justice"


def test_who_is_named_reads_by_whom_and_how_to_say_no(cast, act, now):
    union = make_organisation("Union of Examples")
    make_role(cast.member, Role.MANDATED, union.id)
    persons = [make_person() for _n in range(3)]
    for person in persons:
        make_affiliation(person, union)
    cast.track.intake.capacity = 2

    def name(person):
        services.join_for_organisation(act(cast.member), cast.track, union, person_ids={person.id}, now=now)

    name(persons[0])
    name(persons[1])
    cast.track.intake.needs_approval = True
    name(persons[2])
    texts = [words.text for words in letters(telling.places.NAMED)]
    assert any("Njeri Example named you: you take part in the track Climate justice" in text for text in texts)
    assert any("every place is taken" in text.casefold() for text in texts)
    assert any("proposed you for Union of Examples" in text for text in texts)
    assert all("/tracks/climate-justice/leave" in text for text in texts)


def test_who_helps_somebody_without_e_mail_is_told_in_their_place(cast, act, now):
    union = make_organisation("Union of Examples")
    make_role(cast.member, Role.MANDATED, union.id)
    person = make_person("Awa Example")
    make_affiliation(person, union)
    make_assistance(person, cast.friend)
    services.join_for_organisation(act(cast.member), cast.track, union, person_ids={person.id}, now=now)
    told = list(db.session.scalars(sa.select(Notice).where(Notice.kind == telling.places.NAMED)))
    assert {notice.person_id for notice in told} == {person.id, cast.friend.id}
    [notice] = [notice for notice in told if notice.person_id == cast.friend.id]
    words = mails.write(notice.kind, notice.parameters, Contact("x@example.org", "en", "Helper Example"))
    assert words.subject == "For Awa Example: Union of Examples named you: Climate justice"
    assert words.text.startswith("Awa Example has no e-mail and you help them: please tell them this.\n\n")


def test_a_mail_that_is_true_no_more_is_not_sent(cast, act, now):
    cast.track.intake.needs_approval = True
    application = services.join_track(act(cast.friend), cast.track, now=now)
    services.accept_applications(act(cast.facilitator), cast.track, ids={application.id}, now=now)
    [notice] = db.session.scalars(sa.select(Notice).where(Notice.kind == telling.places.PLACE_GIVEN))
    assert registries.still_wanted(notice.kind, notice, now)
    application.state = ApplicationState.REFUSED
    assert not registries.still_wanted(notice.kind, notice, now)
    gone = dict(notice.parameters) | {"application": str(uuid4())}
    assert mails.write(notice.kind, gone, Contact("x@example.org", "en", "")) is None
    gone = dict(notice.parameters) | {"track": str(uuid4())}
    assert mails.write(notice.kind, gone, Contact("x@example.org", "en", "")) is None


def test_a_membership_that_ended_is_not_written_about(cast, act, now):
    union = make_organisation("Union of Examples")
    make_role(cast.member, Role.MANDATED, union.id)
    person = make_person()
    make_affiliation(person, union)
    services.join_for_organisation(act(cast.member), cast.track, union, person_ids={person.id}, now=now)
    [notice] = db.session.scalars(sa.select(Notice).where(Notice.kind == telling.places.NAMED))
    assert registries.still_wanted(notice.kind, notice, now)
    queries.find_membership(cast.track, person.id).left_at = now
    assert not registries.still_wanted(notice.kind, notice, now)


def test_a_form_sent_twice_is_one_application(cast, asking, browse):
    page = browse(cast.friend)
    page.open(f"{TRACK}/join")
    asked = field_of(page, "¿Qué espera?")
    form = page.form(has=asked)
    values = page._defaults(form)
    values[asked], values["spoken"] = "Roofs", "Wolof"
    answers = [page.client.post(f"{TRACK}/join", data=values) for _twice in range(2)]
    assert [(answer.status_code, answer.location) for answer in answers] == [(303, TRACK)] * 2
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Application)) == 1
