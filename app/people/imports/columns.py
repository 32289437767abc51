"""Which column of a file says what: headings are recognised in the five languages, and the rest is chosen by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.errors import RuleBroken
from app.core.languages import fold

FIELDS: dict[str, Any] = {
    "name": _l("Name"),
    # I18N: a column of a file of people
    "family_name": _l("Family name, in a column of its own"),
    "name_latin": _l("Name in Latin letters"),
    "email": _l("E-mail"),
    "languages": _l("Languages spoken"),
    "country": _l("Country"),
    "region": _l("Region of the network"),
    "place": _l("Town or village"),
    "zone": _l("Place whose clock is theirs"),
    "gender": _l("Gender"),
    "organisation": _l("Organisation"),
    "kind": _l("Member, Friend or Ally"),
    # I18N: a column of a file of people: the first day of the affiliation
    "since": _l("Affiliated since"),
}
"""What a column may say → its words; `name` alone is asked for."""

REQUIRED = "name"

_HEADINGS = {
    "name": "name, full name, person, participant, nom complet, nom et prenom, nom et prenoms, prenom et nom, "
    "personne, participante, participant·e, nombre, nombre completo, nombre y apellido, nombre y apellidos, "
    "persona, nome, nome completo, pessoa, الاسم, الاسم الكامل, اسم",
    "family_name": "family name, last name, surname, nom de famille, apellido, apellidos, sobrenome, apelido, "
    "اسم العائلة, اللقب, الكنية",
    "name_latin": "name in latin letters, latin name, name latin, name_latin, transliteration, transliterated name, "
    "nom en lettres latines, nom latin, nombre en letras latinas, nome em letras latinas, الاسم بالحروف اللاتينية",
    "email": "email, e-mail, mail, e mail, email address, e-mail address, courriel, adresse e-mail, adresse email, "
    "adresse electronique, adresse mail, correo, correo electronico, correio eletronico, endereco de e-mail, "
    "البريد الإلكتروني, البريد, بريد إلكتروني, الإيميل",
    "languages": "languages, language, languages spoken, spoken languages, langues, langue, langues parlees, idiomas, "
    "idioma, lenguas, lengua, linguas, lingua, اللغات, اللغة",
    "country": "country, pays, pais, البلد, الدولة",
    "region": "region, region of the network, region du reseau, region de la red, regiao, regiao da rede, المنطقة, "
    "الإقليم",
    "place": "place, town, city, village, town or village, lieu, ville, commune, localite, ciudad, lugar, localidad, "
    "pueblo, cidade, local, localidade, المدينة, المكان, القرية",
    "zone": "zone, time zone, timezone, fuseau, fuseau horaire, zona horaria, huso horario, fuso, fuso horario, "
    "المنطقة الزمنية",
    "gender": "gender, sex, genre, sexe, genero, sexo, الجنس, النوع",
    "organisation": "organisation, organization, org, association, structure, organizacion, asociacion, organizacao, "
    "associacao, entidad, entidade, المنظمة, الجمعية, المؤسسة",
    "kind": "kind, affiliation, affiliation kind, status, membership, type d'affiliation, statut, afiliacion, "
    "tipo de afiliacion, vinculo, afiliacao, tipo de afiliacao, نوع العضوية, العضوية, الانتساب",
    "since": "since, from, member since, affiliated since, depuis, depuis le, membre depuis, desde, miembro desde, "
    "membro desde, منذ",
}
_FIRST_NAMES = "first name, given name, given names, prenom, prenoms, nombres, primeiro nome, الاسم الأول"
_FAMILY_BESIDE_FIRST = "nom, name, nombre, nome"


class MissingName(RuleBroken):
    """Nobody can be added without a name."""

    def __init__(self) -> None:
        super().__init__(_l("Say which column holds the names: nobody can be added without one."), field="name")


class ChosenTwice(RuleBroken):
    """One column cannot say two things."""

    def __init__(self, field: str) -> None:
        super().__init__(_l("This column is chosen twice. Choose another one, or “not in this file”."), field=field)


def _recognised(heading: str) -> str:
    """A heading as it is compared: without case, accents, signs around and doubled blanks."""
    return " ".join(re.sub(r"[*:;?!()\[\]_\"«»]+", " ", fold(heading)).split())


def _folded(words: str) -> frozenset[str]:
    return frozenset(_recognised(word) for word in words.split(","))


_KNOWN = {field: _folded(words) | {_recognised(field)} for field, words in _HEADINGS.items()}
_GIVEN = _folded(_FIRST_NAMES)
_FAMILY = _folded(_FAMILY_BESIDE_FIRST) | _KNOWN["family_name"]
_KNOWN["name"] |= {"nom"}


def guess_columns(headings: Sequence[str]) -> dict[str, int]:
    """Return in which place (from 0) each thing stands whose heading is known; the first of two wins."""
    recognised = [_recognised(heading) for heading in headings]
    found: dict[str, int] = {}
    given = next((place for place, heading in enumerate(recognised) if heading in _GIVEN), None)
    if given is not None:
        found["name"] = given
        family = next((place for place, heading in enumerate(recognised) if heading in _FAMILY), None)
        if family is not None:
            found["family_name"] = family
    for place, heading in enumerate(recognised):
        field = next((field for field, known in _KNOWN.items() if heading in known), None)
        if field is not None and place not in found.values():
            found.setdefault(field, place)
    return found


def check_columns(columns: dict[str, int], headings: Sequence[str]) -> dict[str, int]:
    """Return the columns that were chosen, in the order of `FIELDS`, without those that stand nowhere. Raises
    `MissingName`, `ChosenTwice`."""
    chosen = {field: columns[field] for field in FIELDS if 0 <= columns.get(field, -1) < len(headings)}
    if REQUIRED not in chosen:
        raise MissingName
    places = list(chosen.values())
    for field, place in chosen.items():
        if places.count(place) > 1 and places.index(place) != list(chosen).index(field):
            raise ChosenTwice(field)
    return chosen
