"""What may be a password, how it is kept, and how guessing is slowed down."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from app.core.errors import RuleBroken
from app.extensions import db
from app.people import attempts
from app.people.addresses import normal_form, read_address
from app.people.attempts import take_chance, wait_after
from app.people.models import Account
from app.people.passwords import check_password, hash_password, is_outdated, is_right
from tests.people.conftest import PASSWORD


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "ＡＢＣ",  # three characters, however wide
        "x" * 1001,
        "é" * 600,
        "amina.exemple@example.org",
        "Amina.Exemple",
        "Example House",
    ],
)
def test_what_is_short_long_or_known_to_all_is_no_password(password):
    with pytest.raises(RuleBroken) as refused:
        check_password(password, email="amina.exemple@example.org", house_name="Example House")
    assert refused.value.field == "password"


@pytest.mark.parametrize("password", ["ten letters", "كلمات قليلة سهلة", "a" * 1000])
def test_ten_characters_of_any_script_are_enough(password):
    check_password(password, email="amina@example.org", house_name="Maloca")


def test_a_password_is_kept_as_argon2id_of_19_mib(password_hash):
    assert password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert PASSWORD not in password_hash


def test_a_password_fits_however_its_letters_were_composed():
    kept = hash_password("cafe\u0301 du matin")
    assert is_right(kept, "caf\u00e9 du matin")
    assert not is_right(kept, "cafe du matin")


def test_nothing_fits_where_there_is_no_password():
    assert not is_right(None, "nobody signs in with this")
    assert not is_right("not a hash", PASSWORD)
    assert not is_right(None, "x" * 100_000)


def test_a_hash_of_other_parameters_is_outdated(password_hash):
    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD))
    assert not is_outdated(password_hash)


def test_the_wait_grows_from_nothing_to_a_quarter_of_an_hour():
    waits = [wait_after(failures).total_seconds() for failures in range(14)]
    assert waits[:5] == [0] * 5
    assert waits[5:12] == [15, 30, 60, 120, 240, 480, 900]
    assert waits[-1] == 900
    assert wait_after(100_000) == timedelta(minutes=15)


def test_an_attempt_is_counted_before_the_password_is_looked_at(known, now):
    assert take_chance("amina@example.org", now).person_id == known.person_id
    db.session.rollback()
    assert db.session.get_one(Account, known.person_id).failures == 1


def test_an_unknown_address_has_nothing_to_compare(app, now):
    assert take_chance("nobody@example.org", now) == attempts.Chance()


def test_what_comes_too_early_is_not_heard_and_not_counted(known, now):
    for _ in range(5):
        assert take_chance("amina@example.org", now).person_id
    for _ in range(50):
        assert take_chance("amina@example.org", now + timedelta(seconds=14)).person_id is None
    assert known.failures == 5
    assert take_chance("amina@example.org", now + timedelta(seconds=15)).person_id == known.person_id
    assert take_chance("amina@example.org", now + timedelta(seconds=44)).person_id is None
    assert take_chance("amina@example.org", now + timedelta(seconds=45)).person_id == known.person_id


def test_after_a_day_old_failures_are_forgotten(known, now):
    for _ in range(5):
        take_chance("amina@example.org", now)
    take_chance("amina@example.org", now + timedelta(days=1, seconds=1))
    assert known.failures == 1


@pytest.mark.parametrize("written", ["Amina@Example.ORG", " amina@example.org ", "ＡＭＩＮＡ@example.org"])
def test_an_address_is_found_again_however_it_is_written(written):
    assert normal_form(written) == "amina@example.org"


@pytest.mark.parametrize(
    "written", ["", "amina", "amina@", "@example.org", "a b@example.org", "a@b", "x" * 250 + "@e.org", "ü@example.org"]
)
def test_what_is_no_address_is_refused_at_its_field(written):
    with pytest.raises(RuleBroken) as refused:
        read_address(written)
    assert refused.value.field == "email"


@pytest.mark.parametrize("written", ["a@exämple.org", "a@EXÄMPLE.org", "A@xn--exmple-cua.org", "a@exa\u0308mple.org"])
def test_a_domain_is_written_to_in_ascii_and_found_in_any_spelling(written):
    address = read_address(written)
    assert (address.email.lower(), address.norm) == ("a@xn--exmple-cua.org", "a@exämple.org")
    assert normal_form(written) == address.norm == read_address(address.email).norm


def test_what_only_looks_like_a_domain_in_ascii_stays_as_it_is():
    assert normal_form(" A@xn--99999999.org") == "a@xn--99999999.org"
