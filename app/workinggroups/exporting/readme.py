"""The first thing that is read of an export: what it is of, when and by whom it was made, what is in it, what is not,
and how it is read. In the language of whoever asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.addresses import absolute
from app.core.context import page_language
from app.core.house import name_of_house
from app.core.names import names_of
from app.moments.words import stamp
from app.workinggroups.addresses import group_path
from app.workinggroups.exporting.contents import Contents
from app.workinggroups.exports import Room
from app.workinggroups.models import WorkingGroup


def left_out(rooms: Sequence[Room]) -> list[str]:
    """Return, sentence by sentence, what an export leaves out: whatever the group, then room by room."""
    always = [
        _("No e-mail address of anybody, and nothing that people said about their gender or their needs."),
        _("Nothing that you may not read yourself, and no draft of somebody else."),
        _("Nothing that was withdrawn, erased or taken out of sight. Who wrote under another name keeps it."),
    ]
    return [*map(str, always), *(str(room.leaves_out) for room in rooms if room.leaves_out)]


def readme(group: WorkingGroup, rooms: Sequence[Room], contents: Contents, *, by: str, now: datetime) -> str:
    """Return the whole README; lines end as every editor reads them."""
    parts = [_head(group, by, now), _what_is_in_it(rooms, contents), _what_is_not(rooms), _how_to_read()]
    if contents.lost:
        parts.append(_lost(contents.lost))
    return "\r\n\r\n".join("\r\n".join(lines) for lines in parts) + "\r\n"


def _head(group: WorkingGroup, by: str, now: datetime) -> list[str]:
    language = page_language()
    name = names_of("group", [group.id], language)[group.id].text
    house = name_of_house(language)
    return [
        name,
        "=" * min(len(name), 78),
        # I18N: in a file that leaves the house: %(when)s is a day and an hour, %(who)s a name
        _("Taken out of %(house)s on %(when)s by %(who)s.", house=house, when=stamp(now), who=by),
        absolute(group_path(group.slug)),
    ]


def _what_is_in_it(rooms: Sequence[Room], contents: Contents) -> list[str]:
    return [_headed(_("What is in it")), *(f"* {room.holds}" for room in rooms), "", *_counted(contents)]


def _counted(contents: Contents) -> Iterator[str]:
    for name, rows in contents.rows.items():
        # I18N: a file in a list of files, and how many lines its table has: "tasks.csv: 12 lines"
        yield str(ngettext("%(file)s: %(num)s line", "%(file)s: %(num)s lines", rows, file=f"{name}.csv"))
    for folder, number in contents.papers.items():
        # I18N: a folder in a list of files, and how many files are in it: "topics: 12 files"
        yield str(ngettext("%(folder)s: %(num)s file", "%(folder)s: %(num)s files", number, folder=f"{folder}/"))


def _what_is_not(rooms: Sequence[Room]) -> list[str]:
    return [_headed(_("What is not in it")), *(f"* {sentence}" for sentence in left_out(rooms))]


def _how_to_read() -> list[str]:
    return [
        _headed(_("How to read it")),
        _("Tables (.csv) open in any spreadsheet: choose UTF-8 if you are asked, and a comma between the columns."),
        _("Texts (.md) open in any editor. The lines between --- say who wrote them, when, and in which language."),
        _("Words stand as they were written, in their own language; translations follow below them."),
        _("Hours are in universal time (UTC), unless a place stands beside them."),
        _("Observers are marked as observers: they read and advise, and have no voice in decisions."),
        _("group.json holds the same for programs. The ids in it are those of the house and never change."),
        _("There are names of people in here. Keep it safe, and delete it when you no longer need it."),
    ]


def _lost(names: Sequence[str]) -> list[str]:
    return [
        _headed(_("Files that could not be found")),
        _("They are named in the tables, and their contents were missing in the house when this was made:"),
        *(f"* {name}" for name in names),
    ]


def _headed(heading: str) -> str:
    return f"{heading}\r\n{'-' * min(len(heading), 78)}"
