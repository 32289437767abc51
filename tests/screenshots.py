"""`python -m tests.screenshots [NAME …]`: write the pictures of README and docs into docs/pictures, from an example
house on a fixed day, so that a picture changes when the house does and not from day to day. Prints what each weighs;
ends with 1 above the budget.
"""

from __future__ import annotations

import io
import logging
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
import time_machine
from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from app.core import catalogues
from app.extensions import db
from app.moments.zones import COOKIE
from app.people.models import Person
from app.reflections.models import Reflection
from app.sessions.models import LearningSession, Track
from config import ROOT
from tests.browser.houses import DAY, close, fill, served
from tests.browser.walking import open_page

FOLDER = ROOT / "docs" / "pictures"
HEAVIEST, HEAVIEST_TOGETHER = 150_000, 1_200_000
COLOURS = 128
"""A page has few colours; with so many even the edges of letters stay as they are."""

TRACK = "/tracks/example-climate-justice"
FEMINIST = "/reports/participation?track=feminist-approaches-to-habitat"
WORDS = (
    ("language", "fr"),
    ("body", "Chez nous l’épargne des femmes a surélevé trente maisons avant que la mairie ne vienne mesurer l’eau."),
)
DESK = (1280, 1500)
PHONE = (360, 780)


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as somebody sees it: `person` is an example person or "" for a visitor, `zone` the place she chose.
    `size` is width and greatest height; a phone has two dots for each point."""

    name: str
    person: str
    path: str
    language: str
    size: tuple[int, int]
    scheme: str = "light"
    zone: str = ""
    typed: tuple[tuple[str, str], ...] = ()
    """Names of fields, and what is chosen or written in them."""

    @property
    def is_phone(self) -> bool:
        return self.size[0] < 600


PICTURES = (
    Picture("front-en", "", "/", "en", DESK, zone="Africa/Nairobi"),
    Picture("front-pt-phone", "", "/", "pt", PHONE, zone="America/Recife"),
    Picture("track-en", "", TRACK, "en", DESK, zone="Africa/Nairobi"),
    Picture("track-ar-phone", "coordinator", TRACK, "ar", PHONE),
    Picture("session-fr-phone", "member", "/sessions/{coming}", "fr", PHONE),
    Picture("reflection-es", "", "/reflections/{huda}?with=es", "es", (1280, 1200), zone="America/Mexico_City"),
    Picture("write-fr-phone", "facilitator", f"{TRACK}/reflections/new", "fr", PHONE, typed=WORDS),
    Picture("attendance-en-phone", "facilitator", "/sessions/{held}/attendance", "en", PHONE),
    Picture("participation-es", "secretariat", FEMINIST, "es", DESK),
    Picture("search-ar-phone", "coordinator", "/search?q=السكن", "ar", PHONE),
    Picture("calendar-en", "coordinator", "/advocacy/?year=2027", "en", (1280, 1500)),
    Picture("overview-en", "secretariat", "/overview", "en", (1280, 1000)),
    Picture("design-dark", "", "/design", "en", DESK, scheme="dark"),
)


def addresses(app: Flask) -> dict[str, str]:
    """Return the identifiers that pictures name: the held and the coming session of the example track, Huda's voice."""
    with app.app_context():
        sessions = dict(
            db.session.execute(
                sa.select(LearningSession.number, LearningSession.id)
                .join(Track, Track.id == LearningSession.track_id)
                .where(Track.slug == "example-climate-justice")
            ).all()
        )
        huda = db.session.scalars(
            sa.select(Reflection.id).join(Person, Person.id == Reflection.author_id).where(Person.name == "هدى مثال")
        ).one()
    return {"held": str(sessions[1]), "coming": str(sessions[2]), "huda": str(huda)}


def open_picture(browser: Browser, house: str, picture: Picture, found: Mapping[str, str]) -> Page:
    """Return the page of a picture, as its person sees it on `DAY`."""
    width, height = picture.size
    page = open_page(
        browser,
        house,
        picture.person,
        viewport={"width": width, "height": height},
        device_scale_factor=2 if picture.is_phone else 1,
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    page.clock.set_fixed_time(DAY)
    if picture.zone:
        page.context.add_cookies([{"name": COOKIE, "value": picture.zone, "domain": "127.0.0.1", "path": "/"}])
    page.goto(f"/about?lang={picture.language}")
    path = picture.path.format(**found)
    response = page.goto(path)
    if response is None or not response.ok:
        raise SystemExit(f"{picture.name}: {path} cannot be seen")
    for name, value in picture.typed:
        field = page.locator(f"main [name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    return page


def take(page: Page, picture: Picture) -> bytes:
    """Return what stands on the screen, no more than there is of the page, in as few colours as it has."""
    width, most = picture.size
    height = min(most, page.evaluate("document.documentElement.scrollHeight"))
    shot = page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height}, animations="disabled")
    image = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


def write(house: str, found: Mapping[str, str], wanted: list[str]) -> list[str]:
    """Write the pictures, or those named, and return what is too heavy."""
    FOLDER.mkdir(exist_ok=True)
    heavy = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for picture in (one for one in PICTURES if not wanted or one.name in wanted):
            page = open_picture(browser, house, picture, found)
            taken = take(page, picture)
            page.context.close()
            (FOLDER / f"{picture.name}.png").write_bytes(taken)
            print(f"{picture.name:24} {len(taken):7} bytes")
            if len(taken) > HEAVIEST:
                heavy.append(f"{picture.name} weighs more than {HEAVIEST} bytes")
        browser.close()
    together = sum(file.stat().st_size for file in FOLDER.glob("*.png"))
    print(f"{'together':24} {together:7} bytes")
    return heavy + ([f"together more than {HEAVIEST_TOGETHER} bytes"] if together > HEAVIEST_TOGETHER else [])


def main(wanted: list[str]) -> int:
    if unknown := set(wanted) - {picture.name for picture in PICTURES}:
        print(f"No picture is called {', '.join(sorted(unknown))}.")
        return 2
    catalogues.compile_stale()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder, time_machine.travel(DAY, tick=False):
        app = fill(Path(folder), now=DAY, pseudo_language=False)
        with served(app) as house:
            heavy = write(house, addresses(app), wanted)
        close(app)
    print("\n".join(heavy), end="\n" if heavy else "")
    return 1 if heavy else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
