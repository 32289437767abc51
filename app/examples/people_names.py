"""Invented names: given names and family names in the manner of a region and language, with the word "example".

Pairs are drawn by two steps without a common factor, so that no full name comes twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manner:
    """Each name is its spelling, or (spelling, Latin letters) where the script is another."""

    women: Sequence[str]
    men: Sequence[str]
    families: Sequence[str]
    example: str


_SPANISH = Manner(
    women=(
        *("Lucía", "Marta", "Graciela", "Ximena", "Pilar", "Noemí", "Beatriz", "Eulalia", "Soledad", "Inés"),
        *("Carmen", "Delfina", "Amparo", "Nélida", "Yamileth", "Candelaria", "Ñusta"),
    ),
    men=("Julio", "Óscar", "Néstor", "Ramón", "Iván", "Gustavo"),
    families=(
        *("Quispe", "Mamani", "Ñáñez", "Huenchumán", "Cárdenas", "Balam", "Tzoc", "Chávez", "Pacheco"),
        *("Villca", "Zapata", "Güemes", "Paredes"),
    ),
    example="Ejemplo",
)

_PORTUGUESE = Manner(
    women=("Conceição", "Luzia", "Iracema", "Lourdes"),
    men=("João", "Tião"),
    families=("Sant’Ana", "Araújo", "Guimarães", "Nascimento", "Assunção"),
    example="Exemplo",
)

_FRENCH_AFRICAN = Manner(
    women=(
        *("Mariam", "Clémentine", "Hawa", "Adjoa", "Bintou", "Solange", "Espérance", "Thérèse", "Ngono"),
        *("Awa", "Félicité"),
    ),
    men=("Moussa", "Kouassi", "Célestin", "Théodore", "Ousmane"),
    families=("Mfoumou", "Diallo", "N’Guessan", "Ouédraogo", "Kabongo", "Traoré", "Sène", "Kpodo", "Ndiaye"),
    example="Exemple",
)

_ENGLISH_AFRICAN = Manner(
    women=("Akinyi", "Ngozi", "Thandiwe", "Abena", "Namono", "Wambui", "Folake"),
    men=("Kwame", "Otieno", "Sipho"),
    families=("Mwangi", "Okafor", "Dlamini", "Mensah", "Achieng"),
    example="Example",
)

_ARABIC = Manner(
    women=("أمل|Amal", "سميرة|Samira", "إيمان|Iman", "فاطمة|Fatima", "زينب|Zaynab", "سعاد|Suad", "هالة|Hala"),
    men=("كريم|Karim", "يوسف|Yusuf", "عمر|Umar", "بلال|Bilal"),
    families=("العدني|al-Adani", "الحداد|al-Haddad", "اليافعي|al-Yafii", "الزعبي|al-Zubi", "بن سالم|bin Salim"),
    example="مثال|Mithal",
)

_MAGHREB = Manner(
    women=("Samira", "Nadia", "Hayat"), men=("Younès",), families=("Bennani", "Trabelsi", "Belkacem"), example="Exemple"
)

_SOUTH_ASIAN = Manner(
    women=("Lakshmi", "Maricel", "Meena"), men=("Arjun",), families=("Dela Cruz", "Iyer", "Santos"), example="Example"
)

_EUROPEAN = {
    "es": Manner(("Maite", "Rocío"), ("Íñigo",), ("Etxeberria", "Muñoz", "Núñez"), "Ejemplo"),
    "fr": Manner(("Gaëlle",), ("Loïc",), ("Lefèvre",), "Exemple"),
    "en": Manner(("Siobhán",), ("Rhys",), ("O’Brien",), "Example"),
}

MANNERS: dict[tuple[str, str], Manner] = {
    ("LAC", "es"): _SPANISH,
    ("LAC", "pt"): _PORTUGUESE,
    ("SSA", "fr"): _FRENCH_AFRICAN,
    ("SSA", "en"): _ENGLISH_AFRICAN,
    ("SSA", "es"): _SPANISH,
    ("MENA", "ar"): _ARABIC,
    ("MENA", "fr"): _MAGHREB,
    ("ASP", "en"): _SOUTH_ASIAN,
    **{("EUR", language): manner for language, manner in _EUROPEAN.items()},
}


def name_of(region: str, language: str, number: int, *, is_man: bool) -> tuple[str, str]:
    """Return the name of the person with this number, and in Latin letters where the script is another one."""
    manner = MANNERS[region, language]
    given = manner.men if is_man else manner.women
    parts = (given[number % len(given)], manner.families[number % len(manner.families)], manner.example)
    spelled = [part.partition("|") for part in parts]
    name = " ".join(spelling for spelling, _, _ in spelled)
    latin = " ".join(latin for _, _, latin in spelled).strip()
    return name, latin
