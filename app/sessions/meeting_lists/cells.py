"""What one cell of a participants' list says: a name without ornaments, an address, a length of time, a machine."""

from __future__ import annotations

import re
import unicodedata

from app.core.languages import fold

NAME_LENGTH = 160
"""As long as a name of the house may be; the rest of a longer cell is cut."""

ADDRESS_LENGTH = 254

MOST_MINUTES = 24 * 60

_ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]]{1,64}@[^\s@<>,;:\"()\[\]]{1,190}\.[^\s@<>,;:\"()\[\].]{2,63}")
_BULLET = re.compile(r"^(?:[-*•·–—>]+\s+|\d{1,4}\s*[.)]\s+)")
_HOLLOW = re.compile(r"[<(\[]\s*[>)\]]")
_CLOCK = re.compile(r"^(\d{1,3}):(\d{2})(?::(\d{2}))?$")
_ISO = re.compile(r"^pt(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$")
_PLAIN = re.compile(
    r"^(\d{1,5})(?:[.,]\d+)?\s*(?:m|min|mins|minutes?|minutos?|minuti|minuten|minuto|د|دقيقة|دقائق)?\.?$"
)
_PARTS = re.compile(
    r"(\d{1,5})\s*(h|hr|hrs|hours?|heures?|horas?|ore|ora|std|stunden?|س|ساعة|ساعات"
    r"|m|min|mins|minutes?|minutos?|minuti|minuto|minuten|د|دقيقة|دقائق"
    r"|s|sec|secs|seconds?|secondes?|segundos?|secondi|sekunden?|ث|ثانية|ثوان)\b\.?"
)
_HOURS = ("h", "o", "st", "س")
_MINUTES = ("m", "د")
_DATE = re.compile(r"^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ ,t].*)?$|^\d{1,2}:\d{2}(?::\d{2})?(?:\s*[ap]\.?\s?m\.?)?$")

_ROLES = """
host co-host cohost me guest you organizer organiser presenter attendee external unverified
hote co-hote invite invitee invite·e moi vous organisateur organisatrice externe
anfitrion anfitriona coanfitrion yo tu invitado invitada organizador organizadora externo externa
anfitria coanfitriao eu voce convidado convidada ich gast io ospite أنا ضيف المضيف أنت
"""
_ROLE_WORDS = frozenset(fold(word) for word in _ROLES.split())
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")

_MACHINES = re.compile(
    r"\b(?:iphone|ipad|ipod|macbook|imac|android|galaxy|samsung|xiaomi|redmi|huawei|tecno|infinix|itel|oppo|"
    r"chromebook|laptop|desktop|smartphone|zoom ?room|zoom user|meeting room|conference room|board ?room|room \w{1,3}|"
    r"salle \w{1,12}|salle|sala \d+|sala de \w+|aula \d+|raum \d+|otter\.?ai|fireflies|read\.?ai|notetaker|note taker|"
    r"recorder|recording|call-in user|dial-in|phone user)\b|قاعة|غرفة"
)
_NOBODY = """
user guest anonymous unknown zoom host co-host pc tablet phone mobile participant invite invitee anonyme inconnu
telephone usuario invitado invitada anonimo desconocido telefono convidado convidada telefone desconhecido room sala
admin ضيف مجهول هاتف مستخدم
"""
_NOBODY_WORDS = frozenset(fold(word) for word in _NOBODY.split())
_BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_BEFORE_TIME = re.compile(r"[\s,;:(\[–—-]+(?=\d|PT\d)", re.IGNORECASE)
_LONGEST_TIME = 60
_PHONE = re.compile(r"^\+?[\d\s().*xX-]{6,}$")


def clean_cell(text: str, length: int = NAME_LENGTH) -> str:
    """Return a cell on one line, without what shows nothing, cut at a sane length."""
    shown = _BREAKS.sub(" ", text[: length * 4])
    if not shown.isprintable():  # most cells are: looking at each character is for the others
        shown = "".join(c for c in shown if c.isprintable() or not _shows_nothing(c))
    return " ".join(shown.split())[:length].rstrip()


def _shows_nothing(character: str) -> bool:
    return character in "\ufeff\u200b\u2060" or unicodedata.category(character) in ("Cs", "Cn")


def find_address(text: str) -> str:
    """Return the first e-mail address in a text, "" where there is none."""
    found = _ADDRESS.search(text[:2000]) if "@" in text else None
    return found.group()[:ADDRESS_LENGTH] if found else ""


def clean_name(text: str) -> str:
    """Return a name without list signs, addresses, and words a programme adds: "2. Rosa Ejemplo (Host)"."""
    words = _ADDRESS.sub(" ", text[:2000]) if "@" in text else text[:2000]
    words = clean_cell(_HOLLOW.sub(" ", _BULLET.sub("", clean_cell(words))))
    while (bracket := _BRACKET.search(words)) and _is_role(bracket.group(1)):
        words = words[: bracket.start()].rstrip()
    return words.strip(" ,;\"'")


def _is_role(text: str) -> bool:
    words = re.split(r"[\s,/&]+", fold(text).strip())
    return bool(text.strip()) and all(word in _ROLE_WORDS for word in words if word)


def minutes_of(text: str) -> int | None:
    """Return a length of time in whole minutes, rounded down: "45", "1:05:00", "1 h 5 min", "PT45M"; None for
    anything else. Two numbers with one colon are hours and minutes."""
    words = fold(clean_cell(text, 60))
    if plain := _PLAIN.match(words):
        return min(int(plain.group(1)), MOST_MINUTES)
    if clock := _CLOCK.match(words):
        hours, minutes = int(clock.group(1)), int(clock.group(2))
        return min(hours * 60 + minutes, MOST_MINUTES)
    if (iso := _ISO.match(words)) and any(iso.groups()):
        hours, minutes, seconds = (int((part or "0")[:6]) for part in iso.groups())
        return min(hours * 60 + minutes + seconds // 60, MOST_MINUTES)
    parts = _PARTS.findall(words)
    if not parts or _PARTS.sub(" ", words).strip(" ,.و"):
        return None
    total = sum(
        int(number) * (3600 if _is(unit, _HOURS) else 60 if _is(unit, _MINUTES) else 1) for number, unit in parts
    )
    return min(total // 60, MOST_MINUTES)


def _is(unit: str, starts: tuple[str, ...]) -> bool:
    return unit.startswith(starts)


def is_time(text: str) -> bool:
    """Return whether a cell is a date, an hour or a length of time and so no name."""
    words = fold(clean_cell(text, 60))
    return bool(_DATE.match(words)) or minutes_of(words) is not None


def without_time(name: str) -> tuple[str, int | None]:
    """Return a name without the length of time written behind it, and its minutes: "Rosa Ejemplo, 12 min", "Rosa
    Ejemplo (1:05:00)". A bare number counts behind a comma only: "Rosa 2" is a name."""
    start = max(len(name) - _LONGEST_TIME, 0)
    for mark in _BEFORE_TIME.finditer(name, start):
        before, time = name[: mark.start()].rstrip(" ,;"), name[mark.end() :].rstrip(" )],;")
        is_told = not time.isdecimal() or bool({",", ";"} & set(mark.group()))
        if is_told and has_letters(before) and (minutes := minutes_of(time)) is not None:
            return before, minutes
    return name, None


def is_machine(name: str) -> bool:
    """Return whether a name looks like that of a device, a room, a telephone or a recorder rather than a person's."""
    words = fold(name)
    return words in _NOBODY_WORDS or bool(_PHONE.match(words)) or bool(_MACHINES.search(words))


def has_letters(text: str) -> bool:
    """Return whether there is a letter of any alphabet in it."""
    return any(character.isalpha() for character in text)
