"""A11, the internal version · 81 persons of 46 organisations over four Saturdays, as the funder reads it."""

import csv
import io

import sqlalchemy as sa

from app.core.names import set_name
from app.examples import make_examples
from app.extensions import db
from app.people.models import Person, RoleGrant
from app.sessions.models import Track

SLUG = "feminist-approaches-to-habitat"


def secretary_of_the_examples() -> Person:
    return db.session.scalars(sa.select(Person).join(RoleGrant).where(RoleGrant.role == "secretariat")).first()


def test_the_summary_of_the_feminist_space(app, now, clock, reader):
    make_examples(app.extensions["maloca"], now=now)
    db.session.commit()
    secretary = reader(secretary_of_the_examples())

    page = secretary.open(f"/reports/participation?track={SLUG}")
    assert secretary.status == 200
    for number in ("81", "46", "237", "58", "63", "55", "61"):
        assert number in page.select_one("main").get_text(" ").split(), number

    report = secretary.client.get(f"/reports/participation.json?track={SLUG}").json
    assert (report["persons"], report["organisations"], report["attendances"]) == (81, 46, 237)
    assert len(report["by_session"]) == 4
    assert {"by_region", "by_country", "by_language", "sessions_attended", "definitions"} <= set(report)
    came = {row["key"]: row["persons"] for row in report["sessions_attended"]}
    assert came == {"1": 18, "2": 8, "3": 17, "4": 38}


def test_the_csv_keeps_every_script_and_runs_no_formula(app, now, clock, reader):
    make_examples(app.extensions["maloca"], now=now)
    track = db.session.scalars(sa.select(Track).where(Track.slug == SLUG)).one()
    set_name("track", track.id, "en", "=HYPERLINK(1) Québec عدن Mfoumou")
    db.session.commit()
    secretary = reader(secretary_of_the_examples())
    answer = secretary.client.get(f"/reports/participation.csv?track={SLUG}")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    cells = [cell for row in rows for cell in row]
    assert any("Québec عدن Mfoumou" in cell for cell in cells)
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_the_public_version_is_not_there_until_small_numbers_can_be_hidden(app, now, clock, reader):
    make_examples(app.extensions["maloca"], now=now)
    db.session.commit()
    secretary = reader(secretary_of_the_examples())
    assert secretary.client.get(f"/reports/participation?track={SLUG}&public=1").status_code == 404


def test_a_member_does_not_read_the_summary(app, now, clock, reader):
    make_examples(app.extensions["maloca"], now=now)
    db.session.commit()
    account = sa.select(Person).where(Person.name.is_not(None), ~Person.id.in_(sa.select(RoleGrant.person_id)))
    member = reader(db.session.scalars(account).first())
    assert member.client.get(f"/reports/participation?track={SLUG}").status_code == 403
