"""The page behind a link: it asks, and does what is confirmed. No cookie is needed, none is written.

Public and without a form's token: the link in the address is the authority, and whoever could forge a request would
need it. Who is signed in on this browser plays no part, and is told so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.core import clock
from app.core.acts.emails import tell_done
from app.core.acts.holders import Holder, find_holder
from app.core.acts.links import ActLink, read
from app.core.acts.models import SpentAct, SpentAlready, find_spent, spend
from app.core.acts.registry import Act, Asked, Choice, Over, find_act, what_was_done
from app.core.context import SignedIn, acting_by_link, signed_in, speak, stay_outside
from app.core.database import only_read_from_here
from app.core.errors import NotFound
from app.core.forms import Form, carry_out
from app.core.signing import is_mark_of
from app.core.web import by_link, public

blueprint = Blueprint("acts", __name__)

WITHOUT_TOKEN = {"csrf": False}
"""The address holds a secret that no other site knows; a token would need a cookie, and mails are read without."""


JUST_NOW = timedelta(minutes=5)
"""So long after an act its page says what was done and no more."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A link that is good, with the act it is for and who stands behind it."""

    act: Act
    link: ActLink
    holder: Holder

    @property
    def choice(self) -> Choice:
        return self.act.choices[self.link.choice]


@blueprint.route("/act/<token>", methods=["GET", "POST"])
@public
@by_link
def answer(token: str) -> Any:
    """Ask what a link is for; on POST do it, once. The page speaks the language of whom the mail went to."""
    device, now = signed_in(), clock.now()
    stay_outside()
    opened = _open(token, now)
    if opened is None:
        return _page("act_stale.html", 404)
    speak(opened.holder.reader.language)
    spent = find_spent(opened.link)
    if spent is not None:
        return _done_page(opened, spent, now)
    try:
        asked = opened.act.ask(opened.holder, opened.link, now)
    except NotFound:
        return _page("act_over.html", 404, over=Over(""))
    if isinstance(asked, Over):
        return _page("act_over.html", 410, over=asked)
    return _asking(opened, asked, device, now)


def _open(token: str, now: datetime) -> Opened | None:
    """Return what stands behind a token: made here, for an act of this house, mailed to the address that the reader
    still has."""
    link = read(token)
    act = find_act(link) if link is not None else None
    holder = find_holder(link.person_id, link.reader_id, now) if link is not None else None
    if link is None or act is None or holder is None:
        return None
    return Opened(act, link, holder) if is_mark_of(link.mark, holder.reader.email) else None


def _asking(opened: Opened, asked: Asked, device: SignedIn | None, now: datetime) -> Response:
    holder = opened.holder
    with acting_by_link(holder.actor):
        form = opened.choice.form(meta=WITHOUT_TOKEN)
        opened.act.fill(form, holder, asked, now)
        done = _carry_out(opened, asked, form, now) if _is_whole(form) else None
    if done is not None:
        return done
    is_another = device is not None and device.person_id != holder.actor.person_id
    return _page(
        "act.html",
        form.status,
        asked=asked,
        choice=opened.choice,
        form=form,
        name=holder.name,
        helper=holder.reader.name if holder.actor.is_helped else "",
        signed_in_as=device.display_name if device is not None and is_another else "",
    )


def _is_whole(form: Form) -> bool:
    """Whether what was sent is a form of ours: a machine that sends an empty one to every address does nothing."""
    if request.method != "POST" or request.form.get("submission_id"):
        return True
    form.general_errors.append(_("This form was incomplete. Your words are still here: send it again."))
    return False


def _carry_out(opened: Opened, asked: Asked, form: Form, now: datetime) -> Response | None:
    """Do it as any form of the house is done: checked, once, committed; then lead to this address again, which says
    what was done."""
    here = request.full_path.rstrip("?")

    def work() -> None:
        spend(opened.link, now=now)
        opened.act.perform(opened.holder.actor, asked.thing, opened.link, form, now)
        if opened.choice.is_weighty:
            tell_done(opened.link, now=now)

    try:
        return carry_out(form, work, lambda _nothing: here)
    except SpentAlready:
        only_read_from_here()
        return Response(status=303, headers={"Location": here})


def _done_page(opened: Opened, spent: SpentAct, now: datetime) -> Response:
    """What was done by this link and when; used a second time it does nothing, and says so to who comes back later."""
    holder = opened.holder
    said = what_was_done(opened.act, holder, opened.link, now)
    return _page(
        "act_done.html",
        200,
        said=said,
        when=holder.when(spent.at),
        name=holder.name,
        comes_back=now - spent.at > JUST_NOW,
        asks_anew=said is not None and not said.counts and _is_open(opened, now),
    )


def _is_open(opened: Opened, now: datetime) -> bool:
    """Whether what a link was for can still be answered."""
    try:
        return isinstance(opened.act.ask(opened.holder, opened.link, now), Asked)
    except NotFound:
        return False


def _page(template: str, status: int, **values: Any) -> Response:
    return make_response(render_template(f"core/{template}", **values), status)
