"""Reading what mails say, in every language, without anybody getting one."""

from __future__ import annotations

from flask import render_template, request

from app.core import clock
from app.core.context import offered_languages, page_language
from app.core.errors import NotFound
from app.core.languages import direction, own_name
from app.core.outbox.addressing import DIGEST
from app.core.permissions import require
from app.core.topics import find_topic, topic_of
from app.core.web import current_actor
from app.mailings import previewing
from app.mailings.routes.blueprint import blueprint


@blueprint.get("/mails/preview")
def preview() -> str:
    """The topics of which the house has examples, the kinds of mails of one of them, and one of these in one language.
    Only what is listed is written."""
    actor = current_actor()
    require(actor, "mailings.preview")
    kind, language = request.args.get("kind", ""), request.args.get("in", page_language())
    kinds = previewing.kinds_to_read(actor)
    there = {"", DIGEST, *(name for _topic, names in kinds for name in names)}
    if language not in offered_languages() or kind not in there:
        raise NotFound
    topic = topic_of(kind) if kind else find_topic(request.args.get("topic", ""))
    names = next((names for listed, names in kinds if listed == topic), [])
    asked = [*((name, page_language()) for name in names), *([(kind, language)] if kind else ())]
    letters = previewing.previews(actor, asked, now=clock.now())
    return render_template(
        "mailings/preview.html",
        topics=[listed for listed, _names in kinds],
        topic=topic,
        # a list calls a kind by the subject of its example, in the language of the page
        kinds=[(name, one.subject) for name, one in zip(names, letters, strict=False) if one is not None],
        kind=kind,
        digest=DIGEST,
        letter=letters[-1] if kind else None,
        language=language,
        direction=direction(language),
        languages=[(code, own_name(code)) for code in offered_languages()],
    )
