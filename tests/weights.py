"""`python -m tests.weights`: what each page of the example house weighs on the line, compressed as the house sends it
to browsers of today (brotli; what gzip makes of the page stands beside it, for those that know no better). Prints one
line per kind of page, the heaviest of all example people; ends with 1 above the budget.

First visit: the page with all that it loads. Further page: the page with scripts that the front page has not brought.
"""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from app.examples import make_examples
from app.extensions import db
from tests.conftest import build_app

FIRST_VISIT = 50_000
FURTHER_PAGE = 15_000
PEOPLE = ("", "member", "facilitator", "coordinator", "secretariat")
LANGUAGES = ("en", "ar")
"""The shortest words, and the letters of most bytes."""
PASSWORD = "an example password"
MOST_OF_A_KIND = 2
COMPRESSED = {"Accept-Encoding": "gzip, br"}
BY_GZIP = {"Accept-Encoding": "gzip"}

_PARTS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+|(?<=/tracks/)[^/]+|(?<=/phases/)[^/]+"
                    r"|(?<=/groups/)(?!new$|chantiers/)[^/]+|(?<=/spaces/)(?!new$)[^/]+"
                    r"|(?<=/followed-by/)[^/]+|(?<=/engagements/new/)[^/]+")  # fmt: skip
_NOT_PAGES = re.compile(r"[?&]lang=|\.(ics|atom|csv|json|md|txt)\b|/static/|/(file|voice|logo)$")


@dataclass
class Weight:
    """Bytes of one page: of itself raw, by gzip and as sent, and as sent of what it loads by name."""

    path: str
    person: str
    language: str
    raw: int
    by_gzip: int
    page: int
    loads: dict[str, int] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)

    def of(self, *endings: str) -> int:
        return sum(size for name, size in self.loads.items() if name.split("?")[0].endswith(endings))

    @property
    def first_visit(self) -> int:
        return self.page + sum(self.loads.values())

    def further(self, brought: set[str]) -> int:
        return self.page + sum(size for name, size in self.loads.items() if name not in brought)


def example_house(folder: Path) -> Flask:
    """Return a house with the programme and example people, as `make run` makes it."""
    app = build_app(f"sqlite:///{folder / 'house.sqlite3'}", folder, example_password=PASSWORD)
    with app.app_context():
        make_examples(app.extensions["maloca"], now=datetime.now(UTC))  # noqa: TID251 - as `make run` does
        db.session.commit()
        db.session.remove()
    return app


def browser(app: Flask, person: str) -> FlaskClient:
    client = app.test_client()
    if person:
        page = BeautifulSoup(client.get("/sign-in").text, "html5lib")
        form = {tag["name"]: tag.get("value", "") for tag in page.select("main form input[name]")}
        answer = client.post("/sign-in", data=form | {"email": f"{person}@example.org", "password": PASSWORD})
        assert answer.status_code == 303
    return client


def weigh(
    client: FlaskClient, path: str, person: str, language: str, sizes: dict[str, int]
) -> tuple[Weight, list[str]]:
    """Return the weight of a page and the addresses it leads to. `sizes` remembers files measured before."""
    raw = client.get(path)
    page = BeautifulSoup(raw.text, "html5lib")
    by_gzip, sent = (len(client.get(path, headers=taken).data) for taken in (BY_GZIP, COMPRESSED))
    weight = Weight(path, person, language, len(raw.data), by_gzip, sent)
    loaded = [tag["href"] for tag in page.select("link[rel=stylesheet], link[rel=icon], link[rel=manifest]")]
    loaded += [tag["src"] for tag in page.select("script[src], img[src]")]
    for name in loaded:
        if re.match(r"//|[a-z]+:", name):
            weight.foreign.append(name)
            continue
        if name not in sizes:
            sizes[name] = len(client.get(name, headers=COMPRESSED).data)
        weight.loads[name] = sizes[name]
    return weight, [link["href"].split("#")[0] for link in page.select("a[href^='/']")]


def walk(app: Flask, person: str, language: str, sizes: dict[str, int]) -> list[Weight]:
    """Follow the links from the front page; of addresses that differ in an identifier alone, two are enough."""
    client, found, waiting, seen = browser(app, person), [], ["/"], dict[str, int]()
    client.get("/", query_string={"lang": language})
    done = set()
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(path)
        if path in done or _NOT_PAGES.search(path) or seen.get(kind, 0) >= MOST_OF_A_KIND:
            continue
        done.add(path)
        seen[kind] = seen.get(kind, 0) + 1
        answer = client.head(path)
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        weight, links = weigh(client, path, person, language, sizes)
        found.append(weight)
        waiting += links
    return found


def kind_of(path: str) -> str:
    return _PARTS.sub("*", path.split("?", maxsplit=1)[0])


def measure(app: Flask) -> list[Weight]:
    sizes: dict[str, int] = {}
    return [weight for person in PEOPLE for language in LANGUAGES for weight in walk(app, person, language, sizes)]


def kept_for_no_line(app: Flask) -> int:
    """Return the bytes a device fetches once, after its first page, to be ready for a line that breaks."""
    client = app.test_client()
    told = client.get("/sw.js").text
    files = [*re.findall(r'"(/static/[^"]+)"', told), "/sw.js", "/offline"]
    in_first_visit = ("house.css", "mark.svg", "offline.js")
    late = [name for name in files if not name.split("?")[0].endswith(in_first_visit)]
    return sum(len(client.get(name, headers=COMPRESSED).data) for name in late)


def report(weights: list[Weight]) -> list[str]:
    """Print the table; return what is over the budget or comes from another host."""
    brought = set(weights[0].loads)
    heaviest: dict[str, Weight] = {}
    for weight in weights:
        kind = kind_of(weight.path)
        if kind not in heaviest or weight.further(brought) > heaviest[kind].further(brought):
            heaviest[kind] = weight
    heads = ("raw", "gzip", "page", "CSS", "script", "first", "further")
    print(f"{'page':50} {'heaviest for':15}" + "".join(f"{head:>8}" for head in heads))
    for kind, w in sorted(heaviest.items(), key=lambda item: -item[1].further(brought)):
        row = (w.raw, w.by_gzip, w.page, w.of(".css"), w.of(".js"), w.first_visit, w.further(brought))
        print(f"{kind[:50]:50} {w.person or 'visitor':12}{w.language:3}" + "".join(f"{number:8}" for number in row))
    print(f"{len(weights)} pages of {len(heaviest)} kinds; bytes as sent, raw and by gzip before. No font is loaded.")
    over = [f"{w.path} ({w.language}): first visit {w.first_visit}" for w in weights if w.first_visit > FIRST_VISIT]
    over += [
        f"{w.path} ({w.language}): further page {w.further(brought)}"
        for w in weights
        if w.further(brought) > FURTHER_PAGE
    ]
    return over + [f"{w.path} loads {name}" for w in weights for name in w.foreign]


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        app = example_house(Path(folder))
        over = report(measure(app))
        print(f"Once, after the first page, for when the line breaks: {kept_for_no_line(app)} bytes.")
    for line in over:
        print(f"Over the budget ({FIRST_VISIT} first, {FURTHER_PAGE} further): {line}")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
