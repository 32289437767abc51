"""Reading a file of people: every way a spreadsheet writes it, and every way it can be broken."""

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.people.imports.columns import ChosenTwice, MissingName, check_columns, guess_columns
from app.people.imports.table import MAX_LINES, REPLACED, UnreadableFile, read_table

PLAIN = "Name;E-mail\nÉlodie Ñandú;elodie@example.org\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PLAIN.encode(), "utf-8"),
        (PLAIN.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be"), "utf-16"),
        (PLAIN.encode("utf-16-le"), "utf-16"),
        (PLAIN.encode("utf-16-be"), "utf-16"),
        (PLAIN.encode("cp1252"), "cp1252"),
        (PLAIN.encode("latin-1") + b"\x81;\n", "latin-1"),
        (PLAIN.replace("\n", "\r\n").encode(), "utf-8"),
        (PLAIN.replace("\n", "\r").encode(), "utf-8"),
    ],
)
def test_encodings_are_told_from_the_bytes(data, encoding):
    table = read_table(data)
    assert (table.encoding, table.separator, table.headings) == (encoding, ";", ["Name", "E-mail"])
    assert table.lines[0].cells == ["Élodie Ñandú", "elodie@example.org"]


def test_another_encoding_may_be_chosen():
    arabic = "الاسم;البريد\nهدى;huda@example.org\n".encode("cp1256")
    assert read_table(arabic).headings != ["الاسم", "البريد"]
    assert read_table(arabic, encoding="cp1256").headings == ["الاسم", "البريد"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_are_told_from_the_headings(separator):
    table = read_table(f'Name{separator}"Place, with; signs"\nAmina{separator}Dakar\n'.encode())
    assert (table.separator, table.lines[0].cells) == (separator, ["Amina", "Dakar"])


def test_a_first_line_that_names_the_separator_is_no_heading():
    table = read_table(b"sep=;\nName;Place, region\nAmina;Dakar\n")
    assert (table.headings, table.lines[0].number) == (["Name", "Place, region"], 2)


def test_lines_are_numbered_as_a_spreadsheet_numbers_them():
    table = read_table(b'Name,Place\n"Amina\nExemple",Dakar\n\n,,\nBola,Lagos\n')
    assert [(line.number, line.cells) for line in table.lines] == [
        (2, ["Amina\nExemple", "Dakar"]),
        (5, ["Bola", "Lagos"]),
    ]


def test_a_quotation_mark_that_is_never_closed_costs_its_line_alone():
    table = read_table(('Name,Place\n"Amina,Dakar\n' + "Bola,Lagos\n" * 30).encode())
    assert [line.is_broken for line in table.lines] == [True, *[False] * 30]
    assert [line.number for line in table.lines][:3] == [2, 3, 4]


def test_a_quotation_mark_inside_a_cell_is_a_sign_like_others():
    assert read_table(b'Name,Place\nAmina "Mina" X,Dakar\n').lines[0].cells == ['Amina "Mina" X', "Dakar"]
    assert read_table(b'Name,Place\n"Amina ""Mina""",Dakar\n').lines[0].cells == ['Amina "Mina"', "Dakar"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\n\n ,\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (codecs.BOM_UTF16_LE, "empty"),
        (b"Name,E-mail\n", "no line under them"),
        (b"PK\x03\x04" + b"\x00" * 50, "not a table of text"),
        (b"%PDF-1.7 ...", "not a table of text"),
        (bytes(range(256)) * 20, "does not hold text"),
        (b"Name\n" + b"A\n" * (MAX_LINES + 1), "more than 10,000 lines"),
        (b",".join([b"c"] * 200) + b"\nx\n", "more than 60 columns"),
        (b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_what_cannot_be_read_is_said_for_the_whole_file(data, says):
    with pytest.raises(UnreadableFile) as refused:
        read_table(data)
    assert says in str(refused.value.message)
    assert refused.value.field == "file"


@pytest.mark.parametrize("chosen", [{"encoding": "rot13"}, {"separator": "x"}])
def test_an_encoding_or_separator_that_is_not_offered_is_refused(chosen):
    with pytest.raises(UnreadableFile):
        read_table(PLAIN.encode(), **chosen)


def test_nul_and_bytes_that_make_no_sign_are_marked_not_kept():
    assert (
        read_table(b"Name\nAm\x00ina Exemple is a long enough line of text, so that it is text\n")
        .lines[0]
        .cells[0]
        .startswith(f"Am{REPLACED}ina")
    )
    assert REPLACED in read_table("Name\nÉlodie\n".encode("cp1252"), encoding="utf-8").lines[0].cells[0]


def test_a_cell_of_a_megabyte_is_cut_and_the_others_stay():
    table = read_table(b"Name,Note\nAmina," + b"x" * 1_000_000 + b"\nBola,short\n")
    assert len(table.lines[0].cells[1]) == 1_001
    assert table.lines[1].cells == ["Bola", "short"]


def test_an_apostrophe_before_a_formula_is_taken_off_again():
    assert read_table(b"Name,Place\n'=Amina,'s Gravenhage\n").lines[0].cells == ["=Amina", "'s Gravenhage"]


CELLS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_whatever_a_spreadsheet_writes_is_read_back(rows, separator):
    written = io.StringIO()
    csv.writer(written, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([["a", "b", "c"], *rows])
    blanks = " \t\n\u00a0\ufeff"
    wanted = [[cell.strip(blanks) for cell in row] for row in rows]
    wanted = [row for row in wanted if any(row) and not any(cell[:1] == "'" for cell in row)]
    try:
        table = read_table(written.getvalue().encode("utf-8-sig"), separator=separator)
    except UnreadableFile:
        assert wanted == []
        return
    read = [line.cells for line in table.lines if not any(cell[:1] in ("'", "=", "+", "-", "@") for cell in line.cells)]
    assert read == [row for row in wanted if not any(cell[:1] in ("=", "+", "-", "@") for cell in row)]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(data):
    try:
        table = read_table(data)
    except UnreadableFile:
        return
    assert [line.number for line in table.lines] == sorted({line.number for line in table.lines})


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (["Name", "E-mail", "Organization"], {"name": 0, "email": 1, "organisation": 2}),
        (["Nom", "Prénom", "Courriel *"], {"name": 1, "family_name": 0, "email": 2}),
        (["NOM", "Ville", "Langues parlées"], {"name": 0, "place": 1, "languages": 2}),
        (["Correo electrónico", "Nombre y apellido", "País"], {"email": 0, "name": 1, "country": 2}),
        (["Nome", "Cidade", "Região", "Gênero"], {"name": 0, "place": 1, "region": 2, "gender": 3}),
        (["الاسم", "البريد الإلكتروني", "اللغات"], {"name": 0, "email": 1, "languages": 2}),
        (["Name", "Name", "zzz"], {"name": 0}),
        (["zzz"], {}),
    ],
)
def test_headings_are_recognised_in_five_languages(headings, found):
    assert guess_columns(headings) == found


def test_a_column_for_names_is_asked_for_and_no_column_says_two_things():
    with pytest.raises(MissingName):
        check_columns({"email": 0}, ["E-mail"])
    with pytest.raises(ChosenTwice) as refused:
        check_columns({"name": 0, "place": 0}, ["Name"])
    assert refused.value.field == "place"
    assert check_columns({"name": 1, "place": -1, "email": 7}, ["a", "b"]) == {"name": 1}
