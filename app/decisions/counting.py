"""R-23 as arithmetic: from the roll, the voices, the proxies, the version and the quorum to a result. Pure.

An objection to the current version that stands prevents. Without one, the quorum of participation decides: met, the
proposal is adopted and the silence of the others counts as consent; not met, nothing is decided. Late voices, replaced
ones, and those to an older version count for nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from app.decisions.models import Stage, Stand


class Standing(StrEnum):
    """Where an organisation of the roll stands when it is counted."""

    CONSENT = "consent"
    ABSTAIN = "abstain"
    OBJECT = "object"
    WITHDRAWN = "withdrawn"  # it objected, and took the objection back: it has spoken
    SILENT = "silent"


_STRENGTH = {standing: place for place, standing in enumerate(
    (Standing.SILENT, Standing.CONSENT, Standing.ABSTAIN, Standing.WITHDRAWN, Standing.OBJECT)
)}  # fmt: skip
"""Which of two voices of one organisation is heard. The tables let one stand; should two be counted at once, the one
that asks for more care is heard, and the organisation counts once all the same."""


@dataclass(frozen=True, slots=True)
class Said:
    """One voice on record. `through` is the organisation that spoke; None for the organisation itself."""

    organisation: UUID
    stand: Stand
    version: int
    through: UUID | None = None
    is_late: bool = False
    is_replaced: bool = False
    is_withdrawn: bool = False

    @property
    def standing(self) -> Standing:
        return Standing.WITHDRAWN if self.is_withdrawn else Standing(self.stand.value)


@dataclass(frozen=True, slots=True)
class Count:
    """The result, where each organisation of the roll stands, and the arithmetic of the quorum."""

    result: Stage
    standings: Mapping[UUID, Standing]
    quorum: int

    def having(self, *wanted: Standing) -> list[UUID]:
        """Return the organisations that stand so, in the order of the roll."""
        return [organisation for organisation, standing in self.standings.items() if standing in wanted]

    @property
    def spoken(self) -> int:
        """How many organisations have spoken: consented, abstained or objected, themselves or through a proxy."""
        return len(self.standings) - len(self.having(Standing.SILENT))

    @property
    def is_complete(self) -> bool:
        """Whether every organisation of the roll has spoken."""
        return self.spoken == len(self.standings)

    @property
    def silence_consents(self) -> bool:
        return self.result is Stage.ADOPTED and not self.is_complete


def counts(said: Said, proxies: Mapping[UUID, UUID], version: int) -> bool:
    """Whether a voice is counted at all: of this version, in time, not replaced; from another only by its proxy."""
    if said.is_late or said.is_replaced or said.version != version:
        return False
    return said.through is None or proxies.get(said.organisation) == said.through


def count(
    roll: Collection[UUID], voices: Iterable[Said], proxies: Mapping[UUID, UUID], *, version: int, quorum: int
) -> Count:
    """Count. `proxies` says for each giver who holds its voice."""
    standings = dict.fromkeys(roll, Standing.SILENT)
    for said in voices:
        if said.organisation in standings and counts(said, proxies, version):
            heard = standings[said.organisation]
            standings[said.organisation] = max(heard, said.standing, key=_STRENGTH.__getitem__)
    return Count(_result(standings, quorum), standings, quorum)


def _result(standings: Mapping[UUID, Standing], quorum: int) -> Stage:
    if Standing.OBJECT in standings.values():
        return Stage.OBJECTED
    spoken = sum(standing is not Standing.SILENT for standing in standings.values())
    return Stage.ADOPTED if spoken >= quorum else Stage.NO_QUORUM
