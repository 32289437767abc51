"""The list of spaces, and the page of one: what it is, how its year goes, who can take part."""

from __future__ import annotations

from typing import Any

from flask import render_template

from app.advocacy import words
from app.advocacy.blueprint import blueprint
from app.advocacy.forms.following import FollowForm
from app.advocacy.queries import get_space
from app.advocacy.showing.spaces import space_page, tree
from app.core import clock
from app.core.forms import Form
from app.core.web import current_actor, public


@blueprint.get("/spaces/")
@public
def list_spaces() -> Any:
    """Every space, below the one it belongs to."""
    return render_template("advocacy/spaces.html", branches=tree(), kinds=words.SPACE_KINDS)


@blueprint.get("/spaces/<slug>")
@public
def show_space(slug: str) -> Any:
    return render_space(slug)


def render_space(slug: str, refused: Form | None = None) -> Any:
    """The page of a space; with what was refused, where a click came too late."""
    space = get_space(slug)
    page = space_page(current_actor(), space, clock.now())
    rendered = render_template(
        "advocacy/space.html",
        page=page,
        space=space,
        refused=refused,
        form=FollowForm() if page.mine else None,
        kinds=words.SPACE_KINDS,
        subjects=words.NOTES_ABOUT,
    )
    return rendered, refused.status if refused else 200
