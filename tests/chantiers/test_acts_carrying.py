"""Whoever speaks for an organisation that is asked to carry a chantier answers from the mail that asks."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from app.chantiers import services, telling
from app.chantiers.acts_carrying import CARRY, CARRYING, DECLINE
from app.chantiers.models import Basis, LetterSignature, RequestState
from app.chantiers.queries import current_carriers
from app.chantiers.services import Named
from app.core.acts.emails import DONE
from app.extensions import db
from app.people.models import RoleGrant
from app.workinggroups.models import GroupMembership, GroupState
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.acts import act_path, links_in, words_of_notice
from tests.make.chantiers import letter_words, make_carrier, make_chantier, make_letter, make_speaker, speaker_of
from tests.make.people import make_organisation


@pytest.fixture
def chantier(app, now):
    return make_chantier(make_organisation(), make_organisation())


@pytest.fixture
def speaker(app, now):
    return make_speaker(make_organisation("Third union"), "Omar Example")


@pytest.fixture
def asked(chantier, speaker):
    make_letter(chantier)
    organisation = db.session.scalars(sa.select(RoleGrant).where(RoleGrant.person_id == speaker.id)).one().organisation
    carrying = speaker_of(current_carriers(chantier)[0].organisation)
    found = services.ask_carrier(carrying, chantier, organisation, now=START)
    db.session.commit()
    return found


@pytest.fixture
def phone(app) -> Reader:
    return Reader(app.test_client())


def path_of(asked, speaker, choice: str = CARRY) -> str:
    return act_path(CARRYING, choice, asked.id, speaker) + "?lang=en"


def carries(asked) -> bool:
    db.session.expire_all()
    return asked.organisation_id in {row.organisation_id for row in current_carriers(asked.group)}


def test_the_mail_leads_to_the_page_and_has_both_answers(asked, speaker):
    text = words_of_notice(telling.ASKED, speaker).text
    assert len(links_in(text)) == 2
    assert text.index(f"/carriers/requests/{asked.id}") < text.index("We carry it: http")
    assert "We do not carry it: http" in text


def test_an_organisation_carries_a_chantier_from_the_mail_once_it_acknowledges_its_objectives(asked, speaker, phone):
    phone.open(path_of(asked, speaker))
    assert "Will Third union carry this chantier?" in phone.text
    assert "Étudier et agir ensemble." in phone.page.select_one("details[open] .text[lang=fr]").get_text()
    phone.send(has="acknowledge")
    assert (phone.status, carries(asked)) == (422, False)
    assert "Tick that you carry the objectives, or say that you do not carry it." in phone.text
    assert f"/requests/{asked.id}" in phone.page.select_one("#mistakes + p a")["href"], "where one says so"
    phone.send(has="acknowledge", acknowledge="y")
    assert phone.status == 200
    assert "Third union carries the chantier too: Example chantier" in phone.text
    assert carries(asked)
    assert db.session.scalars(sa.select(LetterSignature)).all() == []
    places = sa.select(GroupMembership).where(GroupMembership.person_id == speaker.id)
    assert db.session.scalars(places).unique().one().organisation_id == asked.organisation_id
    assert "Third union carries the chantier too" in words_of_notice(DONE, speaker).subject


def test_whoever_does_not_read_the_language_of_the_objectives_is_told_to_have_them_read_first(asked, speaker, phone):
    phone.open(path_of(asked, speaker))
    assert not phone.page.select("details .care bdi[lang=en]")
    phone.open(path_of(asked, speaker).replace("lang=en", "lang=pt"))
    assert len(phone.page.select("details .care bdi[lang=en]")) == 1


def test_the_letter_that_stands_there_is_signed_in_the_same_act_and_in_no_other_words(asked, speaker, phone):
    phone.open(path_of(asked, speaker))
    carrier = current_carriers(asked.group)[0]
    named = Named("Coordinate.", Basis.MANDATE, organisation_id=carrier.organisation_id)
    words, read = letter_words(named, scope="Other words."), phone.page.find(attrs={"name": "read"})["value"]
    letter = services.write_letter(speaker_of(carrier.organisation), asked.group, words, filled_from=read, now=START)
    db.session.commit()
    phone.send(has="acknowledge", acknowledge="y", signs="y")
    assert (phone.status, carries(asked)) == (422, False)
    assert "Other words." in phone.text
    assert not phone.page.find(attrs={"name": "signs"}).has_attr("checked")
    phone.send(has="acknowledge", acknowledge="y", signs="y")
    assert carries(asked)
    assert [row.digest for row in db.session.scalars(sa.select(LetterSignature))] == [letter.digest]
    signed = f"Third union has signed edition {letter.edition} of “Mission letter: Example chantier”."
    assert signed in phone.text
    assert signed in words_of_notice(DONE, speaker).text


def test_an_organisation_declines_from_the_mail(asked, speaker, phone):
    phone.open(path_of(asked, speaker, DECLINE))
    assert phone.page.h1.get_text() == "Does Third union decline?"
    assert "sign" not in phone.page.main.get_text().casefold(), "who declines signs nothing"
    phone.send(has="submission_id")
    assert "Third union does not carry the chantier: Example chantier" in phone.text
    assert not carries(asked)
    assert asked.state is RequestState.DECLINED
    assert "does not carry" in words_of_notice(DONE, speaker).text
    phone.open(path_of(asked, speaker))
    assert phone.status == 410
    assert phone.page.select(f"main a[href*='/requests/{asked.id}']")


def test_the_page_of_a_used_link_says_that_the_organisation_carries_it_no_more(asked, speaker, phone):
    phone.open(path := path_of(asked, speaker))
    phone.send(has="acknowledge", acknowledge="y")
    own = next(row for row in current_carriers(asked.group) if row.organisation_id == asked.organisation_id)
    services.stop_carrying(speaker_of(asked.organisation), own, now=START)
    db.session.commit()
    phone.open(path)
    assert "The answer given by this link does not count any more" in phone.text
    assert "Third union does not carry the chantier: Example chantier" in phone.text


@pytest.mark.parametrize(("why", "status"), [("full", 410), ("taken back", 410), ("closed", 410), ("no mandate", 404)])
def test_what_is_not_asked_any_more_is_not_answered(asked, speaker, phone, why, status):
    path = path_of(asked, speaker)
    if why == "full":
        make_carrier(asked.group, make_organisation())
    elif why == "taken back":
        asked.state = RequestState.WITHDRAWN
    elif why == "closed":
        asked.group.state = GroupState.CLOSED
    else:
        db.session.execute(sa.update(RoleGrant).where(RoleGrant.person_id == speaker.id).values(ended_at=START))
    db.session.commit()
    phone.open(path)
    assert phone.status == status
    assert not phone.page.select("main form")
    assert not carries(asked)
