"""The words of one entry: plain text of a bearable length, without markup, without anybody's e-mail address."""

from __future__ import annotations

import html
import re
from typing import Any

import nh3
from icalendar import Event

from app.core.addresses import is_web_address
from app.core.languages import find_tag, is_blank
from app.events.models import ADDRESS, DESCRIPTION, ORGANISER, PLACE, TITLE

LONGEST_RAW = 20_000
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,500}>")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^<>]{0,100}>", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n+")


def plain(value: Any, longest: int) -> str:
    """Return words without markup: programs write HTML into fields that are for plain text."""
    text = str(value or "")[:LONGEST_RAW].replace("\r\n", "\n").replace("\r", "\n")
    if _TAG.search(text):
        text = html.unescape(nh3.clean(_BREAK.sub("\n", text), tags=set(), attributes={}))
    text = _UNSEEN.sub("", text.encode("utf-8", "ignore").decode())
    return _EMPTY_LINES.sub("\n\n", text).strip()[:longest].strip()


def line(value: Any, longest: int) -> str:
    """The same on one line."""
    return " ".join(plain(value, longest * 2).split())[:longest].strip()


def first(event: Event, name: str) -> Any:
    """Return the first of the properties with a name."""
    found = event.get(name)
    return found[0] if isinstance(found, list) and found else found


def title_of(event: Event) -> str:
    """Return the title of an entry; "" where nobody would see anything of it."""
    title = line(first(event, "SUMMARY"), TITLE)
    return "" if is_blank(title) else title


def words_of(event: Event) -> dict[str, str]:
    """Return the words that are kept: title, its language where it says one, description, place, organiser, address of
    its page."""
    summary, organiser = first(event, "SUMMARY"), first(event, "ORGANIZER")
    tag = str(getattr(summary, "params", {}).get("LANGUAGE", ""))
    name = line(getattr(organiser, "params", {}).get("CN", ""), ORGANISER)
    address = str(first(event, "URL") or "").strip()
    return {
        "title": title_of(event),
        "language": (find_tag(tag) or "") if tag else "",
        "description": plain(first(event, "DESCRIPTION"), DESCRIPTION),
        "place": line(first(event, "LOCATION"), PLACE),
        "organiser": "" if "@" in name else name,
        "address": address if is_web_address(address, longest=ADDRESS) else "",
    }
