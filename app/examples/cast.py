"""The invented people of the example track, as a table: who they are, what they speak, for whom they come.

Nobody here exists: each bears the word "example" of their language as a family name.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.people.models import AffiliationKind, Gender

ACCOUNTS = {
    "jo": "secretariat@example.org",
    "amina": "facilitator@example.org",
    "nour": "coordinator@example.org",
    "aissatou": "member@example.org",
}
"""Who signs in to try the house. The pages follow the browser's language: none of them has chosen one."""

CORRESPONDENTS = {
    "rosa": "rosa@example.org",
    "joana": "joana@example.org",
    "benedita": "benedita@example.org",
    "huda": "huda@example.org",
}
"""Others who have an address, with the same password, so that there are mails in every language of the pages."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One invented person. `languages` in their own order, the first is preferred; `union` is the name of an
    organisation, "" for who comes alone; `leads_for` is the region a facilitator stands for."""

    key: str
    name: str
    place: str
    country: str
    zone: str
    region: str
    languages: tuple[str, ...]
    union: str = ""
    name_latin: str = ""
    gender: Gender | None = Gender.WOMAN
    kind: AffiliationKind | None = AffiliationKind.MEMBER
    leads_for: str = ""
    joins: bool = True
    came: bool = True


_FACILITATORS = (
    Figure(
        "rosa",
        "Rosa Ejemplo",
        "Buenos Aires",
        "AR",
        "America/Argentina/Buenos_Aires",
        "LAC",
        ("es", "en"),
        "Comité de inquilinas de ejemplo",
        leads_for="LAC",
    ),
    Figure(
        "joana",
        "Joana Exemplo",
        "Recife",
        "BR",
        "America/Recife",
        "LAC",
        ("pt", "es"),
        "Associação de moradoras do Exemplo",
        leads_for="LAC",
    ),
    Figure(
        "amina",
        "Amina Exemple",
        "Douala",
        "CM",
        "Africa/Douala",
        "SSA",
        ("fr", "en"),
        "Collectif des locataires de l’Exemple",
        leads_for="SSA",
    ),
    Figure(
        "njeri",
        "Njeri Example",
        "Nairobi",
        "KE",
        "Africa/Nairobi",
        "SSA",
        ("en", "sw"),
        "Example Federation of Slum Dwellers",
        leads_for="SSA",
    ),
    Figure(
        "huda",
        "هدى مثال",
        "بيروت",
        "LB",
        "Asia/Beirut",
        "MENA",
        ("ar", "fr"),
        "لجنة المستأجرات (مثال)",
        "Huda Mithal",
        leads_for="MENA",
    ),
    Figure(
        "salwa",
        "سلوى مثال",
        "صنعاء",
        "YE",
        "Asia/Aden",
        "MENA",
        ("ar", "en"),
        "مبادرة صنعاء للسكن (مثال)",
        "Salwa Mithal",
        leads_for="MENA",
    ),
)

_HOUSE = (
    Figure(
        "jo",
        "Jo Example",
        "Den Haag",
        "NL",
        "Europe/Amsterdam",
        "EUR",
        ("en", "fr", "es"),
        gender=Gender.UNDISCLOSED,
        kind=None,
        joins=False,
    ),
    Figure(
        "nour",
        "نور مثال",
        "القاهرة",
        "EG",
        "Africa/Cairo",
        "MENA",
        ("ar", "en"),
        "جمعية سكان الحي (مثال)",
        "Nour Mithal",
        joins=False,
    ),
    Figure(
        "aissatou",
        "Aïssatou Exemple",
        "Dakar",
        "SN",
        "Africa/Dakar",
        "SSA",
        ("fr", "wo"),
        "Fédération des habitantes de l’Exemple",
        joins=False,
    ),
)
"""Secretariat, coordinator, and a member who has not joined yet: the track is open to her."""

_PARTICIPANTS = (
    Figure(
        "lupe",
        "Lupe Ejemplo",
        "Ciudad de México",
        "MX",
        "America/Mexico_City",
        "LAC",
        ("es",),
        "Asamblea de barrios de ejemplo",
    ),
    Figure(
        "yolanda",
        "Yolanda Ejemplo",
        "Cochabamba",
        "BO",
        "America/La_Paz",
        "LAC",
        ("es", "qu"),
        "Red de mujeres por el hábitat (ejemplo)",
    ),
    Figure(
        "milagros",
        "Milagros Ejemplo",
        "Lima",
        "PE",
        "America/Lima",
        "LAC",
        ("es", "qu"),
        "Unión de tomas de tierra (ejemplo)",
        came=False,
    ),
    Figure(
        "benedita",
        "Benedita Exemplo",
        "São Paulo",
        "BR",
        "America/Sao_Paulo",
        "LAC",
        ("pt",),
        "União de moradia (exemplo)",
        kind=AffiliationKind.ALLY,
    ),
    Figure(
        "fatou",
        "Fatou Exemple",
        "Dakar",
        "SN",
        "Africa/Dakar",
        "SSA",
        ("fr", "wo"),
        "Fédération des habitantes de l’Exemple",
    ),
    Figure(
        "ndeye",
        "Ndèye Exemple",
        "Pikine",
        "SN",
        "Africa/Dakar",
        "SSA",
        ("wo", "fr"),
        "Fédération des habitantes de l’Exemple",
    ),
    Figure(
        "celestin",
        "Célestin Mfoumou Exemple",
        "Yaoundé",
        "CM",
        "Africa/Douala",
        "SSA",
        ("fr",),
        "Groupement d’épargne Mfoumou (exemple)",
        gender=Gender.MAN,
    ),
    Figure(
        "wanjiru",
        "Wanjiru Example",
        "Nairobi",
        "KE",
        "Africa/Nairobi",
        "SSA",
        ("en", "sw"),
        "Example Federation of Slum Dwellers",
        came=False,
    ),
    Figure(
        "karim",
        "Karim Exemple",
        "Casablanca",
        "MA",
        "Africa/Casablanca",
        "MENA",
        ("fr", "ar"),
        "Association des habitantes de la médina (exemple)",
        gender=Gender.MAN,
        kind=AffiliationKind.ALLY,
    ),
    Figure(
        "layla",
        "ليلى مثال",
        "عمّان",
        "JO",
        "Asia/Amman",
        "MENA",
        ("ar",),
        "تعاونية السكن (مثال)",
        "Layla Mithal",
    ),
    Figure(
        "rana",
        "رنا مثال",
        "القاهرة",
        "EG",
        "Africa/Cairo",
        "MENA",
        ("ar", "en"),
        "جمعية سكان الحي (مثال)",
        "Rana Mithal",
    ),
    Figure(
        "ahmad",
        "أحمد العدني مثال",
        "عدن",
        "YE",
        "Asia/Aden",
        "MENA",
        ("ar",),
        "اتحاد نساء عدن (مثال)",
        "Ahmad al-Adani Mithal",
        gender=Gender.MAN,
    ),
    Figure(
        "alice",
        "Alice Exemple",
        "Bruxelles",
        "BE",
        "Europe/Brussels",
        "EUR",
        ("fr", "en"),
        "Maison Québec de Bruxelles (exemple)",
        gender=None,
        kind=AffiliationKind.FRIEND,
        came=False,
    ),
    Figure(
        "tom",
        "Tom Example",
        "Bristol",
        "GB",
        "Europe/London",
        "EUR",
        ("en",),
        "Example Community Land Trust",
        gender=Gender.MAN,
        kind=AffiliationKind.FRIEND,
        joins=False,
        came=False,
    ),
    Figure(
        "sari",
        "Sari Contoh",
        "Jakarta",
        "ID",
        "Asia/Jakarta",
        "ASP",
        ("id", "en"),
        gender=None,
        kind=AffiliationKind.FRIEND,
    ),
)

CAST = (*_HOUSE, *_FACILITATORS, *_PARTICIPANTS)
