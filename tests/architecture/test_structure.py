"""The house keeps its shape: order of rooms, public doors, places of commit, reasons for exclusions."""

import re
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
SOURCES = sorted(APP.rglob("*.py"))
PACKAGES = (
    "moments", "people", "originals", "sessions", "materials", "announcements", "reflections", "outcomes", "house",
    "reports", "workinggroups", "decisions", "polls", "datepolls", "tasks", "chantiers", "discussions", "drafting",
    "advocacy", "instruments", "engagements", "recommendations", "events", "calendars", "proposals", "agenda",
    "search", "home", "reminders", "design", "examples",
)  # fmt: skip

PUBLIC_MODULES = {
    "models", "queries", "services", "policy", "keys", "events", "forms",
    # what can be answered from mails: those of packages above offer it too
    "acts",
    # of moments: what the others show and compute
    "timing", "zones", "local", "calendar_file", "shown", "words", "repeating", "weekends",
    "sun", "kindness", "strip", "year", "printed", "endings", "asked", "mailed", "earlier", "ordering", "place_named",
    # of people: opening a signed-in device is shared with later ways in, and so is the hash of a password
    "signed_in", "passwords",
    # of people: what somebody is told whose mandate has ended, and telling whoever helps somebody
    "mandates", "helping",
    # topics of mails that several packages fill; of mailings: what is planned but not told yet
    "topics", "planned",
    # of people: one wording for answers (genders) wherever they are shown
    "labels",
    # of originals: how a kind of text says what it is, its pages of translating, and the rules, drawing, finding and
    # handing out of words that all kinds share
    "kinds", "pages", "passages", "showing", "documents", "exporting",
    # of workinggroups: what a group takes along when it is exported, which every room of groups gives its part of
    "exports",
    # of materials: what owns material says once what differs; it takes the room and the `pages` for its own
    "shelves",
    # of advocacy: the addresses of its pages, and who is let in, which what groups do is held against
    "addresses", "access",
    # of reflections: the choices of readers that `services.write_reflection` takes
    "readers",
    # of sessions and advocacy: the files of facts that come with the house, which the examples load
    "programme", "catalogue",
    # of sessions: what differs between kinds of gatherings (made known by its `kinds`), and the words of each
    "hosts", "wording",
    # of sessions: where packages above say who has read an hour of a gathering in their mails
    "heard",
    # of advocacy: where packages above say whom a session concerns
    "concerned",
    # of outcomes: where packages above say who goes on with one
    "taken_up",
    # of workinggroups: where packages above say which organisations carry a group
    "carriers",
    # of sessions: what counts as a small figure, masked wherever figures are handed on
    "shares",
    # of reflections, sessions, people and calendars: reading what somebody brings, before a service keeps it
    "recordings", "meeting_lists", "imports", "reading",
}  # fmt: skip
"""What a package offers to those above; everything else is its own business."""

PLACES_OF_COMMIT = {
    "mailings/routes/stopping.py",  # the click of a mail program has no form
    "core/forms.py", "core/outbox/addressing.py", "core/outbox/claiming.py", "core/outbox/delivering.py",
    "core/outbox/forgetting.py", "core/outbox/handing.py", "core/outbox/recovering.py",
    "core/submissions.py", "core/database.py", "core/files/jobs.py", "core/worker.py", "cli.py",
}  # fmt: skip
"""The edges: one commit per sent form, per row of a job, per command, and the brief write of a named exception."""


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("app", cache_dir=None)


def test_the_rooms_stand_in_their_order():
    linted = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert linted.returncode == 0, linted.stdout


def test_packages_knock_only_on_each_others_public_doors(graph):
    wrong = []
    for module in graph.modules:
        parts = module.split(".")
        if len(parts) < 2 or parts[1] in ("core", "extensions", "cli", "start"):
            continue
        for imported in graph.find_modules_directly_imported_by(module):
            other = imported.split(".")
            if len(other) < 3 or other[1] == parts[1] or other[1] not in PACKAGES:
                continue
            if other[2] not in PUBLIC_MODULES:
                wrong.append(f"{module} -> {imported}")
    assert wrong == []


def test_only_the_edges_commit():
    wrong = {
        str(path.relative_to(APP))
        for path in SOURCES
        if re.search(r"\.commit\(|session\.begin\(\)", path.read_text()) and path.name not in ("cli.py", "jobs.py")
    }
    assert wrong - PLACES_OF_COMMIT == set()


def test_services_know_no_web_and_read_no_clock():
    forbidden = re.compile(
        r"^(from|import) flask(?!_babel)\b|^from app\.core import .*\b(clock|context)\b|^from app\.core\.context import"
        r"|\bclock\.now\(|flask_login",
        re.M,
    )
    wrong = [
        str(path.relative_to(APP))
        for path in SOURCES
        if (
            {"services", "telling"} & set(path.parts)
            or path.name in ("services.py", "policy.py", "standing.py", "telling.py")
        )
        and forbidden.search(path.read_text())
    ]
    assert wrong == []


READ_THE_CLOCK = {
    "core/context.py": "who acts, once per request",
    "core/forms.py": "the mark of a sent form, on its way to the committed act",
    "core/worker.py": "the process of jobs",
    "core/health.py": "how long ago a worker was seen; nobody hands it an instant",
    "core/mails.py": "as of when a mail says “tomorrow”, where nobody who sends or previews it said so",
    "core/upgrade.py": "names the copy made before an upgrade",
    "people/signed_in.py": "which device a request comes from, before there is an actor",
    "people/acting.py": "in whose name a request acts, before there is a route",
    "originals/personal_data.py": "what a person may read when taking their data; nobody hands it an instant",
    "reflections/personal_data.py": "what a person may read when taking their data; nobody hands it an instant",
    "sessions/cards.py": "a line about a track that another package prints; nobody hands it an instant",
}
"""Beside routes, rooms, jobs and commands; below them `now` is an argument."""


def test_only_the_edges_read_the_clock():
    reads = re.compile(r"\bclock\.now\b|from app\.core\.clock import")
    found = {
        str(path.relative_to(APP))
        for path in SOURCES
        if reads.search(path.read_text())
        and "routes" not in path.parts
        and path.name not in ("routes.py", "rooms.py", "jobs.py", "cli.py")
    }
    assert found == set(READ_THE_CLOCK)


def test_only_one_module_signs():
    forbidden = re.compile(r"^(from|import) (itsdangerous|hmac)\b|\[\"SECRET_KEY\"\]|\.secret_key\b", re.M)
    found = {str(path.relative_to(APP)) for path in SOURCES if forbidden.search(path.read_text())}
    assert found == {"core/signing.py"}


def test_only_one_door_leads_to_the_outside():
    """Requests to foreign addresses are guarded in one place. Mails leave by SMTP, through a door of their own."""
    doors = {"core/outbound/connecting.py", "core/outbound/fetching.py", "core/smtp.py", "start.py"}
    network = re.compile(
        r"^\s*(?:import|from)\s+(?:requests|urllib3|urllib\.request|http\.client|httpx|aiohttp|socket|ftplib)\b"
        r"|^\s*from\s+(?:urllib\s+import\s+.*request|http\s+import\s+.*client)\b",
        re.MULTILINE,
    )
    found = {str(path.relative_to(APP)) for path in SOURCES if network.search(path.read_text(encoding="utf-8"))}
    assert found == doors


def test_sentences_stand_outside_f_strings_where_the_catalogue_cannot_see_them():
    hidden = re.compile(r"\bf([\"']).*?\{[^}]*\b(?:_|_l|gettext|ngettext)\(.*?\1")
    assert [str(path.relative_to(APP)) for path in SOURCES if hidden.search(path.read_text())] == []


def test_policies_are_pure():
    wrong = [
        str(path.relative_to(APP))
        for path in SOURCES
        if path.name == "policy.py" and re.search(r"db\.session|\bqueries\b|sa\.select", path.read_text())
    ]
    assert wrong == []


def test_mails_say_hours_for_their_reader_and_for_the_place():
    """Pages say one hour and have the other beside it; in a mail both stand in the sentence (`moments.mailed`)."""
    wrong = [
        str(path.relative_to(APP))
        for path in SOURCES
        if (path.name == "emails.py" or "emails" in path.parts)
        and re.search(
            r"(?<![.\w])(end_in_words|lazy_end|reader_zone|day_of)\(|import .*\breader_zone\b", path.read_text()
        )
    ]
    assert wrong == []


def test_no_drawer_for_odds_and_ends():
    names = {"utils", "helpers", "common", "managers", "misc", "tools"}
    assert [str(p.relative_to(ROOT)) for p in APP.rglob("*") if p.stem in names or p.name in names] == []


def test_no_module_is_too_long_to_read():
    long = {str(path.relative_to(APP)): n for path in SOURCES if (n := len(path.read_text().splitlines())) > 400}
    assert long == {}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(APP)))
def test_every_module_says_what_it_is_for(path):
    text = path.read_text()
    assert not text.strip() or text.startswith('"""')


def test_the_word_for_the_flask_object_is_never_shadowed():
    wrong = [str(p.relative_to(APP)) for p in SOURCES if re.search(r"^import app\.", p.read_text(), re.M)]
    assert wrong == []


def test_pages_hold_no_inline_style_or_script():
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.I)
    wrong = [str(p.relative_to(APP)) for p in APP.rglob("templates/**/*.html") if inline.search(p.read_text())]
    assert wrong == []


def test_the_stylesheet_speaks_of_start_and_end_only():
    css = re.sub(r"/\*.*?\*/", "", (APP / "core/static/house.css").read_text(), flags=re.S)
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right)\b|(?<![-\w])(?:left|right)\s*:|text-align:\s*(?:left|right)", css
    )
    four_values = re.findall(r"(?:margin|padding):\s*[^;}\s]+\s+[^;}\s]+\s+[^;}\s]+\s+[^;}\s]+[;}]", css)
    assert (physical, four_values) == ([], [])


def test_every_room_stands_on_the_map():
    rows = (ROOT / "docs" / "architecture.md").read_text()
    assert [package for package in (*PACKAGES, "core") if f"| `{package}` |" not in rows] == []
