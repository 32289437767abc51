"""Names of files: what is kept of the name a file came with, so that it is harmless on every system it goes to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 120
JOINERS = "\u200c\u200d"
"""Not seen, and needed: Persian and the scripts of India spell words with them."""

_FORBIDDEN = re.compile(r'[<>:"|?*%]')
_OF_DEVICES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def clean_name(written: str, extensions: Collection[str]) -> str:
    """Return a harmless name that ends as the kind of file says: one of `extensions` (lower case, without dot).

    Folders are cut off; what cannot be seen goes (control signs, turns of direction); names of devices are no names.
    """
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", written)[-1])
    name = "".join(sign for sign in name if sign in JOINERS or unicodedata.category(sign) not in _UNSEEN)
    name = _FORBIDDEN.sub("_", re.sub(r"\s+", " ", name)).strip(" .")
    stem, ending = _split(name, extensions)
    stem = stem[: LONGEST - len(ending) - 1].strip(" .")
    if not any(sign.isalnum() for sign in stem):
        stem = "file"
    if _OF_DEVICES.match(stem.split(".", maxsplit=1)[0].strip()):
        stem = f"_{stem}"
    return f"{stem}.{ending}"


_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")


def _split(name: str, extensions: Collection[str]) -> tuple[str, str]:
    stem, _dot, ending = name.rpartition(".")
    if stem and ending.lower() in extensions:
        return stem, ending.lower()
    return name, next(iter(extensions))
