"""An example chantier: proposed by one organisation, its letter written and signed by it, and a second one asked. It
shows what is missing and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from app.chantiers import services
from app.chantiers.models import Basis
from app.chantiers.queries import current_carriers
from app.chantiers.services import LetterWords, Named
from app.core.actors import PUBLIC
from app.core.registries import actor_at
from app.examples.standing import SPOKEN_FOR
from app.people.models import Organisation, Person
from app.workinggroups.models import GroupBlock
from app.workinggroups.services.founding import GroupWords

ASKED = "Fédération des habitantes de l’Exemple"
"""The organisation that was asked to carry it too, and has not answered."""

WORDS = GroupWords(
    {
        "en": "Empty homes (example)",
        "fr": "Logements vides (exemple)",
        "es": "Viviendas vacías (ejemplo)",
        "pt": "Moradias vazias (exemplo)",
        "ar": "بيوت فارغة (مثال)",
    },
    {
        GroupBlock.PURPOSE: {
            "en": "Find out how many homes stand empty in two cities, and who could live there. This chantier is an "
            "example: organisations and words are invented.",
            "fr": "Savoir combien de logements sont vides dans deux villes, et qui pourrait y vivre. Ce chantier est "
            "un exemple\u00a0: organisations et paroles sont inventées.",
            "es": "Saber cuántas viviendas están vacías en dos ciudades, y quién podría vivir en ellas. Este chantier "
            "es un ejemplo: organizaciones y palabras son inventadas.",
            "pt": "Saber quantas moradias estão vazias em duas cidades, e quem poderia morar nelas. Este chantier é um "
            "exemplo: organizações e palavras são inventadas.",
            "ar": "معرفة عدد البيوت الفارغة في مدينتين، ومن يمكنه أن يسكنها. هذه الورشة مثال: المنظمات والكلمات من نسج "
            "الخيال.",
        },
        GroupBlock.OBJECTIVES: {
            "en": "* Count empty homes, street by street\n* Publish one map in three languages",
            "fr": "* Compter les logements vides, rue par rue\n* Publier une carte en trois langues",
            "es": "* Contar las viviendas vacías, calle por calle\n* Publicar un mapa en tres lenguas",
            "pt": "* Contar as moradias vazias, rua por rua\n* Publicar um mapa em três línguas",
            "ar": "* عدّ البيوت الفارغة شارعًا شارعًا\n* نشر خريطة واحدة بثلاث لغات",
        },
    },
)

MISSION = (
    "نعدّ البيوت الفارغة في الحيّ مع سكانه، شارعًا شارعًا.\n\n"
    "* خريطة مشتركة بالعربية والفرنسية والإنكليزية\n* لقاء مع البلدية قبل الصيف"
)


def make_chantier(cast: Mapping[str, Person], unions: Mapping[str, Organisation], *, now: datetime) -> None:
    """Make the chantier by the hand of who speaks for its first carrier, a week ago."""
    nour, first, began = actor_at(cast["nour"].id, now), unions[SPOKEN_FOR], now - timedelta(days=7)
    group = services.propose_chantier(nour, first, words=WORDS, audience=PUBLIC, is_example=True, now=began)
    named = (
        Named("نتحدث باسم الحيّ مع البلدية", Basis.MANDATE, organisation_id=first.id),
        Named("ترسم الخريطة", Basis.EXPERTISE, person_id=cast["nour"].id),
    )
    words = LetterWords("ar", MISSION, began.date(), began.date() + timedelta(days=365), named)
    carrying = actor_at(cast["nour"].id, now)  # with the key of a carrier
    letter = services.write_letter(carrying, group, words, filled_from="", now=began)
    [carrier] = current_carriers(group)
    services.sign_letter(carrying, carrier, letter, read=letter.digest, now=began)
    services.ask_carrier(carrying, group, unions[ASKED], now=now - timedelta(days=2))
