"""Two example groups: one grew out of the example track and is open, with people in every standing; the other is of one
region and takes people by invitation alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.actors import NETWORK, PUBLIC, Actor
from app.core.registries import actor_at
from app.extensions import db
from app.people.models import Person, Region
from app.sessions.models import Track
from app.workinggroups import services
from app.workinggroups.models import Admission, GroupBlock, GroupKind, WorkingGroup
from app.workinggroups.queries import find_open_request
from app.workinggroups.services.founding import GroupRules, GroupWords

Cast = Mapping[str, Person]

LAND = GroupWords(
    {
        "en": "Land and eviction (example)",
        "fr": "Terre et expulsions (exemple)",
        "es": "Tierra y desalojos (ejemplo)",
        "pt": "Terra e despejos (exemplo)",
        "ar": "الأرض والإخلاء (مثال)",
    },
    {
        GroupBlock.PURPOSE: {
            "en": "We bring what our neighbourhoods know about land and eviction to those who decide, from three "
            "regions and in one voice. This group is an example: people and words are invented.",
            "fr": "Nous portons ce que nos quartiers savent de la terre et des expulsions devant celles et ceux qui "
            "décident, depuis trois régions et d’une seule voix. Ce groupe est un exemple\u00a0: personnes et paroles "
            "sont inventées.",
            "es": "Llevamos lo que nuestros barrios saben de la tierra y de los desalojos ante quienes deciden, desde "
            "tres regiones y con una sola voz. Este grupo es un ejemplo: personas y palabras son inventadas.",
            "pt": "Levamos o que os nossos bairros sabem da terra e dos despejos a quem decide, de três regiões e com "
            "uma só voz. Este grupo é um exemplo: pessoas e palavras são inventadas.",
            "ar": "نحمل ما تعرفه أحياؤنا عن الأرض والإخلاء إلى أصحاب القرار، من ثلاث مناطق وبصوت واحد. "
            "هذه المجموعة مثال: الأشخاص والكلمات من نسج الخيال.",
        },
        GroupBlock.OBJECTIVES: {
            "en": "* Write down evictions in our cities, with dates and numbers\n* Ask for one common rule before any "
            "eviction: notice, hearing, another home\n* Stand by each other when one of us is threatened",
            "fr": "* Consigner les expulsions dans nos villes, avec dates et chiffres\n* Demander une même règle avant "
            "toute expulsion\u00a0: préavis, audience, relogement\n* Nous soutenir quand l’une de nous est menacée",
            "es": "* Registrar los desalojos en nuestras ciudades, con fechas y cifras\n* Pedir una regla común antes "
            "de todo desalojo: aviso, audiencia, otra vivienda\n* Apoyarnos cuando una de nosotras está amenazada",
            "pt": "* Registrar os despejos nas nossas cidades, com datas e números\n* Pedir uma regra comum antes de "
            "qualquer despejo: aviso, audiência, outra moradia\n* Apoiar quem entre nós for ameaçada",
            "ar": "* تدوين عمليات الإخلاء في مدننا بالتواريخ والأرقام\n* المطالبة بقاعدة واحدة قبل أي إخلاء: "
            "إنذار وجلسة استماع ومسكن بديل\n* أن نساند بعضنا حين تُهدَّد إحدانا",
        },
        GroupBlock.PRIORITIES: {
            "en": "* Old city centres\n* River banks and coasts",
            "fr": "* Centres anciens\n* Rives et littoraux",
            "es": "* Centros históricos\n* Riberas y costas",
            "pt": "* Centros históricos\n* Margens e litorais",
            "ar": "* مراكز المدن القديمة\n* ضفاف الأنهار والسواحل",
        },
    },
)

TENANTS = GroupWords(
    {
        "en": "Tenants of Latin America (example)",
        "fr": "Locataires d’Amérique latine (exemple)",
        "es": "Inquilinas e inquilinos de América Latina (ejemplo)",
        "pt": "Inquilinas e inquilinos da América Latina (exemplo)",
        "ar": "مستأجرات ومستأجرو أمريكا اللاتينية (مثال)",
    },
    {
        GroupBlock.PURPOSE: {
            "es": "Comparamos leyes de alquiler de ejemplo y nos avisamos cuando cambian.",
            "en": "We compare example rent laws, and warn each other when they change.",
        },
        GroupBlock.OBJECTIVES: {
            "es": "* Una hoja común sobre contratos y aumentos\n* Una respuesta conjunta cada año",
            "en": "* A common sheet on contracts and rises\n* A joint answer each year",
        },
    },
)


def make_groups(actor: Actor, track: Track, cast: Cast, *, now: datetime) -> None:
    """Make both groups: founded three weeks ago, joined since."""
    began = now - timedelta(days=21)
    land = services.found_group(
        actor,
        kind=GroupKind.INTERREGIONAL,
        words=LAND,
        rules=GroupRules(audience=PUBLIC),
        origins=[track],
        is_example=True,
        now=began,
    )
    services.appoint_coordinator(actor, land, person_id=cast["nour"].id, now=began)
    for name in ("nour", "aissatou", "fatou", "wanjiru", "karim", "benedita", "rosa", "lupe"):
        _join(land, cast[name], now=began + timedelta(days=2))
    _let_observe(actor, land, cast["alice"], "We publish on housing and want to listen.", now=began)
    sari = actor_at(cast["sari"].id, now)
    services.ask_to_observe(sari, land, words="Kami ingin belajar dari kelompok ini.", now=now - timedelta(days=1))
    _make_tenants(actor, cast, now=began)


def _make_tenants(actor: Actor, cast: Cast, *, now: datetime) -> None:
    region = db.session.scalars(sa.select(Region).where(Region.code == "LAC")).one()
    group = services.found_group(
        actor,
        kind=GroupKind.REGIONAL,
        words=TENANTS,
        rules=GroupRules(audience=NETWORK, takes_observers=False),
        region=region,
        is_example=True,
        now=now,
    )
    services.appoint_coordinator(actor, group, person_id=cast["rosa"].id, now=now)
    for name in ("rosa", "lupe", "yolanda"):
        _join(group, cast[name], now=now)
    group.admission = Admission.INVITED


def _join(group: WorkingGroup, person: Person, *, now: datetime) -> None:
    services.join_group(actor_at(person.id, now), group, acknowledges=True, now=now)


def _let_observe(actor: Actor, group: WorkingGroup, person: Person, words: str, *, now: datetime) -> None:
    services.ask_to_observe(actor_at(person.id, now), group, words=words, now=now)
    wish = find_open_request(group, person.id)
    if wish is not None:
        services.accept_observer(actor, wish, now=now)
