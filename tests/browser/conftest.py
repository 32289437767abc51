"""A house of example data on this machine and a real Chromium that walks through it.

Debian's package `chromium` is needed; without it these tests are skipped and say so. They run on one database.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from _pytest.terminal import TerminalReporter
from flask import Flask
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser.houses import OpenHouse, close, copied_house, fill, filled_house, served
from tests.browser.visitors import Visitor

CHROMIUM = shutil.which("chromium")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    if CHROMIUM is None and os.environ.get("CI"):
        raise pytest.UsageError("CI needs chromium for the browser tests")
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no chromium: apt-get install chromium, then make test-fast"))


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Print what the walks of the matrix covered: `make matrix` names this folder, so that the sum is made here."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    walks = [found for report in reports for name, found in report.user_properties if name == "walk"]
    if not walks:
        return
    terminalreporter.section("pages that were walked")
    for language in sorted({walk["language"] for walk in walks}):
        told = [f"{w['person']} {w['pages']} ({w['looked']} new)" for w in walks if w["language"] == language]
        terminalreporter.write_line(f"{language}: {', '.join(told)}")
    pages, looked = (sum(walk[key] for walk in walks) for key in ("pages", "looked"))
    terminalreporter.write_line(
        f"{pages} pages opened, {looked} of them unlike those before; each of these in light and dark, at 320 and "
        f"1280 px: {looked * 4} looks"
    )


@pytest.fixture(scope="session")
def example_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A house with the programme and example people, as `make run` makes it, for all who look and change little."""
    app = fill(tmp_path_factory.mktemp("browser"), now=datetime.now(UTC))  # noqa: TID251 - a browser has the real clock
    yield app
    close(app)


@pytest.fixture(scope="session")
def address(example_house: Flask) -> Iterator[str]:
    with served(example_house) as address:
        yield address


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with filled_house(tmp_path_factory.mktemp("filled")) as folder:
        yield folder


@pytest.fixture
def open_house(filled: Path, tmp_path: Path) -> Iterator[OpenHouse]:
    """An example house of this story alone, on a Tuesday of November 2026."""
    with copied_house(filled, tmp_path / "house") as house:
        yield house


@pytest.fixture
def own_house(open_house: OpenHouse) -> str:
    """The address of `open_house`."""
    return open_house.address


@pytest.fixture
def visit(chromium: Browser, open_house: OpenHouse) -> Iterator[Callable[..., Visitor]]:
    """Return a maker of people in front of their phones: `visit("member", "fr", scripts=False)` signs in as an example
    person, `visit(person_id, "fr")` is anybody whom the story made."""
    made: list[Visitor] = []

    def make(person: str | UUID, language: str, **options: Any) -> Visitor:
        if isinstance(person, UUID):
            person, options["token"] = "", open_house.token(person)
        made.append(Visitor(chromium, open_house.address, person, language, **options))
        return made[-1]

    yield make
    for visitor in made:
        visitor.leave()


ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def large_letters(playwright: Playwright) -> Iterator[Browser]:
    """The browser of a reader who set letters to twice the usual size: media queries in rem follow them."""
    arguments = [*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
    yield browser
    browser.close()
