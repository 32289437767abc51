"""Marks on views: what the edge of the house must know of an address before, or after, its view runs. Routes take
them from `app.core.web`, with everything else of the edge."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view as open to visitors."""
    view.is_public = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def asks_who_comes(view: View) -> View:
    """Mark a public view of one thing that mails lead to, and that is often for people alone: a visitor who finds
    nothing there signs in first and comes back, whether there is such a thing or not."""
    view.asks_who_comes = True  # type: ignore[attr-defined]  # a mark on a function
    return public(view)


def without_cookies(view: View) -> View:
    """Mark a view that is asked by programs and by pages of others: nobody is signed in there, cookies are neither read
    nor set, and language and place are said in the address (`?lang=`, `?zone=`)."""
    view.without_cookies = True  # type: ignore[attr-defined]  # a mark on a function
    return public(view)


def may_be_framed(view: View) -> View:
    """Mark a view whose page may stand inside a page of somebody else. It holds no form and does nothing."""
    view.may_be_framed = True  # type: ignore[attr-defined]  # a mark on a function
    return without_cookies(view)


def takes_files(view: View) -> View:
    """Mark a view whose form brings a file: its requests may be as large as a file is."""
    view.takes_files = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def uses_microphone(view: View) -> View:
    """Mark a view whose page records a voice: it alone may ask for the microphone, and play what the browser took."""
    view.uses_microphone = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def readable_offline(view: View) -> View:
    """Mark a view whose page a reader's own device may keep. Never one that shows other people's data: rosters,
    desks, messages, exports."""
    view.readable_offline = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def changes_reader(view: View) -> View:
    """Mark a view whose form changes who is signed in on this device: what is kept is forgotten when it is sent."""
    view.changes_reader = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def by_link(view: View) -> View:
    """Mark a view whose address is itself the authority of whoever opens it: who is signed in on the device plays no
    part there, and nothing of theirs is read, written or forgotten."""
    view.by_link = True  # type: ignore[attr-defined]  # a mark on a function
    return view


def signs_out(view: View) -> View:
    """Mark a view that signs this device out: its redirection empties the device."""
    view.signs_out = True  # type: ignore[attr-defined]  # a mark on a function
    return changes_reader(view)


def at_most_hourly(number: int) -> Callable[[View], View]:
    """Mark a view by whose form somebody else gets a mail: one person sends it so many times within an hour."""

    def mark(view: View) -> View:
        view.most_hourly = number  # type: ignore[attr-defined]  # a mark on a function
        return view

    return mark


def most_hourly() -> int:
    """Return how many times within an hour one person sends the form of this request; 0: as often as they like."""
    return int(getattr(current_app.view_functions.get(request.endpoint or ""), "most_hourly", 0))


def bears(mark: str, endpoint: str | None = None) -> bool:
    """Return whether the view of an endpoint, or of this request, bears a mark."""
    name = request.endpoint if endpoint is None else endpoint
    return bool(getattr(current_app.view_functions.get(name or ""), mark, False))


def addresses_of(mark: str) -> list[str]:
    """Return the fixed beginnings of the addresses whose views bear a mark."""
    rules = current_app.url_map.iter_rules()
    return sorted({rule.rule.split("<")[0] for rule in rules if bears(mark, rule.endpoint)})
