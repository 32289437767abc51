"""A decision played by seven organisations in four languages: one objection, one voice given to another, one voice that
came late; amended once, then adopted, with a day on which it is looked at again (R-23, S4-04)."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta

import pytest

from app.decisions import jobs
from app.decisions.models import Decision
from app.extensions import db
from tests.conftest import START
from tests.make.decisions import Circle, in_days, make_speaker
from tests.make.people import make_account, make_organisation, make_person
from tests.make.workinggroups import make_coordinator, make_group

ORGANISATIONS = (
    ("Red de Vivienda Ejemplo", "es", "Nos parece bien."),
    ("Cooperativa Ejemplo", "es", "De acuerdo."),
    ("Locataires de l’Exemple", "fr", "Nous sommes d’accord."),
    ("Femmes et Terre Exemple", "fr", ""),
    ("اتحاد المستأجرات المثال", "ar", "أسماء الأحياء تعرّض سكانها للخطر."),
    ("Example Land Coalition", "en", "Fine with us."),
    ("Example Tenants' Union", "en", "We came late, and we agree."),
)


@pytest.fixture
def circle(app, now) -> Circle:
    """A group of seven organisations, each with one member who speaks for it."""
    group = make_group("Example land group", slug="example-land-group")
    circle = Circle(group, make_person("Coordinator Example"))
    make_account(circle.coordinator)
    make_coordinator(group, circle.coordinator)
    for name, language, _words in ORGANISATIONS:
        organisation = make_organisation(name)
        circle.organisations.append(organisation)
        circle.speakers.append(make_speaker(organisation, group, f"Voice of {name}", languages=(language,)))
    db.session.commit()
    return circle


def until(now: datetime, days: float = 7) -> dict[str, str]:
    closing = in_days(days, now)
    return {"day": f"{closing.wall:%Y-%m-%d}", "hour": f"{closing.wall:%H:%M}", "zone": closing.zone}


def test_a_decision_by_consent(circle, reader, clock):
    group = "/groups/example-land-group"
    lead = reader(circle.coordinator)
    places = range(len(ORGANISATIONS))
    people = [reader(circle.speakers[n], language=ORGANISATIONS[n][1]) for n in places]
    spanish, _coop, french, women, arabic, _english, late = people

    # drafted by a member, in Spanish; opened by the coordinator: the roll is frozen
    spanish.open(f"{group}/decisions/new")
    words = "Escribimos una carta común y nombramos los barrios."
    spanish.send(has="title", title="Una carta común", language="es", body=words, quorum="4", proxies="1")
    decision = db.session.query(Decision).one()
    page = f"{group}/decisions/{decision.id}"
    lead.open(f"{page}/open")
    lead.send(has="day", **until(START))

    # questions and answers
    french.open(f"{page}/questions/new")
    french.send(has="body", language="fr", body="Qui signe la lettre ?")
    [asked] = lead.open(page).select("#questions [id^=said-]")
    lead.open(f"{page}/statements/{asked['id'].removeprefix('said-')}/answer")
    lead.send(has="body", language="en", body="Whoever wants to.")
    now = START + timedelta(days=7)
    clock.move_to(now)

    # reactions
    lead.open(f"{page}/open")
    lead.send(has="day", **until(now))
    arabic.open(f"{page}/reactions/new")
    arabic.send(has="body", language="ar", body="الوقت قصير.")
    now += timedelta(days=7)
    clock.move_to(now)

    # voices to version 1: three consent, one objects
    lead.open(f"{page}/open")
    lead.send(has="day", **until(now))
    for n in (0, 1, 2):
        speak(people[n], page, ORGANISATIONS[n], "consent")
    arabic.open(f"{page}/voice")
    arabic.send(has="stand", stand="object")
    assert arabic.status == 422
    arabic.send(has="stand", stand="object", language="ar", body=ORGANISATIONS[4][2])
    now += timedelta(days=7, minutes=1)
    clock.move_to(now)
    lead.open(f"{page}/close")
    lead.send(action="/close")
    assert "A reasoned objection stands, so the proposal is not adopted." in lead.text

    # amended: a new window, and the objection is met
    lead.open(f"{page}/amend")
    lead.send(has="body", body="Escribimos una carta común, sin nombrar barrios.", **until(now))
    assert "Version 2 stands." in lead.text
    [objection] = [link["href"] for link in arabic.open(page).select("a") if "/withdraw" in link.get("href", "")]
    arabic.open(objection)
    arabic.send(has="body", language="ar", body="النسخة الثانية تكفينا.")

    # one organisation gives its voice to another
    women.open(f"{page}/proxies/new")
    giver, holder = (str(circle.organisations[n].id) for n in (3, 2))
    women.send(has="giver", giver=giver, holder=holder)
    for n in (0, 2, 4, 5):
        stand = "abstain" if n == 5 else "consent"
        speak(people[n], page, ORGANISATIONS[n], stand, "" if n != 2 else f"?for={holder}")
    speak(french, page, ("", "fr", "Au nom des femmes."), "consent", f"?for={giver}:{holder}")
    late.open("/")
    assert "Your organisation has not spoken" in late.text

    # the house closes it; the others are silent, and one comes late
    now += timedelta(days=8)
    clock.move_to(now)
    assert jobs.close_ended(now) == 1
    speak(late, page, ORGANISATIONS[6], "consent")
    lead.open(f"{page}/outcome")
    review = f"{now + timedelta(days=90):%Y-%m-%d}"
    lead.send(has="review_on", language="en", body="It goes out on Monday.", review_on=review)
    check_record(circle, reader(circle.speakers[5]), page)


def speak(who, page: str, organisation: tuple[str, str, str], stand: str, query: str = "") -> None:
    _name, language, words = organisation
    who.open(f"{page}/voice{query}")
    who.send(has="stand", stand=stand, language=language, body=words)
    assert who.status == 200, who.text


def check_record(circle: Circle, who, page: str) -> None:
    """The record says the rule, the arithmetic, who spoke for whom, what was silent and what was late, each in the
    words and the language in which it was said."""
    record = who.open(f"{page}/record")
    said = who.text
    assert "No objection stands and the quorum is met: the proposal is adopted. Silence is counted as consent." in said
    assert "5 organisations of 7 have spoken; the quorum is 4." in said
    assert said.count("silence, counted as consent") == 2
    assert "Femmes et Terre Exemple gave its voice to Locataires de l’Exemple" in said
    objection = record.find("div", lang="ar", dir="rtl")
    assert "الأحياء" in objection.get_text()
    assert "Late voices" in said
    rows = list(csv.DictReader(io.StringIO(who.client.get(f"{page}/record.csv").text.removeprefix("\ufeff"))))
    assert [row["organisation"] for row in rows if row["is_late"] == "True"] == ["Example Tenants' Union"]
    assert {row["language"] for row in rows} == {"es", "fr", "ar", "en"}
    whole = json.loads(who.client.get(f"{page}/record.json").text)
    assert (whole["decision"]["stage"], whole["decision"]["version"]) == ("adopted", 2)
    assert [window["result"] for window in whole["windows"]] == [None, None, "objected", "adopted"]
    assert len(whole["digest"]) == 64
    assert "Looked at again" in who.open(page).get_text()
