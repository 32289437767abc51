"""How one speaks of the sessions of a track: facilitators lead them, people join the track."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.sessions.wording.shape import Wording


def _hard_turns(number: int, turns: int) -> str:
    # I18N: in a list of places: in how many sessions of the track, of those whose hour is known, it is early, late
    # or night there; %(turns)s is a number
    return str(
        ngettext(
            "in the whole track: hard\u00a0%(turns)s\u00a0of\u00a0%(num)s\u00a0time",
            "in the whole track: hard\u00a0%(turns)s\u00a0of\u00a0%(num)s\u00a0times",
            number,
            turns=turns,
        )
    )


def _dates_move(number: int) -> str:
    return str(ngettext("%(num)s session moves", "%(num)s sessions move", number))


def _dates_change(number: int) -> str:
    return str(ngettext("%(num)s session changes", "%(num)s sessions change", number))


def _people_recognised(number: int) -> str:
    return str(ngettext("%(num)s person of this track", "%(num)s people of this track", number))


def _stays_on_other_clocks(number: int) -> str:
    return str(
        ngettext(
            "%(num)s session goes by other clocks. It stays at the moment that was announced: nobody is told.",
            "%(num)s sessions go by other clocks. They stay at the moments that were announced: nobody is told.",
            number,
        )
    )


def _mail_planned_subject(track: str, day: str) -> str:
    if not day:
        return str(_("%(track)s: a new session", track=track))
    # I18N: subject of a mail; %(day)s is a day with its name and year
    return str(_("%(track)s: a new session on %(day)s", track=track, day=day))


def _mail_planned(track: str, title: str) -> str:
    return str(_("The track %(track)s, which you joined, has a new session: %(title)s.", track=track, title=title))


def _mail_moved(track: str, title: str) -> str:
    return str(_("The session %(title)s of the track %(track)s has another time:", track=track, title=title))


def _mail_cancelled(track: str, title: str) -> str:
    return str(_("The session %(title)s of the track %(track)s will not take place.", track=track, title=title))


def _mail_reopened(track: str, title: str) -> str:
    return str(_("The session %(title)s of the track %(track)s is planned again:", track=track, title=title))


def _mail_hour_changes(track: str, title: str) -> str:
    return str(
        _(
            "The next session of the track %(track)s, %(title)s, is at another hour for you than the last one, because "
            "clocks change:",
            track=track,
            title=title,
        )
    )


SESSIONS = Wording(
    # I18N: kinds of things that a search finds, one and several; also the head of a column of dates
    one=_l("Session"),
    many=_l("Sessions"),
    next_of_mine=_l("Your next session"),
    go_there=_l("Go to the session"),
    # I18N: which session of a track this is, in the order of their time
    number_of=_l("session %(number)s of %(total)s"),
    for_those_inside=_l("For participants of this track; do not pass it on"),
    hour_not_chosen=_l("The facilitators choose it. Then you see here for whom it is early, late or in the night."),
    seen_by_leaders=_l("Seen by facilitators and the secretariat"),
    marking_opens=_l("Attendance can be marked from 30 minutes before the session begins."),
    spoken_here=_l("spoken in the session"),
    # I18N: legend of a picture: when the session takes place
    in_legend=_l("the session"),
    # I18N: goes on under a picture of daylight: when an hour is called “take care”
    sunset_there=_l("Take care: the sun sets there during the session, in Ramadan."),
    sunset_during=_l("In %(places)s the sun sets during the session, in Ramadan."),
    hard_turns=_hard_turns,
    link_hint=_l("Shown to participants and facilitators from 24 hours before, in no mail and in no calendar."),
    link_before=_l("The link to the meeting appears here 24 hours before the session, for participants."),
    link_at=_l("The link to the meeting appears here on %(day)s at %(hour)s, for participants."),
    link_missing=_l("The facilitators have not written the link to the meeting yet."),
    link_for_members=_l("The link to the meeting is here for participants. Join the track to see it."),
    the_one=_l("The session"),
    edit=_l("Edit the session"),
    move=_l("Move the session"),
    move_elsewhere=_l("move the session"),
    move_lead=_l(
        "Everybody who joined the track is told of the new time and of the reason. The old time stays in the history."
    ),
    clock_lead=_l("A session goes by the clock of one place. When clocks change there, everybody else’s hour follows."),
    clock_told=_l("Everybody who joined the track is told of the new moments."),
    dates_move=_dates_move,
    dates_change=_dates_change,
    cancel=_l("Cancel the session"),
    cancel_asked=_l("Cancel the session?"),
    cancel_lead=_l(
        "Everybody who joined the track is told, with your reason. The page stays; you can plan the session again "
        "later."
    ),
    keep=_l("Keep the session"),
    sheet_opens=_l("It opens 30 minutes before the session begins."),
    nobody_expected=_l("Nobody has joined this track yet."),
    behind_screens=_l(
        "People without an account who followed the session beside somebody. They are counted, not named."
    ),
    counts_caption=_l("The counts of this session"),
    counting_window=_l(
        "People behind a screen are counted from 30 minutes before the session until 48 hours after it; facilitators "
        "count later too."
    ),
    list_is_compared=_l(
        "Each line is compared with the people of this track, and with nobody else. Addresses help to recognise them "
        "and are shown to nobody."
    ),
    people_recognised=_people_recognised,
    not_on_list=_l("Not on the list of this track"),
    list_waits=_l("The list waits for 7 days. Only those who lead this track can open it."),
    walk_in_lead=_l("They are counted for this session. No account is made and nothing is sent to them."),
    marked_by_leader=_l("A facilitator marked you as present."),
    coming_is_seen=_l("The facilitators see it, so that they know how many to expect and in which languages."),
    claim_is_seen=_l("The facilitators see it on their list. It counts apart from the people they mark."),
    claim_closed=_l(
        "You could say so until %(day)s, %(hour)s in %(place)s. Ask a facilitator to mark you if you were there."
    ),
    # I18N: name of the room with what those who lead wrote down of a session
    notes=_l("Notes"),
    notes_of=_l("Notes: %(session)s"),
    notes_for=_l("For the people of this track"),
    notes_lead=_l("What was said, for the people of this track. They and the secretariat read it, nobody else."),
    notes_missing=_l("Nobody has written notes yet."),
    notes_wanted=_l("Write down what was said; the people of this track read it."),
    # I18N: before the languages in which there are notes of this session already; links to edit them
    notes_there=_l("There are notes already in:"),
    notes_write=_l("Write notes"),
    notes_open=_l("Open the notes"),
    notes_read_whole=_l("Read the notes whole"),
    notes_edit=_l("Edit the notes"),
    notes_remove=_l("Remove the notes"),
    notes_remove_asked=_l("Remove the notes?"),
    notes_remove_lead=_l("The notes in this language are gone for good. Notes in other languages stay."),
    notes_saved=_l("The notes are saved. The people of this track read them."),
    notes_removed=_l("The notes are removed."),
    changed=_l("The session is changed."),
    confirmed=_l("The session is confirmed."),
    moved=_l("The session has another time. Everybody who joined the track is told."),
    moved_when_over=_l("The session has another time. It is already over: nobody is told."),
    moved_to_what_is_over=_l(
        "The session has another time, which is already over. Everybody who was told of the old one is told."
    ),
    stays_on_other_clocks=_stays_on_other_clocks,
    cancelled=_l("The session is cancelled. Everybody who joined the track is told."),
    cancelled_when_over=_l("The session is cancelled. It is already over: nobody is told."),
    reopened=_l("The session is planned again. Everybody who joined the track is told."),
    reopened_when_over=_l("The session is planned again. It is already over: nobody is told."),
    claimed=_l("Kept: you say that you were there. The facilitators see it on their list."),
    has_no_hour=_l("This session has no hour yet. Choose its hour first, then confirm it."),
    off_when_confirmed=_l("This session is called off. Reopen it first, then confirm it."),
    off_when_moved=_l("This session is cancelled. Reopen it first, then choose its time."),
    cancelled_already=_l("This session is cancelled already."),
    was_held=_l("People are marked as present: this session has been held. Plan a new one, or undo the marks first."),
    same_time=_l("This is the time the session already has. Choose another one."),
    agenda_too_long=_l(
        "The agenda has “%(title)s” %(minutes)s minutes after the start, and the session would last "
        "%(lasts)s. Choose a later end, or edit the agenda first."
    ),
    changed_meanwhile=_l(
        "Somebody changed this session since you opened this page. Compare what is there now with what you wrote, "
        "then save."
    ),
    off_when_marked=_l("This session is called off: nobody can attend it. Reopen it if it took place."),
    not_begun=_l("Attendance opens 30 minutes before the session begins. Come back then; nothing was saved."),
    off_when_asked=_l("This session is called off: nobody need say whether they come."),
    asked_too_late=_l("This session begins or has begun. Come in; you can say on its page that you were there."),
    off_when_claimed=_l("This session is called off: nobody was there. Ask the facilitators if it took place."),
    claim_too_early=_l("You can say that you were there from 30 minutes before the session begins. Come back then."),
    claim_too_late=_l(
        "You could say that you were there until 48 hours after the session. "
        "Ask a facilitator of the track to mark you."
    ),
    count_too_late=_l(
        "People could be counted until 48 hours after the session. Tell a facilitator how many you were."
    ),
    mail_planned_subject=_mail_planned_subject,
    mail_planned=_mail_planned,
    mail_moved=_mail_moved,
    mail_cancelled=_mail_cancelled,
    mail_reopened=_mail_reopened,
    mail_hour_changes=_mail_hour_changes,
)
