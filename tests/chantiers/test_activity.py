"""The law of a chantier without a database."""

from datetime import date
from uuid import uuid4

from app.chantiers.activity import Signed, in_force, next_turn

TODAY = date(2026, 11, 21)
A, B, C, D = (uuid4() for _ in range(4))


def signed(*carriers, edition: int = 1, days: tuple[date, date] = (date(2026, 11, 1), date(2026, 12, 31))) -> Signed:
    return Signed(uuid4(), edition, *days, frozenset(carriers))


def test_a_letter_that_a_pair_or_a_trio_signed_is_in_force_on_its_days_both_included():
    letter = signed(A, B, C)
    assert in_force({A, B}, [letter], TODAY) == letter
    assert in_force({A, B, C}, [letter], letter.from_on) == letter
    assert in_force({A, B, C}, [letter], letter.until_on) == letter


def test_one_carrier_or_four_are_none_and_a_missing_signature_is_not_all():
    letter = signed(A, B, C, D)
    assert in_force({A}, [letter], TODAY) is None
    assert in_force({A, B, C, D}, [letter], TODAY) is None
    assert in_force({A, C}, [signed(A, B)], TODAY) is None


def test_the_latest_edition_counts_and_the_earlier_one_until_then():
    earlier, later = signed(A, B), signed(A, B, edition=2)
    half = signed(A, edition=3)
    assert in_force({A, B}, [later, earlier, half], TODAY) == later
    coming = signed(A, B, edition=4, days=(date(2026, 12, 1), date(2027, 1, 1)))
    assert in_force({A, B}, [earlier, coming], TODAY) == earlier


def test_the_next_turn_is_the_first_day_of_what_waits_or_the_day_after_the_last():
    letter, coming = signed(A, B), signed(A, B, edition=2, days=(date(2026, 12, 1), date(2027, 1, 1)))
    assert next_turn({A, B}, [letter, coming], TODAY) == date(2026, 12, 1)
    assert next_turn({A, B}, [letter], TODAY) == date(2027, 1, 1)
    assert next_turn({A, B}, [letter], date(2027, 1, 1)) is None
    assert next_turn({A, C}, [letter], TODAY) is None
