"""Files that people bring: checked for what they are, kept under a name of ours in the instance folder, one row each.

A file belongs to one thing of a package above (a material, a voice), which decides who sees it and names it by key.
Bytes lie below `<instance>/files/`; the row says what they are. The bytes are written first, by the form's check and
outside of any transaction (`uploads`); `keep` writes the row, inside the one of the service. Bytes whose row was never
written are swept up later (`jobs`).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID, uuid4

import sqlalchemy as sa
from flask import current_app
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.types import UTCDateTime
from app.extensions import Model, db


class StoredFile(Model):
    """A kept file. `name` is the name it came with, cleaned; `media_type` is what its bytes say, not its name.

    `removed_at`: no thing needs it any more; a job deletes the row, then the bytes.
    """

    __tablename__ = "stored_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    name: Mapped[str] = mapped_column(sa.String(200))
    media_type: Mapped[str] = mapped_column(sa.String(120))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    brought_by: Mapped[UUID | None]
    brought_at: Mapped[datetime] = mapped_column(UTCDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UTCDateTime, index=True)


class KeptTwice(RuleBroken):
    """One upload makes one file."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A checked file whose bytes lie in the folder already, under `id`. `seconds` is how long a recording lasts."""

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    seconds: int = 0


def folder() -> Path:
    """Return the folder of all files: a part of every backup."""
    return Path(current_app.extensions["maloca"].instance) / "files"


def path_of(file_id: UUID) -> Path:
    """Return where the bytes of a file lie. No word of a user is in it."""
    return folder() / file_id.hex[:2] / str(file_id)


def lay_down(body: bytes, *, name: str, media_type: str, seconds: int = 0) -> Incoming:
    """Write bytes that were checked into the folder, whole or not at all; never inside a transaction."""
    return lay_down_written(lambda out: out.write(body), name=name, media_type=media_type, seconds=seconds)


def lay_down_written(write: Callable[[BinaryIO], object], *, name: str, media_type: str, seconds: int = 0) -> Incoming:
    """Let `write` put bytes into the folder, whole or not at all, however many: under another name until all are there.
    What a process leaves behind that was ended meanwhile is swept up (`jobs`)."""
    file_id = uuid4()
    path = path_of(file_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        with part.open("x+b") as out:
            write(out)
            out.flush()
            os.fsync(out.fileno())
            size = out.seek(0, os.SEEK_END)
            out.seek(0)
            digest = hashlib.file_digest(out, "sha256").hexdigest()
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Incoming(file_id, name, media_type, size, digest, seconds)


def keep(actor: Actor, incoming: Incoming, *, now: datetime) -> StoredFile:
    """Write the row of a checked file, inside the transaction of the thing that will name it.

    Raises `KeptTwice` when a form sent again brings a file that another form has kept already.
    """
    stored = StoredFile(
        id=incoming.id,
        name=incoming.name,
        media_type=incoming.media_type,
        size=incoming.size,
        sha256=incoming.sha256,
        brought_by=actor.person_id,
        brought_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(stored)
    except IntegrityError:
        raise KeptTwice(_l("This file is kept already. Choose it again if you want it twice."), field="file") from None
    return stored


def hold(stored: StoredFile) -> bool:
    """Lock the row of a file that one more thing will name, or one fewer; False when it is being taken away."""
    db.session.flush()
    db.session.refresh(stored, ["removed_at"], with_for_update=True)
    return stored.removed_at is None


def remove(stored: StoredFile, *, now: datetime) -> None:
    """Say that nothing needs this file any more. The caller has let go of its own key to it. Twice is once."""
    stored.removed_at = stored.removed_at or now
