"""What a browser may keep of the house for when the line is down, and for whom.

Two small scripts do the keeping: the service worker (`static/worker.js`, sent from `/sw.js`) keeps pages and files,
`static/drafts.js` what somebody is typing. The house decides here what they may keep: only pages whose view is marked
`@readable_offline`, under a name for the reader that says nothing about them. Phones are shared: signing out empties
the device, and so does the next person who signs in. docs/decisions/0011.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from flask import Blueprint, Flask, g, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.core.context import current_actor, page_language, signed_in
from app.core.signing import digest_of
from app.core.static_files import static_path, static_url
from app.core.views import addresses_of, bears, public

blueprint = Blueprint("offline", __name__)

READER = "Maloca-Reader"
KEEP = "Maloca-Readable-Offline"
KEEP_ALSO = "Maloca-Keep-Also"
VISITOR = "visitor"

FILES = ("house.css", "mark.svg", "offline.js", "carried.js", "drafts.js", "kept.js")
"""Static files that every kept page needs."""

MOST_KEPT_ALSO = 6
"""Pages fetched ahead at most, once a day: data costs money."""

MOST_ACCEPTED = 3


def keep_also(addresses: Iterable[str]) -> None:
    """Say which pages the device may fetch ahead with this one, each of a view that is `@readable_offline`."""
    g.keep_also = list(addresses)[:MOST_KEPT_ALSO]


def _name_of(what: str) -> str:
    return digest_of("reader", what.encode()).hex()[:16]


def reader_name() -> str:
    """Return the name under which this device keeps things: of the person, then of whom they act for, if for somebody.
    The same on each of a person's devices and after each sign-in; it cannot be led back to them."""
    person = signed_in()
    if person is None:
        return VISITOR
    stand, name = current_actor().stand, _name_of(person.person_id.hex)
    return f"{name}.{_name_of(person.person_id.hex + stand)}" if stand else name


def accept(submission_id: str) -> None:
    """Remember for the next page that a form was carried out: the device forgets what it kept of it. Visitors' words
    are not kept, nor are they remembered."""
    if signed_in() is not None:
        session["accepted"] = [*session.get("accepted", []), submission_id][-MOST_ACCEPTED:]


def take_accepted() -> str:
    """Return the forms carried out since the last page, for the page that is being made."""
    return " ".join(session.pop("accepted", ()))


def keep_words() -> str:
    """Note that the page being made has a text to write; prints nothing."""
    g.has_words_to_keep = True
    return ""


def has_words_to_keep() -> bool:
    return bool(g.get("has_words_to_keep"))


def is_kept_offline() -> bool:
    """Whether the page being made is one that the reader's device may keep: never while acting for somebody else."""
    return bears("readable_offline") and not current_actor().stand


def add_headers(response: Response) -> None:
    """Say on a page whose it is and whether the device may keep it; empty the device of who signed out."""
    if bears("signs_out") and response.status_code == 303:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    if response.mimetype != "text/html" or response.status_code >= 500:
        return
    response.headers["Content-Language"] = page_language()
    if bears("by_link"):
        return  # it says nothing about whose device this is: what is kept there stays
    response.headers[READER] = reader_name()
    if response.status_code == 200 and is_kept_offline():
        response.headers[KEEP] = "yes"
        if ahead := g.get("keep_also"):
            response.headers[KEEP_ALSO] = " ".join(ahead)


def sign_out_addresses() -> str:
    return " ".join(addresses_of("signs_out"))


@blueprint.get("/sw.js")
@public
def worker() -> Response:
    """The service worker, told which files it keeps and where readers change: whatever is new in it is a new worker."""
    code = static_path("worker.js").read_text()
    told = {
        "files": [static_url(name) for name in FILES],
        "offline": url_for("offline.page"),
        "doors": addresses_of("changes_reader"),
        "signOut": addresses_of("signs_out"),
    }
    version = hashlib.sha256(f"{json.dumps(told)}\n{code}".encode()).hexdigest()[:12]
    told_of = json.dumps({"version": version, **told})
    response = Response(f"const HOUSE = {told_of};\n{code}", mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(version, weak=True)
    return response.make_conditional(request)


@blueprint.get("/offline")
@public
def page() -> str:
    """What is shown when the line is down and the page asked for is not kept: the list of those that are."""
    return render_template("core/offline.html")


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    for helper in (reader_name, take_accepted, sign_out_addresses, keep_words, has_words_to_keep, is_kept_offline):
        app.jinja_env.globals[helper.__name__] = helper
