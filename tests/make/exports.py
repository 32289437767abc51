"""An export of a group, opened as somebody does who has no Maloca."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from typing import Any

from flask_babel import force_locale

from app.core.actors import Actor
from app.workinggroups.exporting.contents import Contents
from app.workinggroups.exporting.writing import write_archive
from app.workinggroups.models import WorkingGroup


class Opened:
    """A ZIP of which every file was read."""

    def __init__(self, body: bytes, contents: Contents) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(body))
        self.names, self.contents = self.zip.namelist(), contents
        assert self.zip.testzip() is None

    def text(self, name: str) -> str:
        return self.zip.read(name).decode("utf-8-sig")

    def rows(self, name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.text(f"{name}.csv"))))

    def within(self, folder: str) -> list[str]:
        return [name for name in self.names if name.startswith(f"{folder}/")]

    @property
    def group(self) -> dict[str, Any]:
        return json.loads(self.text("group.json"))

    @property
    def everything(self) -> str:
        return "\n".join([*self.names, *(self.zip.read(name).decode("utf-8", "replace") for name in self.names)])


def exported(actor: Actor, group: WorkingGroup, now: datetime, language: str = "en") -> Opened:
    """Return all that an actor may take along of a group."""
    out, contents = io.BytesIO(), Contents()
    with force_locale(language):
        write_archive(out, actor=actor, group=group, by="Samira Example", now=now, contents=contents)
    return Opened(out.getvalue(), contents)
