"""Inclusive spellings: one written form, several readings (S3-35).

"habitant·e·s" is read as habitant, habitante, habitants and habitantes; "animateur·rice", "Adhérent-e-s", "amiga-o",
"facilitadora/or", "(e)", "tod@s" likewise. Every reading is indexed, so each of them finds the page. Endings are
compared without accents; a reading that no language has harms nobody, for nobody types it.
"""

from __future__ import annotations

import re

ADDED = ("e", "es", "ne", "le", "te", "sse", "a", "as")
"""Endings that may stand behind the whole word: habitant·e, citoyen·ne, facilitador/a."""

REPLACED = (
    # French
    ("e", "esse"), ("eur", "rice"), ("eur", "euse"), ("x", "se"), ("f", "ve"), ("er", "ere"), ("eau", "elle"),
    ("c", "que"), ("s", "tes"), ("s", "te"),
    # Spanish and Portuguese, either gender first
    ("a", "o"), ("o", "a"), ("as", "os"), ("os", "as"), ("ora", "or"), ("oras", "ores"), ("as", "es"), ("es", "as"),
    ("e", "a"), ("a", "e"), ("ao", "a"), ("a", "ao"), ("oes", "as"),
)  # fmt: skip
"""End of the word as written, and the end of the other form that takes its place: anima-teur·rice, amiga-o. What is
written behind the sign may be more or less than that end: ac-teur·trice, direct-eur·ice."""

ENDINGS = (
    "e", "ne", "le", "te", "esse", "sse", "rice", "trice", "ice", "euse", "se", "ve", "ère", "ere", "ière", "iere",
    "elle", "que", "tes", "a", "o", "as", "os", "or", "ora", "oras", "ores", "es", "ão", "ao", "ã",
)  # fmt: skip
"""What stands behind the sign, as people write it; a plural s may follow, with or without a sign of its own."""

SIGNS = "-.·•‧∙⋅‐‑–/"
"""Signs between a word and its other ending. A full stop counts only where the ending follows without a blank."""


def pattern(letter: str) -> str:
    """Return the regular expression of one inclusive spelling; `letter` is the class of one letter. Groups: `base`,
    `ending` or `bracket`, `plural`, or `both` (before an @)."""
    endings = f"(?i:{'|'.join(sorted(ENDINGS, key=len, reverse=True))})"
    sign = f"[{re.escape(SIGNS)}]"
    return (
        rf"(?:(?P<base>{letter}{{2,}}+)(?:{sign}(?P<ending>{endings})|\((?P<bracket>{endings})\))"
        rf"(?P<plural>{sign}?[sS]|\([sS]\))?|(?P<both>{letter}{{2,}}+)@(?P<several>[sS])?)(?!{letter}|[@.]{letter}{{4}})"
    )


def readings(base: str, ending: str, *, is_plural: bool) -> list[str]:
    """Return what one spelling stands for, both genders; in the plural, each in both numbers. All come folded."""
    forms = [base, *others(base, ending)]
    if is_plural:
        forms += [form if form.endswith(("s", "x")) else f"{form}s" for form in forms]
    return list(dict.fromkeys(forms))


def others(base: str, ending: str) -> list[str]:
    """Return the other gender's forms of a word that is written with this ending behind its sign."""
    found = [base + ending] if ending in ADDED else []
    for old, new in REPLACED:
        fits = new == ending or (min(len(new), len(ending)) > 1 and (new.endswith(ending) or ending.endswith(new)))
        if base.endswith(old) and len(base) > len(old) + 1 and fits:
            found.append(base.removesuffix(old) + new)
    return found
