"""A reader who sees pages and uses their forms as a browser would: hidden fields, defaults and buttons included."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict


class Reader:
    """One browser. `page` is what stands on the screen; `status` how the house answered."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.page = BeautifulSoup("", "html5lib")
        self.status = 0
        self.path = ""
        self.answer: Any = None

    def open(self, path: str) -> BeautifulSoup:
        """Go to an address, redirections included."""
        return self._show(self.client.get(path, follow_redirects=True))

    def _show(self, answer: Any) -> BeautifulSoup:
        self.answer, self.status = answer, answer.status_code
        self.path = answer.request.path
        self.page = BeautifulSoup(answer.text, "html5lib")
        return self.page

    @property
    def text(self) -> str:
        """What the main part of the page says, with single blanks."""
        main = self.page.find("main") or self.page
        return " ".join(main.get_text(" ", strip=True).replace("\u202f", " ").replace("\xa0", " ").split())

    def form(self, *, action: str = "", has: str = "") -> Tag:
        """The form of this page that leads to `action` (its end) or has a field called `has`."""
        for form in self.page.find_all("form", method=lambda m: (m or "").lower() == "post"):
            target = urlsplit(form.get("action") or self.path).path
            if action and not target.endswith(action):
                continue
            if has and not form.find(attrs={"name": has}):
                continue
            if not action and not has and form.find_parent("header"):
                continue
            return form
        raise AssertionError(f"no form action={action!r} has={has!r} on {self.path}: {self.text[:300]}")

    def send(
        self, *, action: str = "", has: str = "", button: tuple[str, str] | None = None, **typed: Any
    ) -> BeautifulSoup:
        """Fill the form in and send it. A list sets several values; None leaves a field out (an unticked box)."""
        form = self.form(action=action, has=has)
        values = self._defaults(form)
        for name, value in typed.items():
            field = name.rstrip("_")
            assert form.find(attrs={"name": field}), f"{self.path} has no field {field}"
            values.setlist(field, [] if value is None else value if isinstance(value, list) else [value])
        if button:
            values.add(*button)
        target = form.get("action") or self.answer.request.full_path.rstrip("?")
        return self._show(self.client.post(target, data=values, follow_redirects=True))

    @staticmethod
    def _defaults(form: Tag) -> MultiDict[str, str]:
        values: MultiDict[str, str] = MultiDict()
        for field in form.find_all(["input", "select", "textarea"]):
            name, kind = field.get("name"), field.get("type", "text")
            if (
                not name
                or kind in ("submit", "button")
                or (kind in ("checkbox", "radio") and not field.has_attr("checked"))
            ):
                continue
            if field.name == "select":
                for option in field.find_all("option", selected=True) or field.find_all("option")[:1]:
                    values.add(name, option.get("value", option.get_text()))
            elif field.name == "textarea":
                values.add(name, field.get_text().removeprefix("\n"))
            else:
                values.add(name, field.get("value", "on" if kind == "checkbox" else ""))
        return values
