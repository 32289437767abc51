"""Files are what their bytes say, are harmless, and lie in the folder under a name of the house."""

import io
import os
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict

from app.core import files
from app.core.actors import VISITOR
from app.core.errors import NotFound, RuleBroken
from app.core.files import StoredFile, images
from app.core.files import jobs as file_jobs
from app.core.files.answers import send
from app.core.files.kinds import DOCUMENTS, Kind, maker_of
from app.core.files.names import clean_name
from app.core.files.uploads import FileField, IsAFile
from app.core.files.words import file_words, size_words
from app.core.forms import Form
from app.extensions import db
from tests.make.files import (
    PDF,
    make_docx,
    make_huge_picture,
    make_odt,
    make_picture,
    make_picture_with_place,
    make_zip,
)

ODT = "application/vnd.oasis.opendocument.text"


class OneFile(Form):
    class Meta:
        csrf = False

    file = FileField("File", validators=[IsAFile(DOCUMENTS)])


def brought(body: bytes, name: str) -> OneFile:
    form = OneFile(MultiDict({"file": FileStorage(io.BytesIO(body), filename=name), "submission_id": str(uuid4())}))
    form.validate()
    return form


@pytest.fixture
def page(app):
    with app.test_request_context("/", method="POST"):
        yield


@pytest.mark.parametrize(
    ("body", "name", "media_type", "kept_name"),
    [
        (PDF, "report.exe", "application/pdf", "report.exe.pdf"),
        (make_picture(), "house.JPEG", "image/jpeg", "house.jpeg"),
        (make_picture("PNG"), "plan.png", "image/png", "plan.png"),
        (make_picture("WEBP"), "plan", "image/webp", "plan.webp"),
        (make_odt(), "notes.odt", ODT, "notes.odt"),
        (
            make_docx(), "notes.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "notes.docx",
        ),
        ("Nom;Lieu\nRosa;Córdoba\n".encode(), "list.csv", "text/csv", "list.csv"),
        ("سلام\n".encode(), "greeting.html", "text/plain", "greeting.html.txt"),
    ],
)  # fmt: skip
def test_a_file_is_what_its_bytes_say(page, body, name, media_type, kept_name):
    form = brought(body, name)
    assert form.errors == {}
    incoming = form.file.incoming
    assert (incoming.media_type, incoming.name) == (media_type, kept_name)
    assert files.path_of(incoming.id).stat().st_size == incoming.size


@pytest.mark.parametrize(
    ("body", "name", "says"),
    [
        (b"MZ\x90\x00" + b"\x00" * 60, "flyer.pdf", "We take PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500, "old.doc", "We take PDF"),
        (b"\x89PNG\r\n\x1a\n" + b"broken", "plan.png", "This picture is broken"),
        (make_picture()[:300], "half.jpg", "This picture is broken"),
        (make_zip(**{"a.txt": b"x"}), "stuff.docx", "We take PDF"),
        (b"PK\x03\x04" + b"\x00" * 40, "broken.docx", "We take PDF"),
        (make_docx(word__vbaProject=b"x", **{"word__vbaProject.bin": b"x"}), "x.docx", "a macro"),
        (make_docx(**{"[Content_Types].xml": b"<Override ContentType='x.macroEnabled.main+xml'/>"}), "x.docx", "macro"),
        (make_odt(**{"Basic__Standard__Module1.xml": b"x"}), "x.odt", "a macro"),
        ("Añadir;Nom".encode("latin-1"), "list.csv", "not in UTF-8"),
        (b"a\x00b", "list.csv", "We take PDF"),
        (b"", "empty.pdf", "This file is empty"),
        (make_huge_picture(), "huge.png", "30000 × 30000"),
    ],
)
def test_what_is_not_taken_is_answered_with_the_way_out(page, body, name, says):
    form = brought(body, name)
    assert says in " ".join(map(str, form.errors["file"]))
    assert form.file.incoming is None


def test_a_bomb_is_refused_by_what_its_directory_says(page):
    bomb = make_docx(**{"word__media__a.bin": b"\x00" * 201_000_000})
    assert len(bomb) < 1_000_000
    assert "fill a disk" in str(brought(bomb, "bomb.docx").errors["file"][0])


def test_a_form_takes_only_the_kinds_it_names(app):
    with app.test_request_context("/"), pytest.raises(RuleBroken) as refused:
        maker_of({Kind.IMAGE})(PDF, "x.pdf")
    assert "We take pictures (JPEG, PNG, WebP)." in str(refused.value.message)


def test_a_file_that_is_too_large_is_refused_at_its_field(page):
    form = brought(b"a" * 10_000_001, "long.txt")
    assert form.errors["file"] == ["This file is larger than 10 MB. Choose a smaller one."]


def test_a_picture_loses_the_place_and_stands_upright(app):
    _kind, anew = images.renewed(make_picture_with_place())
    with Image.open(io.BytesIO(anew)) as picture:
        assert picture.size == (30, 40)
        assert not picture.getexif()
        assert "comment" not in picture.info
    assert b"Example Telephones" not in anew


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_make_are_written_anew(app, mode):
    out = io.BytesIO()
    Image.new(mode, (20, 20)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    kind, anew = images.renewed(out.getvalue())
    with Image.open(io.BytesIO(anew)) as picture:
        picture.load()
        assert picture.format == kind


def test_a_large_picture_becomes_one_a_page_can_show(app):
    _kind, anew = images.renewed(make_picture(size=(4000, 1000)))
    with Image.open(io.BytesIO(anew)) as picture:
        assert picture.size == (2400, 600)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\rosa\\report.pdf", "report.pdf"),
        ("a\x00b.pdf", "ab.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("con.pdf", "_con.pdf"),
        ("LPT1.pdf", "_LPT1.pdf"),
        ("", "file.pdf"),
        ("..", "file.pdf"),
        (".pdf", "pdf.pdf"),
        ("a<b>:c?.PDF", "a_b__c_.pdf"),
        ("  two   words .pdf", "two words.pdf"),
        ("تقرير نهائي.pdf", "تقرير نهائي.pdf"),
        ("می‌خواهم.pdf", "می‌خواهم.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
    ],
)
def test_names_are_cleaned(written, kept):
    assert clean_name(written, ("pdf",)) == kept


def test_a_form_that_comes_back_carries_its_file_along(page):
    first = brought(PDF, "report.pdf").file
    again = OneFile(MultiDict({"file-carried": first.carry_token, "submission_id": str(uuid4())}))
    assert again.validate()
    assert again.file.incoming == first.incoming
    spoilt = OneFile(MultiDict({"file-carried": first.carry_token + "x", "submission_id": str(uuid4())}))
    assert not spoilt.validate()


def test_another_file_under_the_same_name_is_another_wish(page):
    one, other = brought(PDF, "report.pdf"), brought(PDF + b" ", "report.pdf")
    assert one.file.fingerprint != other.file.fingerprint


def kept(now) -> StoredFile:
    stored = files.keep(VISITOR, brought(PDF, "report.pdf").file.incoming, now=now)
    db.session.commit()
    return stored


def test_one_upload_makes_one_file(page, now):
    incoming = brought(PDF, "report.pdf").file.incoming
    files.keep(VISITOR, incoming, now=now)
    with pytest.raises(files.KeptTwice):
        files.keep(VISITOR, incoming, now=now)


def test_a_file_is_sent_as_itself_and_never_run(page, now):
    answer = send(kept(now))
    answer.close()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=report.pdf"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_name_in_any_script_goes_out_as_the_standard_says(page, now):
    stored = kept(now)
    stored.name = "تقرير.pdf"
    answer = send(stored)
    answer.close()
    assert "filename=file.pdf; filename*=UTF-8''%D8%AA" in answer.headers["Content-Disposition"]


def test_a_piece_is_sent_where_a_player_asks_for_one(app, now):
    with app.test_request_context("/", method="POST"):
        stored = kept(now)
    with app.test_request_context("/", headers={"Range": "bytes=0-3"}):
        answer = send(stored, is_shown=True)
        assert (answer.status_code, b"".join(answer.response)) == (206, b"%PDF")
        assert answer.headers["Content-Range"].startswith("bytes 0-3/")
        answer.close()


def test_a_removed_or_lost_file_is_not_there(page, now):
    stored = kept(now)
    files.path_of(stored.id).unlink()
    with pytest.raises(NotFound):
        send(stored)
    files.remove(stored, now=now)
    with pytest.raises(NotFound):
        send(stored)


def test_a_removed_file_goes_with_its_bytes(page, now):
    stored = kept(now)
    path = files.path_of(stored.id)
    assert files.hold(stored)
    files.remove(stored, now=now)
    db.session.commit()
    assert not files.hold(stored)
    assert file_jobs.drop_removed(now) == 1
    assert not path.exists()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 0


def test_bytes_without_a_row_are_swept_up_after_two_days(page, now):
    stored, orphan = kept(now), brought(PDF, "report.pdf").file.incoming
    paths = [files.path_of(stored.id), files.path_of(orphan.id)]
    for path in paths:
        os.utime(path, (now.timestamp(), now.timestamp()))
    assert file_jobs.sweep_orphans(now + timedelta(days=1)) == 0
    file_jobs.sweep_orphans(now + timedelta(days=3))
    assert [path.exists() for path in paths] == [True, False]


def test_a_file_in_words(page, now):
    stored = kept(now)
    stored.size = 1_240_000
    assert file_words(stored) == "PDF, 1.2 MB"
    assert [size_words(size) for size in (10, 640_300, 10_000_000)] == ["1 kB", "640 kB", "10 MB"]
