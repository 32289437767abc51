"""Who comes back to a public page that has not changed gets 304 and no body.

The tag is made of the bytes of the page, for visitors alone. A page with a form carries a token and a number that
differ each time: it has no tag. What a person sees is made anew and kept nowhere on the way (`private, no-store`): a
phone has more than one reader, and the Back button must not show the one before.
"""

from __future__ import annotations

import hashlib

from flask import request
from werkzeug.wrappers import Response

from app.core.context import signed_in

DIFFERS_EACH_TIME = (b'name="csrf_token"', b'name="submission_id"')


def tag_page(response: Response) -> Response:
    """Give a visitor's page its weak ETag, and answer 304 when the browser has it already."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or response.mimetype != "text/html":
        return response
    if signed_in() is not None or response.is_streamed:
        return response
    body = response.get_data()
    if any(name in body for name in DIFFERS_EACH_TIME):
        return response
    response.set_etag(hashlib.sha256(body).hexdigest()[:24], weak=True)
    return response.make_conditional(request.environ)
