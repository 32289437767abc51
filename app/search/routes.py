"""One page: words, and what the reader may see that holds them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, url_for

from app.core import searching
from app.core.web import current_actor, page_language, public
from app.search import queries
from app.search.asking import NoWords
from app.search.forms import SearchForm
from app.search.showing import lines

blueprint = Blueprint("search", __name__, template_folder="templates")


@blueprint.get("/search")
@public
def search() -> str:
    """The field, and under it what was found: by kind, by language, page after page."""
    form = SearchForm()
    asked = form.asked
    values: dict[str, Any] = {"is_asked": bool(asked.get("q")), "lines": [], "views": []}
    try:
        values |= _found(form, asked)
    except NoWords:
        values["has_no_words"] = values["is_asked"]
    return render_template("search/search.html", form=form, kept=asked, **values)


def _found(form: SearchForm, asked: dict[str, Any]) -> dict[str, Any]:
    actor = current_actor()
    finds = queries.find(
        actor,
        asked.get("q", ""),
        kind=asked.get("kind", ""),
        language=asked.get("language", ""),
        cursor=form.after,
    )
    form.offer_languages(finds.languages)
    next_cursor = finds.page.next_cursor
    chosen = searching.kinds().get(asked.get("kind", ""))
    return {
        "lines": lines(actor, finds.page.rows, finds.asked, page_language()),
        "is_prefix": finds.asked.is_prefix,
        "total": sum(finds.counts.values()),
        "views": _views(finds.counts, asked),
        "has_languages": len(finds.languages) > 1,
        "only_voices": chosen is not None and chosen.is_voice,
        "further": url_for("search.search", **asked, after=next_cursor) if next_cursor else "",
    }


def _views(counts: dict[str, int], asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The kinds that were found, each with its number; none where there is no choice to make."""
    kept = {name: value for name, value in asked.items() if name != "kind"}
    kinds = searching.kinds()
    return [
        {
            "label": kinds[kind].many,
            "number": number,
            "href": url_for("search.search", **kept, kind=kind),
            "is_current": kind == asked.get("kind"),
        }
        for kind, number in counts.items()
    ]
