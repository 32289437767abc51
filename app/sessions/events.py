"""What this package announces. Each event is sent inside the transaction of the fact; receivers only write rows or
call their own services. All carry `actor` and `now` (aware UTC)."""

from blinker import Namespace

_events = Namespace()

track_published = _events.signal("sessions.track_published")
"""A track became visible to everybody. Sender: the Track. Sent by `services.tracks.publish_track`."""

track_unpublished = _events.signal("sessions.track_unpublished")
"""A track went back to those who take part in it. Sender: the Track. Sent by `services.tracks.unpublish_track`."""

facilitator_appointed = _events.signal("sessions.facilitator_appointed")
"""A person began to lead a track. Sender: the TrackFacilitator."""

facilitator_ended = _events.signal("sessions.facilitator_ended")
"""A person no longer leads a track. Sender: the TrackFacilitator, with `ended_at` set."""

track_joined = _events.signal("sessions.track_joined")
"""A person joined a track, for the first time or again. Sender: the new TrackMembership."""

track_left = _events.signal("sessions.track_left")
"""A person left a track. Sender: the TrackMembership, with `left_at` set."""

session_planned = _events.signal("sessions.session_planned")
"""There is a new gathering, for instance a session of a track. Sender: the Gathering, as for the five below."""

session_changed = _events.signal("sessions.session_changed")
"""Title, languages, agenda or link changed, the time did not. Sender: the Gathering."""

session_confirmed = _events.signal("sessions.session_confirmed")
"""A gathering is certain now. Sender: the Gathering."""

session_moved = _events.signal("sessions.session_moved")
"""A gathering has another time. Sender: the Gathering; `change`: the MomentChange with old and new."""

session_cancelled = _events.signal("sessions.session_cancelled")
"""A gathering will not take place. Sender: the Gathering; `change`: the MomentChange with the reason."""

session_reopened = _events.signal("sessions.session_reopened")
"""A cancelled gathering is planned again. Sender: the Gathering; `change`: the MomentChange."""

attendance_saved = _events.signal("sessions.attendance_saved")
"""Marks of attendance changed. Sender: the Gathering; `marked` and `unmarked`: sets of person ids."""

session_copied = _events.signal("sessions.session_copied")
"""A session was copied: packages above copy their own rows of it. Sender: the copy, a LearningSession that is there
already (its `session_planned` was sent before); `source`: the session it is a copy of; `chosen`: frozenset[str], the
codes of `services.copying.Piece` that were ticked ("materials" among them), whatever is not in it is not copied. Sent
for one session alone and for each session of a copied track or phase. Never copied, whatever is chosen: attendance,
members, applications, reflections, announcements."""

track_copied = _events.signal("sessions.track_copied")
"""A track was copied, as a draft. Sender: the copy, a Track; `source`: the track it is a copy of; `chosen`: as for
`session_copied`. Sent after its sessions were copied, each with an event of its own: what belongs to a session of the
track is copied there, what belongs to the track itself here. Sent for each track of a copied phase."""
