"""What the edge does for browsers: the cookie of a device, its name, and hashing in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request, session
from werkzeug.wrappers import Response

from app.core.context import signed_in
from app.core.forms import Form, carry_out
from app.people.passwords import hash_password, let_go_of_the_database, mark_of
from app.people.signed_in import SignedInPerson, give_cookie

_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Opera Mini", "Opera Mini"),
    ("SamsungBrowser", "Samsung Internet"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("KAIOS", "KaiOS"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)

REGISTERED = "registered"
"""The mark of the password with which this browser made an account, in its own session."""


def device_words() -> str:
    """Return what this browser calls itself, in two names that people know ("Firefox, Android"); "" if it is mute."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)


def here() -> SignedInPerson:
    """Return the device of this request, which is signed in."""
    person = signed_in()
    assert isinstance(person, SignedInPerson)  # noqa: S101 - the guard has let only signed-in people in
    return person


def hash_of_sent(form: Form, field: str = "password") -> str:
    """Return the hash of a new password that was sent and may stand, else "". Made before anything is written."""
    if request.method != "POST" or not form.validate():
        return ""
    let_go_of_the_database()
    return hash_password(str(form[field].data))


def remember_registering(password_hash: str) -> None:
    """Let this browser show later that the password was chosen here. It is kept for an address that is known as well,
    where it fits nothing: the cookie tells nobody more than the page does."""
    session[REGISTERED] = mark_of(password_hash)


def mark_of_registering() -> str:
    """Return what this browser was given when an account was made here; "" if none was, or somebody signed out."""
    return str(session.get(REGISTERED, ""))


def open_device(
    form: Form, work: Callable[[], str], leads_to: str | Callable[[], str], said: Callable[[str], Any] | None = None
) -> Response | None:
    """`carry_out` a use case that returns the token of a device; the browser gets it with a new form token, so that
    nothing a stranger may have left in this browser before is of any worth. `leads_to` may wait for the work."""
    tokens: list[str] = []

    def kept() -> str:
        tokens[:] = [work()]
        return tokens[0]

    response = carry_out(form, kept, lambda _token: leads_to if isinstance(leads_to, str) else leads_to(), said)
    if response is not None and tokens and tokens[0]:
        session.pop("csrf_token", None)
        give_cookie(response, tokens[0])
    return response
