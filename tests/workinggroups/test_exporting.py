"""A whole group as one ZIP: what is in it, what is not, under names that harm nobody, in little memory."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from typing import Any

from flask_babel import force_locale

from app.core.actors import Actor
from app.workinggroups.exporting.writing import Contents, write_archive
from app.workinggroups.models import WorkingGroup


class Opened:
    """An export as somebody opens it who has no Maloca."""

    def __init__(self, body: bytes) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(body))
        self.names = self.zip.namelist()
        assert self.zip.testzip() is None

    def text(self, name: str) -> str:
        return self.zip.read(name).decode("utf-8-sig")

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.text(f"{name}.csv"))))

    @property
    def group(self) -> dict[str, Any]:
        return json.loads(self.text("group.json"))

    @property
    def everything(self) -> str:
        return "\n".join([*self.names, *(self.zip.read(name).decode("utf-8", "replace") for name in self.names)])


def exported(actor: Actor, group: WorkingGroup, now: datetime, language: str = "en") -> tuple[Opened, Contents]:
    out, contents = io.BytesIO(), Contents()
    with force_locale(language):
        write_archive(out, actor=actor, group=group, by="Samira Example", now=now, contents=contents)
    return Opened(out.getvalue()), contents


def test_an_export_says_what_it_is_and_holds_every_file_whole(cast, act, now):
    found, _contents = exported(act(cast.coordinator), cast.group, now)
    assert {"README.txt", "group.json", "people.csv", "meetings.csv", "invitations.csv"} <= set(found.names)
    readme = found.text("README.txt")
    assert "Land group" in readme
    assert "2026-11-21 09:00 UTC by Samira Example" in readme
    assert "What is not in it" in readme
    assert found.group["format"] == "maloca-group"
    assert found.group["group"]["id"] == str(cast.group.id)
    assert found.group["group"]["names"] == {"en": "Land group"}


def test_observers_are_marked_as_observers(cast, act, now):
    found, _contents = exported(act(cast.coordinator), cast.group, now)
    people = {row["Name"]: row["In the group as"] for row in found.rows("people")}
    assert people == {"Fatou Exemple": "Member of the group", "Olu Example": "Observer"}
    assert {row["standing"] for row in found.group["people"]} == {"member", "observer"}
