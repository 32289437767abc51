"""Seven organisations in four languages decide by consent (R-23), each on a phone of its own and led by a coordinator
who reads English: an objection, an amendment, a voice given to another, one that came late, and the record of it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

import pytest

from app.core import clock
from app.decisions import jobs
from app.extensions import db
from tests.browser.houses import OpenHouse
from tests.browser.visitors import Visitor
from tests.make.decisions import make_speaker
from tests.make.people import make_account, make_organisation, make_person
from tests.make.workinggroups import make_coordinator, make_group

GROUP = "/groups/example-land-group"
TITLE = "Una carta común"
FIRST, SECOND = "Escribimos una carta y nombramos los barrios.", "Escribimos una carta, sin nombrar barrios."
OBJECTION = "أسماء الأحياء تعرّض سكانها للخطر."
MET = "النسخة الثانية تكفينا."
ONE_WINDOW = {"days": 7, "hours": 12}
"""From the morning on which a window is opened until after its end, a week later at six in the evening."""

ORGANISATIONS = (
    ("Red de Vivienda Ejemplo", "es", "Rosa Ejemplo de la Red"),
    ("Cooperativa Ejemplo", "es", "Lupe Ejemplo de la Cooperativa"),
    ("Locataires de l’Exemple", "fr", "Fatou Exemple"),
    ("Femmes et Terre Exemple", "fr", "Awa Exemple"),
    ("اتحاد المستأجرات المثال", "ar", "سلمى مثال"),
    ("Movimento das Moradoras Exemplo", "pt", "Benedita Exemplo do Movimento"),
    ("Associação de Bairros Exemplo", "pt", "Joana Exemplo da Associação"),
)
RED, COOPERATIVA, LOCATAIRES, FEMMES, UNION, MOVIMENTO, BAIRROS = range(7)


class Seven(NamedTuple):
    """The group as it stands before the story: who coordinates, and who speaks for each organisation."""

    lead: UUID
    speakers: list[UUID]


@pytest.fixture
def seven(open_house: OpenHouse) -> Seven:
    with open_house.app.app_context():
        group, lead = make_group("Example land group", slug="example-land-group"), make_person("Wanja Example")
        make_account(lead)
        make_coordinator(group, lead)
        speakers = [
            make_speaker(make_organisation(name, language=language), group, speaker, languages=(language,))
            for name, language, speaker in ORGANISATIONS
        ]
        found = Seven(lead.id, [speaker.id for speaker in speakers])
        db.session.commit()
    return found


@pytest.fixture
def speaker(visit, seven):
    """Return a maker of the speakers in front of their phones, each reading the language of their organisation."""

    def make(number: int, **options) -> Visitor:
        return visit(seven.speakers[number], ORGANISATIONS[number][1], **options)

    return make


@pytest.fixture
def lead(visit, seven) -> Visitor:
    return visit(seven.lead, "en", zone="Africa/Nairobi")


def open_decision(somebody: Visitor) -> None:
    somebody.open(GROUP)
    somebody.follow_to(TITLE)


def open_settled(somebody: Visitor) -> None:
    """What is decided stands in the list of the group."""
    somebody.open(GROUP)
    somebody.follow("All decisions of this group")
    somebody.follow_to(TITLE)


def say_until(lead: Visitor, button: str, days: int = 7, **values: str) -> None:
    """Fill in until when a window is open, and send the form."""
    closing = clock.now() + timedelta(days=days)
    lead.fill(day=f"{closing:%Y-%m-%d}", hour="18:00", **values)
    lead.press(button)


def write(somebody: Visitor, button: str, words: str) -> None:
    somebody.choose(language=somebody.language)
    somebody.fill(body=words)
    somebody.press(button)
    somebody.reads(words)


def give_voice(somebody: Visitor, stand: str, words: str = "") -> None:
    """Answer the line that waits on the front page."""
    somebody.open("/")
    somebody.go(somebody.main.get_by_role("link", name=somebody.say("Give its voice")).first)
    send_voice(somebody, stand, words)


def send_voice(somebody: Visitor, stand: str, words: str = "") -> None:
    somebody.choose(stand=stand)
    if words:
        somebody.choose(language=somebody.language)
        somebody.fill(body=words)
    somebody.press("Give the voice")


def test_seven_organisations_decide(open_house, visit, seven, lead, speaker):
    rosa, fatou, salma = speaker(RED), speaker(LOCATAIRES), speaker(UNION, zone="Africa/Cairo")
    propose(rosa)
    ask_and_answer(lead, fatou)
    open_house.pass_time(**ONE_WINDOW)
    react(lead, salma)
    open_house.pass_time(**ONE_WINDOW)
    object_once(lead, [rosa, speaker(COOPERATIVA), fatou], salma)
    open_house.pass_time(**ONE_WINDOW)
    amend(lead, salma)
    speak_for_another(speaker(FEMMES), fatou)
    give_voice(rosa, "consent")
    give_voice(salma, "consent")
    benedita = speaker(MOVIMENTO)
    give_voice(benedita, "abstain")
    open_house.pass_time(**ONE_WINDOW)
    with open_house.app.app_context():
        assert jobs.close_ended(clock.now()) >= 1  # the decision of the examples has come to its end as well
    come_late(speaker(BAIRROS))
    write_outcome(visit(seven.lead, "en", zone="Africa/Nairobi"))  # a device is signed out after a month
    read_record(benedita)


def propose(rosa: Visitor) -> None:
    rosa.open(GROUP)
    rosa.follow("Propose something")
    rosa.looks_right()
    rosa.choose(language="es")
    rosa.fill(title=TITLE, body=FIRST, quorum="4", proxies="1")
    rosa.press("Keep the draft")
    rosa.sees("This is a draft. A coordinator opens it.")


def ask_and_answer(lead: Visitor, fatou: Visitor) -> None:
    lead.open("/")
    lead.sees("A draft waits to be opened.")
    lead.go(lead.main.get_by_role("link", name=lead.say("Open the decision")).first)
    lead.follow("Open it for questions")
    lead.looks_right()
    say_until(lead, "Open it for questions")

    open_decision(fatou)
    fatou.sees("Read the proposal and ask what you do not understand.")
    fatou.looks_right()
    fatou.follow("Ask a question")
    write(fatou, "Send the question", "Qui signe la lettre ?")
    open_decision(lead)
    lead.follow("Answer")
    write(lead, "Send the answer", "Whoever wants to.")


def react(lead: Visitor, salma: Visitor) -> None:
    open_decision(lead)
    lead.follow("Ask for reactions")
    say_until(lead, "Ask for reactions")
    open_decision(salma)
    salma.looks_right()
    salma.follow("Say what you think")
    write(salma, "Send", "الوقت قصير.")


def object_once(lead: Visitor, consenting: list[Visitor], salma: Visitor) -> None:
    open_decision(lead)
    lead.follow("Ask for voices")
    say_until(lead, "Ask for voices")
    for somebody in consenting:
        give_voice(somebody, "consent")
    give_voice(salma, "object")
    salma.sees("What you wrote is still here, nothing is lost.")
    salma.looks_right()
    assert salma.main.locator("[name=stand][value=object]").is_checked()
    send_voice(salma, "object", OBJECTION)
    salma.reads(OBJECTION)


def amend(lead: Visitor, salma: Visitor) -> None:
    open_decision(lead)
    lead.follow("Count the voices")
    lead.press("Count the voices")
    lead.sees("A reasoned objection stands, so the proposal is not adopted. It is amended or laid down.")
    lead.looks_right()
    lead.follow("Amend the proposal")
    say_until(lead, lead.say("Send version %(number)s", number=2), body=SECOND)
    lead.reads(SECOND)

    open_decision(salma)
    salma.follow("Take the objection back")
    write(salma, "Take the objection back", MET)


def speak_for_another(awa: Visitor, fatou: Visitor) -> None:
    giver, holder = ORGANISATIONS[FEMMES][0], ORGANISATIONS[LOCATAIRES][0]
    open_decision(awa)
    awa.follow("Give a voice to another organisation")
    awa.looks_right()
    awa.field("giver").select_option(label=giver)
    awa.field("holder").select_option(label=holder)
    awa.press("Record it")

    for name, words in ((holder, ""), (giver, "Au nom des femmes.")):
        open_decision(fatou)
        fatou.go(fatou.main.get_by_role("link", name=fatou.say("Give the voice of %(name)s", name=name)))
        send_voice(fatou, "consent", words)


def come_late(joana: Visitor) -> None:
    open_settled(joana)
    joana.follow(
        "Give the voice of %(name)s all the same: it is kept and marked late", name="Associação de Bairros Exemplo"
    )
    joana.sees("The window is closed. A voice is kept, marked late, and changes nothing.")
    send_voice(joana, "consent", "Chegamos tarde e estamos de acordo.")
    joana.reads(
        joana.say_so_many(
            "%(num)s voice came late. It is kept in the record and changes nothing.",
            "%(num)s voices came late. They are kept in the record and change nothing.",
            1,
        )
    )


def write_outcome(lead: Visitor) -> None:
    open_settled(lead)
    lead.follow("Write the outcome")
    lead.fill(review_on=f"{clock.now() + timedelta(days=90):%Y-%m-%d}")
    write(lead, "Keep the outcome", "It goes out on Monday.")


def read_record(benedita: Visitor) -> None:
    """Who stood where is read in one's own language; words stay in that of whoever said them."""
    open_settled(benedita)
    benedita.looks_right()
    benedita.follow("The record")
    benedita.looks_right()
    said = benedita.text
    assert (
        benedita.say(
            "No objection stands and the quorum is met: the proposal is adopted. Silence is counted as consent."
        )
        in said
    )
    assert SECOND in said
    assert said.count(benedita.say("silence, counted as consent")) == 2
    assert benedita.main.locator("[lang=ar][dir=rtl]", has_text=OBJECTION).count() >= 1
    with benedita.page.expect_download() as taken:
        benedita.main.get_by_role("link", name="JSON", exact=True).click()
    whole = json.loads(taken.value.path().read_text())
    assert (whole["decision"]["stage"], whole["decision"]["version"]) == ("adopted", 2)
