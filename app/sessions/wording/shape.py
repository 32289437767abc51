"""What a set of sentences holds. Lazy ones are spoken in the language of whoever reads; `%` fills their places."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Counted = Callable[[int], Any]
"""A sentence that counts something: its forms follow the number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The sentences of one kind, by the page they stand on; places to fill are named behind."""

    # the kind itself
    one: Any
    many: Any

    # the front page
    next_of_mine: Any
    go_there: Any

    # the page
    number_of: Any  # number, total
    for_those_inside: Any
    hour_not_chosen: Any
    seen_by_leaders: Any
    marking_opens: Any
    spoken_here: Any
    in_legend: Any
    sunset_there: Any
    sunset_during: Any  # places
    hard_turns: Callable[[int, int], Any]  # how many gatherings, in how many of them
    link_hint: Any
    link_before: Any
    link_at: Any  # day, hour
    link_missing: Any
    link_for_members: Any

    # changing, moving, calling off
    the_one: Any
    edit: Any
    move: Any
    move_elsewhere: Any
    move_lead: Any
    clock_lead: Any
    clock_told: Any
    dates_move: Counted
    dates_change: Counted
    cancel: Any
    cancel_asked: Any
    cancel_lead: Any
    keep: Any

    # attendance
    sheet_opens: Any
    nobody_expected: Any
    behind_screens: Any
    counts_caption: Any
    counting_window: Any
    list_is_compared: Any
    people_recognised: Counted
    not_on_list: Any
    list_waits: Any
    walk_in_lead: Any
    marked_by_leader: Any
    coming_is_seen: Any
    claim_is_seen: Any
    claim_closed: Any  # day, hour, place

    # notes
    notes: Any
    notes_of: Any  # title
    notes_for: Any
    notes_lead: Any
    notes_missing: Any
    notes_wanted: Any
    notes_there: Any
    notes_write: Any
    notes_open: Any
    notes_read_whole: Any
    notes_edit: Any
    notes_remove: Any
    notes_remove_asked: Any
    notes_remove_lead: Any
    notes_saved: Any
    notes_removed: Any

    # what was done
    changed: Any
    confirmed: Any
    moved: Any
    moved_when_over: Any
    moved_to_what_is_over: Any
    stays_on_other_clocks: Counted
    cancelled: Any
    cancelled_when_over: Any
    reopened: Any
    reopened_when_over: Any
    claimed: Any

    # what was refused
    has_no_hour: Any
    off_when_confirmed: Any
    off_when_moved: Any
    cancelled_already: Any
    was_held: Any
    same_time: Any
    agenda_too_long: Any  # title, minutes, lasts
    changed_meanwhile: Any
    off_when_marked: Any
    not_begun: Any
    off_when_asked: Any
    asked_too_late: Any
    off_when_claimed: Any
    claim_too_early: Any
    claim_too_late: Any
    count_too_late: Any

    # mails: owner and day, "" where the hour is open
    mail_planned_subject: Any
    # mails: owner, title
    mail_planned: Any
    mail_moved: Any
    mail_cancelled: Any
    mail_reopened: Any
    mail_hour_changes: Any
