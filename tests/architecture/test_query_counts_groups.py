"""The pages of a working group ask the database no more questions for 100 rows than for 10. A few less they may: a room
that shows the first rows alone asks about those it shows."""

from __future__ import annotations

import pytest

from app.core.registries import actor_at
from app.decisions import services as decisions
from app.decisions.models import Stage
from app.decisions.services import Words
from app.extensions import db
from app.people.models import Person
from tests.conftest import START
from tests.make.chantiers import make_agreement, make_chantier, make_letter, make_request, make_speaker
from tests.make.datepolls import NO, YES, make_date_poll, say
from tests.make.decisions import Circle, make_circle, make_decision, open_decision
from tests.make.discussions import make_post, make_topic
from tests.make.moments import hours
from tests.make.people import make_member, make_organisation, sign_in
from tests.make.tasks import make_task
from tests.make.workinggroups import (
    make_coordinator,
    make_group,
    make_invitation,
    make_meeting,
    make_observer_request,
    make_place,
)

ADDRESSES = (
    "/groups/",
    "/groups/full",
    "/groups/full/people",
    "/groups/full/coordinators",
    "/groups/full/observers",
    "/groups/full/invitations",
    "/groups/full/tasks",
    "/groups/full/meetings",
    "/groups/full/year?year=2027",
    "/groups/full/topics",
    "/groups/full/topics/{topic}",
    "/groups/full/decisions",
    "/groups/full/decisions/{decision}",
    "/groups/full/date-polls",
    "/date-polls/{date_poll}",
    "/groups/carried",
    "/groups/carried/carriers",
    "/groups/carried/agreements",
    "/groups/carried/letter/write",
    "/overview",
)

TWELVE = tuple(f"2026-12-{day:02} 17:00" for day in range(5, 17))


class Full:
    """A group and a chantier, run and carried by one reader."""

    def __init__(self) -> None:
        self.circle: Circle = make_circle(2, name="Full", slug="full")
        self.reader: Person = self.circle.coordinator
        carrier = make_organisation("Example Carrier")
        self.chantier = make_chantier(carrier, slug="carried")
        self.reader = make_speaker(carrier, "Reader Example")
        make_coordinator(self.circle.group, self.reader)
        make_coordinator(self.chantier, self.reader)
        make_letter(self.chantier)
        self.topic = make_topic(self.circle.group, self.reader)
        self.decision, self.later = open_decision(self.circle, Stage.CLARIFICATION)
        self.date_poll = make_date_poll(self.circle.group, self.reader, hours=TWELVE)
        db.session.commit()
        self.paths = {"topic": self.topic.id, "decision": self.decision.id, "date_poll": self.date_poll.id}

    def fill(self, number: int) -> None:
        """Add so many of everything."""
        for n in range(number):
            self._add(f"{number}-{n}", n)
        db.session.commit()

    def _add(self, mark: str, n: int) -> None:
        group, union = self.circle.group, make_organisation(f"Union {mark}")
        person = make_member(f"Person {mark}")
        make_place(group, person, union)
        make_place(self.chantier, person, union)
        make_coordinator(group, person)
        make_task(group, f"Task {mark}", owner=person, organisation_id=union.id, by=hours("2027-02-13 17:00"))
        day = f"20{26 + n % 2}-01-{n % 28 + 1:02}"
        make_meeting(group, f"Meeting {mark}", hours(f"{day} 17:00", f"{day} 19:00"))
        make_topic(group, person, f"Topic {mark}")
        make_post(self.topic, person)
        make_date_poll(group, self.reader)
        say(actor_at(person.id, START), self.date_poll, *[YES, NO] * 6)
        make_decision(self.circle, f"Decision {mark}")
        decisions.ask(self.circle.speaker(n % 2, START), self.decision, Words("Who?", "en"), now=START)
        make_invitation(group, make_member(f"Invited {mark}"))
        make_observer_request(group, make_member(f"Asks {mark}"))
        make_invitation(make_group(f"Other {mark}"), self.reader)
        make_agreement(self.chantier, make_organisation(f"Partner {mark}"))
        make_request(self.chantier, make_organisation(f"Asked {mark}"))


@pytest.fixture
def full(app, now):
    return Full()


def test_the_pages_of_groups_ask_no_more_questions_for_a_hundred_rows_than_for_ten(full, app, count_queries):
    client = sign_in(app.test_client(), full.reader)

    def counts() -> dict[str, int]:
        asked = {}
        for address in ADDRESSES:
            path = address.format(**full.paths)
            client.get(path)  # what is worked out once per process is not counted
            with count_queries() as statements:
                assert client.get(path).status_code == 200, path
            asked[address] = len(statements)
        return asked

    full.fill(10)
    few = counts()
    full.fill(90)
    assert {path: (few[path], many) for path, many in counts().items() if many > few[path]} == {}
