"""Words for the codes of people: kinds and states of affiliations, roles, genders, consent, kinds of organisations,
and the names of countries from CLDR."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.core import house
from app.core.context import page_language
from app.core.languages import fold
from app.core.lists import listed
from app.people.models import AffiliationKind, AffiliationState, Appearance, Gender, Level, Need, Role

SHIPPED_AFFILIATION_KINDS: dict[AffiliationKind, Any] = {
    AffiliationKind.MEMBER: _l("Member"),
    AffiliationKind.FRIEND: _l("Friend"),
    AffiliationKind.ALLY: _l("Ally"),
}
"""The three affiliations as they are shipped; each network may call them otherwise (rules register, trap 10)."""

AFFILIATION_WORDS = "affiliation_{kind}"
"""Name of the house's setting that holds what one affiliation is called here, `{language: words}`."""


def _affiliation_word(kind: AffiliationKind) -> str:
    return house.word(AFFILIATION_WORDS.format(kind=kind), page_language()) or str(SHIPPED_AFFILIATION_KINDS[kind])


AFFILIATION_KINDS: dict[AffiliationKind, Any] = {kind: LazyString(_affiliation_word, kind) for kind in AffiliationKind}
"""The three affiliations of the network, from the closest tie to the loosest in law, in the words of this house."""

AFFILIATION_KIND_NOTES: dict[AffiliationKind, Any] = {
    AffiliationKind.MEMBER: _l("Your organisation belongs to the network and decides with it."),
    AffiliationKind.FRIEND: _l("You or your organisation share the aims and learn with the network."),
    AffiliationKind.ALLY: _l("Your organisation acts with the network for common aims, without being a member."),
}

AFFILIATION_KIND_NOTES_OF_OTHERS: dict[AffiliationKind, Any] = {
    AffiliationKind.MEMBER: _l("Their organisation belongs to the network and decides with it."),
    AffiliationKind.FRIEND: _l("They or their organisation share the aims and learn with the network."),
    AffiliationKind.ALLY: _l("Their organisation acts with the network for common aims, without being a member."),
}
"""The same, said about somebody else."""

_KINDS_OF_PEOPLE = {
    # I18N: who a track is open to; names of the affiliations of the network, plural
    AffiliationKind.MEMBER.value: _l("Members"),
    AffiliationKind.FRIEND.value: _l("Friends"),
    AffiliationKind.ALLY.value: _l("Allies"),
}


def kinds_in_words(kinds: Sequence[str]) -> Any:
    """Return "Members, Friends and Allies" in the reader's language: to whom something is open."""
    return LazyString(lambda: _listed([str(_KINDS_OF_PEOPLE[kind]) for kind in kinds if kind in _KINDS_OF_PEOPLE]))


def affiliations_in_words(kinds: Sequence[AffiliationKind]) -> Any:
    """Return "Friend", or "Friend and Ally", in the reader's language: what somebody is themselves."""
    return LazyString(lambda: _listed([str(AFFILIATION_KINDS[kind]) for kind in kinds]))


def _listed(words: list[str]) -> str:
    return listed(words, page_language())


AFFILIATION_STATES: dict[AffiliationState, Any] = {
    # I18N: state of an affiliation that the secretariat has not answered yet
    AffiliationState.PENDING: _l("Waiting to be confirmed"),
    # I18N: state of an affiliation
    AffiliationState.CONFIRMED: _l("Confirmed"),
    # I18N: state of an affiliation
    AffiliationState.REFUSED: _l("Not confirmed"),
}

ROLES: dict[Role, Any] = {
    Role.SECRETARIAT: _l("Secretariat"),
    Role.COORDINATOR: _l("Coordinator of working groups"),
    Role.MANDATED: _l("Speaks for an organisation"),
}

ROLE_NOTES: dict[Role, Any] = {
    Role.SECRETARIAT: _l("Runs this house: people, organisations, programme, figures."),
    Role.COORDINATOR: _l("May run working groups."),
    Role.MANDATED: _l("Confirms who belongs to that organisation."),
}

GENDERS: dict[Gender, Any] = {
    Gender.WOMAN: _l("Woman"),
    Gender.MAN: _l("Man"),
    # I18N: self-declared gender
    Gender.OTHER: _l("Other"),
    Gender.UNDISCLOSED: _l("I prefer not to say"),
}

NEEDS: dict[Need, Any] = {
    Need.CAPTIONS: _l("Captions: I read what is said"),
    Need.SIGN_LANGUAGE: _l("Sign language"),
    Need.LARGE_PRINT: _l("Large print, or text that can be read aloud"),
    Need.PHONE_DIAL_IN: _l("To take part by telephone"),
    Need.LOW_BANDWIDTH: _l("Little bandwidth: sound only, light files"),
    Need.SHARED_SCREEN: _l("Several of us share one screen"),
    Need.COMPANION: _l("Somebody who accompanies or helps me"),
}
"""What somebody needs to take part, in their own words: said on joining, read by those who prepare a session."""

APPEARANCES: dict[Appearance, Any] = {
    Appearance.NOBODY: _l("Nobody outside my tracks"),
    Appearance.NETWORK: _l("People of the network"),
    Appearance.PUBLIC: _l("Everybody"),
}

APPEARANCES_OF_OTHERS: dict[Appearance, Any] = {
    **APPEARANCES,
    # I18N: to whom somebody else appears by name; the secretariat reads it
    Appearance.NOBODY: _l("Nobody outside their tracks"),
}
"""The same, said about somebody else."""

APPEARANCE_NOTES: dict[Appearance, Any] = {
    Appearance.NOBODY: _l(
        "People in the same tracks and the secretariat see your name. "
        "Others read “A participant”, unless you sign a text with it."
    ),
    Appearance.NETWORK: _l(
        "Everybody with a confirmed affiliation sees your name, and finds you in the directory "
        "with your organisation, region and languages."
    ),
    Appearance.PUBLIC: _l(
        "Your name may stand on public pages, beside what you choose to publish, "
        "and in the public directory with your organisation, region and languages."
    ),
}

ORGANISATION_KINDS: dict[str, Any] = {
    "inhabitants_federation": _l("Inhabitants’ federation"),
    "tenants_union": _l("Tenants’ union"),
    "housing_cooperative": _l("Housing cooperative"),
    "community_land_trust": _l("Community land trust"),
    "cooperative_land_project": _l("Cooperative land project"),
    "regional_association": _l("Regional association"),
    "federation": _l("Federation"),
    "federation_network": _l("Network of federations"),
    "network": _l("Network"),
    "regional_network": _l("Regional network"),
    "thematic_network": _l("Thematic network"),
    "global_network": _l("Global network"),
    "ngo": _l("Non-governmental organisation"),
    "ngo_support": _l("Support organisation"),
    "technical_support_ngo": _l("Technical support organisation"),
    "cooperative_development_ngo": _l("Cooperative development organisation"),
    "social_housing_union": _l("Social housing union"),
    "local_government_network": _l("Network of local governments"),
    "solidarity_fund": _l("Solidarity fund"),
    "foundation": _l("Foundation"),
    "learning_programme": _l("Learning programme"),
    "research_programme": _l("Research programme"),
    "secretariat": _l("Secretariat"),
    "committee": _l("Committee"),
    "unnamed_collective": _l("Collective"),
    # I18N: kind of an organisation that fits none of the named kinds, or is not known yet
    "other": _l("Other organisation"),
}

LEVELS: dict[Level, Any] = {
    # I18N: how wide a territory an organisation stands for
    Level.LOCAL: _l("Local: a place, a city, a district"),
    # I18N: how wide a territory an organisation stands for
    Level.NATIONAL: _l("National: a country"),
    # I18N: how wide a territory an organisation stands for
    Level.REGIONAL: _l("Regional: several countries"),
    # I18N: how wide a territory an organisation stands for
    Level.WORLD: _l("The world"),
}

CERTAINTIES: dict[str, Any] = {
    # I18N: how sure a fact about an organisation is
    "typical": _l("Likely, to be checked"),
    # I18N: how sure a fact about an organisation is
    "inferred": _l("Concluded from other facts, to be checked"),
    # I18N: how sure a fact about an organisation is
    "unsure": _l("Unsure, to be checked"),
}
"""Degrees that readers are told about; what is not named here is taken as known."""

_NO_COUNTRIES = {"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"}


def organisation_kind(code: str) -> Any:
    """Return the words for a kind of organisation; an unknown code of an imported file reads as its own words."""
    return ORGANISATION_KINDS.get(code) or code.replace("_", " ").capitalize()


@lru_cache(maxsize=32)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.split("-", maxsplit=1)[0])
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def country_name(code: str | None, language: str) -> str:
    """Return the name of a country in the language of the page; "" for none."""
    return (_locale(language).territories.get(code) or code) if code else ""


@lru_cache(maxsize=32)
def country_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Return countries and territories as (code, name), sorted by name."""
    named = [
        (code, name)
        for code, name in _locale(language).territories.items()
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRIES
    ]
    return tuple(sorted(named, key=lambda pair: fold(pair[1])))
