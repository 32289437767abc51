"""Every act that can be done from a mail: its link asks, on a page of its own that anybody with the mail can open, and
does nothing for anybody else."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.advocacy.models import FollowedSpace
from app.chantiers.queries import current_carriers
from app.core import acts
from app.decisions.models import Stage
from app.engagements.models import SignatoryState
from app.extensions import db
from app.sessions.acts import about_start
from tests.architecture.test_routes import check_page
from tests.make.acts import act_path
from tests.make.advocacy import make_occurrence, make_space, make_step
from tests.make.chantiers import make_chantier, make_letter, make_request, make_speaker
from tests.make.datepolls import make_asked_group, make_date_poll
from tests.make.decisions import make_circle, open_decision
from tests.make.drafting import make_text
from tests.make.engagements import make_engagement, make_engagement_text, make_signatory
from tests.make.people import make_member, make_organisation
from tests.make.sessions import make_membership, make_session, make_track
from tests.make.workinggroups import make_coordinator, make_group, make_invitation, make_place


def row_counts() -> dict[str, int]:
    """How many rows each table has. The savepoint of this look ends after it, not before: what requests write between
    two looks would be undone with it."""
    counts = {
        table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in db.metadata.sorted_tables
    }
    db.session.rollback()
    return counts


def _coming(person):
    session = make_session(make_track())
    make_membership(session.track, person)
    return session.id, person, about_start(session)


def _invitation(person):
    return make_invitation(make_group("Asked into"), person).id, person, ""


def _voice(_person):
    circle = make_circle()
    decision, _now = open_decision(circle, Stage.OBJECTIONS)
    return decision.id, circle.speakers[0], f"{decision.version}:{circle.organisations[0].id.hex}"


def _signature(_person):
    circle = make_circle(slug="signing-group")
    engagement = make_engagement(make_space(), circle.group, state="in_the_making")
    link = make_engagement_text(engagement, make_text(circle.group, None))
    signatory = make_signatory(engagement, circle.organisations[0])
    return signatory.id, circle.speakers[0], f"{link.text_id.hex}:1"


def _joining(_person):
    circle = make_circle(slug="joining-group")
    engagement = make_engagement(make_space(), circle.group)
    signatory = make_signatory(engagement, circle.organisations[0], state=SignatoryState.ASKED)
    return signatory.id, circle.speakers[0], "co-sign"


def _care(person):
    group, step = make_group("Following group"), make_step(make_occurrence(make_space()), date(2027, 2, 1))
    make_coordinator(group, person)
    db.session.add(FollowedSpace(space_id=step.occurrence.space_id, group_id=group.id, since=step.moment.starts_at))
    db.session.flush()
    return step.id, person, f"{group.id.hex}:{step.moment.until.isoformat()}"


def _letter(_person):
    group = make_chantier(make_organisation(), make_organisation())
    letter, carrier = make_letter(group), current_carriers(group)[0]
    return carrier.id, make_speaker(carrier.organisation, "Signing Example"), letter.id.hex


def _carrying(_person):
    asked = make_organisation()
    group = make_chantier(make_organisation(), make_organisation())
    make_letter(group)
    return make_request(group, asked).id, make_speaker(asked, "Asked Speaker"), ""


def _hours(person):
    circle = make_asked_group(1)
    make_place(circle.owner, person)
    return make_date_poll(circle.owner, circle.leader).id, person, "0"


OPEN = {
    "datepolls.answer": _hours,
    "chantiers.carrying": _carrying,
    "chantiers.letter": _letter,
    "sessions.coming": _coming,
    "workinggroups.invitation": _invitation,
    "decisions.voice": _voice,
    "engagements.signature": _signature,
    "engagements.joining": _joining,
    "reminders.care": _care,
}
"""How each act is made open for a person: its thing, who is asked, and what the mail is about. A new act is a conscious
line here."""


def test_every_act_of_the_house_is_in_the_table(app):
    assert acts.kinds() == set(OPEN)


def _paths(kind: str) -> list[str]:
    """The links of an open act, one for each of its choices."""
    asked = make_member("Asked Example", page_language="en")
    subject_id, person, about = OPEN[kind](asked)
    db.session.commit()
    return [act_path(kind, choice, subject_id, person, about=about) for choice in acts.act_of(kind).choices]


@pytest.mark.parametrize("language", ["en", "en-XB"])
@pytest.mark.parametrize("kind", sorted(OPEN))
def test_every_choice_asks_on_a_page_that_changes_nothing(app, now, kind, language, *, database_kind):
    paths, client = _paths(kind), app.test_client()
    before = row_counts()
    for path in paths:
        answer = client.get(f"{path}?lang={language}")
        assert answer.status_code == 200, path
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
        check_page(answer.text, language, f"{kind}: {path}")
        assert len(answer.text) < 20_000
    assert row_counts() == before


@pytest.mark.parametrize("kind", sorted(OPEN))
def test_nobody_else_is_asked_and_an_empty_form_does_nothing(app, now, kind):
    asked, stranger = make_member("Asked Example"), make_member("Stranger Example")
    subject_id, _person, about = OPEN[kind](asked)
    db.session.commit()
    client, choices = app.test_client(), acts.act_of(kind).choices
    own = [act_path(kind, choice, subject_id, _person, about=about) for choice in choices]
    theirs = [act_path(kind, choice, subject_id, stranger, about=about) for choice in choices]
    before = row_counts()
    for path in theirs:
        assert client.get(path).status_code == 404
        assert client.post(path, data={"submission_id": str(uuid4()), "on_behalf_of": ""}).status_code == 404
    for path in own:
        for typed in ({}, {"on_behalf_of": ""}, {"List-Unsubscribe": "One-Click"}):
            assert client.post(path, data=typed).status_code == 422
    assert row_counts() == before


@pytest.mark.parametrize("kind", sorted(OPEN))
def test_a_thing_that_is_gone_is_a_page_like_any_other(app, now, kind):
    _subject_id, person, about = OPEN[kind](make_member("Asked Example"))
    db.session.commit()
    for choice in acts.act_of(kind).choices:
        path = act_path(kind, choice, uuid4(), person, about=about)
        assert app.test_client().get(path).status_code == 404
