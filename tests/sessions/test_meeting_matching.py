"""Who is who: lines of a meeting's list beside the people of a sheet."""

from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from app.sessions.meeting_lists.matching import Entry, Kind, Known, match
from app.sessions.meeting_lists.reading import ListLine
from app.sessions.meeting_lists.spelling import sounds_of, words_of

ROSA = Known(uuid4(), ("Rosa Ejemplo",), "rosa@example.org")
HOUDA = Known(uuid4(), ("هدى مثال", "Houda Mithal"))
AMINA = Known(uuid4(), ("Amina Exemple",))
TWINS = [Known(uuid4(), ("Jo Example",)), Known(uuid4(), ("Jo Example",))]
SHEET = [ROSA, HOUDA, AMINA, *TWINS]


def entry(name: str = "", email: str = "", sheet: list[Known] | None = None) -> Entry:
    (found,) = match([ListLine(1, name, email, 10)], SHEET if sheet is None else sheet)
    return found


def test_an_address_of_an_account_on_the_sheet_is_sure():
    assert entry("iPhone", "ROSA@example.org").person_id == ROSA.person_id
    assert entry("", "rosa@example.org").kind is Kind.SURE


def test_a_name_is_sure_in_any_order_case_and_accents():
    for name in ("rosa ejemplo", "Ejemplo, ROSA", "Rósa  Ejemplo"):
        assert entry(name).person_id == ROSA.person_id, name
    assert entry("houda mithal").person_id == HOUDA.person_id
    assert entry("مثال هدى").person_id == HOUDA.person_id


def test_two_of_one_name_are_a_question():
    found = entry("Jo Example")
    assert (found.kind, set(found.suggestions)) == (Kind.LIKELY, {twin.person_id for twin in TWINS})


def test_another_spelling_is_a_suggestion_only():
    for name in ("Huda Mithal", "Hoda Methal"):
        found = entry(name)
        assert (found.kind, found.person_id, found.suggestions) == (Kind.LIKELY, None, (HOUDA.person_id,)), name
    arabic_only = Known(uuid4(), ("سلوى مثال",))
    assert entry("Salwa Mithal", sheet=[arabic_only]).suggestions == (arabic_only.person_id,)


def test_part_of_a_name_and_a_name_with_more_are_suggestions():
    assert entry("Rosa").suggestions == (ROSA.person_id,)
    assert entry("Rosa Ejemplo | Union of tenants").suggestions == (ROSA.person_id,)
    assert entry("iPhone (Rosa Ejemplo)").suggestions == (ROSA.person_id,)


def test_who_is_not_on_the_sheet_is_unknown_whatever_their_address():
    found = entry("Somebody Else", "somebody@example.org")
    assert (found.kind, found.person_id, found.suggestions) == (Kind.UNKNOWN, None, ())


def test_machines_and_lines_without_a_name_are_left_out():
    assert entry("Galaxy A12").kind is Kind.MACHINE
    assert entry("", "unknown@example.org").kind is Kind.MACHINE


def test_two_devices_of_one_person_are_one_entry():
    lines = [
        ListLine(2, "Rosa Ejemplo", "", 30), ListLine(3, "iPhone", "rosa@example.org", None),
        ListLine(4, "New One", "", 5),
        ListLine(5, "One, New", "", 7), ListLine(6, "iPhone", "", 9),
    ]  # fmt: skip
    rosa, new, phone = match(lines, SHEET)
    assert (rosa.person_id, rosa.numbers, rosa.names, rosa.minutes) == (
        ROSA.person_id,
        (2, 3),
        ("Rosa Ejemplo", "iPhone"),
        30,
    )
    assert (new.kind, new.number, new.numbers, new.minutes) == (Kind.UNKNOWN, 4, (4, 5), 12)
    assert (phone.kind, phone.name) == (Kind.MACHINE, "iPhone")


def test_a_word_that_everybody_bears_tells_nothing():
    many = [Known(uuid4(), (f"Example {number}",)) for number in range(150)]
    assert entry("Example", sheet=many).suggestions == ()


def test_sounds_need_two_words_of_an_alphabet_we_know():
    assert sounds_of("Houda") == ()
    assert sounds_of("Жо Пример") == ()
    assert words_of("O’Example-Rosa") == ("oexample", "rosa")


NAMES = st.lists(
    st.sampled_from(["rosa", "ejemplo", "هدى", "مثال", "houda", "mithal", "jo", "iPhone", "x"]), max_size=4
).map(" ".join)


@given(st.lists(NAMES, max_size=20), st.lists(NAMES, max_size=8))
def test_every_line_stands_in_exactly_one_entry(written, known):
    lines = [ListLine(number, name, "" if name else "a@example.org") for number, name in enumerate(written, start=1)]
    sheet = [Known(UUID(int=place), (name,)) for place, name in enumerate(known)]
    entries = match(lines, sheet)
    assert sorted(number for found in entries for number in found.numbers) == list(range(1, len(lines) + 1))
    sure = [found.person_id for found in entries if found.person_id]
    assert len(sure) == len(set(sure))
    assert all((found.kind is Kind.SURE) == (found.person_id is not None) for found in entries)
