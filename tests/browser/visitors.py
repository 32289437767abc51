"""Somebody in front of a browser who reads one language: things are found by their role and by the words of that
language, taken from its catalogue, or by the name of a field; never by where they stand."""

from __future__ import annotations

import gettext
import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, expect

from app.core import catalogues
from app.people.signed_in import COOKIE
from tests.browser.walking import misfits, open_page, violations

PHONE = {"width": 360, "height": 740}


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", catalogues.FOLDER, [language], fallback=language == "en")


def _plain(words: str) -> str:
    """Return words with single common blanks, as the browser compares them."""
    return " ".join(words.split())


class Visitor:
    """One person on one phone: an example person, whoever `token` signs in, or a visitor. What fails names the words
    that were looked for."""

    def __init__(
        self,
        chromium: Browser,
        address: str,
        person: str,
        language: str,
        *,
        zone: str = "Africa/Dakar",
        scripts: bool = True,
        width: int = PHONE["width"],
        token: str = "",
    ) -> None:
        self.language = language
        self.page: Page = open_page(
            chromium,
            address,
            person,
            viewport=PHONE | {"width": width},
            java_script_enabled=scripts,
            timezone_id=zone,
            accept_downloads=True,
        )
        if token:
            self.page.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
        self.page.goto(f"/?lang={language}")
        assert self.page.locator("html").get_attribute("lang") == language

    def leave(self) -> None:
        self.page.context.close()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def say(self, sentence: str, **values: Any) -> str:
        """Return an English sentence of the house in the language of this person."""
        words = _catalogue(self.language).gettext(sentence)
        return _plain(words % values if values else words)

    def say_so_many(self, one: str, many: str, num: int, **values: Any) -> str:
        return _plain(_catalogue(self.language).ngettext(one, many, num) % ({"num": num} | values))

    def open(self, path: str) -> None:
        response = self.page.goto(path)
        assert response is not None
        assert response.status < 400, f"{path}: {response.status}"

    def link(self, sentence: str, **values: Any) -> Locator:
        return self.main.get_by_role("link", name=self.say(sentence, **values), exact=True)

    def button(self, sentence: str, **values: Any) -> Locator:
        return self.main.get_by_role("button", name=self.say(sentence, **values), exact=True)

    def go(self, thing: Locator) -> None:
        """Press what leads to another page, and wait for that page."""
        with self.page.expect_navigation(wait_until="load"):
            thing.click()

    def follow(self, sentence: str, **values: Any) -> None:
        self.go(self.link(sentence, **values))

    def follow_to(self, title: str) -> None:
        """Follow the first link with words that people wrote: the title of a track or a session."""
        self.go(self.main.get_by_role("link", name=_plain(title)).first)

    def press(self, sentence: str, **values: Any) -> None:
        self.go(self.button(sentence, **values))

    def press_here(self, sentence: str, **values: Any) -> None:
        """Press a button that changes the page it stands on."""
        self.button(sentence, **values).click()

    def unfold(self, sentence: str, **values: Any) -> None:
        self.main.locator("summary").filter(has_text=self.say(sentence, **values)).click()

    def field(self, name: str) -> Locator:
        return self.main.locator(f"[name='{name}']")

    def fill(self, **words: str) -> None:
        for name, value in words.items():
            self.field(name.rstrip("_")).fill(value)

    def choose(self, **values: str) -> None:
        """Choose an option of a list, or one of several rows, by its value."""
        for name, value in values.items():
            field = self.main.locator(f"[name='{name}']").first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                self.main.locator(f"[name='{name}'][value='{value}']").check()

    def sees(self, sentence: str, **values: Any) -> Locator:
        """Wait until words of the house stand in the page, and return them."""
        return self.reads(self.say(sentence, **values))

    def reads(self, words: str) -> Locator:
        """Wait until these very words stand in the page, whoever wrote them."""
        found = self.main.get_by_text(_plain(words)).filter(visible=True).first
        expect(found, f"“{words}” on {self.path}").to_be_visible()
        return found

    def misses(self, sentence: str, **values: Any) -> None:
        expect(self.main.get_by_text(self.say(sentence, **values)).filter(visible=True)).to_have_count(0)

    def looks_right(self) -> None:
        """Nobody is shut out of the page as it stands, and nothing of it is cut or stands outside the phone."""
        assert violations(self.page) + misfits(self.page) == [], self.path

    @property
    def text(self) -> str:
        """What the page says, with single blanks and without the marks of direction."""
        return _plain(re.sub("[\u200e\u200f\u2066-\u2069]", "", self.main.inner_text()))
