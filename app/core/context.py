"""Who is reading and in which language: worked out once per request, at the edge, and handed to templates.

People who are signed in come from the loader that the package of persons gives to flask-login; this is the one
module that asks flask-login for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit
from uuid import UUID

import flask_login
from babel import Locale
from flask import Flask, current_app, g, has_request_context, request, session, url_for
from flask_babel import get_locale, refresh

from app.core import clock, house, navigation, permissions, slots
from app.core.actors import VISITOR, Actor
from app.core.addresses import local_path
from app.core.languages import comma, direction, name_in, own_name
from app.core.views import bears
from app.extensions import babel

PSEUDO = "en-XB"
PSEUDO_LOCALE = Locale("en", "IL")
"""CLDR knows no pseudo locale here: English dates of a country that writes right to left stand in for it."""


class SignedIn(Protocol):
    """What the loader returns for a person: flask-login's four answers and these."""

    person_id: UUID
    display_name: str
    language: str
    zone: str
    scheme: str
    is_authenticated: bool

    def actor(self, now: datetime) -> Actor:
        """Return who acts on this device: the person, for themselves or for an organisation, or somebody whom they
        help."""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    code: str
    name: str
    href: str
    is_current: bool
    direction: str


@dataclass(frozen=True, slots=True)
class NavLink:
    label: Any
    href: str
    is_current: bool


def signed_in() -> SignedIn | None:
    """Return the person who is signed in, None for a visitor and outside a request."""
    if not has_request_context() or g.get("is_visitor_now") or g.get("stays_outside") or bears("without_cookies"):
        return None
    return _at_the_device()


def _at_the_device() -> SignedIn | None:
    user = flask_login.current_user  # noqa: TID251 - the one place that asks
    return user._get_current_object() if user.is_authenticated else None


def current_actor() -> Actor:
    """Return the actor of this request, with the keys that hold at its start."""
    if "actor" not in g:
        person = signed_in()
        g.actor = person.actor(clock.now()) if person else VISITOR
    return g.actor  # type: ignore[no-any-return]  # g holds anything


def act_as_visitor() -> None:
    """Answer the rest of this request as to a visitor, without asking who it is: the database may be gone."""
    g.is_visitor_now = True
    g.actor = VISITOR


def act_as_oneself(actor: Actor) -> None:
    """Let the rest of this request be done by the person at the device, for nobody else: pages about choosing in whose
    name to act, and signing out."""
    g.actor = actor


def stay_outside() -> None:
    """Answer the rest of this request as to a visitor, whoever is signed in on the device: a page behind a mailed
    link."""
    g.stays_outside = True
    g.actor = VISITOR


@contextmanager
def acting_by_link(actor: Actor) -> Iterator[None]:
    """Within this block the request acts as the person to whom a link was mailed; a visitor sees the page."""
    g.actor = actor
    try:
        yield
    finally:
        g.actor = VISITOR


def speak(language: str) -> None:
    """Let this page speak the language of whom a mail went to, unless another one is asked for in its address."""
    g.speaks = language
    refresh()


def spoken_on(address: str) -> str:
    """Return an address of the house so that the way from a page behind a mailed link goes on in its language, past
    the sign-in page too: no cookie was written, and the browser's language may be another. Who is signed in on the
    device, and has a language here, keeps it."""
    if g.get("speaks", "") not in offered_languages() or _at_the_device() is not None:
        return address
    parts = urlsplit(address)
    kept = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key != "lang"]
    return parts._replace(query=urlencode([*kept, ("lang", page_language())])).geturl()


def forget_actor() -> None:
    """Work the actor out anew: after signing in or out within one request."""
    g.pop("actor", None)


def offered_languages() -> tuple[str, ...]:
    settings = current_app.extensions["maloca"]
    return (*settings.languages, PSEUDO) if settings.pseudo_language else settings.languages


def select_language() -> str:
    """Return the language of this page: `?lang=`, else that of a mail's reader (`speak`), the remembered one, the
    account's, the browser's."""
    if not has_request_context():
        return "en"
    offered = offered_languages()
    asked = request.args.get("lang", "")
    if asked in offered:
        return asked
    if (spoken := g.get("speaks", "")) in offered:
        return str(spoken)
    person = signed_in()
    remembered = "" if bears("without_cookies") else session.get("language", "")
    for known in (remembered, person.language if person else ""):
        if known in offered:
            return str(known)
    plain = [language for language in offered if language != PSEUDO]
    return request.accept_languages.best_match(plain) or "en"


def locale_for(language: str) -> Locale:
    """Return the locale of a language the house offers. The pseudo language has a catalogue of its own and English
    dates."""
    return PSEUDO_LOCALE if language == PSEUDO else Locale.parse(language)


def select_locale() -> Locale:
    """Babel's selector."""
    return locale_for(select_language())


def page_language() -> str:
    """Return the tag of the language this page speaks (also inside a mail that is being written)."""
    locale = get_locale()
    if locale is None:
        return "en"
    return PSEUDO if locale == PSEUDO_LOCALE else str(locale.language)


def _remember_language() -> None:
    asked = request.args.get("lang", "")
    if bears("without_cookies") or bears("by_link"):
        return
    if asked in offered_languages() and session.get("language") != asked:
        session["language"] = asked


def _place() -> tuple[str, list[tuple[str, str]]]:
    """Return the path and the query that show this page again. A form without a page of its own (a button, sent to an
    address that takes POST alone) came back refused: the page it stands on is where its reader came from."""
    path, query = request.path, list(request.args.items(multi=True))
    rule = request.url_rule
    if rule is not None and "GET" not in (rule.methods or ()):
        came_from = _own_part(request.referrer or "")
        path, query = came_from.path or navigation.door("front"), parse_qsl(came_from.query)
    return path, [(key, value) for key, value in query if key != "lang"]


def _own_part(address: str) -> SplitResult:
    """Return path and query of an address, nothing of one that could lead elsewhere or is none."""
    try:
        return urlsplit(local_path(urlsplit(address)._replace(scheme="", netloc="").geturl()))
    except ValueError:
        return urlsplit("")


def _language_links() -> list[LanguageLink]:
    current = page_language()
    path, kept = _place()
    return [
        LanguageLink(
            code,
            own_name(code),
            f"{path}?{urlencode([*kept, ('lang', code)])}",
            code == current,
            direction(code),
        )
        for code in offered_languages()
    ]


def stand_in(section: str) -> None:
    """Light the roof for another package than the page's own: one address may serve things of several."""
    g.section = section


def _nav_links(entries: list[navigation.Entry]) -> list[NavLink]:
    here = {g.get("section", request.blueprint), request.endpoint}
    return [NavLink(entry.label, url_for(entry.endpoint), navigation.is_lit(entry, here)) for entry in entries]


def _page_values() -> dict[str, Any]:
    settings = current_app.extensions["maloca"]
    language = page_language()
    values: dict[str, Any] = {
        "house": {"name": house.name_of_house(language), "logo": house.logo_id(), "address": settings.address},
        "page_language": language,
        "page_direction": direction(language),
        "text_direction": direction,
        "own_name": own_name,
        "name_here": lambda tag: name_in(tag, language),
        "comma": comma(language),
    }
    if not has_request_context():
        return values
    actor, person = current_actor(), signed_in()
    return values | {
        "actor": actor,
        "me": person,
        "scheme": person.scheme if person else "",
        "is_by_link": bears("by_link"),
        "nav": _nav_links(navigation.roof(actor)),
        "foot_links": _nav_links(navigation.foot(actor)),
        "language_links": _language_links(),
        "can": lambda code, thing=None: permissions.can(actor, code, thing),
        "door": navigation.door,
        "spoken_on": spoken_on,
        "slot": lambda name, **given: slots.parts(name, actor, **given),
    }


def init_app(app: Flask) -> None:
    babel.init_app(app, locale_selector=select_locale)
    app.before_request(_remember_language)
    app.context_processor(_page_values)
