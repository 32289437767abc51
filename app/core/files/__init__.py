"""Files that people bring: checked for what they are, kept under a name of ours, given back to who may see their thing.

`uploads` is the field of a form, `kinds` says what bytes are, `stored` keeps the row and the bytes, `answers` sends
them, `jobs` sweeps up what nobody needs. A package above names a stored file by key and decides alone who sees it.
"""

from app.core.files.stored import (
    Incoming,
    KeptTwice,
    StoredFile,
    folder,
    hold,
    keep,
    lay_down,
    lay_down_written,
    path_of,
    remove,
)

__all__ = [
    "Incoming",
    "KeptTwice",
    "StoredFile",
    "folder",
    "hold",
    "keep",
    "lay_down",
    "lay_down_written",
    "path_of",
    "remove",
]
