"""Who comes into a working group, and how: a Friend who observes until she is an Ally (A2), and a finished track whose
people are asked one by one (A5). Each reads their own language on a phone."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

import pytest

from app.core import clock
from app.extensions import db
from app.people.models import AffiliationKind
from tests.browser.houses import DAY, OpenHouse
from tests.browser.visitors import Visitor
from tests.make.decisions import make_circle, open_decision
from tests.make.people import make_member
from tests.make.reflections import make_reflection
from tests.make.sessions import make_membership, make_session, make_track

TOITS, TITLE = "/groups/toits", "A common letter"
WHY_NOT = (
    "This group is open to %(kinds)s, and your affiliation is another one (%(own)s). Ask the secretariat if it should "
    "be changed."
)
WISH = "Je veux écouter et apprendre."
TRACK, HEAT, FOLLOWING = "/tracks/heat", "Who pays for the heat?", "Techos frescos"


def ending_of(reader: Visitor, sentence: str) -> str:
    """Return the last sentence of several, in the language of this reader: the first ones hold names."""
    return reader.say(sentence).rstrip(".").rsplit(".", 1)[-1].strip()


class Toits(NamedTuple):
    coumba: UUID
    lead: UUID


@pytest.fixture
def toits(open_house: OpenHouse) -> Toits:
    """A group with a decision that asks for voices today, and a Friend who is not in it."""
    with open_house.app.app_context():
        circle = make_circle(2, name="Nos toits", slug="toits")
        open_decision(circle, begun=DAY - timedelta(days=14), title=TITLE)
        coumba = make_member("Coumba Exemple", kind=AffiliationKind.FRIEND, languages=("fr",))
        found = Toits(coumba.id, circle.coordinator.id)
        db.session.commit()
    return found


def test_a_friend_observes_until_she_is_an_ally(visit, toits):
    coumba, lead = visit(toits.coumba, "fr"), visit(toits.lead, "ar", zone="Africa/Cairo")
    ask_to_observe(coumba)
    let_her_observe(lead)
    read_without_a_voice(coumba)
    take_the_people_away(lead)
    make_her_an_ally(visit("secretariat", "es"))
    become_a_member(coumba)


def ask_to_observe(coumba: Visitor) -> None:
    coumba.open("/groups/")
    coumba.follow_to("Nos toits")
    coumba.reads(ending_of(coumba, WHY_NOT))
    assert coumba.button("Join this group").count() == 0
    coumba.looks_right()
    coumba.follow("Ask to observe")
    coumba.looks_right()
    coumba.fill(words=WISH)
    coumba.press("Send")
    coumba.sees("You asked to observe this group. Its coordinators answer, and we write to you then.")


def let_her_observe(lead: Visitor) -> None:
    lead.open("/")
    lead.reads(lead.say_so_many("%(num)s person asks to observe.", "%(num)s people ask to observe.", 1))
    lead.follow("Answer")
    lead.looks_right()
    lead.go(lead.main.get_by_role("link", name="Coumba Exemple"))
    lead.reads(WISH)
    lead.looks_right()
    lead.press("Let them observe")


def read_without_a_voice(coumba: Visitor) -> None:
    coumba.open(TOITS)
    coumba.sees(
        "You observe this group: you read everything and may write in its topics, without a voice in its decisions."
    )
    coumba.looks_right()
    coumba.follow("People of the group")
    coumba.reads("Speaker Example 1")
    coumba.open(TOITS)
    coumba.follow_to(TITLE)
    coumba.sees("You follow this decision without a voice. Your questions are welcome.")
    coumba.link("Ask a question").wait_for()
    assert coumba.link("Say what you think").count() == 0
    answer = coumba.page.goto(f"{coumba.path}/voice")
    assert answer.status == 403
    coumba.looks_right()


def take_the_people_away(lead: Visitor) -> None:
    lead.open(TOITS)
    lead.go(lead.link("People of the group").first)
    with lead.page.expect_download() as taken:
        lead.link("Take it with you (CSV)").click()
    rows = csv.DictReader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig")))
    standings = {row[lead.say("Name")]: row[lead.say("In the group as")] for row in rows}
    assert standings["Coumba Exemple"] == lead.say("Observer")
    assert standings["Speaker Example 1"] == lead.say("Member of the group")


def make_her_an_ally(jo: Visitor) -> None:
    jo.open("/people/")
    jo.fill(q="Coumba Exemple")
    jo.press("Show")
    jo.follow_to("Coumba Exemple")
    jo.go(jo.main.locator("a[href^='/affiliations/']").first)
    jo.choose(kind="ally")
    jo.fill(from_on=f"{clock.now():%Y-%m-%d}")
    jo.press("Change the kind")


def become_a_member(coumba: Visitor) -> None:
    coumba.open(TOITS)
    coumba.press("Become a member")
    coumba.sees("Tick that you have read the objectives and share them: that is how one joins this group.")
    coumba.looks_right()
    coumba.field("acknowledge").check()
    coumba.press("Become a member")
    coumba.sees("You are a member of this group now.")


class Heat(NamedTuple):
    """Those who took part in a finished track: Members, Allies and Friends."""

    members: list[UUID]
    allies: list[UUID]
    friends: list[UUID]


@pytest.fixture
def heat(open_house: OpenHouse) -> Heat:
    """A track that was held a week ago, with 12 Members, 5 Allies and 4 Friends, and a public reflection."""
    with open_house.app.app_context():
        track = make_track(HEAT, slug="heat")
        make_session(track, "The last one", wall_start=(DAY - timedelta(days=7)).replace(tzinfo=None), number=1)
        people = {
            kind: [make_member(f"{kind.title()} {number} Example", kind=kind) for number in range(count)]
            for kind, count in ((AffiliationKind.MEMBER, 12), (AffiliationKind.ALLY, 5), (AffiliationKind.FRIEND, 4))
        }
        for person in (person for some in people.values() for person in some):
            make_membership(track, person)
        make_reflection(track, people[AffiliationKind.MEMBER][0], audience="public")
        found = Heat(*([person.id for person in some] for some in people.values()))
        db.session.commit()
    return found


def test_a_finished_track_asks_its_people_and_puts_nobody_into_a_group(visit, heat):
    jo = visit("secretariat", "es")
    create_the_group(jo)
    group = jo.path
    accept(visit(heat.members[0], "fr"), group)
    decline(visit(heat.allies[0], "pt"), group)
    find_the_no_remembered(jo, group)
    find_another_way_in(visit(heat.friends[0], "ar"), group)


def create_the_group(jo: Visitor) -> None:
    jo.open("/overview")
    line = jo.main.get_by_role("listitem").filter(has_text=HEAT)
    jo.go(line.get_by_role("link", name=jo.say("Create the follow-on group")))
    jo.reads(jo.say_so_many("%(num)s person gets an invitation.", "%(num)s people get one invitation each.", 17))
    jo.looks_right()
    jo.fill(name_es=FOLLOWING, objectives_es="Pedir techos frescos y contarlo entre todas.")
    jo.press("Create the group and invite")
    jo.reads(
        jo.say_so_many(
            "The group is created and %(num)s person is invited. Nobody is in it before they accept.",
            "The group is created and %(num)s people are invited. Nobody is in it before they accept.",
            17,
        )
    )
    jo.sees("Nobody has joined yet.")
    jo.main.get_by_role("link", name=HEAT).wait_for()
    jo.looks_right()


def accept(member: Visitor, group: str) -> None:
    """One tick and one press; without the tick the page says so."""
    member.open("/")
    member.sees("You are invited into a working group.")
    member.follow("Read and answer")
    assert member.path == f"{group}/invitation"
    member.reads("Pedir techos frescos")
    member.looks_right()
    member.press("Accept")
    member.sees("Tick that you have read the objectives and share them: that is how one joins this group.")
    member.looks_right()
    member.field("acknowledge").check()
    member.press("Accept")
    member.sees("You are a member of this group now.")
    assert member.path == group


def decline(ally: Visitor, group: str) -> None:
    ally.open("/")
    ally.follow("Read and answer")
    ally.press("Decline")
    ally.reads(
        ending_of(
            ally, "Nobody asks you again. If you change your mind, you can still accept below while the group goes on."
        )
    )
    ally.looks_right()
    ally.open("/")
    ally.misses("You are invited into a working group.")


def find_the_no_remembered(jo: Visitor, group: str) -> None:
    jo.open(f"{group}/invitations")
    jo.looks_right()
    jo.fill(person="Ally 0 Example")
    jo.press("Invite")
    jo.sees(
        "%(name)s has declined, and nobody is asked twice. The invitation stays with them: they may still accept it by "
        "themselves.",
        name="Ally 0 Example",
    )
    jo.looks_right()
    jo.open("/tracks/heat/follow-on")
    jo.press("Create the group and invite")


def find_another_way_in(friend: Visitor, group: str) -> None:
    """She took part in the track as well: that alone opens nothing, and the track leads her to the group."""
    friend.open("/")
    friend.misses("You are invited into a working group.")
    friend.open(TRACK)
    friend.follow_to(HEAT)  # the name of the group in the language nearest to hers
    friend.looks_right()
    friend.link("Ask to observe").wait_for()
