"""Lists of meeting programmes: every line is read or reported, whatever a file holds."""

from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.sessions.meeting_lists import reading as reading_module
from app.sessions.meeting_lists.cells import clean_name, find_address, is_machine, minutes_of, without_time
from app.sessions.meeting_lists.headings import Column, column_of, is_title
from app.sessions.meeting_lists.reading import (
    MOST_BYTES,
    MOST_LINES,
    Problem,
    Reading,
    Reason,
    decode,
    is_empty,
    read_file,
    read_text,
)

BLOCK_ABOVE = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
923,Climate justice,02/13/2027 05:00:00 PM,02/13/2027 07:00:00 PM,host@example.org,120,12

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Rosa Ejemplo,rosa@example.org,02/13/2027 05:00:00 PM,02/13/2027 06:00:00 PM,60,Yes
"Exemple, Amina (Host)",,02/13/2027 05:00:00 PM,02/13/2027 06:00:00 PM,45,No
"""

THREE_PARTS = "\r\n".join(
    (
        "1. Summary",
        "Meeting title\tClimate justice",
        "Attended participants\t2",
        "",
        "2. Participants",
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole",
        "Rosa Ejemplo\t2/13/27, 5:00:03 PM\t2/13/27, 6:05:06 PM\t1h 5m 3s\trosa@example.org\t\tPresenter",
        "",
        "3. In-Meeting Activities",
        "Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
        "هدى مثال\t5:00\t6:00\t59m\t\tAttendee",
    )
)


def lines_of(reading: Reading) -> list[tuple]:
    assert reading.problem is None
    return [(line.number, line.name, line.email, line.minutes) for line in reading.lines]


def test_a_block_about_the_meeting_above_the_list_is_reported_and_not_read():
    reading = read_text(BLOCK_ABOVE)
    assert lines_of(reading) == [(5, "Rosa Ejemplo", "rosa@example.org", 60), (6, "Exemple, Amina", "", 45)]
    assert [(line.number, line.reason) for line in reading.skipped] == [(n, Reason.HEADING) for n in (1, 2, 4)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_several_tables_in_one_file_are_read_in_every_encoding(encoding):
    reading = read_file(THREE_PARTS.encode(encoding))
    assert lines_of(reading) == [(7, "Rosa Ejemplo", "rosa@example.org", 65), (11, "هدى مثال", "", 59)]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8"])
def test_old_spreadsheets_keep_their_accents(encoding):
    data = "Nombre;Correo electrónico;Duración (minutos)\nJosé Peña;jose@example.org;12".encode(encoding)
    assert lines_of(read_file(data)) == [(2, "José Peña", "jose@example.org", 12)]


def test_bytes_of_no_encoding_are_still_letters():
    assert decode(b"\x81\xe9") == "\x81é"


@pytest.mark.parametrize(
    ("head", "line", "name"),
    [
        ("Nom;Prénom;Durée", "Exemple;Amina;1:05:00", "Amina Exemple"),
        ("First name,Last name,Email", "Jo,Example,jo@example.org", "Jo Example"),
        ("Nome completo\tE-mail\tMinutos", "Joana Exemplo\t\t65", "Joana Exemplo"),
        ("الاسم,البريد الإلكتروني,المدة", "هدى مثال,,٦٥", "هدى مثال"),
        ("Nombre;Apellidos", "Rosa;Ejemplo", "Rosa Ejemplo"),
    ],
)
def test_columns_are_found_by_their_headings_in_several_languages(head, line, name):
    assert [found.name for found in read_text(f"{head}\n{line}").lines] == [name]


def test_plain_lists_need_no_headings():
    plain = "Participants (4)\n1. Rosa Ejemplo\n- هدى مثال\nJo Example <jo@example.org>\n\namina@example.org\n12\n"
    reading = read_text(plain)
    assert lines_of(reading) == [
        (2, "Rosa Ejemplo", "", None),
        (3, "هدى مثال", "", None),
        (4, "Jo Example", "jo@example.org", None),
        (6, "", "amina@example.org", None),
    ]
    assert [(line.number, line.reason) for line in reading.skipped] == [(1, Reason.HEADING), (7, Reason.NO_NAME)]
    assert [line.name for line in read_text("Ejemplo, Rosa\nExemple, Amina").lines] == ["Rosa Ejemplo", "Amina Exemple"]
    assert lines_of(read_text("Rosa Ejemplo;45;x\nJo Example;01:10;x"))[1] == (2, "Jo Example", "", 70)


def test_somebody_called_like_a_heading_is_a_person():
    assert [line.name for line in read_text("Rosa Ejemplo\nNom\nJo Example").lines] == [
        "Rosa Ejemplo",
        "Nom",
        "Jo Example",
    ]


def test_a_stray_quotation_mark_swallows_nothing():
    reading = read_text('Name,Minutes\n"Rosa Ejemplo,45\nJo Example,30\nAmina Exemple,20\n')
    assert len(reading.lines) == 3


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.EMPTY),
        (b"\xef\xbb\xbf \r\n\t", Problem.EMPTY),
        (b"x" * (MOST_BYTES + 1), Problem.TOO_LARGE),
        (b"Rosa\n" * (MOST_LINES + 1), Problem.TOO_LONG),
        (b"PK\x03\x04....xl/workbook.xml", Problem.WORKBOOK),
        (b"\xd0\xcf\x11\xe0....", Problem.WORKBOOK),
        (b"PK\x03\x04....list.csv", Problem.PACKED),
        (b"%PDF-1.7 ...", Problem.PDF),
        (b"\x89PNG\r\n\x1a\n....", Problem.PICTURE),
        (b"<!DOCTYPE html><html><body>Rosa</body></html>", Problem.WEB_PAGE),
        (bytes(range(1, 32)) * 20, Problem.NOT_TEXT),
        (b"Name,Minutes\n,12\n", Problem.NOBODY),
    ],
)
def test_a_file_that_is_no_list_is_named_for_what_it_is(data, problem):
    reading = read_file(data)
    assert (reading.problem, reading.lines) == (problem, [])


def test_a_long_pasted_text_is_too_large():
    assert read_text("x" * (MOST_BYTES + 1)).problem is Problem.TOO_LARGE


@pytest.mark.parametrize("first", ["Rosa Ejemplo,12", "Name,Minutes"])
def test_every_line_is_split_once_however_long_the_list_is(first):
    """Headings are looked for in the first lines only: 1 MB must not keep the house busy."""
    with patch.object(reading_module, "split", wraps=reading_module.split) as split:
        read_text("\n".join([first, *["Rosa Ejemplo,12"] * (MOST_LINES - 1)]))
    assert split.call_count <= MOST_LINES + 3 * reading_module.HEADINGS_WITHIN


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("Name\tDuration", "Celestin Exemple, 12 min"),
        ("Name\tEmail\tDuration", "Exemple, Celestin, 12 min"),
        ("Name\tDuration", "Celestin Exemple (12 min)"),
        ("Name", "Celestin Exemple, 12 min"),
        ("Name,Email", '"Celestin Exemple, 12 min",'),
        ("Rosa Ejemplo", "Celestin Exemple - 0:12:30"),
    ],
)
def test_rows_that_are_separated_otherwise_than_their_headings_are_read_by_their_looks(head, row):
    line = read_text(f"{head}\n{row}").lines[-1]
    assert (line.minutes, line.name in ("Celestin Exemple", "Exemple")) == (12, True)


@pytest.mark.parametrize(
    "name", ["Rosa 2", "Rosa Ejemplo (3)", "+221 77 000", "Galaxy A12", "Rosa, 5 people", "12 min"]
)
def test_a_number_in_a_name_is_no_length_of_time(name):
    assert without_time(name) == (name, None)


def test_cells_are_cut_at_a_sane_length():
    (line,) = read_text(f"Name,Email\n{'Rosa ' * 5000},{'a' * 64}@{'b' * 150}.org").lines
    assert len(line.name) <= 160
    assert len(line.email) <= 254


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("45", 45), ("45,5", 45), ("45 min", 45), ("1:05:00", 65), ("0:59", 59), ("1 h 5 min 3 s", 65),
        ("1h 5m 3s", 65),
        ("PT1H5M", 65), ("2 heures", 120), ("٦٥", 65), ("90s", 1), ("999999", None), ("9999:00", None),
        ("150:00", 1440), ("soon", None), ("5 people", None), ("", None), ("PT", None),
    ],
)  # fmt: skip
def test_lengths_of_time_are_whole_minutes(written, minutes):
    assert minutes_of(written) == minutes


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Rosa Ejemplo (Host, me)", "Rosa Ejemplo"),
        ("Rosa Ejemplo (Invitée)", "Rosa Ejemplo"),
        ("Rosa Ejemplo (Guest) [External]", "Rosa Ejemplo"),
        ("iPhone (Rosa Ejemplo)", "iPhone (Rosa Ejemplo)"),
        ("• Rosa\u2028Ejemplo", "Rosa Ejemplo"),
        ("\ufeffRosa\u200b Ejemplo\x07", "Rosa Ejemplo"),
    ],
)
def test_names_lose_what_programmes_hang_on_them(written, name):
    assert clean_name(written) == name


@pytest.mark.parametrize(
    "name",
    ["iPhone", "iPad de Rosa", "Galaxy A12", "Room 3", "Salle B", "قاعة 2", "+221 77 000 00 00", "Otter.ai", "guest"],
)
def test_devices_and_rooms_look_like_no_person(name):
    assert is_machine(name)


@pytest.mark.parametrize("name", ["Rosa Ejemplo", "هدى مثال", "Salas Ejemplo", "Roman Example", "Zoé"])
def test_people_do_not_look_like_machines(name):
    assert not is_machine(name)


def test_headings_and_titles_are_known_however_they_are_adorned():
    assert column_of('"Duration (Minutes)"') is Column.MINUTES
    assert column_of("Heure d’arrivée :") is Column.TIME
    assert column_of("Rosa Ejemplo") is None
    assert is_title("Participants (12)")
    assert find_address("Rosa <rosa@example.org>") == "rosa@example.org"


CELLS = st.text(max_size=30) | st.sampled_from(
    ["Name", "Nom", "E-mail", "Duration", "Rosa Ejemplo", "iPhone", "45", "1h 5m", "rosa@example.org", '"', ""]
)
LISTS = st.lists(st.lists(CELLS, max_size=5), max_size=12).flatmap(
    lambda rows: st.sampled_from([",", ";", "\t", "\n", "\r", "\x0b"]).map(
        lambda separator: "\n".join(separator.join(row) for row in rows)
    )
)


@settings(max_examples=200)
@given(LISTS | st.text(max_size=400))
@example('"Rosa\n"Jo",\n')
@example("1. Summary\nName\tDuration\n2. Two\n")
def test_every_line_is_a_persons_or_reported_with_its_number(text):
    reading = read_text(text)
    if reading.problem in (Problem.EMPTY, Problem.TOO_LARGE, Problem.TOO_LONG, Problem.NOT_TEXT):
        assert (reading.lines, reading.skipped) == ([], [])
        return
    written = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    seen = {number for number, line in enumerate(written, start=1) if not is_empty(line)}
    numbers = [line.number for line in reading.lines] + [line.number for line in reading.skipped]
    assert sorted(numbers) == sorted(seen)
    assert all(line.name or line.email for line in reading.lines)
    assert all(len(line.name) <= 160 and "\n" not in line.name for line in reading.lines)
    assert (reading.problem is Problem.NOBODY) == (not reading.lines)


@settings(max_examples=200)
@given(st.binary(max_size=600))
@example(b"\xff\xfe\x00")
@example(b"\x00\xd8\x00\xd8")
@example(b"PK\x03\x04")
def test_no_file_makes_the_reader_stumble(data):
    reading = read_file(data)
    assert reading.problem is not None or reading.lines
