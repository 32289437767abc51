"""What leaves the house travels light: text is compressed here, so that no server in front has to.

Brotli where the browser takes it, else gzip. Static files are compressed once, as small as can be; pages each time,
quickly. Formats that are compressed already (pictures, voices, office files) go as they are, and so does whatever is
streamed. Why not every answer to people is compressed: `_could_be_measured`.
"""

from __future__ import annotations

import gzip
import posixpath
from collections.abc import Callable
from functools import lru_cache

import brotli
from flask import g, request
from werkzeug.wrappers import Response

from app.core.context import signed_in
from app.core.static_files import static_path

TEXTS = frozenset(
    {
        "application/javascript",
        "application/atom+xml",
        "application/json",
        "application/manifest+json",
        "application/xml",
        "image/svg+xml",
        "text/calendar",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)
SMALLEST = 400
"""Bytes below which compressing saves no packet."""

WITHOUT_A_WHOLE_BODY = (204, 206, 304)

QUICK: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=5),
    "gzip": lambda body: gzip.compress(body, 6, mtime=0),
}
SMALL: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, mode=brotli.MODE_TEXT, quality=11),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}


def compress(response: Response) -> Response:
    """Compress an answer if that is worth it, possible and safe. The last thing that happens to a body."""
    if response.mimetype not in TEXTS or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    coding = _coding()
    if not coding or response.status_code in WITHOUT_A_WHOLE_BODY or _could_be_measured():
        return response
    if request.endpoint == "static" and response.status_code == 200:
        body = _static_file(_file_name(), coding, response.get_etag()[0] or "")
    elif response.is_streamed or response.direct_passthrough or len(response.get_data()) < SMALLEST:
        return response
    else:
        body = QUICK[coding](response.get_data())
    response.direct_passthrough = False
    if hasattr(response.response, "close"):
        response.response.close()  # the open file whose place the body takes
    response.set_data(body)
    response.headers["Content-Encoding"] = coding
    response.headers.pop("Accept-Ranges", None)
    tag, _is_weak = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)  # the same words, other bytes
    return response


def _coding() -> str:
    """Return the best coding the browser takes, "" for none."""
    return next((coding for coding in QUICK if request.accept_encodings.quality(coding) > 0), "")


def _could_be_measured() -> bool:
    """Whether somebody on the line could learn a secret of this page from its size (the BREACH attack).

    For that another site must make the browser ask for the page, with its cookies, thousands of times, each time with
    other guesses in the address. Such a request says where it comes from; its answer is not compressed when it belongs
    to a person or carries a form's token. Requests by links of our own pages, and typed ones, are.
    """
    if request.endpoint == "static":
        return False  # nobody's, and not to vary with who asks
    is_foreign = request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin")
    return is_foreign and (signed_in() is not None or "csrf_token" in g)


def _file_name() -> str:
    """Return the one name of the static file asked for: "./a.css" and "x/../a.css" are a.css, and are packed once."""
    return posixpath.normpath(str((request.view_args or {})["filename"]))


@lru_cache(maxsize=64)
def _static_file(name: str, coding: str, _version: str) -> bytes:
    return SMALL[coding](static_path(name).read_bytes())
