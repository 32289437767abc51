"""The agenda as news (Atom, RFC 4287): what was said or changed last, of all that is not over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from app.agenda.feeds.entries import titled
from app.agenda.showing.lines import Line
from app.core.addresses import absolute
from app.core.context import page_language
from app.core.languages import direction
from app.moments.shown import UTC_NAME, shown

ATOM = "http://www.w3.org/2005/Atom"
_NO_SIGN = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 has no place for, escaped or not (section 2.2)."""

MIMETYPE = "application/atom+xml"


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself: its name, who speaks, where it is and which page it is of."""

    title: str
    author: str
    address: str
    page: str


def atom_file(head: Head, lines: Sequence[Line], *, now: datetime) -> bytes:
    """Return the feed; hours stand on the clock of each date's own place and in UTC, both named."""
    feed = Element("feed", {"xmlns": ATOM, "xml:lang": page_language()})
    _add(feed, "id", head.address)
    _add(feed, "title", head.title)
    _add(feed, "updated", _stamp(max((line.moment.changed_at for line in lines), default=now)))
    SubElement(feed, "link", {"rel": "self", "type": MIMETYPE, "href": head.address})
    SubElement(feed, "link", {"rel": "alternate", "type": "text/html", "href": head.page})
    _add(SubElement(feed, "author"), "name", head.author)
    for line in lines:
        _add_entry(feed, line)
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _add_entry(feed: Element, line: Line) -> None:
    moment = line.moment
    entry = SubElement(feed, "entry", {"xml:lang": line.card.language or page_language()})
    _add(entry, "id", f"urn:uuid:{moment.id}")
    _add(entry, "title", titled(line))
    _add(entry, "updated", _stamp(moment.changed_at))
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": absolute(line.card.href)})
    content = _add(entry, "content", _when(line))
    content.attrib |= {"type": "text", "xml:lang": page_language()}


def _when(line: Line) -> str:
    """Return when it is, on the clock of its own place, and in UTC where hours are known."""
    time = shown(line.time, line.time.zone or UTC_NAME)
    if not time.has_hour or time.first.zone == UTC_NAME:
        return _readable(time.words)
    return _readable(f"{time.words} ({time.utc_words})")


def _readable(words: str) -> str:
    """Mark the direction of plain words, which have no markup that could say it."""
    return f"\u200f{words}" if direction(page_language()) == "rtl" else words


def _add(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = _NO_SIGN.sub("", text)
    return child


def _stamp(instant: datetime) -> str:
    return instant.replace(microsecond=0).isoformat().replace("+00:00", "Z")
