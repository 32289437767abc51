"""Proposing a meeting without an account, the link, the desk, and the event that comes of it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
import sqlalchemy as sa

from app.core.registries import actor_at, export_person
from app.core.submissions import Submission
from app.events.models import Event
from app.events.services import change_event
from app.extensions import db
from app.proposals import services
from app.proposals.links import token_of
from app.proposals.models import Proposal, ProposalState
from tests.journeys.reader import Reader
from tests.make.moments import hours
from tests.make.people import make_member, make_secretary, sign_in
from tests.make.proposals import make_proposal, planned, propose

TYPED = {
    "title": "Asamblea abierta", "language": "es", "day": "2027-02-13", "start": "17:00", "end": "19:00",
    "zone": "America/Lima", "email": "Ada@Example.org", "name": "Ada", "place": "Plaza",
}  # fmt: skip


def only_proposal() -> Proposal:
    return db.session.scalars(sa.select(Proposal)).one()


def browse(app, person=None) -> Reader:
    client = app.test_client()
    return Reader(sign_in(client, person) if person is not None else client)


def test_a_visitor_proposes_and_a_person_publishes(app, now, clock):
    secretary = make_secretary()
    db.session.commit()
    visitor = browse(app)
    assert visitor.open("/agenda").find("a", href="/agenda/propose")
    page = visitor.open("/agenda/propose")
    assert page.select_one("main form button[type=submit]:not([name])").get_text().strip() == "Propose a meeting"
    visitor.send(has="title", **TYPED, is_named="y")
    assert (visitor.path, visitor.page.find("form", attrs={"method": "post"})) == ("/agenda/propose/received", None)
    for words in ("Look into your mailbox", "Asamblea abierta", "17:00–19:00 in Lima", "22:00 UTC", "Plaza"):
        assert words in " ".join(visitor.text.split())
    assert "Asamblea abierta" not in browse(app).open("/agenda/propose/received").get_text()
    proposal = only_proposal()
    assert (proposal.email, proposal.state) == ("ada@example.org", ProposalState.SENT)
    with app.test_request_context():
        link = f"/agenda/propose/{token_of(proposal.id)}"
    desk = browse(app, secretary)
    assert "Nothing waits for your answer." in desk.open("/proposals").get_text()
    visitor.open(link)
    assert "Nobody has read it yet." in visitor.text
    for words in ("Asamblea abierta", "Saturday 13 February 2027, 17:00–19:00 in Lima", "22:00 UTC", "Plaza"):
        assert words in " ".join(visitor.text.split())
    visitor.send(action=link)
    assert "You have confirmed it: now a person reads it" in visitor.text
    visitor.open(link)
    assert "You had confirmed it before." in visitor.text

    assert "1 meeting was proposed for the agenda." in desk.open("/overview").get_text()
    desk.open("/proposals")
    desk.open(desk.page.find("a", string="Asamblea abierta")["href"])
    assert desk.page.find(attrs={"name": "start"})["value"] == "17:00"
    assert "nobody has checked that it is theirs" in desk.text
    assert "ada@example.org" not in str(desk.page)
    desk.send(has="title", title="Asamblea abierta de Lima")
    event = db.session.scalars(sa.select(Event)).one()
    assert desk.path == f"/events/{event.id}"
    shown = browse(app)
    shown.open(f"/events/{event.id}")
    assert "Asamblea abierta de Lima" in shown.text
    assert "Proposed by Ada" in shown.text
    assert len(export_person(secretary.id)["proposals"]["answered"]) == 1
    assert "This proposal is answered." in desk.open(f"/proposals/{proposal.id}").get_text()
    visitor.open(link)
    assert "It stands in our agenda: Asamblea abierta de Lima" in visitor.text
    visitor.open(visitor.page.find("a", string="Asamblea abierta de Lima")["href"])
    assert (visitor.status, visitor.path) == (200, f"/events/{event.id}")


def test_the_link_of_a_proposal_that_was_refused_says_why_in_words(app, now, clock):
    proposal = make_proposal(page_language="en")
    services.refuse(actor_at(make_secretary().id, now), proposal, "It was last year.", now=now)
    db.session.commit()
    with app.test_request_context():
        page = browse(app).open(f"/agenda/propose/{token_of(proposal.id)}")
    assert "It was not taken into our agenda. Who answered writes: It was last year." in " ".join(
        page.get_text().split()
    )


def test_the_link_of_a_proposal_says_nothing_of_what_not_everybody_may_see(app, now, clock):
    proposal, secretary = make_proposal(page_language="en"), actor_at(make_secretary().id, now)
    event = services.publish(secretary, proposal, None, planned(readers="network"), now=now)
    change_event(secretary, event, planned(title="Among ourselves", readers="network"), now=now)
    db.session.commit()
    with app.test_request_context():
        page = browse(app).open(f"/agenda/propose/{token_of(proposal.id)}")
    assert "This proposal is answered." in page.get_text()
    assert "Among ourselves" not in page.get_text()
    assert page.find("a", href=re.compile("/events/")) is None


def test_who_publishes_reads_the_hour_on_their_own_clock_and_on_that_of_the_proposal(app, now, clock):
    proposal = make_proposal(timing=hours("2027-02-13 17:00", "2027-02-13 19:00", "America/Lima"))
    secretary = make_secretary(zone="Africa/Cairo")
    db.session.commit()
    desk = browse(app, secretary)
    for address in ("/proposals", f"/proposals/{proposal.id}"):
        words = " ".join(desk.open(address).get_text().split())
        assert "Sunday 14 February 2027, 00:00–02:00 in Cairo" in words
        assert "Saturday 13 February, 17:00 in Lima" in words
    assert "Name of the meeting" in desk.text
    assert "In which language is it?" in desk.text


def test_the_link_works_without_a_cookie_in_the_language_of_the_mail(app, now, clock):
    make_secretary()
    proposal = propose(page_language="fr")
    db.session.commit()
    with app.test_request_context():
        link = f"/agenda/propose/{token_of(proposal.id)}"
    client = app.test_client(use_cookies=False)
    page = client.get(link, headers={"Accept-Language": "es"})
    assert '<html lang="fr"' in page.text
    assert 'name="csrf_token"' not in page.text
    assert "Set-Cookie" not in page.headers
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert client.post(link, data={}).status_code == 200
    assert only_proposal().state is ProposalState.SENT
    done = client.post(link, data={"submission_id": str(uuid4()), "on_behalf_of": ""})
    assert (done.status_code, done.location) == (303, f"{link}?said=now")
    assert only_proposal().state is ProposalState.WAITING
    assert token_of(proposal.id) not in str(db.session.scalars(sa.select(Submission.leads_to)).all())


def test_a_double_click_makes_one(app, now, clock):
    visitor = browse(app)
    visitor.open("/agenda/propose")
    values = visitor._defaults(visitor.form(has="title"))
    for name, value in TYPED.items():
        values.setlist(name, [value])
    assert [visitor.client.post("/agenda/propose", data=values).status_code for _again in range(2)] == [303, 303]
    assert only_proposal().title == "Asamblea abierta"


def test_what_a_machine_sends_reads_the_same_and_is_kept_nowhere(app, now, clock):
    visitor = browse(app)
    visitor.open("/agenda/propose")
    visitor.send(has="title", **TYPED, website="https://spam.example.org")
    assert "Look into your mailbox" in visitor.text
    assert db.session.scalars(sa.select(Proposal)).all() == []


def test_what_is_missing_comes_back_filled_in(app, now, clock):
    visitor = browse(app)
    visitor.open("/agenda/propose")
    visitor.send(has="title", **TYPED | {"email": "nobody", "day": ""})
    assert visitor.status == 422
    assert "Choose a day." in visitor.text
    assert "This is not an e-mail address." in visitor.text
    assert visitor.page.find(attrs={"name": "title"})["value"] == "Asamblea abierta"
    visitor.send(has="title", email="ada@example.org", day="2026-01-01")
    assert "This day is past." in visitor.text


@pytest.mark.parametrize(("typed", "kept"), [("ü@example.org", None), ("Ada@Exämple.org", "ada@xn--exmple-cua.org")])
def test_an_address_is_kept_as_it_is_written_to(app, now, clock, typed, kept):
    visitor = browse(app)
    visitor.open("/agenda/propose")
    visitor.send(has="title", **TYPED | {"email": typed})
    assert bool(visitor.page.find(id="email-error")) == (kept is None)
    assert list(db.session.scalars(sa.select(Proposal.email))) == ([kept] if kept else [])


def test_a_day_alone_is_enough(app, now, clock):
    visitor = browse(app)
    visitor.open("/agenda/propose")
    visitor.send(has="title", **TYPED | {"start": "", "end": ""})
    assert only_proposal().precision.value == "day"


def test_a_link_that_is_none_of_ours_is_not_there(app, now, clock):
    assert browse(app).client.get("/agenda/propose/made-up").status_code == 404


def test_nobody_but_who_answers_finds_a_proposal(app, now, clock):
    waiting, unproven = make_proposal(), propose(email="b@example.org")
    secretary, member = make_secretary(), make_member()
    db.session.commit()
    assert browse(app, member).client.get(f"/proposals/{waiting.id}").status_code == 404
    assert browse(app, member).client.post(f"/proposals/{waiting.id}/refuse").status_code == 404
    assert browse(app, secretary).client.get(f"/proposals/{unproven.id}").status_code == 404


def test_a_refusal_says_why(app, now, clock):
    proposal, secretary = make_proposal(), make_secretary()
    db.session.commit()
    desk = browse(app, secretary)
    desk.open(f"/proposals/{proposal.id}")
    desk.send(action="/refuse")
    assert (desk.status, "Write why: whoever proposed it reads it." in desk.text) == (422, True)
    desk.send(action="/refuse", because="We meet elsewhere.")
    assert "Whoever proposed it reads why." in desk.text
    db.session.expire_all()
    assert only_proposal().state is ProposalState.REFUSED
