"""What is said of a reading on the page of its calendar."""

from __future__ import annotations

from app.calendars.reading import Reading

MOST_FAULTS = 20


def report_of(reading: Reading, *, own: int = 0, beyond: int = 0) -> dict[str, object]:
    """Return what the page of the calendar says of the last reading, in plain JSON. `beyond`: how many are not public
    though their calendar is."""
    return {
        "found": len(reading.entries) - own,
        "own": own,
        "beyond": beyond,
        "faults": [
            {"line": fault.line, "trouble": fault.trouble.value, "title": fault.title}
            for fault in reading.faults[:MOST_FAULTS]
        ],
        "more_faults": max(len(reading.faults) - MOST_FAULTS, 0),
        "zones": sorted(reading.unknown_zones),
        "floating": reading.floating,
        "is_guessed": reading.is_guessed,
        "is_full": reading.is_full,
    }
