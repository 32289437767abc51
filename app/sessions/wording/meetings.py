"""How one speaks of the meetings of a group: coordinators lead them, people take part in the group."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.sessions.wording.shape import Wording


def _hard_turns(number: int, turns: int) -> str:
    # I18N: in a list of places: in how many meetings of the group, of those whose hour is known, it is early, late
    # or night there; %(turns)s is a number
    return str(
        ngettext(
            "in all meetings: hard\u00a0%(turns)s\u00a0of\u00a0%(num)s\u00a0time",
            "in all meetings: hard\u00a0%(turns)s\u00a0of\u00a0%(num)s\u00a0times",
            number,
            turns=turns,
        )
    )


def _dates_move(number: int) -> str:
    return str(ngettext("%(num)s meeting moves", "%(num)s meetings move", number))


def _dates_change(number: int) -> str:
    return str(ngettext("%(num)s meeting changes", "%(num)s meetings change", number))


def _people_recognised(number: int) -> str:
    return str(ngettext("%(num)s person of this group", "%(num)s people of this group", number))


def _stays_on_other_clocks(number: int) -> str:
    return str(
        ngettext(
            "%(num)s meeting goes by other clocks. It stays at the moment that was announced: nobody is told.",
            "%(num)s meetings go by other clocks. They stay at the moments that were announced: nobody is told.",
            number,
        )
    )


def _mail_planned_subject(group: str, day: str) -> str:
    if not day:
        return str(_("%(group)s: a new meeting", group=group))
    # I18N: subject of a mail; %(day)s is a day with its name and year
    return str(_("%(group)s: a new meeting on %(day)s", group=group, day=day))


def _mail_planned(group: str, title: str) -> str:
    return str(_("The group %(group)s, in which you take part, meets: %(title)s.", group=group, title=title))


def _mail_moved(group: str, title: str) -> str:
    return str(_("The meeting %(title)s of the group %(group)s has another time:", group=group, title=title))


def _mail_cancelled(group: str, title: str) -> str:
    return str(_("The meeting %(title)s of the group %(group)s will not take place.", group=group, title=title))


def _mail_reopened(group: str, title: str) -> str:
    return str(_("The meeting %(title)s of the group %(group)s is planned again:", group=group, title=title))


def _mail_hour_changes(group: str, title: str) -> str:
    return str(
        _(
            "The next meeting of the group %(group)s, %(title)s, is at another hour for you than the last one, because "
            "clocks change:",
            group=group,
            title=title,
        )
    )


MEETINGS = Wording(
    # I18N: kinds of things that a search finds, one and several; also the head of a column of dates
    one=_l("Meeting"),
    many=_l("Meetings"),
    next_of_mine=_l("Your next meeting"),
    go_there=_l("Go to the meeting"),
    # I18N: which meeting of a group this is, in the order of their time
    number_of=_l("meeting %(number)s of %(total)s"),
    for_those_inside=_l("For the people of this group; do not pass it on"),
    hour_not_chosen=_l("The coordinators choose it. Then you see here for whom it is early, late or in the night."),
    seen_by_leaders=_l("Seen by coordinators and the secretariat"),
    marking_opens=_l("Attendance can be marked from 30 minutes before the meeting begins."),
    spoken_here=_l("spoken in the meeting"),
    # I18N: legend of a picture: when the meeting takes place
    in_legend=_l("the meeting"),
    # I18N: goes on under a picture of daylight: when an hour is called “take care”
    sunset_there=_l("Take care: the sun sets there during the meeting, in Ramadan."),
    sunset_during=_l("In %(places)s the sun sets during the meeting, in Ramadan."),
    hard_turns=_hard_turns,
    link_hint=_l("Shown to the people of the group from 24 hours before, in no mail and in no calendar."),
    link_before=_l("The link to the meeting appears here 24 hours before it begins, for the people of the group."),
    link_at=_l("The link to the meeting appears here on %(day)s at %(hour)s, for the people of the group."),
    link_missing=_l("The coordinators have not written the link to the meeting yet."),
    link_for_members=_l("The link to the meeting is here for the people of the group."),
    the_one=_l("The meeting of the group"),
    edit=_l("Edit the meeting"),
    move=_l("Move the meeting"),
    move_elsewhere=_l("move the meeting"),
    move_lead=_l(
        "Everybody in the group is told of the new time and of the reason. The old time stays in the history."
    ),
    clock_lead=_l("A meeting goes by the clock of one place. When clocks change there, everybody else’s hour follows."),
    clock_told=_l("Everybody in the group is told of the new moment."),
    dates_move=_dates_move,
    dates_change=_dates_change,
    cancel=_l("Cancel the meeting"),
    cancel_asked=_l("Cancel the meeting?"),
    cancel_lead=_l(
        "Everybody in the group is told, with your reason. The page stays; you can plan the meeting again later."
    ),
    keep=_l("Keep the meeting"),
    sheet_opens=_l("It opens 30 minutes before the meeting begins."),
    nobody_expected=_l("Nobody is in this group yet."),
    behind_screens=_l(
        "People without an account who followed the meeting beside somebody. They are counted, not named."
    ),
    counts_caption=_l("The counts of this meeting"),
    counting_window=_l(
        "People behind a screen are counted from 30 minutes before the meeting until 48 hours after it; coordinators "
        "count later too."
    ),
    list_is_compared=_l(
        "Each line is compared with the people of this group, and with nobody else. Addresses help to recognise them "
        "and are shown to nobody."
    ),
    people_recognised=_people_recognised,
    not_on_list=_l("Not among the people of this group"),
    list_waits=_l("The list waits for 7 days. Only those who lead this group can open it."),
    walk_in_lead=_l("They are counted for this meeting. No account is made and nothing is sent to them."),
    marked_by_leader=_l("A coordinator marked you as present."),
    coming_is_seen=_l("The coordinators see it, so that they know how many to expect and in which languages."),
    claim_is_seen=_l("The coordinators see it on their list. It counts apart from the people they mark."),
    claim_closed=_l(
        "You could say so until %(day)s, %(hour)s in %(place)s. Ask a coordinator to mark you if you were there."
    ),
    # I18N: name of the room with what those who lead wrote down of a meeting of a working group
    notes=_l("Minutes"),
    # I18N: title of a page: the minutes of this meeting
    notes_of=_l("Minutes: %(session)s"),
    notes_for=_l("For the people of this group"),
    notes_lead=_l("What was said, for the people of this group. They and the secretariat read it, nobody else."),
    notes_missing=_l("Nobody has written the minutes yet."),
    notes_wanted=_l("Write down what was said; the people of this group read it."),
    # I18N: before the languages in which there are minutes of this meeting already; links to edit them
    notes_there=_l("There are minutes already in:"),
    notes_write=_l("Write the minutes"),
    notes_open=_l("Open the minutes"),
    notes_read_whole=_l("Read the minutes whole"),
    notes_edit=_l("Edit the minutes"),
    notes_remove=_l("Remove the minutes"),
    notes_remove_asked=_l("Remove the minutes?"),
    notes_remove_lead=_l("The minutes in this language are gone for good. Minutes in other languages stay."),
    notes_saved=_l("The minutes are saved. The people of this group read them."),
    notes_removed=_l("The minutes are removed."),
    changed=_l("The meeting is changed."),
    confirmed=_l("The meeting is confirmed."),
    moved=_l("The meeting has another time. Everybody in the group is told."),
    moved_when_over=_l("The meeting has another time. It is already over: nobody is told."),
    moved_to_what_is_over=_l(
        "The meeting has another time, which is already over. Everybody who was told of the old one is told."
    ),
    stays_on_other_clocks=_stays_on_other_clocks,
    cancelled=_l("The meeting is cancelled. Everybody in the group is told."),
    cancelled_when_over=_l("The meeting is cancelled. It is already over: nobody is told."),
    reopened=_l("The meeting is planned again. Everybody in the group is told."),
    reopened_when_over=_l("The meeting is planned again. It is already over: nobody is told."),
    claimed=_l("Kept: you say that you were there. The coordinators see it on their list."),
    has_no_hour=_l("This meeting has no hour yet. Choose its hour first, then confirm it."),
    off_when_confirmed=_l("This meeting is called off. Reopen it first, then confirm it."),
    off_when_moved=_l("This meeting is cancelled. Reopen it first, then choose its time."),
    cancelled_already=_l("This meeting is cancelled already."),
    was_held=_l("People are marked as present: this meeting has been held. Plan a new one, or undo the marks first."),
    same_time=_l("This is the time the meeting already has. Choose another one."),
    agenda_too_long=_l(
        "The agenda has “%(title)s” %(minutes)s minutes after the start, and the meeting would last "
        "%(lasts)s. Choose a later end, or edit the agenda first."
    ),
    changed_meanwhile=_l(
        "Somebody changed this meeting since you opened this page. Compare what is there now with what you wrote, "
        "then save."
    ),
    off_when_marked=_l("This meeting is called off: nobody can attend it. Reopen it if it took place."),
    not_begun=_l("Attendance opens 30 minutes before the meeting begins. Come back then; nothing was saved."),
    off_when_asked=_l("This meeting is called off: nobody need say whether they come."),
    asked_too_late=_l("This meeting begins or has begun. Come in; you can say on its page that you were there."),
    off_when_claimed=_l("This meeting is called off: nobody was there. Ask the coordinators if it took place."),
    claim_too_early=_l("You can say that you were there from 30 minutes before the meeting begins. Come back then."),
    claim_too_late=_l(
        "You could say that you were there until 48 hours after the meeting. "
        "Ask a coordinator of the group to mark you."
    ),
    count_too_late=_l(
        "People could be counted until 48 hours after the meeting. Tell a coordinator how many you were."
    ),
    mail_planned_subject=_mail_planned_subject,
    mail_planned=_mail_planned,
    mail_moved=_mail_moved,
    mail_cancelled=_mail_cancelled,
    mail_reopened=_mail_reopened,
    mail_hour_changes=_mail_hour_changes,
)
