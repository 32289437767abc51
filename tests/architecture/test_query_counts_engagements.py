"""The page of an engagement asks the database as much for 30 signatories, texts and deadlines as for three; so do the
lists and rooms that engagements stand in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.advocacy.models import Access, FollowedSpace, ModeCode, Standing, StepCode
from app.engagements.models import Engagement, SignOff
from app.extensions import db
from app.people.models import Role
from tests.conftest import START
from tests.make.advocacy import make_access, make_limit, make_mode, make_occurrence, make_space, make_step
from tests.make.drafting import make_text
from tests.make.engagements import make_delegate, make_engagement, make_engagement_text, make_signatory
from tests.make.people import make_member, make_organisation, make_person, make_role, sign_in
from tests.make.workinggroups import make_coordinator, make_group, make_place

LANGUAGES = ("en", "fr", "es", "pt", "ar", "sw", "hi", "bn", "id", "tr")

MOST = {
    "/advocacy/engagements/{engagement}": 70,
    "/advocacy/engagements/": 43,
    "/advocacy/occurrences/{occurrence}": 57,
    "/groups/full": 78,
}
"""Each page with the number of questions it may ask at most; some 17 of them are who the reader is, some 8 who
takes care of its deadlines."""


class Full:
    """A statement of many organisations in many languages, at a session with many dates, beside many others."""

    def __init__(self) -> None:
        self.reader = make_member("Huda Example")
        self.group = make_group("Full", slug="full")
        make_coordinator(self.group, self.reader)
        self.space = make_space("Example Commission", slug="example-commission")
        db.session.add(FollowedSpace(group_id=self.group.id, space_id=self.space.id, since=START))
        self.mode = make_mode(self.space, ModeCode.WRITTEN_STATEMENT, access=Access.ECOSOC)
        make_limit(self.mode, 1500)
        self.occurrence = make_occurrence(self.space, date(2027, 3, 8), number=71)
        self.step = make_step(self.occurrence, date(2026, 12, 11), mode_id=self.mode.id)
        self.engagement = self.plan("Example statement")

    def plan(self, title: str) -> Engagement:
        return make_engagement(
            self.space, self.group, title=title, mode=self.mode, occurrence=self.occurrence, step=self.step
        )

    def fill(self, first: int, last: int) -> None:
        """Add organisations that sign and some that do not, texts, people, other plans and dates."""
        for number in range(first, last):
            organisation, person = make_organisation(f"Union {number}"), make_person(f"Person {number}")
            make_role(person, Role.MANDATED, organisation.id)
            if number % 2:
                make_access(organisation, Standing.ECOSOC_SPECIAL)
            signatory = make_signatory(self.engagement, organisation, is_lead=not number)
            make_place(self.group, person, organisation)
            make_delegate(self.engagement, person, organisation_id=organisation.id)
            if number < len(LANGUAGES):
                self._write(LANGUAGES[number], signatory, person)
            make_signatory(self.plan(f"Plan {number}"), organisation, is_lead=True)
            make_step(self.occurrence, date(2027, 1, 1) + timedelta(days=number), StepCode.REGISTRATION)
        db.session.commit()
        db.session.expire_all()

    def _write(self, language, signatory, person) -> None:
        text = make_text(self.group, self.reader, language=language)
        make_engagement_text(self.engagement, text)
        db.session.add(
            SignOff(
                signatory_id=signatory.id, text_id=text.id, version=1, person_id=person.id, grant_id=person.id,
                signed_at=START, digest="-",
            )
        )  # fmt: skip


@pytest.fixture
def full(app, now):
    return Full()


def test_pages_about_engagements_ask_as_many_questions_for_30_of_everything_as_for_3(full, app, count_queries):
    client = sign_in(app.test_client(), full.reader)
    paths = {"engagement": full.engagement.id, "occurrence": full.occurrence.id}

    def counts() -> dict[str, int]:
        asked = {}
        for address in MOST:
            path = address.format(**paths)
            client.get(path)  # what is worked out once per process is not counted
            with count_queries() as statements:
                assert client.get(path).status_code == 200, path
            asked[address] = len(statements)
        return asked

    full.fill(0, 3)
    few = counts()
    full.fill(3, 30)
    many = counts()
    assert all(many[address] <= few[address] for address in MOST), (few, many)
    assert {address: count for address, count in many.items() if count > MOST[address]} == {}
