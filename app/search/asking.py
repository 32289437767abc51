"""From what somebody typed to what the database is asked: the same for SQLite (FTS5) and PostgreSQL.

Every word typed has to be found, in any of its readings and by its stem in any of the five languages; small words
("the", "de", "في") count only where nothing else was typed. Words hold letters and digits alone, so nothing typed is
ever understood as a sign of the database's own language.
"""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from app.core.errors import MalocaError
from app.extensions import db
from app.search.models import SearchEntry
from app.search.reading import index_words, places, plain_words
from app.search.stems import NAMES

LONGEST_QUERY = 200
MOST_WORDS = 12

SMALL_WORDS = frozenset(
    word
    for line in (
        "a an and as at by for from in of on or the to with",
        "a au aux avec ce ces dans de des du en et la le les leur leurs ou par pour que qui sur un une",
        "al con del e el en es las los o para por que se su sus un una y",
        "ao aos as com da das do dos em na nas no nos os ou um uma",
        "في من على الى عن مع او ان هذا هذه",
    )
    for word in line.split()
)

_full_text = sa.table("fts_search_entry", sa.column("rowid"), sa.column("fts_search_entry"))


class NoWords(MalocaError):
    """What was typed holds no word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: per word typed, the words of the index that answer it. `is_prefix`: beginnings of words
    answer too."""

    groups: tuple[frozenset[str], ...]
    is_prefix: bool = False

    @property
    def words(self) -> frozenset[str]:
        return frozenset().union(*self.groups)


def read_query(typed: str) -> Asked:
    """Return what was asked by whole words. Raises `NoWords`."""
    return _asked(typed, is_prefix=False)


def beginnings(typed: str) -> Asked:
    """Return the same as beginnings of words. Raises `NoWords`."""
    return _asked(typed, is_prefix=True)


def _asked(typed: str, *, is_prefix: bool) -> Asked:
    every = list(places(typed[:LONGEST_QUERY]))
    large = [place for place in every if not plain_words(place) <= SMALL_WORDS]
    groups = dict.fromkeys(
        frozenset(plain_words(place) if is_prefix else index_words(place, NAMES)) for place in large or every
    )
    if not groups:
        raise NoWords
    return Asked(tuple(groups)[:MOST_WORDS], is_prefix)


def matches(asked: Asked, *, in_title: bool = False) -> sa.ColumnElement[bool]:
    """Return the filter for rows of `SearchEntry` that hold what was asked."""
    if db.engine.dialect.name == "postgresql":
        column = SearchEntry.title_words if in_title else SearchEntry.words
        vector = sa.func.array_to_tsvector(sa.func.string_to_array(column, sa.literal_column("' '")))
        return vector.bool_op("@@")(sa.cast(_for_postgresql(asked), TSQUERY))
    wanted = f"{'title_words' if in_title else 'words'} : ({_for_sqlite(asked)})"
    found = sa.select(_full_text.c.rowid).where(_full_text.c.fts_search_entry.op("MATCH")(wanted))
    return SearchEntry.id.in_(found)


def _for_sqlite(asked: Asked) -> str:
    return _joined(asked, '"{}"*' if asked.is_prefix else '"{}"', " OR ", " AND ")


def _for_postgresql(asked: Asked) -> str:
    return _joined(asked, "'{}':*" if asked.is_prefix else "'{}'", " | ", " & ")


def _joined(asked: Asked, quoted: str, either: str, both: str) -> str:
    alternatives = (either.join(quoted.format(word) for word in sorted(group)) for group in asked.groups)
    return both.join(f"({group})" for group in alternatives)
