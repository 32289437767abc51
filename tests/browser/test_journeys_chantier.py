"""A13 · A pair of organisations carries a chantier under a letter that both signed; a third may, a fourth may not; who
leaves suspends it; and the carriers alone let others in. Each speaks for an organisation, in the language of its own
people."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

import pytest

from app.core import clock
from app.core.names import set_name
from app.extensions import db
from tests.browser.houses import DAY, OpenHouse
from tests.browser.visitors import Visitor
from tests.make.chantiers import make_chantier, make_letter, make_speaker
from tests.make.people import make_organisation

NAME, OBJECTIVES = "Logements vides du quartier", "Les compter, et savoir qui pourrait y vivre."
MISSION = "Compter les logements vides, rue par rue."
CARRIERS = (
    ("Locataires Exemple", "fr"),
    ("جمعية الحيّ (مثال)", "ar"),
    ("Moradoras Exemplo", "pt"),
    ("Inquilinas Ejemplo", "es"),
)
FIRST, SECOND, THIRD, FOURTH = (name for name, _language in CARRIERS)
NETWORK, COMMITTEE = "Example Partner Network", "Comité d’habitantes Exemple"


class Speakers(NamedTuple):
    """Who speaks for four associations of the network, for a network outside it, and for a group of inhabitants."""

    carriers: list[UUID]
    network: UUID
    committee: UUID


@pytest.fixture
def speakers(open_house: OpenHouse) -> Speakers:
    with open_house.app.app_context():
        carriers = [make_speaker(make_organisation(name, language=language)).id for name, language in CARRIERS]
        network, committee = (
            make_speaker(make_organisation(name, language=language)).id
            for name, language in ((NETWORK, "en"), (COMMITTEE, "fr"))
        )
        db.session.commit()
    return Speakers(carriers, network, committee)


@pytest.fixture
def carrier(visit, speakers):
    """Return a maker of those who speak for the associations, by their place in `CARRIERS`."""
    return lambda number: visit(speakers.carriers[number], CARRIERS[number][1])


def test_a_pair_carries_a_chantier_until_one_of_them_leaves(visit, carrier):
    una, dua, tria = carrier(0), carrier(1), carrier(2)
    chantier = propose(una)
    visitor = visit("", "en")
    visitor.open(chantier)
    visitor.sees("A second carrier and a mission letter are required.")
    ask(una, chantier, SECOND)
    accept(dua, chantier)
    write_letter(una, chantier)
    sign(una, FIRST)
    una.sees("The mission letter is not signed by %(organisations)s yet.", organisations=SECOND)
    sign_from_the_front_page(dua)
    ask(una, chantier, THIRD)
    ask(una, chantier, FOURTH)
    fourth = carrier(3)
    fourth.open("/")
    fourth.follow("Answer")
    accept(tria, chantier, signs=True)
    refuse_a_fourth(fourth, una, chantier)
    leave(tria, chantier)
    visitor.open(chantier)
    visitor.misses("This chantier is suspended.")
    leave(dua, chantier)
    visitor.open(chantier)
    visitor.sees("This chantier is suspended.")
    visitor.looks_right()


def propose(una: Visitor) -> str:
    una.open("/groups/")
    una.follow("Propose a chantier")
    una.looks_right()
    una.fill(name_fr=NAME, objectives_fr=OBJECTIVES)
    una.press("Propose it")
    una.sees("A second carrier and a mission letter are required.")
    una.looks_right()
    return "/".join(una.path.split("/")[:3])


def ask(una: Visitor, chantier: str, organisation: str) -> None:
    una.open(f"{chantier}/carriers")
    una.follow("Ask an organisation to carry it")
    una.field("organisation").select_option(label=organisation)
    una.press("Ask it")
    una.sees("Asked. Who speaks for the organisation is told, and answers.")


def accept(somebody: Visitor, chantier: str, *, signs: bool = False) -> None:
    """The line on the front page leads to the whole question; without the tick the page says what is missing."""
    somebody.open("/")
    somebody.follow("Answer")
    somebody.reads(OBJECTIVES)
    somebody.looks_right()
    somebody.press("We carry it")
    somebody.sees("Tick that you carry the objectives, or say that you do not carry it.")
    somebody.looks_right()
    somebody.field("acknowledge").check()
    if signs:
        somebody.field("signs").check()
    somebody.press("We carry it")
    somebody.sees("Your organisation carries this chantier now, and you are inside its group.")
    assert somebody.path.startswith(chantier)


def write_letter(una: Visitor, chantier: str) -> None:
    """Each contributor is named with the basis on which they take part; one without is refused, and nothing is lost."""
    una.open(f"{chantier}/carriers")
    una.go(una.link("Write the mission letter").first)
    una.looks_right()
    una.choose(language="fr")
    una.fill(scope=MISSION, from_on=f"{clock.now():%Y-%m-%d}", until_on=f"{clock.now() + timedelta(days=300):%Y-%m-%d}")
    for number, (who, scope) in enumerate(((FIRST, "Parler avec la mairie"), (SECOND, "Marcher dans les rues"))):
        una.field(f"contributors-{number}-who").select_option(label=who)
        una.field(f"contributors-{number}-scope").fill(scope)
    una.field("contributors-0-basis").select_option("mandate")
    una.press("Save")
    una.sees(
        "Say on which basis each contributor takes part: mandate, involvement or expertise. The letter is not kept "
        "without it."
    )
    assert una.field("contributors-1-scope").input_value() == "Marcher dans les rues"
    una.looks_right()
    una.field("contributors-1-basis").select_option("involvement")
    una.press("Save")
    una.sees("Kept. Each carrier signs it now.")
    una.looks_right()


def sign(somebody: Visitor, organisation: str) -> None:
    somebody.press("Sign for %(organisation)s", organisation=organisation)


def sign_from_the_front_page(dua: Visitor) -> None:
    dua.open("/")
    dua.follow("Read and sign")
    dua.reads(MISSION)
    dua.looks_right()
    sign(dua, SECOND)
    dua.sees("Signed. The letter is in force, and the chantier is active.")
    dua.looks_right()


def refuse_a_fourth(fourth: Visitor, una: Visitor, chantier: str) -> None:
    """The page was open before a third organisation said yes."""
    fourth.field("acknowledge").check()
    fourth.press("We carry it")
    fourth.sees(
        "Three organisations carry this chantier already, and a fourth may not. They can invite yours, or one of them "
        "makes room."
    )
    fourth.looks_right()
    una.open(f"{chantier}/carriers")
    assert una.link("Ask an organisation to carry it").count() == 0


def leave(somebody: Visitor, chantier: str) -> None:
    somebody.open(f"{chantier}/carriers")
    somebody.follow("Stop carrying it")
    somebody.looks_right()
    somebody.press("Stop carrying it")
    somebody.sees("Your organisation no longer carries this chantier.")


def test_only_the_carriers_let_others_in(visit, carrier, speakers):
    una = carrier(0)
    chantier = propose(una)
    find_that_only_carriers_invite(visit("secretariat", "es"), chantier)
    invite(una, chantier)
    come_as_guest(visit(speakers.network, "en"), chantier)
    record_agreement(una, chantier)
    come_under_the_agreement(visit(speakers.committee, "fr"), chantier)


def find_that_only_carriers_invite(jo: Visitor, chantier: str) -> None:
    jo.open(f"{chantier}/invitations")
    jo.sees(
        "From outside the network people and organisations come into a chantier alone, and only the organisations that "
        "carry it invite them. Ask one of them."
    )
    assert jo.link("Invite an organisation from outside").count() == 0
    jo.looks_right()


def invite(una: Visitor, chantier: str) -> None:
    una.open(chantier)
    una.follow("Invitations")
    una.follow("Invite an organisation from outside")
    una.looks_right()
    una.field("organisation").select_option(label=NETWORK)
    una.press("Invite")
    una.reads(NETWORK)
    una.looks_right()


def come_as_guest(guest: Visitor, chantier: str) -> None:
    guest.open("/")
    guest.sees("%(organisation)s is invited into a chantier, and you speak for it.", organisation=NETWORK)
    guest.follow("Read and answer")
    guest.reads(OBJECTIVES)
    guest.looks_right()
    guest.field("acknowledge").check()
    guest.press("Accept")
    guest.sees("You take part in this group as a guest, without a voice in its decisions.")
    assert guest.path == chantier


def record_agreement(una: Visitor, chantier: str) -> None:
    una.open(f"{chantier}/carriers")
    una.follow("Partnership agreements")
    una.follow("Record an agreement")
    una.looks_right()
    una.field("organisation").select_option(label=COMMITTEE)
    una.choose(language="fr")
    una.fill(
        words="Elles enquêtent avec nous dans le quartier.",
        from_on=f"{clock.now():%Y-%m-%d}",
        until_on=f"{clock.now() + timedelta(days=300):%Y-%m-%d}",
    )
    una.press("Save")
    una.reads(COMMITTEE)
    una.looks_right()


def come_under_the_agreement(guest: Visitor, chantier: str) -> None:
    guest.open(chantier)
    guest.follow("Come in as a guest")
    guest.press("Come in as a guest")
    guest.sees("You are inside this chantier, as a guest.")


def test_who_spoke_for_a_carrier_until_yesterday_reads_that(visit, open_house):
    """She opened the letter on the last day of her mandate, and signs a day too late."""
    with open_house.app.app_context():
        first, second = (make_organisation(name, language=language) for name, language in CARRIERS[:2])
        group = make_chantier(first, second, name="Empty houses", slug="empty-houses")
        set_name("group", group.id, "ar", "بيوت فارغة")
        make_letter(group)
        late = make_speaker(second, until_on=DAY.date()).id
        db.session.commit()
    dua = visit(late, "ar", zone="Africa/Cairo")
    dua.open("/groups/empty-houses/letter")
    open_house.pass_time(days=1)
    sign(dua, SECOND)
    read_that_it_ended(dua)
    dua.open("/groups/empty-houses/carriers")
    read_that_it_ended(dua)


def read_that_it_ended(dua: Visitor) -> None:
    dua.reads(SECOND)
    assert "24" in dua.text
    assert "2026" in dua.text
    dua.looks_right()
