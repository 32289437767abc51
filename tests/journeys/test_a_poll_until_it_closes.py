"""Five people in three languages are asked for advice: hidden, changed, closed, late, and what came out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.extensions import db
from app.polls import jobs
from app.polls.models import Poll
from tests.conftest import START
from tests.make.decisions import in_days
from tests.make.people import make_organisation, make_person
from tests.make.polls import Round, make_answerer
from tests.make.workinggroups import make_coordinator, make_group

PEOPLE = (
    ("Red de Vivienda Ejemplo", "LAC", "es"),
    ("Cooperativa Ejemplo", "LAC", "es"),
    ("Locataires de l’Exemple", "SSA", "fr"),
    ("اتحاد المستأجرات المثال", "MENA", "ar"),
    ("Example Tenants' Union", "MENA", "ar"),
)


@pytest.fixture
def round_(app, now) -> Round:
    group = make_group("Example heat group", slug="example-heat-group")
    found = Round(group, make_person(), make_person())
    for name, region, language in PEOPLE:
        organisation = make_organisation(name, region=region)
        found.organisations.append(organisation)
        found.people.append(make_answerer(group, organisation, f"Voice of {name}", languages=(language,)))
    make_coordinator(group, found.people[0])
    db.session.commit()
    return found


def test_a_poll_until_it_closes(round_, reader, clock):
    group = "/groups/example-heat-group"
    people = [reader(person, language=PEOPLE[number][2]) for number, person in enumerate(round_.people)]
    starter, coop, french, arabic, late = people

    # asked in Spanish, said in Arabic by somebody who takes part
    starter.open(f"{group}/polls/new")
    end = in_days(7)
    starter.send(
        has="question",
        language="es",
        question="¿Cuándo medimos el calor?",
        options="En junio\nEn septiembre",
        shows="names",
        day=f"{end.wall:%Y-%m-%d}",
        hour=f"{end.wall:%H:%M}",
        zone=end.zone,
    )
    poll = db.session.query(Poll).one()
    page = f"{group}/polls/{poll.id}"
    june, september = (str(option.id) for option in poll.options)
    arabic.open(f"{page}/wordings?in=ar")
    arabic.send(has="question", language="ar", question="متى نقيس الحرارة؟", options="في يونيو\nفي سبتمبر")

    # four answer, each in their own words; one changes, and nobody sees anything
    answer(coop, page, june)
    answer(french, page, september, because="Il fait trop chaud en juin.", language="fr")
    answer(arabic, page, september, because="العطلة أولًا.", language="ar")
    answer(starter, page, june)
    answer(coop, page, september)
    assert arabic.open(page).h1.get_text() == "متى نقيس الحرارة؟"
    for who in people:
        shown = str(who.open(page))
        assert "trop chaud" not in shown.replace(str(who.page.find(attrs={"name": "because"})), "")
        assert "cells" not in shown

    # the last one opens the page in time, and sends too late
    clock.move_to(START + timedelta(days=7) - timedelta(seconds=1))
    late.open(page)
    clock.move_to(START + timedelta(days=7, seconds=1))
    late.send(has="choices", choices=june)
    assert late.status == 422
    assert jobs.close_ended(START + timedelta(days=7, seconds=1)) == 1

    # what came out, for each in their language
    for who in people:
        first, second = who.open(page).select("#result li")
        assert [len(one.select(".cells svg")) for one in (first, second)] == [1, 1]
        assert "Voice of Red de Vivienda Ejemplo" in first.get_text()
        assert "Voice of Cooperativa Ejemplo" in second.get_text()
        assert "Voice of Example Tenants' Union" not in who.page.get_text()
        reason = who.page.find("blockquote", lang="ar", dir="rtl")
        assert "العطلة أولًا." in reason.get_text()
    assert "3 people · 3 organisations · 3 regions" in in_english(reader, round_, page)


def answer(who, page: str, option: str, **because: str) -> None:
    who.open(page)
    who.send(has="choices", choices=option, **because)
    assert who.status == 200, who.text


def in_english(reader, round_, page: str) -> str:
    who = reader(round_.people[4], language="en")
    who.open(page)
    return who.text
