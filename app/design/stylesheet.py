"""What the stylesheet says of itself: its tokens in both schemes, and how well one colour stands on another.

The living page and the tests read the file that browsers get, so that nothing written about the look can differ from
the look. Pure but for reading that one file. Ratios are those of WCAG 2.x (relative luminance of sRGB).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

STYLESHEET = Path(__file__).resolve().parents[1] / "core" / "static" / "house.css"

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_TOKEN = re.compile(r"--([\w-]+):\s*([^;}]+?)\s*[;}]")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.I)


def plain(css: str) -> str:
    """Return a stylesheet without its comments."""
    return _COMMENT.sub("", css)


def rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield selector and declarations of each rule, also of those inside a media rule, in the order of the file."""
    for selector, declarations in _RULE.findall(plain(css)):
        yield " ".join(selector.split()), declarations


def classes(css: str) -> set[str]:
    """Return every class that some selector names."""
    return {name for selector, _ in rules(css) for name in re.findall(r"\.(-?[A-Za-z_][\w-]*)", selector)}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The custom properties of one scheme, by name without the dashes; `own` are those that dark says anew."""

    scheme: str
    values: dict[str, str]
    own: frozenset[str] = field(default_factory=frozenset)

    def ratio(self, front: str, ground: str) -> float:
        """Return the contrast of two tokens, 1 to 21."""
        return contrast(self.values[front], self.values[ground])


def tokens(css: str, scheme: str) -> Tokens:
    """Return the tokens of a scheme, "light" or "dark". Paper and other languages have their own, left out here."""
    found: dict[str, str] = {}
    dark: dict[str, str] = {}
    for selector, declarations in rules(css):
        said = dict(_TOKEN.findall(declarations + ";"))
        if selector in (":root", "[lang]"):
            found = said | found  # what stands first is the screen's; print says it again further down
        elif selector == ':root[data-scheme="dark"]':
            dark = said
    return Tokens(scheme, found | dark, frozenset(dark)) if scheme == "dark" else Tokens(scheme, found)


@lru_cache(maxsize=2)
def tokens_of_house(scheme: str) -> Tokens:
    """Return the tokens of the house's own stylesheet, read once per process."""
    return tokens(STYLESHEET.read_text(), scheme)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour written in hexadecimal; ValueError for any other."""
    found = _HEX.fullmatch(colour)
    if found is None:
        raise ValueError(f"{colour!r} is not a colour written as #rgb or #rrggbb")
    digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
    parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the WCAG ratio of two colours, whichever is the lighter: 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
