"""Reading what was pasted from the chat of a meeting: who said what, in order. Nothing of it is kept here.

Meeting programmes write their chats each in their own way, and in the language of whoever saved them:

    17:03:22 From Fatou Exemple to Everyone:         [17:03] Fatou Exemple : words
    <tab>words                                       21/11/2026, 17:03 - Fatou Exemple: words

Words that were said to one person are left out whoever pasted them: they were never meant for others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.languages import fold, one_line

LONGEST_CHAT = 200_000
"""Characters of a chat: a long meeting of a hundred people has fewer."""

_HOUR = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[APap]\.?[Mm]\.?)?"
_DATE = r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?"
_FROM = "From|De|Von|Da|من"
_TO = "to|To|à|À|a|para|an|إلى|الى"
_ALL = {
    "everyone",
    "everyone (in meeting)",
    "tout le monde",
    "todos",
    "todas",
    "todas y todos",
    "alle",
    "tutti",
    "الجميع",
}
"""Whom a message is for when it is for everybody."""

_WHO = "(?P<who>[^: ][^:]{0,119}?) ?:"
_SAID_TO = re.compile(rf"(?:{_DATE} )?{_HOUR} (?:{_FROM}) (?P<who>[^:]+?) (?:{_TO}) (?P<whom>[^:]+?) ?:")
_BRACKETED = re.compile(rf"\[(?:{_DATE} )?{_HOUR}\] ?{_WHO}")
_DASHED = re.compile(rf"{_DATE} {_HOUR} [-–] {_WHO}")
_TIMED = re.compile(rf"(?:{_DATE} )?{_HOUR} (?!\d){_WHO}")
_NAMED = re.compile(r"(?P<who>[^\s:][^:]{0,59}?) ?: (?=\S)")
_SHAPES = (_SAID_TO, _BRACKETED, _DASHED, _TIMED)
_LONGEST_HEAD = 300
"""Letters at the beginning of a line, blanks in a row counted as one, in which hour and names stand. Only these are
compared with the shapes: a line may be as long as a whole chat, and comparing it all could take minutes."""

_READ_FOR_HEAD = 2_000
_MARKS = str.maketrans("", "", "\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff")
"""Marks of direction that some programmes put around names."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one person said: all they wrote in a row. `who` is the name as the programme knew it."""

    who: str
    words: str


@dataclass(frozen=True, slots=True)
class Chat:
    """What could be read: `said` in order, how many lines were `private` (left out), and lines `before` anybody's name
    (left out as well: nobody's words)."""

    said: tuple[Said, ...]
    private: int
    before: int


def read_chat(pasted: str) -> Chat:
    """Return who said what. Never raises: what has no name is counted, not guessed."""
    lines = pasted.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").split("\n")
    shapes = _SHAPES if any(_matches(line, _SHAPES) for line in lines) else (_NAMED,)
    said: list[tuple[str, list[str]]] = []
    private = before = 0
    is_private = False
    for line in lines:
        found = _matches(line, shapes)
        if found is None:
            if not line.strip():
                continue
            if is_private:
                private += 1
            elif said:
                said[-1][1].append(line.strip())
            else:
                before += 1
            continue
        is_private = _is_private(found)
        if is_private:
            private += 1
            continue
        who, words = one_line(found["who"]), _after(line, found)
        if said and said[-1][0] == who:
            said[-1][1].extend([words] if words else [])
        else:
            said.append((who, [words] if words else []))
    rows = tuple(Said(who, "\n\n".join(words)) for who, words in said if words)
    return Chat(rows, private, before)


def _matches(line: str, shapes: tuple[re.Pattern[str], ...]) -> re.Match[str] | None:
    head = re.sub(r"\s+", " ", line[:_READ_FOR_HEAD].translate(_MARKS))[:_LONGEST_HEAD]
    return next((found for shape in shapes if (found := shape.match(head))), None)


def _after(line: str, found: re.Match[str]) -> str:
    """Return the words of a line as they were typed: what stands after the colon that ends the names."""
    colons = found.group().count(":")
    return line.split(":", colons)[colons].strip()


def _is_private(found: re.Match[str]) -> bool:
    whom = found.groupdict().get("whom")
    return whom is not None and fold(whom) not in {fold(all_of_them) for all_of_them in _ALL}
