"""What stands around the example people: larger organisations, who speaks for whom and what they say of themselves,
what people need to take part, subjects to write about, and somebody who takes part by another's hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from app.core.actors import Actor
from app.core.registries import actor_at, actors_at, lent
from app.examples.organisations import COALITION
from app.house import services as house
from app.people import services as people
from app.people.models import AffiliationKind, Appearance, Gender, Need, Organisation, Person, Role
from app.people.queries import affiliations_of
from app.people.services import Assisted, Belonging, Days, Profile
from app.people.services.needs import TakingPart, keep_needs

Cast = Mapping[str, Person]
Unions = Mapping[str, Organisation]

NEEDS = {
    "yolanda": TakingPart(("es", "qu"), ("pt",), frozenset({Need.LOW_BANDWIDTH})),
    "fatou": TakingPart(("fr", "wo"), ("en",), frozenset({Need.SHARED_SCREEN})),
    "ndeye": TakingPart(("wo", "fr"), (), frozenset({Need.PHONE_DIAL_IN})),
    "celestin": TakingPart(("fr",), ("en",), frozenset({Need.LARGE_PRINT, Need.LOW_BANDWIDTH})),
    "benedita": TakingPart(("pt",), ("es",)),
    "lupe": TakingPart(("es",), ("pt", "en")),
    "layla": TakingPart(("ar",), ("en",), frozenset({Need.CAPTIONS})),
    "karim": TakingPart(("fr", "ar"), ("es",)),
}
"""What some of the cast say about languages and access; the others have said nothing."""

PARENTS = (
    ("Example Federation of Slum Dwellers", date(2009, 5, 1), None),
    ("Fédération des habitantes de l’Exemple", date(2014, 1, 1), None),
    ("Collectif des locataires de l’Exemple", date(2016, 3, 8), None),
    ("Asamblea de barrios de ejemplo", date(2011, 10, 2), date(2020, 12, 31)),
)
"""Organisations that belong to the coalition, from a day until a day; one has left it."""

OTHER_NAMES = (
    ("Fédération des habitantes de l’Exemple", "fr", "FHE (exemple)"),
    ("Example Federation of Slum Dwellers", "sw", "Shirikisho la Mfano"),
    ("جمعية سكان الحي (مثال)", "en", "Neighbourhood Residents’ Association (example)"),
)

SPOKEN_FOR = "جمعية سكان الحي (مثال)"
"""The organisation for which Nour speaks, and whose page she writes."""

SPEAKERS = {
    "nour": SPOKEN_FOR,
    "aissatou": "Fédération des habitantes de l’Exemple",
    "amina": "Collectif des locataires de l’Exemple",
}
"""Who speaks for which organisation."""

OWN_WORDS = {
    "ar": "نحن سكان حيّ قديم في القاهرة، وهذا الحيّ مثال. نجتمع كل شهر في بيت إحدى الجارات، ونساعد من يصله إنذار "
    "بالإخلاء على أن يقرأه وأن يردّ عليه.\n\nنرسم خريطتنا بأنفسنا: من يسكن، ومنذ كم سنة.",
    "en": "We live in an old neighbourhood of Cairo, an invented one: this is an example. We meet every month in a "
    "neighbour’s home, and help whoever gets an eviction notice to read it and to answer it.\n\n"
    "We draw our own map: who lives here, and for how many years.",
}

SUBJECTS = (
    {
        "en": "Taking part in a track (example)",
        "fr": "Participer à un axe (exemple)",
        "es": "Participar en un eje (ejemplo)",
        "pt": "Participar de um eixo (exemplo)",
        "ar": "المشاركة في محور (مثال)",
    },
    {
        "en": "Interpretation and access (example)",
        "fr": "Interprétation et accessibilité (exemple)",
        "es": "Interpretación y accesibilidad (ejemplo)",
        "pt": "Interpretação e acessibilidade (exemplo)",
        "ar": "الترجمة الفورية وتيسير المشاركة (مثال)",
    },
)
"""What visitors may write about; the secretariat answers."""

ASSISTED_FOR = "Collectif des locataires de l’Exemple"


def make_standing(actor: Actor, cast: Cast, unions: Unions, *, now: datetime) -> None:
    """Make all that stands before anybody joins a track."""
    began = now - timedelta(days=30)
    _add_subjects(actor, now=began)
    _tie_organisations(actor, unions, now=began)
    _give_mandates(actor, cast, unions, now=began)
    _say_needs(cast, now=began)


def _add_subjects(actor: Actor, *, now: datetime) -> None:
    """Offer subjects on the page where anybody may write to the house."""
    for labels in SUBJECTS:
        house.add_subject(actor, labels=labels, now=now)


def _tie_organisations(actor: Actor, unions: Unions, *, now: datetime) -> None:
    """Let some organisations belong to the coalition, and give some of them further names."""
    for name, from_on, until_on in PARENTS:
        days = Days(from_on, until_on)
        people.add_parent(actor, unions[name], parent_id=unions[COALITION.name].id, days=days, now=now)
    for name, language, text in OTHER_NAMES:
        people.add_other_name(actor, unions[name], text=text, language=language, now=now)


def _give_mandates(actor: Actor, cast: Cast, unions: Unions, *, now: datetime) -> None:
    """Let some speak for their organisations, since last year and until the end of the next one; one of them writes the
    page of hers in two languages."""
    today = now.date()
    days = Days(date(today.year - 1, 1, 1), date(today.year + 1, 12, 31))
    for key, name in SPEAKERS.items():
        people.give_role(actor, cast[key], role=Role.MANDATED, organisation_id=unions[name].id, days=days, now=now)
    speaker = actor_at(cast["nour"].id, now)
    for language, body in OWN_WORDS.items():
        people.write_text(speaker, unions[SPOKEN_FOR], language=language, body=body, read_at=None, now=now)


def _say_needs(cast: Cast, *, now: datetime) -> None:
    """Let some say, each for themselves, what they understand and need to take part."""
    as_actor = actors_at([cast[key].id for key in NEEDS], now)
    for key, said in NEEDS.items():
        keep_needs(as_actor[cast[key].id], cast[key], said, now=now)


def register_neighbour(actor: Actor, cast: Cast, unions: Unions, *, now: datetime) -> Person:
    """Let Amina register a neighbour who has neither an address nor a phone of her own, and confirm her affiliation."""
    helper, union = cast["amina"], unions[ASSISTED_FOR]
    profile = Profile(
        name="Mama Ngonde Exemple",
        place="Douala",
        country="CM",
        region_id=union.region_id,
        languages=("fr", "dua"),
        preferred_language="fr",
        gender=Gender.WOMAN,
        appearance=Appearance.PUBLIC,
    )
    assisted = Assisted(
        profile=profile,
        belonging=Belonging(organisation_id=union.id),
        kind=AffiliationKind.MEMBER,
        agreed="De vive voix, chez elle, devant sa fille",
    )
    assistance = people.register_assisted(actor_at(helper.id, now), assisted, now=now)
    person = assistance.person
    person.is_example, person.zone = True, helper.zone
    for affiliation in affiliations_of([person.id])[person.id]:
        people.confirm_affiliation(actor, affiliation, now=now)
    return person


def by_hand_of(helper: Person, person: Person, *, now: datetime) -> Actor:
    """Return the assisted person as an actor whose words a helper writes down."""
    return lent(actor_at(person.id, now), helper.id)
