"""The working groups of the shipped programme file."""

from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from app.core import actors
from app.core.names import Certainty, all_names, set_name
from app.extensions import db
from app.sessions.programme import SHIPPED, load_programme, read_programme
from app.workinggroups.models import Admission, GroupBlock, GroupKind, WorkingGroup
from app.workinggroups.queries import all_texts

HOUSE = actors.job("load programme")


@pytest.fixture(scope="module")
def shipped() -> dict[str, Any]:
    return read_programme(SHIPPED)


def groups() -> dict[str, WorkingGroup]:
    return {group.code: group for group in db.session.scalars(sa.select(WorkingGroup))}


def test_the_two_interregional_groups_stand_with_their_origin_rule_and_source(
    app: Flask, shipped: dict[str, Any], now: datetime
) -> None:
    report = load_programme(HOUSE, shipped, now=now)
    found = groups()
    assert set(found) == {"wg_feminist", "wg_land"}
    assert "working_groups.wg_regional" in report.waiting
    land = found["wg_land"]
    assert (land.kind, land.admission, land.source) == (GroupKind.INTERREGIONAL, Admission.OPEN, "S3")
    assert land.eligible == ["member", "ally"]
    assert [track.code for track in land.origins] == ["land_rights"]
    texts = all_texts(land)
    assert texts[GroupBlock.OBJECTIVES]["en"].startswith("* coordinate between regions")
    assert GroupBlock.PURPOSE not in texts
    assert "joint work of Members" in all_texts(found["wg_feminist"])[GroupBlock.PURPOSE]["en"]
    names = all_names("group", land.id)
    assert names["en"].text == "Interregional working group on the human right to land"
    assert names["en"].certainty is Certainty.FOUNDING
    assert set(names) == {"en", "es", "fr"}


def test_loading_again_changes_nothing_and_keeps_what_the_house_named(
    app: Flask, shipped: dict[str, Any], now: datetime
) -> None:
    load_programme(HOUSE, shipped, now=now)
    land = groups()["wg_land"]
    set_name("group", land.id, "en", "Our land group")
    report = load_programme(HOUSE, shipped, now=now)
    assert report.is_empty
    assert all_names("group", land.id)["en"].text == "Our land group"


def test_an_unsure_group_is_left_out(app: Flask, shipped: dict[str, Any], now: datetime) -> None:
    rows = [row | ({"certainty": "unsure"} if row["code"] == "wg_land" else {}) for row in shipped["working_groups"]]
    report = load_programme(HOUSE, shipped | {"working_groups": rows}, now=now)
    assert "working_groups.wg_land" in report.left_out
    assert set(groups()) == {"wg_feminist"}
