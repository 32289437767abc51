"""A whole group as one ZIP: what is in it, what is not, under names that harm nobody, in little memory."""

from __future__ import annotations

import io
import zipfile

import pytest

from app.core.archives import Archive
from app.core.files import path_of
from app.outcomes.services import save_notes
from app.workinggroups import exports
from app.workinggroups.exports import ID, Coded, Room, Table
from app.workinggroups.keys import group_key
from app.workinggroups.models import InvitationState
from tests.make.exports import exported
from tests.make.materials import make_group_material, make_stored
from tests.make.people import make_person
from tests.make.workinggroups import make_coordinator, make_invitation, make_meeting, make_observer_request, make_place


def test_an_export_says_what_it_is_and_holds_every_file_whole(cast, act, now):
    found = exported(act(cast.coordinator), cast.group, now)
    assert {"README.txt", "group.json", "people.csv", "meetings.csv", "invitations.csv"} <= set(found.names)
    readme = found.text("README.txt")
    assert "Land group" in readme
    assert "2026-11-21 09:00 UTC by Samira Example" in readme
    assert "What is not in it" in readme
    assert found.group["format"] == "maloca-group"
    assert found.group["group"]["id"] == str(cast.group.id)
    assert found.group["group"]["names"] == {"en": "Land group"}
    assert "Coordinate and learn." in found.text("about/Land group.md")


def test_observers_are_marked_as_observers(cast, act, now):
    found = exported(act(cast.coordinator), cast.group, now)
    people = {row["Name"]: row["In the group as"] for row in found.rows("people")}
    assert people == {"Fatou Exemple": "Member of the group", "Olu Example": "Observer"}
    assert {row["standing"] for row in found.group["people"]} == {"member", "observer"}


def test_people_see_words_in_their_language_and_machines_codes_that_never_change(cast, act, now):
    english = exported(act(cast.coordinator), cast.group, now)
    french = exported(act(cast.coordinator), cast.group, now, "fr")
    assert english.group["people"] == french.group["people"]
    assert [*english.rows("people")[0]] != [*french.rows("people")[0]]
    assert [*english.rows("people")[0]][-1] == "id"


def test_no_address_and_no_words_that_were_meant_for_one_reader_leave(cast, act, now):
    make_invitation(cast.group, cast.candidate, words="Come, dear Njeri.", state=InvitationState.ACCEPTED)
    make_observer_request(cast.group, cast.friend, words="May I please listen?")
    found = exported(act(cast.coordinator), cast.group, now)
    assert "@" not in found.everything
    assert "dear Njeri" not in found.everything
    assert "May I please" not in found.everything
    assert [row["Answer"] for row in found.rows("invitations")] == ["Accepted"]


def test_who_was_asked_by_somebody_else_is_not_named_before_they_accept(cast, act, now):
    make_invitation(cast.group, cast.candidate, invited_by=cast.secretary.id)
    found = exported(act(cast.coordinator), cast.group, now)
    assert "Njeri" not in found.everything


def test_minutes_stand_in_every_language_with_the_agenda_and_no_link(cast, act, now):
    meeting = make_meeting(cast.group, "Assembly: who / what?", join_link="https://meet.example.org/secret")
    actor = act(cast.coordinator)
    save_notes(actor, meeting, language="fr", body="# Décidé\n\nMardi.", edition=None, now=now)
    save_notes(actor, meeting, language="ar", body="الثلاثاء", edition=None, now=now)
    found = exported(actor, cast.group, now)
    (path,) = found.within("meetings")
    assert path == "meetings/2027-02-13 Assembly_ who - what_.md"
    text = found.text(path)
    assert "Mardi." in text
    assert "الثلاثاء" in text
    assert found.rows("meetings")[0]["Begins (UTC)"] == "2027-02-13 14:00 UTC"
    assert "meet.example.org" not in found.everything


def test_files_come_as_they_were_brought_and_a_lost_one_is_named_instead_of_failing(cast, act, app, now):
    kept, lost = make_stored(app, "report.pdf"), make_stored(app, "gone.pdf")
    make_group_material(cast.group, "Report", file=kept)
    make_group_material(cast.group, "Gone", file=lost)
    make_group_material(cast.group, "A link")
    path_of(lost.id).unlink()
    found = exported(act(cast.coordinator), cast.group, now)
    assert found.within("files") == ["files/report.pdf"]
    assert found.zip.read("files/report.pdf") == path_of(kept.id).read_bytes()
    assert found.contents.lost == ["gone.pdf"]
    assert "gone.pdf" in found.text("README.txt")
    assert {row["path"] for row in found.group["files"]} == {"files/report.pdf", None}
    assert {row["Link"] for row in found.rows("materials")} == {"", "https://example.org/text"}


def test_nothing_of_another_group_is_in_it(cast, act, app, now):
    """Nor of one whose coordinator is the same."""
    make_coordinator(cast.secret, cast.coordinator)
    make_meeting(cast.secret, "Hidden assembly")
    make_place(cast.secret, make_person("Hidden Person"))
    make_group_material(cast.secret, "Hidden paper", audience=group_key(cast.secret.id))
    found = exported(act(cast.coordinator), cast.group, now)
    assert "Hidden" not in found.everything
    assert "Hidden" in exported(act(cast.coordinator), cast.secret, now).everything


def test_every_room_is_named_on_the_readme_with_what_it_leaves_out(cast, act, now):
    readme = exported(act(cast.coordinator), cast.group, now).text("README.txt")
    for room in exports.rooms_of(cast.group):
        assert str(room.holds) in readme
        assert str(room.leaves_out) in readme


def test_a_formula_in_a_name_is_no_formula_in_a_table(cast, act, now):
    make_place(cast.group, make_person('=HYPERLINK("http://example.org")'))
    found = exported(act(cast.coordinator), cast.group, now)
    assert any(row["Name"].startswith("'=") for row in found.rows("people"))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        (".txt", "txt.txt"),
        ("\u202efdp.exe.txt", "fdp.exe.txt"),
        ("تقرير.txt", "تقرير.txt"),
        ("con.txt", "_con.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("…?*.txt", "file.txt"),
    ],
)
def test_a_name_in_an_archive_harms_nobody(written, kept, now):
    out = io.BytesIO()
    with Archive(out, now) as archive:
        assert archive.write("texts", written, [b"x"]) == f"texts/{kept}"
    assert zipfile.ZipFile(out).namelist() == [f"texts/{kept}"]


def test_no_name_stands_twice_in_an_archive(now):
    out = io.BytesIO()
    with Archive(out, now) as archive:
        names = ["Notes.md", "notes.md", "NOTES.md", "e\u0301te\u0301.md", "été.md"]
        paths = [archive.write("texts", name, [name.encode()]) for name in names]
    opened = zipfile.ZipFile(out)
    assert [opened.read(path).decode() for path in paths] == names
    assert paths[:3] == ["texts/Notes.md", "texts/notes (2).md", "texts/NOTES (3).md"]
    assert len({path.casefold() for path in paths}) == len(paths)


def test_a_table_of_many_rows_is_read_once_and_written_twice(cast, act, now, monkeypatch):
    """Rows are asked for while they are written, never collected."""
    alive, most = 0, 0

    class Row(tuple):
        def __new__(cls, values):
            nonlocal alive, most
            alive += 1
            most = max(most, alive)
            return super().__new__(cls, values)

        def __del__(self):
            nonlocal alive
            alive -= 1

    def parts(_actor, _group, _now):
        rows = (Row((f"Word {number}", Coded("open", "Open"), number)) for number in range(2_000))
        yield Table(name="many", columns=(("words", "Words"), ("state", "State"), ID), rows=rows)

    monkeypatch.setitem(exports._rooms, "many", (99, Room(code="many", holds="Many.", parts=parts)))
    found = exported(act(cast.coordinator), cast.group, now)
    assert len(found.rows("many")) == len(found.group["many"]) == 2_000
    assert found.group["many"][7] == {"words": "Word 7", "state": "open", "id": 7}
    assert most <= 3
