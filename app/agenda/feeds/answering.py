"""Answering programs that ask again and again: most of them hear that nothing changed, before anything is made.

The tag of an answer has two halves. The first is quick to work out: what is asked for, by whom, how many dates there
are and when one of them changed last. Names change without their dates, so it holds for an hour. The second is that of
the bytes: after the hour the answer is made anew, and is sent only if it is another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from flask import Response, request

from app.agenda.queries import Print

HOLDS = timedelta(hours=1)


def answer(
    made: Callable[[], bytes],
    *,
    of: Iterable[str],
    there: Print,
    now: datetime,
    mimetype: str,
    is_private: bool = False,
) -> Response:
    """Return what was asked for, or 304. `of` is everything the answer depends on beside the dates."""
    hour = now.replace(minute=0, second=0, microsecond=0)
    asked = "\n".join((*of, str(there), hour.isoformat()))
    quick = hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    known = _tags_known()
    same = next((tag for tag in known if tag.startswith(f"{quick}-")), "")
    body = b"" if same else made()
    tag = same or f"{quick}-{hashlib.sha256(body).hexdigest()[:16]}"
    response = Response(body, mimetype=mimetype)
    response.headers["Cache-Control"] = "private, no-cache" if is_private else "public, max-age=900"
    response.last_modified = max(hour, there.changed_at or hour)
    response.set_etag(tag, weak=True)
    if same or tag.split("-")[1] in {one.partition("-")[2] for one in known}:
        return _not_modified(response)
    response.make_conditional(request)
    return response


def _tags_known() -> set[str]:
    """An empty tag (`""`, `*`) names no answer of ours."""
    return {tag for tag in request.if_none_match.as_set(include_weak=True) if tag}


def _not_modified(response: Response) -> Response:
    response.status_code = 304
    response.set_data(b"")
    response.headers.pop("Content-Length", None)
    return response
