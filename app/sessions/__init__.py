"""The co-learning programme: phases, tracks, learning sessions and other gatherings, facilitation, membership,
attendance.

Tables owned: `phase`, `phase_region`, `track`, `programme_text`, `track_facilitator`, `track_membership`,
`intake`, `intake_question`, `application`, `application_answer`, `gathering`, `learning_session`, `session_language`,
`agenda_item`, `attendance`, `attendance_claim`, `head_count`, `meeting_list`. Events sent: see `events`. Keys given:
`track:<id>` and `facilitators:<id>`. Slots offered: `sessions.track`, `sessions.gathering` (with `gathering`, of any
kind), `sessions.session` (with `session`), and on the desks of those who lead a few buttons for what is done every week
(`sessions.track_desk`, `sessions.session_desk`) and plain links for the rest (`sessions.track_desk_links`: what there
is to read, `sessions.track_desk_itself`: what the track is like, `sessions.session_desk_links`); for whoever takes part
in a track, `sessions.track_member` (next steps) and `sessions.track_member_links` (plain links).

Packages above have kinds of gatherings of their own: see `kinds` and `hosts`. Each has the last three slots by its own
name, `sessions.<kind>`, `sessions.<kind>_desk` and `sessions.<kind>_desk_links`, with the gathering as `session`.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import jobs as core_jobs
from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.moments import endings
from app.sessions import (
    acts,
    cards,
    emails,
    jobs,
    keys,
    kinds,
    personal_data,
    policy,
    programme,
    receivers,
    rooms,
    searching,
    telling,
    track_sessions,
    waiting,
)
from app.sessions.meeting_lists import jobs as meeting_list_jobs
from app.sessions.routes import blueprint


def init_app(app: Flask) -> None:
    policy.register()
    programme.init_app(app)
    kinds.register("sessions", track_sessions.HOST)
    rooms.fill()
    emails.register()
    acts.register()
    receivers.register()
    endings.register_windows("intake")
    searching.register()
    core_waiting.register("sessions", waiting.waiting, order=40)
    core_jobs.register("sessions.tell_hour_changes", jobs.tell_hour_changes, every_seconds=900)
    core_jobs.register("sessions.drop_old_lists", meeting_list_jobs.drop_old_lists, every_seconds=3600)
    registries.register(
        "sessions",
        describe={
            "phase": cards.describe_phases,
            "track": cards.describe_tracks,
            "intake": cards.describe_intakes,
        },
        audience_keys=keys.keys_of,
        audience_holders={keys.TRACK: keys.holders_of_track, keys.FACILITATORS: keys.holders_of_facilitators},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        lent_keys=(keys.TRACK,),
        helper_keys=(keys.FACILITATORS,),
        still_wanted=telling.STILL_WANTED,
    )
    # I18N: word on the roof of every page; it leads to the thematic tracks
    navigation.add_to_roof(navigation.Entry(_l("Tracks"), "sessions.list_tracks", order=10, sections=("sessions",)))
    app.register_blueprint(blueprint)
