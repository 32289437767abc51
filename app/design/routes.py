"""The one address of the look."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from app.core import clock
from app.core.context import page_language
from app.core.look import DYES, PROGRAMME_CLOTHS
from app.core.web import public
from app.design import specimens
from app.design.stylesheet import tokens_of_house
from app.design.words import COLOURS, DYED, SIZES, SPACES
from app.moments.year import year_of

blueprint = Blueprint("design", __name__, template_folder="templates")

SCHEMES = ("light", "dark")


@blueprint.get("/design")
@public
def show() -> str:
    """Every token and component; `?scheme=dark` shows them by night, whatever the device and the account say."""
    now, asked = clock.now(), request.args.get("scheme", "")
    chosen = {"scheme": asked} if asked in SCHEMES else {}
    session = specimens.session(now)
    return render_template(
        "design/page.html",
        schemes={scheme: tokens_of_house(scheme) for scheme in SCHEMES},
        asked=asked,
        colours=COLOURS,
        dyed=DYED,
        sizes=SIZES,
        spaces=SPACES,
        cloths=PROGRAMME_CLOTHS,
        dyes=DYES,
        form=specimens.example_form(),
        session=session,
        strip=specimens.sun_strip(session),
        year=year_of(specimens.year_of_advocacy(now), now.year, specimens.example_day(now.year), page_language()),
        original=specimens.ORIGINAL,
        translation=specimens.TRANSLATION,
        **chosen,
    )
