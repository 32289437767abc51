"""The woven map: true sizes, whole land, the right light."""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.home.atlas import grid, light, projection, weaving
from app.home.atlas.light import cloth_at, land, lit_columns
from app.home.atlas.showing import IN_THE_SEA, organisations_by_region
from app.moments.sun import HORIZON, coordinates_of, elevation, subsolar_point
from app.moments.zones import zone_table
from tests.make.people import make_organisation, make_region

LATITUDES = st.floats(-85, 85)
LONGITUDES = st.floats(-179.9, 179.9)
NOON_IN_DECEMBER = datetime(2026, 12, 21, 12, tzinfo=UTC)
INSTANTS = st.integers(0, 6 * 365 * 24 * 4).map(lambda quarter: NOON_IN_DECEMBER + timedelta(minutes=15 * quarter))


@given(LATITUDES, LONGITUDES)
def test_a_patch_of_land_keeps_its_size_wherever_it_lies(latitude, longitude):
    # Equal Earth scales every area alike: the determinant of its derivatives is the cosine of the latitude
    small, middle = 1e-4, projection.from_middle(longitude)
    east, west = ((middle + step) / 180 * projection.half_width_at(latitude) for step in (small, -small))
    north, south = (projection.height_of(latitude + step) for step in (small, -small))
    # lines of latitude are level, so the slant of meridians changes no area
    area = (east - west) * (north - south) / math.radians(2 * small) ** 2
    assert area == pytest.approx(math.cos(math.radians(latitude)), rel=1e-5)


@given(st.floats(-90, 90))
def test_a_height_leads_back_to_its_latitude(latitude):
    assert projection.latitude_of(projection.height_of(latitude)) == pytest.approx(latitude, abs=1e-4)


@given(LATITUDES, LONGITUDES)
def test_a_place_lies_between_the_edges_of_its_cell(latitude, longitude):
    cell = grid.cell_of(latitude, longitude)
    if cell is None:
        assert not grid.SOUTH < latitude < grid.NORTH
        return
    row, column = cell
    assert grid.latitude_in(row, 1) - 1e-6 <= latitude <= grid.latitude_in(row, 0) + 1e-6
    assert column <= grid.column_at(latitude, projection.from_middle(longitude)) <= column + 1


def test_the_rows_of_land_are_well_formed():
    rows = land()
    assert len(rows) == grid.ROWS
    for row in rows:
        assert all(length > 0 for _first, length in row)
        assert all(first >= 0 and first + length <= grid.COLUMNS for first, length in row)
        assert all(first + length < after for (first, length), (after, _length) in pairwise(row))


def test_nobody_looks_for_their_country_in_vain():
    rows, drawn, beyond = land(), set(), set()
    for country, _written, zone in zone_table():
        cell = grid.cell_of(*(coordinates_of(zone) or (0, 0)))
        if cell is None:
            beyond.add(country)
        elif any(first <= cell[1] < first + length for first, length in rows[cell[0]]):
            drawn.add(country)
    assert {"CV", "KM", "MU", "MV", "WS", "TV", "SG", "BH", "MT"} <= drawn
    assert beyond - drawn == {"AQ", "SJ"}, "Antarctica and Svalbard lie beyond the cloth"


def test_coasts_are_cut_where_they_cross_a_latitude():
    square = [(-170.0, -10.0), (-170.0, 10.0), (160.0, 10.0), (160.0, -10.0)]
    assert weaving.spans_on([square], 0) == [(-170.0, 160.0)]
    assert weaving.spans_on([square], 20) == []


def test_land_is_woven_from_coasts_with_arcs_walked_both_ways():
    # one square over the equator, as two arcs on a grid of degrees; the second is walked backwards
    topology = {
        "transform": {"scale": [1, 1], "translate": [-180, -90]},
        "arcs": [[[170, 80], [0, 20], [20, 0]], [[170, 80], [20, 0], [0, 20]]],
        "objects": {"land": {"geometries": [{"type": "Polygon", "arcs": [[0, ~1]]}]}},
    }
    rows = weaving.weave(topology)
    row, column = grid.cell_of(0, 0)
    assert any(first <= column < first + length and length > 10 for first, length in rows[row])


def test_weaving_writes_the_file_it_is_asked_for(tmp_path, monkeypatch):
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [],
        "objects": {"land": {"geometries": []}},
    }
    source, woven = tmp_path / "land-110m.json", tmp_path / "land.json"
    source.write_text(json.dumps(topology))
    monkeypatch.setattr(weaving, "LAND", woven)
    monkeypatch.setattr("sys.argv", ["weaving", str(source)])
    weaving.main()
    assert len(json.loads(woven.read_text())) == grid.ROWS


def test_the_source_of_the_land_stands_beside_it():
    beside = Path(light.__file__).with_name("LAND.md").read_text()
    assert "Natural Earth" in beside
    assert "public domain" in beside


@given(INSTANTS)
def test_every_cell_of_land_has_exactly_one_light(instant):
    cloth = cloth_at(instant)
    lengths = [
        int(run.rsplit("h", 1)[1]) for path in (cloth.day, cloth.twilight, cloth.night) for run in path.split("M")[1:]
    ]
    assert sum(lengths) == sum(length for row in land() for _first, length in row)


@given(st.floats(-56, 74), LONGITUDES, INSTANTS)
def test_a_place_is_lit_on_the_map_when_the_sun_stands_over_it(latitude, longitude, instant):
    column = grid.column_at(latitude, projection.from_middle(longitude))
    shown = any(start <= column < end for start, end in lit_columns(latitude, *subsolar_point(instant), HORIZON))
    # within a cell and a half of the line between day and night the drawing rounds
    if abs(elevation(latitude, longitude, instant) - HORIZON) > 3:
        assert shown == (elevation(latitude, longitude, instant) > HORIZON)


def test_in_december_the_far_north_has_no_day_and_the_far_south_no_night():
    sun = subsolar_point(NOON_IN_DECEMBER)
    assert lit_columns(73, *sun, HORIZON) == []
    assert lit_columns(-70, *sun, HORIZON)[0][1] - lit_columns(-70, *sun, HORIZON)[0][0] > 100


def test_the_map_weighs_little():
    cloth = cloth_at(NOON_IN_DECEMBER)
    assert len(cloth.day + cloth.twilight + cloth.night) < 6_000


def test_regions_are_counted_by_the_organisations_on_the_public_list(app):
    make_organisation("A", region="LAC")
    make_organisation("B", region="LAC")
    make_organisation("C", region="LAC", is_listed=False)
    make_region("SSA")
    assert [(number.code, number.count) for number in organisations_by_region("en")] == [("LAC", 2)]
    assert "LAC" in IN_THE_SEA
