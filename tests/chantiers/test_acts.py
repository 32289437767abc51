"""Whoever speaks for a carrier signs the mission letter from the mail that asks."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.chantiers import services, telling
from app.chantiers.acts import LETTER
from app.chantiers.models import Basis, LetterSignature
from app.chantiers.queries import current_carriers
from app.chantiers.services import Named
from app.extensions import db
from app.people.models import Role, RoleGrant
from tests.conftest import START
from tests.journeys.reader import Reader
from tests.make.acts import act_path, links_in, words_of_notice
from tests.make.chantiers import letter_words, make_chantier, make_letter, make_speaker, speaker_of
from tests.make.people import make_organisation, make_role


@pytest.fixture
def chantier(app, now):
    return make_chantier(make_organisation(), make_organisation())


@pytest.fixture
def carrier(chantier):
    return current_carriers(chantier)[0]


@pytest.fixture
def speaker(carrier):
    return make_speaker(carrier.organisation, "Omar Example")


@pytest.fixture
def letter(chantier, speaker):
    found = make_letter(chantier)
    db.session.commit()
    return found


@pytest.fixture
def phone(app) -> Reader:
    return Reader(app.test_client())


def path_of(carrier, letter, speaker) -> str:
    return act_path(LETTER, "sign", carrier.id, speaker, about=letter.id.hex) + "?lang=en"


def signatures() -> list[LetterSignature]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(LetterSignature)))


def change(letter, carrier) -> None:
    named = Named("Coordinate.", Basis.MANDATE, organisation_id=carrier.organisation_id)
    words = letter_words(named, scope="Other words.")
    services.write_letter(speaker_of(carrier.organisation), letter.group, words, filled_from=letter.digest, now=START)
    db.session.commit()


def test_the_mail_leads_to_the_letter_and_to_one_link_that_signs(letter, speaker):
    words = words_of_notice(telling.TO_SIGN, speaker)
    assert len(links_in(words.text)) == 1
    assert words.text.index("/letter/1") < words.text.index("/act/")


def test_who_speaks_for_two_carriers_chooses_on_the_page(letter, chantier, speaker):
    other = current_carriers(chantier)[1]
    make_role(speaker, Role.MANDATED, other.organisation_id)
    db.session.commit()
    assert links_in(words_of_notice(telling.TO_SIGN, speaker).text) == []


def test_an_organisation_signs_the_words_that_stand_on_the_page(carrier, letter, speaker, phone, clock):
    path = path_of(carrier, letter, speaker)
    phone.open(path)
    assert "Étudier et agir ensemble." in phone.page.select_one("details[open] .text[lang=fr]").get_text()
    assert "What you sign is written in a language that is not among yours" in phone.text
    assert "I have read edition 1, or somebody has read it to me" in phone.text
    phone.send(has="has_read")
    assert (phone.status, signatures()) == (422, [])
    phone.send(has="has_read", has_read="y")
    assert "has signed edition 1 of" in phone.text
    [signature] = signatures()
    assert (signature.person_id, signature.carrier_id, signature.digest) == (speaker.id, carrier.id, letter.digest)
    clock.shift(timedelta(seconds=1))
    phone.open(path_of(carrier, letter, speaker))
    assert phone.status == 410


def test_words_that_changed_on_the_way_are_read_before_they_are_signed(carrier, letter, speaker, phone):
    phone.open(path_of(carrier, letter, speaker))
    change(letter, carrier)
    phone.send(has="has_read", has_read="y")
    assert (phone.status, signatures()) == (422, [])
    assert "Other words." in phone.text
    phone.send(has="has_read")
    assert (phone.status, signatures()) == (422, [])
    phone.send(has="has_read", has_read="y")
    assert [row.digest for row in signatures()] == [letter.digest]


@pytest.mark.parametrize("why", ["left", "no mandate", "replaced"])
def test_what_cannot_be_signed_is_not(carrier, letter, speaker, phone, why):
    path = path_of(carrier, letter, speaker)
    if why == "left":
        carrier.left_at = START
    elif why == "no mandate":
        db.session.execute(sa.update(RoleGrant).where(RoleGrant.person_id == speaker.id).values(ended_at=START))
    else:
        letter.replaced_at = START
    db.session.commit()
    phone.open(path)
    assert (phone.status, signatures()) == (410 if why == "replaced" else 404, [])
