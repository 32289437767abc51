"""The loom: rows and columns of cells laid over the projection, between 74° north and 56° south.

A cell is one unit wide and stands in a row two units high; a unit is `UNIT` radii of the sphere both ways, so the cells
keep the projection's true sizes.
"""

from __future__ import annotations

from math import ceil

from app.home.atlas.projection import from_middle, half_width_at, height_of, latitude_of

ROWS = 44
NORTH, SOUTH = 74.0, -56.0
ROW_UNITS = 2

_TOP = height_of(NORTH)
UNIT = (_TOP - height_of(SOUTH)) / (ROWS * ROW_UNITS)
COLUMNS = 2 * ceil(half_width_at(0) / UNIT)
WIDTH, HEIGHT = COLUMNS, ROWS * ROW_UNITS

Run = tuple[int, int]
"""First column and number of columns of unbroken land in one row."""


def latitude_in(row: int, part: float = 0.5) -> float:
    """Return the latitude drawn in a row; `part` goes from its upper edge (0) to its lower one (1)."""
    return latitude_of(_TOP - (row + part) * ROW_UNITS * UNIT)


def column_at(latitude: float, degrees_from_middle: float) -> float:
    """Return where a meridian crosses a latitude, in columns; `degrees_from_middle` from −180 to 180."""
    return COLUMNS / 2 + degrees_from_middle / 180 * half_width_at(latitude) / UNIT


def cell_of(latitude: float, longitude: float) -> tuple[int, int] | None:
    """Return (row, column) of the cell a place lies in; None beyond the edges of the cloth."""
    row = int((_TOP - height_of(latitude)) // (ROW_UNITS * UNIT))
    if not 0 <= row < ROWS:
        return None
    return row, int(column_at(latitude, from_middle(longitude)))
