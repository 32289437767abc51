"""The one answer to every link of a mail that opens nothing."""

from __future__ import annotations

from flask import render_template


def stale() -> tuple[str, int]:
    return render_template("core/act_stale.html"), 404
