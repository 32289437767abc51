"""What every row of the catalogue has: how sure it is, where it was read, who looked at it last."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from app.core.types import Facts, JSONFacts, UTCDateTime, code_type
from app.moments.models import Certainty


class Fact:
    """A mixin: a fact about the world outside, with its certainty and source.

    `certainty` is that of the row; `certainties` holds, by column, those that differ from it (an address may be less
    sure than the name). `checked_on` is the day somebody last compared it with the source; nobody of this house did
    where `checked_by` is empty: then it is the day of the file it came with. `confirmed_at`: a person of this house
    stands by the row, and no file changes it any more.
    """

    certainty: Mapped[Certainty] = mapped_column(code_type(Certainty, "certainty"))
    certainties: Mapped[Facts] = mapped_column(JSONFacts, default=dict)
    source: Mapped[str] = mapped_column(sa.Text, default="")
    checked_on: Mapped[date | None]
    checked_by: Mapped[UUID | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    confirmed_by: Mapped[UUID | None]

    def certainty_of(self, column: str) -> Certainty:
        """Return how sure one column is."""
        return Certainty(self.certainties.get(column, self.certainty))
