"""Two example groups: one is open, with people in every standing, one of whom has left; the other is of one region and
takes people by invitation alone. What the first one does is told in `group_life`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from app.core.actors import NETWORK, PUBLIC, Actor
from app.core.registries import actor_at, actors_at
from app.examples.group_life import INSIDE
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


INVITATION = (
    "Queremos leer con usted la ley de alquileres de Dakar, de la que habló en la reunión. "
    "Escriba en la lengua que quiera."
)
NOT_NOW = (
    "Until spring we write down what families tell us about their own homes, and keep the circle small. Do ask again "
    "then: your land trust has much to tell us."
)


def make_groups(actor: Actor, track: Track, cast: Cast, *, now: datetime) -> tuple[WorkingGroup, WorkingGroup]:
    """Make both groups: founded half a year ago, joined since. Returns the open one first."""
    began = now - timedelta(days=160)
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
    _join(land, INSIDE, cast, now=began + timedelta(days=2))
    _let_observe(actor, land, cast["alice"], "We publish on housing and want to listen.", now=now - timedelta(days=21))
    _ask_to_observe(land, cast["tom"], "I build homes that nobody may sell. May I listen?", now=now - timedelta(days=9))
    _refuse(actor, land, cast["tom"], NOT_NOW, now=now - timedelta(days=8))
    _ask_to_observe(land, cast["sari"], "Kami ingin belajar dari kelompok ini.", now=now - timedelta(days=1))
    tenants = _make_tenants(actor, cast, now=began)
    rosa = actor_at(cast["rosa"].id, now)
    services.invite_person(
        rosa, tenants, person_id=cast["aissatou"].id, words=INVITATION, language="es", now=now - timedelta(days=2)
    )
    return land, tenants


def _make_tenants(actor: Actor, cast: Cast, *, now: datetime) -> WorkingGroup:
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
    _join(group, ("rosa", "lupe", "yolanda"), cast, now=now)
    group.admission = Admission.INVITED
    return group


def _join(group: WorkingGroup, names: Sequence[str], cast: Cast, *, now: datetime) -> None:
    """Each joins for themselves, one every day."""
    as_actor = actors_at([cast[name].id for name in names], now)
    for place, name in enumerate(names):
        services.join_group(as_actor[cast[name].id], group, acknowledges=True, now=now + timedelta(days=place))


def _ask_to_observe(group: WorkingGroup, person: Person, words: str, *, now: datetime) -> None:
    services.ask_to_observe(actor_at(person.id, now), group, words=words, now=now)


def _let_observe(actor: Actor, group: WorkingGroup, person: Person, words: str, *, now: datetime) -> None:
    _ask_to_observe(group, person, words, now=now)
    if (wish := find_open_request(group, person.id)) is not None:
        services.accept_observer(actor, wish, now=now)


def _refuse(actor: Actor, group: WorkingGroup, person: Person, reason: str, *, now: datetime) -> None:
    if (wish := find_open_request(group, person.id)) is not None:
        services.refuse_observer(actor, wish, reason=reason, now=now)
