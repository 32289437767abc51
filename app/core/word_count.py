"""How many words a text has, in whatever script: words between the word boundaries of Unicode (UAX #29), as offices of
the United Nations and word processors count them, close enough for a limit.

A word is what stands between two boundaries and has a letter, a number or a connector ("_") in it. An apostrophe, a
colon or a point within letters is no boundary ("l’eau", "e.g", "aujourd’hui" are one word each), nor is a point or a
comma within numbers ("1.400"). A hyphen is: "co-op" is two. Chinese signs and Hiragana count one by one. Scripts that
write without blanks (Thai, Lao, Khmer, Burmese) would need a dictionary: there a run between blanks is one.

Some offices count an elided article for itself ("l’habitat" is two words then); a house may ask for that.
"""

from __future__ import annotations

import regex

# Each match begins with a letter and goes to the next boundary. To look for boundaries alone takes the square of the
# length in a row of flags, whose signs go in pairs.
_WORD = regex.compile(
    r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]+|[\p{L}\p{N}\p{Pc}--\p{No}].*?\b",
    regex.VERSION1 | regex.WORD | regex.DOTALL,
)

# The little words that French, Catalan and Italian elide. A shortened word of English ("don't") and a name ("O'Brien")
# begin with others, and "aujourd'hui" is one word in any count.
_ELIDED = regex.compile(r"\b(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’](?=\p{L})", regex.IGNORECASE)


def count_words(text: str, *, splits_elisions: bool = False) -> int:
    """Return the number of words in plain text; with `splits_elisions`, "l’habitat" counts as two."""
    if splits_elisions:
        text = _ELIDED.sub(" x ", text)
    return sum(1 for _ in _WORD.finditer(text))
