"""Exports of a whole group: asked for on a page, made by the worker, had by whoever asked, gone after some days."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa

from app.core import files, registries
from app.core.audit import AuditLine
from app.core.errors import NotAllowed, NotFound
from app.core.files import StoredFile, folder, path_of
from app.core.files import jobs as file_jobs
from app.extensions import db
from app.workinggroups import jobs, services
from app.workinggroups.models import GroupExport
from app.workinggroups.queries.handing_on import get_export, list_exports
from app.workinggroups.services import exports
from tests.make.workinggroups import make_coordinator, make_export, make_invitation

PAGE = "/groups/land-group/export"


def _only() -> GroupExport:
    return db.session.scalars(sa.select(GroupExport)).one()


def _codes() -> list[str]:
    return [code for code in db.session.scalars(sa.select(AuditLine.code)) if ".export." in code]


def _left_lying() -> list[str]:
    return [path.name for path in folder().glob("??/*.part")]


def test_a_whole_group_is_asked_for_made_and_taken_along(cast, browse, now):
    reader = browse(cast.coordinator)
    reader.open(PAGE)
    assert "What is not in it" in reader.text
    reader.send(action="/export")
    assert "It is being made" in reader.text
    assert jobs.make_exports(now) == 1
    reader.open(PAGE)
    link = reader.page.find("a", download=True)["href"]
    answer = reader.client.get(link)
    assert answer.mimetype == "application/zip"
    assert "land-group-2026-11-21.zip" in answer.headers["Content-Disposition"]
    assert "README.txt" in zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert _codes() == ["workinggroups.export.asked", "workinggroups.export.made"]


def test_looking_at_the_page_and_having_the_file_writes_nothing(cast, browse, now):
    make_export(cast.group, cast.coordinator)
    jobs.make_exports(now)
    before = db.session.scalar(sa.select(sa.func.count()).select_from(AuditLine))
    reader = browse(cast.coordinator)
    reader.open(PAGE)
    assert reader.client.get(f"{PAGE}/{_only().id}.zip").status_code == 200
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditLine)) == before


def test_asking_again_while_it_is_made_is_asking_once(cast, act, now):
    first = services.ask_export(act(cast.coordinator), cast.group, language="en", now=now)
    assert services.ask_export(act(cast.coordinator), cast.group, language="fr", now=now) is first
    assert services.ask_export(act(cast.secretary), cast.group, language="fr", now=now) is not first
    assert _codes() == ["workinggroups.export.asked"] * 2


def test_only_those_who_run_the_group_ask_and_only_who_asked_has_it(cast, act, browse, now):
    for person in (cast.member, cast.observer, cast.other_coordinator):
        with pytest.raises(NotAllowed):
            services.ask_export(act(person), cast.group, language="en", now=now)
    export = make_export(cast.group, cast.coordinator)
    jobs.make_exports(now)
    with pytest.raises(NotFound):
        get_export(act(cast.secretary), cast.group, export.id)
    for person, status in ((cast.coordinator, 200), (cast.secretary, 404), (cast.member, 403)):
        assert browse(person).client.get(f"{PAGE}/{export.id}.zip").status_code == status
    assert browse(cast.member).client.get("/groups/secret-group/export").status_code == 404
    assert browse(cast.other_coordinator).client.get(f"/groups/secret-group/export/{export.id}.zip").status_code == 404


def test_who_no_longer_runs_the_group_has_it_no_more(cast, act, browse, now):
    export = make_export(cast.group, cast.coordinator)
    jobs.make_exports(now)
    services.hand_over(act(cast.coordinator), cast.group, person_id=cast.member.id, now=now)
    assert browse(cast.coordinator).client.get(f"{PAGE}/{export.id}.zip").status_code == 403


def test_who_stopped_running_the_group_before_it_was_made_gets_none(cast, act, now):
    make_export(cast.group, cast.member)
    assert jobs.make_exports(now) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(GroupExport)) == 0
    assert db.session.scalar(sa.select(sa.func.count()).select_from(StoredFile)) == 0


def test_the_readme_speaks_the_language_of_whoever_asked(cast, now):
    make_export(cast.group, cast.coordinator, language="fr")
    jobs.make_exports(now)
    stored = _only().file
    assert stored is not None
    readme = zipfile.ZipFile(path_of(stored.id)).read("README.txt").decode("utf-8-sig")
    assert "Land group" in readme


def test_two_workers_make_it_once_and_one_that_died_is_taken_over(cast, now):
    make_export(cast.group, cast.coordinator)
    first = exports.claim_export(now=now)
    assert first is not None
    assert exports.claim_export(now=now) is None
    later = now + exports.LEASE + timedelta(seconds=1)
    assert jobs.make_exports(later) == 1
    assert _only().ready_at == later
    assert _only().attempts == 2


def test_a_worker_that_comes_back_too_late_keeps_nothing(cast, act, app, now):
    make_export(cast.group, cast.coordinator)
    late = exports.claim_export(now=now)
    assert late is not None
    jobs.make_exports(now + exports.LEASE + timedelta(seconds=1))
    kept = _only().file_id
    incoming = files.lay_down(b"late", name="late.zip", media_type="application/zip")
    assert not services.keep_export(act(cast.coordinator), late, incoming, documents=1, now=now)
    assert _only().file_id == kept
    assert db.session.get_one(StoredFile, incoming.id).removed_at is not None


def test_what_cannot_be_made_is_tried_some_times_leaves_nothing_half_and_says_so(cast, browse, now, monkeypatch):
    def broken(*_args, **_kwargs):
        raise OSError("no room on this disk")

    make_export(cast.group, cast.coordinator)
    monkeypatch.setattr("app.workinggroups.exporting.writing._write_table", broken)
    for attempt in range(exports.MOST_ATTEMPTS):
        assert _only().failed_at is None
        jobs.make_exports(now + attempt * timedelta(minutes=3))
    assert _only().failed_at is not None
    assert _left_lying() == []
    reader = browse(cast.coordinator)
    reader.open(PAGE)
    assert "It could not be made" in reader.text
    assert jobs.make_exports(now + timedelta(hours=1)) == 0


def test_one_that_ends_its_worker_each_time_is_given_up(cast, now):
    make_export(cast.group, cast.coordinator)
    for attempt in range(exports.MOST_ATTEMPTS):
        assert exports.claim_export(now=now + attempt * timedelta(hours=1)) is not None
    late = now + exports.MOST_ATTEMPTS * timedelta(hours=1)
    assert exports.claim_export(now=late) is None
    db.session.expire_all()
    assert _only().failed_at == late


def test_it_goes_with_its_bytes_after_some_days(cast, browse, now):
    make_export(cast.group, cast.coordinator)
    jobs.make_exports(now)
    path = path_of(_only().file_id)
    assert jobs.drop_old_exports(now + exports.KEPT_FOR) == 0
    assert path.exists()
    assert jobs.drop_old_exports(now + exports.KEPT_FOR + timedelta(seconds=1)) == 1
    file_jobs.drop_removed(now)
    assert not path.exists()
    reader = browse(cast.coordinator)
    reader.open(PAGE)
    assert reader.page.find("a", download=True) is None


def test_what_was_given_up_is_forgotten_too(cast, now):
    make_export(cast.group, cast.coordinator, failed_at=now)
    assert jobs.drop_old_exports(now + exports.KEPT_FOR + timedelta(seconds=1)) == 1


@pytest.mark.parametrize("person", ["runs", "is_asked"])
def test_who_ran_a_group_or_was_asked_into_it_stands_in_its_file_too(cast, now, person):
    if person == "runs":
        make_coordinator(cast.group, cast.outsider, ended_at=now)
    else:
        make_invitation(cast.group, cast.outsider)
    make_export(cast.group, cast.coordinator)
    jobs.make_exports(now)
    registries.erase_person(cast.outsider.id, now)
    assert list(db.session.scalars(sa.select(GroupExport))) == []


def test_erasing_somebody_takes_every_file_away_in_which_they_may_stand(cast, act, now):
    make_export(cast.group, cast.coordinator)
    make_export(cast.secret, cast.other_coordinator)
    jobs.make_exports(now)
    registries.erase_person(cast.observer.id, now)
    assert [row.group_id for row in db.session.scalars(sa.select(GroupExport))] == [cast.secret.id]
    assert len(list(db.session.scalars(sa.select(StoredFile).where(StoredFile.removed_at.is_not(None))))) == 1


def test_two_rows_of_one_person_become_one_with_its_notes_and_exports(cast, act, now):
    twin = cast.candidate
    make_coordinator(cast.group, twin)
    make_export(cast.group, cast.coordinator)
    make_export(cast.group, twin)
    services.write_note(act(twin), cast.group, language="en", body="Ask Rosa.", version=0, now=now)
    registries.merge_person(cast.coordinator.id, twin.id, now)
    db.session.expire_all()
    assert [row.asked_by for row in db.session.scalars(sa.select(GroupExport))] == [cast.coordinator.id]
    mine = registries.export_person(cast.coordinator.id)["workinggroups"]
    assert [row["body"] for row in mine["handover_notes"]] == ["Ask Rosa."]
    assert len(mine["exports"]) == 1


def test_a_list_of_exports_is_ones_own(cast, act, now):
    make_export(cast.group, cast.secretary)
    assert list_exports(act(cast.coordinator), cast.group) == []
    assert len(list_exports(act(cast.secretary), cast.group)) == 1
