"""The working groups of a programme file: made once, then run by their coordinators; names go on following the file.

A group that the file calls unsure is left out. One of which it says neither objectives nor region, a heading alone,
waits until somebody founds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from app.core.names import Certainty
from app.extensions import db
from app.sessions.models import Track
from app.sessions.programme.naming import certainty_of_source
from app.sessions.programme.sections import Loading
from app.sessions.programme.sections import register as register_section
from app.workinggroups.models import GroupBlock, GroupKind, WorkingGroup
from app.workinggroups.services import found_group
from app.workinggroups.services.founding import KINDS_OF_AFFILIATION, MEMBERS_AND_ALLIES, GroupRules, GroupWords

SECTION = "working_groups"
LANGUAGE_OF_TEXTS = "en"
"""Purpose and objectives stand in the file in English, whatever the language of the document."""

Row = dict[str, Any]


def load_groups(load: Loading) -> None:
    """Bring the groups of the house in line with the file."""
    known = {row.code: row for row in db.session.scalars(sa.select(WorkingGroup).where(WorkingGroup.code.is_not(None)))}
    for row in load.programme[SECTION]:
        if row.get("certainty") == Certainty.UNSURE.value:
            load.report.left_out.append(f"{SECTION}.{row['code']}")
        elif not _is_whole(row):
            load.report.waiting.append(f"{SECTION}.{row['code']}")
        elif row["code"] not in known:
            _make(load, row)
            load.report.made[SECTION] += 1
        else:
            for language, text in row["names"].items():
                load.names.main("group", known[row["code"]].id, language, text, certainty_of_source(row["source"]))


def _is_whole(row: Row) -> bool:
    return row["scope"] == GroupKind.INTERREGIONAL.value and bool(row.get("objectives"))


def _make(load: Loading, row: Row) -> WorkingGroup:
    allowed = load.programme.get("eligibility", {}).get("working_group", {}).get("allowed", MEMBERS_AND_ALLIES)
    return found_group(
        load.actor,
        kind=GroupKind(row["scope"]),
        words=GroupWords(row["names"], _texts(row), certainty_of_source(row["source"])),
        rules=GroupRules(eligible=[kind for kind in KINDS_OF_AFFILIATION if kind in allowed]),
        origins=_tracks(row.get("origin_tracks", [])),
        code=row["code"],
        source=", ".join(row["source"]),
        now=load.now,
    )


def _texts(row: Row) -> dict[GroupBlock, dict[str, str]]:
    listed = {GroupBlock.OBJECTIVES: row["objectives"], GroupBlock.PRIORITIES: row.get("priority_areas", [])}
    bodies = {block: "\n".join(f"* {line}" for line in lines) for block, lines in listed.items()}
    bodies[GroupBlock.PURPOSE] = row.get("purpose", "")
    return {block: {LANGUAGE_OF_TEXTS: body} for block, body in bodies.items() if body}


def _tracks(codes: Sequence[str]) -> list[Track]:
    return list(db.session.scalars(sa.select(Track).where(Track.code.in_(list(codes))).order_by(Track.slug)))


def register() -> None:
    """Tell the programme file who loads its groups."""
    register_section(SECTION, load_groups)
