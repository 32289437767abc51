"""When two written names may be one person's: the same words in any order, or the same sounds in two alphabets."""

from __future__ import annotations

import re
from functools import lru_cache

from app.core.languages import fold

_ARABIC = str.maketrans(
    {
        "ب": "b", "ت": "t", "ث": "t", "ج": "j", "ح": "h", "خ": "k", "د": "d", "ذ": "d", "ر": "r", "ز": "s", "س": "s",
        "ش": "x", "ص": "s", "ض": "d", "ط": "t", "ظ": "s", "غ": "g", "ف": "f", "ق": "k", "ك": "k", "ک": "k", "گ": "g",
        "ل": "l", "م": "m", "ن": "n", "ه": "h", "پ": "b", "چ": "x", "ڤ": "f",
        "ا": "", "أ": "", "إ": "", "آ": "", "ء": "", "ئ": "", "ؤ": "", "ى": "", "ي": "", "ی": "", "و": "", "ع": "",
        "ة": "",
    }
)  # fmt: skip
_SOUNDS = (
    (r"sch|sh|ch|tch", "x"), (r"kh|ck|q|c", "k"), (r"gh", "g"), (r"th", "t"), (r"dh", "d"), (r"ph|v", "f"),
    (r"dj|g(?=[ei])", "j"), (r"z|ss|ç", "s"), (r"p", "b"), (r"[aeiouyw']", ""),
)  # fmt: skip
_NO_WORD = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^(?:al|el|ال)-?(?=\w{3})")


def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a name in the order of the alphabet, so that "Ejemplo, Rosa" is "Rosa Ejemplo"."""
    plain = fold(name.replace("’", "").replace("'", ""))
    return tuple(sorted(_NO_WORD.sub(" ", plain).split()))


@lru_cache(maxsize=8192)
def sound_of(word: str) -> str:
    """Return the consonants of a folded word in one alphabet: "houda", "huda" and "هدى" sound alike. "" for a word
    with fewer than two consonants, or in an alphabet this does not know."""
    plain = _ARTICLE.sub("", word).translate(_ARABIC)
    for written, sound in _SOUNDS:
        plain = re.sub(written, sound, plain)
    plain = re.sub(r"(.)\1+", r"\1", plain)
    plain = plain[:-1] if len(plain) > 2 and plain.endswith("h") else plain
    return plain if len(plain) >= 2 and plain.isascii() else ""


def sounds_of(name: str) -> tuple[str, ...]:
    """Return the sounds of a name's words in order; () unless there are two words or more that have one: a single
    name sounds like too many others."""
    sounds = tuple(sorted(sound for word in words_of(name) if (sound := sound_of(word))))
    return sounds if len(sounds) >= 2 else ()
