"""Tables of chantiers: who carries them, what their mission letters say and who signed, who comes from outside."""

from app.chantiers.models.carriers import Carrier, CarrierRequest, Chantier, RequestState
from app.chantiers.models.letters import Basis, LetterContributor, LetterSignature, MissionLetter
from app.chantiers.models.partners import PartnershipAgreement

__all__ = [
    "Basis",
    "Carrier",
    "CarrierRequest",
    "Chantier",
    "LetterContributor",
    "LetterSignature",
    "MissionLetter",
    "PartnershipAgreement",
    "RequestState",
]
