"""Answers behind the links of mails: kept nowhere, found by nobody, and their address is told to no other."""

from __future__ import annotations

from flask import make_response, render_template
from werkzeug.wrappers import Response

from app.core.acts.routes import PRIVATE


def private(answer: Response | str, status: int | None = None) -> Response:
    response = make_response(answer) if status is None else make_response(answer, status)
    response.headers.update(PRIVATE)
    return response


def stale() -> Response:
    """One page for every link that opens nothing."""
    return private(render_template("core/act_stale.html"), 404)
