"""The group that follows on from a track: whom it would invite is read before it is made (R-06)."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import ngettext

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import carry_out
from app.core.names import all_names, names_of
from app.core.web import current_actor
from app.extensions import db
from app.people import queries as people
from app.people.models import Region
from app.sessions import queries as programme
from app.sessions.models import Track
from app.workinggroups import services
from app.workinggroups.blueprint import blueprint
from app.workinggroups.forms.following_on import KIND_NOTES_OF, follow_on_form
from app.workinggroups.queries.following_on import list_groups_of_track, reach_of
from app.workinggroups.routes.groups import address
from app.workinggroups.services.following_on import FollowedOn
from app.workinggroups.showing.following_on import MOST_NAMED, invited_words, kind_notes, left_out_words


@blueprint.route("/tracks/<slug>/follow-on", methods=["GET", "POST"])
def follow_on(slug: str) -> Any:
    actor, now = current_actor(), clock.now()
    track = programme.get_visible_track(actor, slug)
    permissions.require(actor, "workinggroups.follow_on", track)
    form = follow_on_form()
    done = carry_out(
        form,
        lambda: services.follow_on(
            actor,
            track,
            kind=form.group_kind(),
            words=form.group_words(),
            rules=form.group_rules(),
            region=db.session.get(Region, form.region_id) if form.region_id else None,
            now=now,
        ),
        lambda followed: address(followed.group),
        _said,
    )
    if done:
        return done
    if not form.is_submitted():
        names = {language: row.text for language, row in all_names("track", track.id).items()}
        form.fill(names)
    return _show(track, form)


def _said(followed: FollowedOn) -> str:
    if not followed.invited:
        return str(_("The group is created. Nobody was invited: whoever is eligible can come in by themselves."))
    return str(
        ngettext(
            "The group is created and %(num)s person is invited. Nobody is in it before they accept.",
            "The group is created and %(num)s people are invited. Nobody is in it before they accept.",
            followed.invited,
        )
    )


def _show(track: Track, form: Any) -> tuple[str, int]:
    actor, language = current_actor(), page_language()
    regions = [(str(region_id), name) for region_id, name in people.region_choices(language)]
    form.region.choices = [("", _("Choose")), *regions]
    reach = reach_of(track, form.kinds, clock.now().date())
    form.shown.data = form.open_to
    groups = list_groups_of_track(actor, track)
    page = render_template(
        "workinggroups/follow_on.html",
        track=track,
        name=names_of("track", [track.id], language)[track.id],
        form=form,
        kind_notes=KIND_NOTES_OF,
        groups=groups,
        group_names=names_of("group", [group.id for group in groups], language),
        invited=invited_words(reach),
        left_out=left_out_words(reach),
        named=reach.invited[:MOST_NAMED],
        unnamed=max(len(reach.invited) - MOST_NAMED, 0),
        notes=kind_notes(reach),
    )
    return page, form.status
