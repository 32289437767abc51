"""A kept file as an answer: under its own name, never run by a browser, in pieces where asked, never kept by others.

Who may have it was asked before, by the thing that owns it. The browser asks again each time it uses its copy
(`no-cache` with the hash of the bytes), so that a file that became unseen is not shown from a copy, and one that did
not change costs no data.
"""

from __future__ import annotations

from pathlib import PurePath
from urllib.parse import quote

import structlog
from flask import send_file
from werkzeug.wrappers import Response

from app.core.errors import NotFound
from app.core.files.stored import StoredFile, path_of
from app.core.languages import fold

POLICY = "sandbox; default-src 'none'"


def send(stored: StoredFile, *, is_shown: bool = False) -> Response:
    """Return the bytes; `is_shown` where a page of ours plays or shows them, else they are downloaded.

    Raises `NotFound` while a file is being taken away, or when the folder has lost it (which is logged).
    """
    path = path_of(stored.id)
    if stored.removed_at is not None:
        raise NotFound
    if not path.is_file():
        structlog.get_logger().error("files.lost", file=str(stored.id))
        raise NotFound
    answer = send_file(
        path,
        mimetype=stored.media_type,
        as_attachment=not is_shown,
        download_name=stored.name,
        conditional=True,
        etag=stored.sha256,
    )
    if not any(character.isascii() and character.isalnum() for character in fold(stored.name.rpartition(".")[0])):
        _name_in_ascii(answer, stored.name)
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _name_in_ascii(answer: Response, name: str) -> None:
    """Give a name of other letters a stand-in for programs that read ASCII alone: they would keep ".csv" of it."""
    kind = PurePath(name).suffix
    stand_in = f"file{kind}" if kind.isascii() else "file"
    manner = answer.headers["Content-Disposition"].partition(";")[0]
    answer.headers.set(
        "Content-Disposition", manner, filename=stand_in, **{"filename*": f"UTF-8''{quote(name, safe='')}"}
    )
