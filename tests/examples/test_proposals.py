"""Proposals of the example house: one on the desk, one in the agenda."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask import Flask

from app.core.registries import actor_at
from app.examples import make_examples
from app.examples.cast import ACCOUNTS
from app.extensions import db
from app.people.models import Account
from app.proposals import queries
from app.proposals.models import Proposal, ProposalState


def test_one_waits_for_the_secretariat_and_one_stands_in_the_agenda(app: Flask, now: datetime) -> None:
    make_examples(app.extensions["maloca"].model_copy(update={"example_password": "three words here"}), now=now)
    jo = db.session.scalars(sa.select(Account).where(Account.email_norm == ACCOUNTS["jo"])).unique().one()
    [waiting] = queries.list_waiting(actor_at(jo.person_id, now))
    published = db.session.scalars(sa.select(Proposal).where(Proposal.state == ProposalState.PUBLISHED)).unique().one()
    assert (waiting.language, waiting.is_named, published.is_named) == ("pt", False, True)
    event = published.event
    assert (event.is_example, event.moment.audience, event.moment.starts_at > now) == (True, "public", True)
    page = app.test_client().get(f"/events/{event.id}").text
    assert "Ligaya Halimbawa" in page
