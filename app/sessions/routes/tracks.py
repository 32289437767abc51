"""Tracks: their list, their pages, setting them up and publishing them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from app.core import clock, permissions
from app.core.context import page_language
from app.core.forms import ActionForm, Form, carry_out
from app.core.names import all_names, names_of
from app.core.web import current_actor, public, readable_offline
from app.sessions import policy, queries, services, standing
from app.sessions.blueprint import blueprint
from app.sessions.forms import JoinForm, track_form
from app.sessions.forms.programme import TRACK_BLOCKS
from app.sessions.forms.words import BLOCK_LABELS
from app.sessions.models import TextBlock, Track
from app.sessions.queries.phases import all_texts
from app.sessions.showing.joining import joining_of
from app.sessions.showing.places import places_of
from app.sessions.showing.roster import roster_shown
from app.sessions.showing.summaries import lines_of
from app.sessions.showing.team import team_by_region
from app.sessions.showing.warp import warp_of


@blueprint.get("/tracks/")
@public
@readable_offline
def list_tracks() -> Any:
    actor, now, language = current_actor(), clock.now(), page_language()
    tracks = queries.list_visible_tracks(actor)
    return render_template(
        "sessions/tracks.html",
        groups=[(phase, list(rows)) for phase, rows in groupby(tracks, key=lambda track: track.phase)],
        names=names_of("track", [track.id for track in tracks], language),
        phase_names=names_of("phase", {track.phase_id for track in tracks}, language),
        lines=lines_of(queries.summaries(actor, tracks, now=now), now),
        places=places_of(tracks, now),
    )


def show(track: Track, *, join_form: JoinForm | None = None, form: Form | None = None) -> tuple[str, int]:
    """Return the page of a track; `form` is a button that was refused, `join_form` a wish to join that was."""
    actor, now, language = current_actor(), clock.now(), page_language()
    sessions, team = queries.list_sessions(actor, track), queries.list_facilitators(track)
    leads = policy.can_lead_track(actor, track)
    uncovered = queries.regions_without_facilitator(track) if leads else []
    region_names = names_of("region", [region.id for region in uncovered], language)
    refused = join_form or form
    page = render_template(
        "sessions/track.html",
        track=track,
        name=names_of("track", [track.id], language)[track.id],
        phase_name=names_of("phase", [track.phase_id], language)[track.phase_id],
        texts=queries.texts_of(track, language),
        blocks=[(block, BLOCK_LABELS[block]) for block in TRACK_BLOCKS if block is not TextBlock.PURPOSE],
        lines=warp_of(actor, track, sessions, now),
        team=team_by_region(actor, track, team),
        uncovered=[region_names[region.id] for region in uncovered],
        roster=roster_shown(actor, track),
        joining=joining_of(actor, track, now=now, form=join_form),
        queue=queries.count_queues([track.id])[track.id],
        action=ActionForm(formdata=None),
        refused=refused,
        leads=leads,
        is_past=track.phase.year_to < now.year,
    )
    return page, refused.status if refused else 200


@blueprint.get("/tracks/<slug>")
@public
@readable_offline
def show_track(slug: str) -> Any:
    return show(queries.get_visible_track(current_actor(), slug))


def _address(track: Track) -> str:
    return url_for("sessions.show_track", slug=track.slug)


def _written(form: Any) -> dict[str, Any]:
    return {
        "names": form.names(),
        "texts": form.texts(),
        "eligible": form.eligible.data or [],
        "is_open": bool(form.is_open.data),
        "now": clock.now(),
    }


@blueprint.route("/phases/<slug>/tracks/new", methods=["GET", "POST"])
def create_track(slug: str) -> Any:
    actor, phase = current_actor(), queries.get_phase(slug)
    permissions.require(actor, "sessions.run_programme", phase)
    form = track_form()
    done = carry_out(
        form,
        lambda: services.create_track(actor, phase, **_written(form)),
        _address,
        lambda _track: _("The track is a draft. Appoint its facilitators, plan its sessions, then publish it."),
    )
    if done:
        return done
    name = names_of("phase", [phase.id], page_language())[phase.id]
    page = render_template("sessions/track_form.html", form=form, track=None, phase=phase, name=name)
    return page, form.status


@blueprint.route("/tracks/<slug>/edit", methods=["GET", "POST"])
def change_track(slug: str) -> Any:
    actor = current_actor()
    track = queries.get_visible_track(actor, slug)
    permissions.require(actor, "sessions.run_programme", track)
    form = track_form()
    done = carry_out(
        form,
        lambda: services.change_track(actor, track, **_written(form)),
        _address,
        lambda _track: _("The track is changed."),
    )
    if done:
        return done
    if not form.is_submitted():
        form.eligible.data, form.is_open.data = list(track.eligible), track.is_open
        names = {language: row.text for language, row in all_names("track", track.id).items()}
        form.fill_words(names, all_texts(track))
    name = names_of("track", [track.id], page_language())[track.id]
    page = render_template("sessions/track_form.html", form=form, track=track, phase=track.phase, name=name)
    return page, form.status


def _act(track: Track, work: Callable[[], Any], said: Callable[[Any], Any]) -> Any:
    form = ActionForm()
    return carry_out(form, work, lambda _result: _address(track), said) or show(track, form=form)


@blueprint.post("/tracks/<slug>/publish")
def publish_track(slug: str) -> Any:
    actor = current_actor()
    track = queries.get_visible_track(actor, slug)
    return _act(
        track,
        lambda: services.publish_track(actor, track, now=clock.now()),
        lambda uncovered: _published(track, uncovered),
    )


def _published(track: Track, uncovered: list[Any]) -> Markup:
    said = [_("The track is published: everybody can see it and its sessions.")]
    if uncovered:
        # I18N: warning after publishing a track (rule R-05); it follows the sentence that it is published
        warning = ngettext(
            "%(num)s region of the phase has no facilitator yet.",
            "%(num)s regions of the phase have no facilitator yet.",
            len(uncovered),
        )
        said.append(warning)
    said.append(_of_the_door(track))
    link = Markup('<a href="{}">{}</a>').format(
        url_for("sessions.change_intake" if track.intake.moment else "sessions.change_track", slug=track.slug),
        # I18N: link after publishing a track, to where it is opened and closed to new participants
        _("Change who can join"),
    )
    return Markup(" ").join([*map(str, said), link])


def _of_the_door(track: Track) -> str:
    door = policy.door_of(track, clock.now())
    if door is policy.Door.OPENS:
        return str(_("Applications open on %(time)s.", time=standing.opening_words(track.intake)))
    return str(_("People can join it now.") if door is policy.Door.OPEN else _("It takes no new participants."))


@blueprint.post("/tracks/<slug>/unpublish")
def unpublish_track(slug: str) -> Any:
    actor = current_actor()
    track = queries.get_visible_track(actor, slug)
    return _act(
        track,
        lambda: services.unpublish_track(actor, track, now=clock.now()),
        lambda _track: _("The track is a draft again: only those who take part in it see it."),
    )
