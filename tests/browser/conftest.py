"""A house of example data on this machine and a real Chromium that walks through it.

Debian's package `chromium` is needed; without it these tests are skipped and say so. They run on one database.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Playwright, sync_playwright
from werkzeug.serving import make_server

from app.examples import make_examples
from app.extensions import db
from tests.conftest import build_app

PASSWORD = "an example password"
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


@pytest.fixture(scope="session")
def example_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A house with the programme and example people, as `make run` makes it."""
    folder = tmp_path_factory.mktemp("browser")
    app = build_app(f"sqlite:///{folder / 'house.sqlite3'}", folder, example_password=PASSWORD)
    with app.app_context():
        make_examples(app.extensions["maloca"], now=datetime.now(UTC))  # noqa: TID251 - a browser has the real clock
        db.session.commit()
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def address(example_house: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, example_house, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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
