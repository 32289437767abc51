"""The edge of the house towards browsers: who may enter, how errors are answered, which headers leave.

Every address is for signed-in people unless its view says `@public`; a test lists the public ones. What a visitor
may not see is answered 404 with the way to sign in; an address that is only for people leads to the sign-in page, and
so does that of a session, a meeting or an event (`asks_who_comes`), of which mails tell.
"""

from __future__ import annotations

import contextlib
from typing import Any
from uuid import uuid4

import structlog
from flask import Flask, Request, current_app, g, redirect, render_template, request
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_babel import gettext as _
from flask_wtf.csrf import validate_csrf
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from app.core import compression, freshness, look, navigation, offline
from app.core.context import act_as_visitor, current_actor, forget_actor, page_language, signed_in
from app.core.database import start_reading, stop_reading
from app.core.errors import BadInput, NotAllowed, NotFound, RuleBroken
from app.core.files.words import size_words
from app.core.hours_whole import hours_whole
from app.core.static_files import static_url
from app.core.views import (
    asks_who_comes,
    at_most_hourly,
    bears,
    by_link,
    changes_reader,
    may_be_framed,
    public,
    readable_offline,
    signs_out,
    takes_files,
    uses_microphone,
    without_cookies,
)
from app.extensions import db

__all__ = [
    "PRIVATE",
    "asks_who_comes",
    "at_most_hourly",
    "by_link",
    "changes_reader",
    "current_actor",
    "forget_actor",
    "may_be_framed",
    "page_language",
    "public",
    "readable_offline",
    "signed_in",
    "signs_out",
    "takes_files",
    "uses_microphone",
    "without_cookies",
]

SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; media-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}

PRIVATE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
"""Of pages whose address is a secret: kept nowhere, found by nobody, and their address is told to no other."""
WITH_MICROPHONE = {
    "Content-Security-Policy": SECURITY_HEADERS["Content-Security-Policy"].replace(
        "media-src 'self'", "media-src 'self' blob:"
    ),
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}
"""What differs on the one page that records: see `uses_microphone`."""

FRAMED = {name: value for name, value in SECURITY_HEADERS.items() if name != "X-Frame-Options"} | {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
    ),
    "Referrer-Policy": "no-referrer",
}
"""What leaves with a page that others may frame (`may_be_framed`): a stylesheet, and nothing that could do anything."""


class _Request(Request):
    """Browsers write every byte of a query that is no ASCII as `%ff`. Where a program sends it as it stands it is
    written so here, before anything reads it: bytes that are no UTF-8 would break whoever does."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.query_string = b"".join(b"%%%02X" % byte if byte > 0x7F else bytes((byte,)) for byte in self.query_string)


class _SessionOfPages(SecureCookieSessionInterface):
    """Static files and what programs ask for are the same whoever asks: they neither set a cookie nor vary with it, so
    that every cache on the way, and the one on the device, knows them again."""

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint != "static" and not bears("without_cookies"):
            super().save_session(app, session, response)  # type: ignore[arg-type]  # Flask's own answers are a kind of these


class _Number(IntegerConverter):
    """A number in an address, as large as a column of ours holds: no database is asked for more."""

    def __init__(self, of: Map, *args: Any, **named: Any) -> None:
        super().__init__(of, *args, **{"max": 2**31 - 1} | named)


def is_public(app: Flask, endpoint: str) -> bool:
    return endpoint == "static" or getattr(app.view_functions[endpoint], "is_public", False)


def _guard() -> Response | tuple[str, int] | None:
    if request.endpoint is None or is_public(current_app, request.endpoint) or signed_in() is not None:
        return None
    if request.method in ("GET", "HEAD"):
        return _sign_in_first()
    if not (typed := _typed()):
        return redirect(navigation.door("sign_in"), 303)
    return render_template("core/kept.html", typed=typed, is_signed_out=True), 403


def _sign_in_first() -> Response:
    asked = request.args.get("lang") or None
    return redirect(navigation.door("sign_in", next=request.full_path.rstrip("?"), lang=asked), 303)


def _typed() -> list[tuple[str, str]]:
    """Return what was typed into a form of ours (its token is right, or its address is its token), to be shown again;
    nothing of a stranger's."""
    try:
        if not bears("by_link"):
            validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return []
    return [(name, value) for name, value in request.form.items(multi=True) if _is_worth_keeping(name, value)]


def _is_worth_keeping(name: str, value: str) -> bool:
    return name not in ("csrf_token", "submission_id") and "password" not in name and bool(value.strip())


def _begin_request() -> None:
    reads = request.method in ("GET", "HEAD", "OPTIONS")
    g.reading = start_reading(reads)
    asked = (request.path, *request.args.keys(), *(value for values in request.args.listvalues() for value in values))
    if any("\x00" in part for part in asked):
        raise NotFound  # no address of ours has a NUL, and PostgreSQL would choke on it
    if not reads:
        if bears("takes_files"):
            # twice: whose file is a little too large hears of it at the form, with everything that was typed
            settings = current_app.extensions["maloca"]
            request.max_content_length = settings.max_request_bytes + 2 * settings.max_file_bytes
        request.form.keys()  # the whole body first: a slow line must not hold the database's write lock


def _end_request(_error: BaseException | None = None) -> None:
    if (token := g.pop("reading", None)) is not None:
        stop_reading(token)


def _add_headers(response: Response) -> Response:
    headers = SECURITY_HEADERS
    if bears("uses_microphone"):
        headers = SECURITY_HEADERS | WITH_MICROPHONE
    if bears("by_link"):
        headers = SECURITY_HEADERS | PRIVATE
    if bears("may_be_framed"):
        headers = FRAMED
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    if current_app.extensions["maloca"].https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint == "static":
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if "v" in request.args else "no-cache"
    else:
        response.headers.setdefault("Cache-Control", "private, no-store" if signed_in() else "private, no-cache")
        response.headers.setdefault(
            "Vary", "Accept-Language" if bears("without_cookies") else "Accept-Language, Cookie"
        )
    offline.add_headers(response)
    return compression.compress(freshness.tag_page(response))


def error_page(status: int, title: str, sentence: str, **more: Any) -> tuple[str, int]:
    """Return an error as a page of the house: what happened and the way out."""
    return render_template("core/error.html", status=status, title=title, sentence=sentence, **more), status


def _not_found(_error: Exception) -> Response | tuple[str, int]:
    """Nothing there, or not for this reader: who signs in comes back to look again."""
    db.session.rollback()
    is_to_look_again = request.method in ("GET", "HEAD") and not bears("by_link")
    if is_to_look_again and bears("asks_who_comes") and signed_in() is None:
        return _sign_in_first()
    back = {"next": request.full_path.rstrip("?")} if is_to_look_again else {}
    return error_page(
        404,
        _("There is nothing here for you to see"),
        _("The address may be mistyped, or the page may be for other people.")
        if signed_in()
        else _("The address may be mistyped, or you may need to sign in to see this page."),
        **({} if signed_in() else {"way_out_href": navigation.door("sign_in", **back), "way_out_label": _("Sign in")}),
    )


def _not_allowed(error: Exception) -> tuple[str, int]:
    db.session.rollback()
    said = str(error.message) if isinstance(error, NotAllowed) and error.message else ""
    return error_page(
        403,
        _("This is not yours to do"),
        said or _("This is reserved for others. Ask the secretariat if it should be you."),
    )


def _rule_broken(error: RuleBroken) -> tuple[str, int]:
    db.session.rollback()
    return error_page(409, _("That could not be done"), str(error.message))


def _bad_input(error: BadInput) -> tuple[str, int]:
    db.session.rollback()
    return error_page(400, _("We could not read this"), str(error.message))


def _too_large(_error: Exception) -> tuple[str, int]:
    settings = current_app.extensions["maloca"]
    if bears("takes_files"):
        limit = size_words(settings.max_file_bytes)
        sentence = _("Files may have %(size)s at most. Go back, choose a smaller file, and send it again.", size=limit)
    else:
        limit = size_words(settings.max_request_bytes)
        sentence = _("This page takes %(size)s at most. Go back, shorten what you sent, and send it again.", size=limit)
    return error_page(413, _("This is too large"), sentence)


def _http_error(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    return error_page(code, _("That did not work"), _("The request could not be answered. Go back and try again."))


def _answer_without_database() -> None:
    """From here on this request asks the database nothing more: the reader is a visitor to the error page."""
    if (token := g.pop("reading", None)) is not None:
        stop_reading(token)
    g.reading = start_reading(True)
    with contextlib.suppress(SQLAlchemyError):
        db.session.rollback()
    act_as_visitor()


def _busy(error: OperationalError) -> tuple[str, int]:
    _answer_without_database()
    structlog.get_logger().error("database.unavailable", kind=type(error.orig).__name__)
    if request.method == "POST" and (typed := _typed()):
        return render_template("core/kept.html", typed=typed, is_signed_out=False), 503
    return error_page(503, _("The house is busy"), _("Nothing was lost on our side. Wait a moment and send it again."))


def _path_without_secrets() -> str:
    """Return where a request went, for the log: an address that holds a token is itself a secret."""
    return str(request.url_rule) if "token" in (request.view_args or {}) else request.path


def _unexpected(error: Exception) -> tuple[str, int]:
    _answer_without_database()
    structlog.get_logger().exception("web.unexpected", path=_path_without_secrets(), kind=type(error).__name__)
    return error_page(
        500,
        _("Something broke in the house"),
        _("It is our fault, not yours, and it has been written down. Try again in a moment."),
    )


def init_app(app: Flask) -> None:
    settings = app.extensions["maloca"]
    if settings.behind_proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *([settings.behind_proxies] * 4))  # type: ignore[method-assign]  # the way Flask documents it
    app.request_class = _Request
    app.session_interface = _SessionOfPages()
    app.url_map.converters["int"] = _Number
    app.before_request(_begin_request)
    app.before_request(_guard)
    app.after_request(_add_headers)
    app.teardown_request(_end_request)
    app.register_error_handler(404, _not_found)
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(403, _not_allowed)
    app.register_error_handler(NotAllowed, _not_allowed)
    app.register_error_handler(RuleBroken, _rule_broken)
    app.register_error_handler(BadInput, _bad_input)
    app.register_error_handler(413, _too_large)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(OperationalError, _busy)
    if not app.testing:
        app.register_error_handler(Exception, _unexpected)
    app.jinja_env.globals.update(
        look.PAGE_HELPERS, static_url=static_url, size_words=size_words, new_submission_id=lambda: str(uuid4())
    )
    app.jinja_env.filters["hours_whole"] = hours_whole
    offline.init_app(app)
