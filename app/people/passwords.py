"""Passwords: what may be one, its argon2id hash, and the check that takes the same time whoever is asked for.

A hash takes some 30 ms and 19 MiB. It is made and checked while no transaction is open (on SQLite a sent form holds
the write lock from its first query on): `let_go_of_the_database` ends what was only read before.
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import Argon2Error, InvalidHashError
from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.languages import fold
from app.extensions import db

MIN_CHARACTERS = 10
MAX_BYTES = 1000

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, *, email: str = "", house_name: str = "", field: str = "password") -> None:
    """Raise `RuleBroken` at the field for a password that is too short, too long, or a name everybody knows."""
    normal = _normal(password)
    if len(normal) < MIN_CHARACTERS:
        raise RuleBroken(_l("Use at least 10 characters. A few words in a row are easy to remember."), field=field)
    if len(normal.encode()) > MAX_BYTES:
        raise RuleBroken(_l("This password is too long. Use at most a few sentences."), field=field)
    known = {fold(email), fold(email.partition("@")[0]), fold(house_name)} - {""}
    if fold(normal) in known:
        raise RuleBroken(
            _l("Others would guess this first: it is your e-mail or the name of this house. Choose other words."),
            field=field,
        )


def let_go_of_the_database() -> None:
    """End the transaction of this request, in which nothing was written yet."""
    db.session.rollback()


def hash_password(password: str) -> str:
    """Return the argon2id hash (19 MiB, t=2, p=1) of a password in normal form. No transaction may be writing."""
    return _hasher.hash(_normal(password))


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return _hasher.hash("nobody signs in with this")


def is_right(password_hash: str | None, password: str) -> bool:
    """Return whether a password fits. Without a hash the same work is done for nothing: time tells nobody who is
    known here."""
    if len(password.encode()) > 4 * MAX_BYTES:
        password = ""
    try:
        fits = _hasher.verify(password_hash or _nobodys_hash(), _normal(password))
    except (Argon2Error, InvalidHashError):
        return False
    return fits and password_hash is not None


def mark_of(password_hash: str) -> str:
    """Return what shows that a browser sent the password behind a hash: the hash is salted, so nobody else makes the
    mark, and nothing is learnt from it."""
    return hashlib.sha256(password_hash.encode()).hexdigest()


def is_outdated(password_hash: str) -> bool:
    """Return whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(password_hash)
