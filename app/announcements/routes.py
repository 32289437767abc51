"""Pages of announcements, and the page of text for messengers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _

from app.announcements import messenger, queries, services
from app.announcements.forms import AnnounceForm, MessageForm
from app.announcements.models import Announcement
from app.core import clock
from app.core.context import PSEUDO, offered_languages
from app.core.forms import ActionForm, carry_out
from app.core.markdown import to_html
from app.core.names import names_of
from app.core.permissions import require
from app.core.registries import audience_holders, contacts
from app.core.web import at_most_hourly, current_actor, page_language
from app.extensions import db
from app.moments.shown import shown
from app.people.models import Person
from app.sessions.keys import track_key
from app.sessions.models import LearningSession, Track
from app.sessions.queries import get_visible_session, get_visible_track, list_sessions

blueprint = Blueprint("announcements", __name__, template_folder="templates")


def _track_values(track: Track) -> dict[str, Any]:
    return {"track": track, "track_name": names_of("track", [track.id], page_language())[track.id]}


def _reached(track: Track) -> tuple[int, int]:
    """How many people of the track get a new announcement by mail, and how many have no address of their own. Its
    author is not among them."""
    people = audience_holders(track_key(track.id), clock.now()) - {current_actor().person_id}
    by_mail = len(contacts(sorted(people, key=str)))
    return by_mail, len(people) - by_mail


@blueprint.route("/tracks/<slug>/announcements/new", methods=["GET", "POST"])
@at_most_hourly(10)
def announce(slug: str) -> Any:
    """Words to everybody of a track; they are seen once, with how many they go to, before they leave."""
    actor, now = current_actor(), clock.now()
    track = get_visible_track(actor, slug)
    require(actor, "announcements.announce", track)
    form = AnnounceForm(session=request.args.get("session", ""))
    _prepare(form, track)
    if form.preview.data:
        return _announce_page(form, track, is_shown=form.validate())
    answer = carry_out(
        form,
        lambda: services.announce(
            actor,
            track,
            subject=form.subject.data or "",
            body=form.body.data or "",
            language=form.tag(),
            session_id=form.session_id(),
            now=now,
        ),
        lambda _row: url_for("announcements.list_announcements", slug=track.slug),
        lambda _row: _("It is on the page of the track; the mails leave in the next minutes."),
    )
    return answer or _announce_page(form, track, is_shown=False)


def _announce_page(form: AnnounceForm, track: Track, *, is_shown: bool) -> tuple[str, int]:
    by_mail, without_address = _reached(track)
    return render_template(
        "announcements/announce.html",
        **_track_values(track),
        form=form,
        by_mail=by_mail,
        without_address=without_address,
        preview={"text": to_html(form.body.data or ""), "language": form.tag()} if is_shown else None,
    ), form.status


def _prepare(form: AnnounceForm, track: Track) -> None:
    actor = current_actor()
    person = db.session.get_one(Person, actor.person_id)
    sessions = _nearest_first(list_sessions(actor, track))
    names = names_of("session", [session.id for session in sessions], page_language())
    form.offer_sessions((session.id, f"{names[session.id]} · {shown(session.moment).words}") for session in sessions)
    form.offer_languages(first=[row.language for row in person.languages])


def _nearest_first(sessions: Sequence[LearningSession]) -> list[LearningSession]:
    """Those to come, the next one first; then those that were, the last one first."""
    now = clock.now()
    return [s for s in sessions if s.moment.until >= now] + [s for s in sessions if s.moment.until < now][::-1]


@blueprint.get("/tracks/<slug>/announcements")
def list_announcements(slug: str) -> Any:
    """What was announced in a track, newest first, for those who take part."""
    actor = current_actor()
    track = get_visible_track(actor, slug)
    require(actor, "announcements.read", track)
    page = queries.list_announcements(actor, track, cursor=request.args.get("after", ""))
    return render_template(
        "announcements/list.html",
        **_track_values(track),
        announcements=[(row, to_html(row.body)) for row in page.rows],
        next_cursor=page.next_cursor,
    )


@blueprint.get("/announcements/<uuid:announcement_id>")
def show_announcement(announcement_id: UUID) -> Any:
    """One announcement: where the mail leads."""
    announcement = queries.get_visible_announcement(current_actor(), announcement_id)
    return render_template("announcements/show.html", **_page_values(announcement))


def _page_values(announcement: Announcement) -> dict[str, Any]:
    return {**_track_values(announcement.track), "row": announcement, "text": to_html(announcement.body)}


@blueprint.route("/announcements/<uuid:announcement_id>/remove", methods=["GET", "POST"])
def remove_announcement(announcement_id: UUID) -> Any:
    """Asked on a page of its own: what was mailed already cannot be called back."""
    actor, now = current_actor(), clock.now()
    announcement = queries.get_visible_announcement(actor, announcement_id)
    require(actor, "announcements.remove", announcement)
    form = ActionForm()
    answer = carry_out(
        form,
        lambda: services.remove_announcement(actor, announcement, now=now),
        lambda row: url_for("sessions.show_track", slug=row.track.slug),
        lambda _row: _("The announcement is gone from the page of the track."),
    )
    if answer:
        return answer
    return render_template("announcements/remove.html", **_page_values(announcement), form=form), form.status


@blueprint.get("/sessions/<uuid:session_id>/message")
def message_of_session(session_id: UUID) -> Any:
    """The session as text to paste, in up to three languages."""
    session = get_visible_session(current_actor(), session_id)
    form = MessageForm(request.args)
    form.offer([code for code in offered_languages() if code != PSEUDO])
    chosen = form.chosen(page_language())
    asked_too_many = len(form.languages.data or []) > len(chosen)
    form.languages.data = chosen
    return render_template(
        "announcements/message.html",
        **_track_values(session.track),
        session=session,
        name=names_of("session", [session.id], page_language())[session.id],
        form=form,
        texts=messenger.texts_of(session, chosen),
        asked_too_many=asked_too_many,
    )
