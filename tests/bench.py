"""`make bench`: how long pages take, as ratios to `/healthz` within one run, and what they weigh.

A machine that is twice as slow doubles both sides: ratios can be compared from one day to the next, seconds cannot.
Each figure is the median of several rounds in which all pages take turns, so that a noisy moment meets them all.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from tests.weights import browser, example_house, measure, report

ROUNDS = 15
YARDSTICK = "/healthz"
PAGES = ("/", "/tracks/", "/tracks/example-climate-justice", "/reflections/", "/register")
READERS = ("", "facilitator")


def times(client: FlaskClient, nobody: FlaskClient) -> dict[str, float]:
    """Return the median milliseconds of each page; the yardstick is taken without a sign-in."""
    taken: dict[str, list[float]] = {path: [] for path in (YARDSTICK, *PAGES)}
    for path in taken:
        client.get(path)
    for _round in range(ROUNDS):
        for path, found in taken.items():
            asking = nobody if path == YARDSTICK else client
            began = time.perf_counter()
            asking.get(path, headers={"Accept-Encoding": "gzip, br"})
            found.append(1000 * (time.perf_counter() - began))
    return {path: statistics.median(found) for path, found in taken.items()}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        app = example_house(Path(folder))
        for person in READERS:
            medians = times(browser(app, person), app.test_client())
            yardstick = medians.pop(YARDSTICK)
            print(f"As {person or 'a visitor'}: {YARDSTICK} takes {yardstick:.2f} ms here and now")
            for path, median in medians.items():
                print(f"  {path:40} {median / yardstick:6.1f} times that")
        over = report(measure(app))
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
