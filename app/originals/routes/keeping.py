"""Words that are never lost: given back when the text they are about is gone by the time they are sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import render_template, request

from app.core.database import only_read_from_here
from app.core.errors import NotAllowed, NotFound
from app.originals.kinds import way_on
from app.originals.words import as_written

View = TypeVar("View", bound=Callable[..., Any])


def keeps_words(view: View) -> View:
    """Give the words back, to be copied, when the text they are about is gone by the time they are sent."""

    @wraps(view)
    def keeping(*args: Any, **values: Any) -> Any:
        try:
            return view(*args, **values)
        except (NotFound, NotAllowed):
            words = request.form.get("body", "")
            if request.method != "POST" or not words.strip():
                raise
            only_read_from_here()
            return render_template("originals/gone.html", words=as_written(words), way_on=way_on()), 404

    return keeping  # type: ignore[return-value]  # the same view, with a net beneath
