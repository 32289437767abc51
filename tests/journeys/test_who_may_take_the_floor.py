"""A8: who may take the floor, through the pages."""

from __future__ import annotations

from collections.abc import Callable

from app.people.models import Person
from tests.engagements.conftest import Cast, browse, cast
from tests.journeys.reader import Reader

__all__ = ["browse", "cast"]

Browse = Callable[[Person | None], Reader]


def plan(reader: Reader, cast: Cast, space: str, title: str, **typed: str) -> None:
    reader.open(f"/advocacy/engagements/new/{space}?group=land-group")
    reader.send(has="title", title=title, language="en", **typed)
    assert reader.status == 200, reader.text


def test_a_plan_without_status_is_kept_and_flagged_and_another_organisation_is_proposed(
    cast: Cast, browse: Browse
) -> None:
    reader = browse(cast.coordinator)
    plan(
        reader, cast, "csw", "Statement on evictions",
        mode=str(cast.statement.id), occurrence=str(cast.csw_session.id), lead=str(cast.sur.id),
    )  # fmt: skip
    assert "Not eligible: ECOSOC status needed" in reader.text
    in_the_way = reader.page.select_one("#in-the-way").get_text(" ", strip=True)
    assert "Red Hábitat Sur" in in_the_way
    assert "Coalition X" in in_the_way
    # the certainty of the rule, and the day on which it was last checked
    assert "seen in its source" in in_the_way.lower()
    assert "21 November 2026" in in_the_way
    reader.open("/advocacy/engagements/")
    assert "Not eligible: ECOSOC status needed" in reader.text


def test_a_parallel_report_asks_for_no_status(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.coordinator)
    plan(reader, cast, "cescr", "Parallel report", mode=str(cast.report.id), lead=str(cast.sur.id))
    assert "Not eligible" not in reader.text
    assert "No status needed" in reader.text
    assert reader.page.select_one("#in-the-way") is None


def test_the_coalition_that_is_proposed_can_lead_instead(cast: Cast, browse: Browse) -> None:
    reader = browse(cast.coordinator)
    plan(reader, cast, "csw", "Statement", mode=str(cast.statement.id), lead=str(cast.sur.id))
    here = reader.path
    reader.open(f"{here}/organisations/add")
    reader.send(has="organisation", organisation=str(cast.coalition.id), is_lead="y")
    assert "Coalition X leads" in reader.text
    # a co-signatory without status spoils the joint text
    assert "A co-signatory is not eligible: ECOSOC status needed" in reader.text
    assert "makes the whole joint text invalid" in reader.text
    reader.open(reader.page.find("a", href=lambda href: (href or "").endswith("take-off"))["href"])
    assert "Take Coalition X off the list?" in reader.text or "Take Red Hábitat Sur off the list?" in reader.text
