"""Forty-six invented organisations of five regions, each with "example" in its name, and a coalition that owns the
example phase. The attendance of the past counts on their numbers: see `historic`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from app.core.actors import Actor
from app.extensions import db
from app.people import services as people
from app.people.models import Organisation, Region
from app.people.services import OrganisationFacts


@dataclass(frozen=True, slots=True)
class Union:
    """An invented organisation; `came` is how many of its people came in February 2022."""

    name: str
    language: str
    country: str
    city: str
    came: int
    kind: str = "inhabitants_federation"


COALITION = Union("Example Coalition of Inhabitants", "en", "KE", "Nairobi", 0, "global_network")

UNIONS: dict[str, tuple[Union, ...]] = {
    "LAC": (
        Union("Comité de inquilinas de ejemplo", "es", "AR", "Buenos Aires", 3),
        Union("Cooperativa de vivienda El Ejemplo", "es", "UY", "Montevideo", 2),
        Union("Federación de pobladoras de ejemplo", "es", "CL", "Valparaíso", 2),
        Union("Red de mujeres por el hábitat (ejemplo)", "es", "BO", "Cochabamba", 3),
        Union("Unión de tomas de tierra (ejemplo)", "es", "PE", "Lima", 2),
        Union("Asamblea de barrios de ejemplo", "es", "MX", "Ciudad de México", 3),
        Union("Colectiva feminista de la ladera (ejemplo)", "es", "CO", "Medellín", 2),
        Union("Cooperativa de cisternas (ejemplo)", "es", "GT", "Quetzaltenango", 1),
        Union("Junta de agua del cerro (ejemplo)", "es", "HN", "Tegucigalpa", 1),
        Union("Mesa de vivienda digna (ejemplo)", "es", "SV", "San Salvador", 2),
        Union("Movimiento de familias sin techo (ejemplo)", "es", "PY", "Asunción", 1),
        Union("Comité de mujeres del manglar (ejemplo)", "es", "EC", "Guayaquil", 1),
        Union("Cooperativa La Casa de Ejemplo", "es", "NI", "Managua", 1),
        Union("Red de cuidadoras del barrio (ejemplo)", "es", "DO", "Santo Domingo", 1),
        Union("Associação de moradoras do Exemplo", "pt", "BR", "Recife", 2),
        Union("União de moradia (exemplo)", "pt", "BR", "São Paulo", 2),
        Union("Rede de mulheres das palafitas (exemplo)", "pt", "BR", "Manaus", 1),
    ),
    "SSA": (
        Union("Groupement d’épargne Mfoumou (exemple)", "fr", "CM", "Yaoundé", 3),
        Union("Fédération des habitantes de l’Exemple", "fr", "SN", "Dakar", 3),
        Union("Association des femmes de la lagune (exemple)", "fr", "CI", "Abidjan", 2),
        Union("Collectif des locataires de l’Exemple", "fr", "CM", "Douala", 2),
        Union("Réseau des maraîchères (exemple)", "fr", "BF", "Ouagadougou", 2),
        Union("Union des quartiers du fleuve (exemple)", "fr", "ML", "Bamako", 1),
        Union("Coopérative d’habitat de l’Exemple", "fr", "TG", "Lomé", 1),
        Union("Comité du foncier partagé (exemple)", "fr", "CD", "Kinshasa", 2),
        Union("Femmes bâtisseuses (exemple)", "fr", "BJ", "Cotonou", 1),
        Union("Example Federation of Slum Dwellers", "en", "KE", "Nairobi", 2),
        Union("Example Tenants’ Union", "en", "NG", "Lagos", 2),
        Union("Backyard Dwellers (example)", "en", "ZA", "Cape Town", 2),
        Union("Women’s Land Trust (example)", "en", "UG", "Kampala", 1),
        Union("Coastal Savings Network (example)", "en", "GH", "Accra", 1),
        Union("Asociación de vecinas de Malabo (ejemplo)", "es", "GQ", "Malabo", 1),
    ),
    "MENA": (
        Union("اتحاد نساء عدن (مثال)", "ar", "YE", "عدن", 3),
        Union("لجنة المستأجرات (مثال)", "ar", "LB", "بيروت", 3),
        Union("جمعية سكان الحي (مثال)", "ar", "EG", "القاهرة", 3),
        Union("تعاونية السكن (مثال)", "ar", "JO", "عمّان", 2),
        Union("شبكة المزارعات (مثال)", "ar", "TN", "تونس", 1),
        Union("رابطة أهل الوادي (مثال)", "ar", "IQ", "البصرة", 1),
        Union("مبادرة صنعاء للسكن (مثال)", "ar", "YE", "صنعاء", 2),
        Union("Association des habitantes de la médina (exemple)", "fr", "MA", "Casablanca", 2),
        Union("Collectif de l’oasis (exemple)", "fr", "DZ", "Ghardaïa", 1),
    ),
    "EUR": (
        Union("Plataforma de vecinas de ejemplo", "es", "ES", "Sevilla", 2),
        Union("Maison Québec de Bruxelles (exemple)", "fr", "BE", "Bruxelles", 1),
        Union("Example Community Land Trust", "en", "GB", "Bristol", 1),
    ),
    "ASP": (
        Union("Example Women’s Thrift Society", "en", "IN", "Chennai", 2),
        Union("Riverside Homeowners (example)", "en", "PH", "Manila", 1),
    ),
}

ZONES = {
    **{"AR": "America/Argentina/Buenos_Aires", "UY": "America/Montevideo", "CL": "America/Santiago"},
    **{"BO": "America/La_Paz", "PE": "America/Lima", "MX": "America/Mexico_City", "CO": "America/Bogota"},
    **{"GT": "America/Guatemala", "HN": "America/Tegucigalpa", "SV": "America/El_Salvador", "PY": "America/Asuncion"},
    **{"EC": "America/Guayaquil", "NI": "America/Managua", "DO": "America/Santo_Domingo", "BR": "America/Sao_Paulo"},
    **{"CM": "Africa/Douala", "SN": "Africa/Dakar", "CI": "Africa/Abidjan", "BF": "Africa/Ouagadougou"},
    **{"ML": "Africa/Bamako", "TG": "Africa/Lome", "CD": "Africa/Kinshasa", "BJ": "Africa/Porto-Novo"},
    **{"KE": "Africa/Nairobi", "NG": "Africa/Lagos", "ZA": "Africa/Johannesburg", "UG": "Africa/Kampala"},
    **{"GH": "Africa/Accra", "GQ": "Africa/Malabo", "YE": "Asia/Aden", "LB": "Asia/Beirut", "EG": "Africa/Cairo"},
    **{"JO": "Asia/Amman", "TN": "Africa/Tunis", "IQ": "Asia/Baghdad", "MA": "Africa/Casablanca"},
    **{"DZ": "Africa/Algiers", "ES": "Europe/Madrid", "BE": "Europe/Brussels", "GB": "Europe/London"},
    **{"IN": "Asia/Kolkata", "PH": "Asia/Manila"},
}
"""The zone in which somebody of an organisation of this country lives."""


def make_organisations(actor: Actor, *, now: datetime) -> dict[str, Organisation]:
    """Make all of them and return them by name."""
    regions = {region.code: region.id for region in db.session.scalars(sa.select(Region))}
    made: dict[str, Organisation] = {}
    for region, unions in (*UNIONS.items(), ("SSA", (COALITION,))):
        for union in unions:
            facts = OrganisationFacts(
                kind=union.kind,
                names={union.language: union.name},
                country=union.country,
                city=union.city,
                region_id=regions[region],
            )
            made[union.name] = people.create_organisation(actor, facts=facts, now=now)
            made[union.name].is_example = True
    db.session.flush()
    return made
