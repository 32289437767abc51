"""Weaves `land.json` anew. Run once, when the coasts or the table of places change:

    python -m app.home.atlas.weaving path/to/land-110m.json

The file is Natural Earth's land at 1:110 million as TopoJSON (package `world-atlas` 2.0.2; see LAND.md). A cell becomes
land where four tenths of it are: fewer, and straits fill; more, and isthmuses break. Coasts this coarse lose small
islands, so every place of the zone data's `zone.tab` gets its cell too: nobody looks for their country in vain.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.home.atlas.grid import COLUMNS, ROWS, Run, cell_of, column_at, latitude_in
from app.home.atlas.projection import from_middle
from app.moments.sun import coordinates_of
from app.moments.zones import zone_table

LAND = Path(__file__).with_name("land.json")

Point = tuple[float, float]
"""Longitude and latitude."""

_SAMPLES = (1 / 6, 3 / 6, 5 / 6)
"""Lines within a row along which the coasts are cut."""

_ENOUGH = 0.4


def rings_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the closed coasts of a TopoJSON of polygons: arcs are steps on a grid, and a negative number walks one
    backwards."""
    arcs = [list(_points(arc, topology["transform"])) for arc in topology["arcs"]]
    rings = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for numbers in (ring for polygon in polygons for ring in polygon):
            walked = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
            rings.append([point for arc in walked for point in arc])
    return rings


def _points(arc: Iterable[Iterable[int]], transform: dict[str, list[float]]) -> Iterator[Point]:
    (scale_x, scale_y), (start_x, start_y) = transform["scale"], transform["translate"]
    x = y = 0
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        yield x * scale_x + start_x, y * scale_y + start_y


def spans_on(rings: list[list[Point]], latitude: float) -> list[tuple[float, float]]:
    """Return from which to which longitude a latitude lies on land, from west to east."""
    crossed = sorted(
        x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
        for ring in rings
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]])
        if (y1 <= latitude) != (y2 <= latitude)
    )
    return list(zip(crossed[::2], crossed[1::2], strict=True))


def _columns_covered(west: float, east: float, latitude: float) -> Iterator[tuple[float, float]]:
    """Columns between two longitudes, in two parts where the edge of the map cuts them."""
    first, width = from_middle(west), east - west
    for start, end in ((first, min(first + width, 180)), (-180, first + width - 360)):
        if start < end:
            yield column_at(latitude, start), column_at(latitude, end)


def _covered(rings: list[list[Point]], row: int) -> list[float]:
    """How much of each cell of a row is land, from 0 to 1."""
    cover = [0.0] * COLUMNS
    for part in _SAMPLES:
        latitude = latitude_in(row, part)
        for west, east in spans_on(rings, latitude):
            for start, end in _columns_covered(west, east, latitude):
                for column in range(int(start), min(int(end) + 1, COLUMNS)):
                    cover[column] += (min(end, column + 1) - max(start, column)) / len(_SAMPLES)
    return cover


def weave(topology: dict[str, Any]) -> list[list[Run]]:
    """Return the runs of land of every row, from north to south."""
    rings = rings_of(topology)
    land = [[share >= _ENOUGH for share in _covered(rings, row)] for row in range(ROWS)]
    for _country, _written, zone in zone_table():
        place = coordinates_of(zone)
        if place is not None and (cell := cell_of(*place)) is not None:
            land[cell[0]][cell[1]] = True
    return [_runs(cells) for cells in land]


def _runs(cells: list[bool]) -> list[Run]:
    edges = [column for column, (was, is_) in enumerate(pairwise([False, *cells, False])) if was != is_]
    return [(start, end - start) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def main() -> None:
    rows = weave(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    written = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    LAND.write_text(f"[\n{written}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
