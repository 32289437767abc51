"""Registries: how a package tells the kernel what it holds, without the kernel knowing its name.

Each is filled once per process in a package's `init_app` with module-level functions, and is always batched.
Registering the same function twice (a second app in one process, as tests do) changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.actors import NETWORK, PUBLIC, SECRETARIAT, Actor, ActorKind
from app.core.remembering import remember, remembered


@dataclass(frozen=True, slots=True)
class Card:
    """What a list prints of a thing it does not know: a title, its language, an address, a state code; what it is
    part of (a track, a group), where the title does not say it; and whether something is to be handed in by its date.
    """

    title: str
    href: str
    language: str = ""
    state: str = ""
    part_of: str = ""
    is_deadline: bool = False


DONE, DROPPED, PUT_OFF = "done", "dropped", "postponed"
"""States of a card that every list understands: nobody has to keep the date any more; given up or called off, and no
plan speaks of it; put off with what it belongs to."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a person is written to: address, language of mails, name for the greeting; `zone` is the one whose clock is
    theirs, "" where nobody knows it."""

    email: str
    language: str
    name: str
    zone: str = ""


@dataclass(frozen=True, slots=True)
class WaysOut:
    """Links of a mail, for its recipient alone: at its foot, to choose what one gets and stop what this mail is about;
    in its head, for mail programs, to stop it with one click."""

    choose: str
    stop: str


@dataclass(frozen=True, slots=True)
class Slot:
    """When a notice leaves: not before an instant; in one mail with the person's others of the same `together` (the
    key of that mail), or alone where it is ""; or never, and why (`suppressed`, a code)."""

    not_before: datetime
    together: str = ""
    suppressed: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """One part of what a package exports of a person, in words: what it is, and whether erasing takes it away or
    leaves it without the person."""

    label: Any
    stays: bool = False


Describe = Callable[[list[UUID], Actor], dict[UUID, Card]]
AudienceKeys = Callable[[list[UUID], datetime], dict[UUID, set[str]]]
AudienceHolders = Callable[[str, datetime], set[UUID]]
ExportPerson = Callable[[UUID], dict[str, Any]]
MergePerson = Callable[[UUID, UUID, datetime], None]
ErasePerson = Callable[[UUID, datetime], None]
ForgetAddress = Callable[[str, datetime], None]
StillWanted = Callable[[Any, datetime], bool]
Contacts = Callable[[list[UUID]], dict[UUID, Contact]]
Pace = Callable[[list[Any], datetime], dict[UUID, Slot]]
Quiet = Callable[[list[Any], datetime], dict[UUID, datetime]]
WaysOutOf = Callable[[UUID, str, str], WaysOut]
Unwanted = Callable[[list[Any]], dict[UUID, str]]
IsExample = Callable[[], bool]

_describe: dict[str, Describe] = {}
_audience_keys: dict[str, AudienceKeys] = {}
_audience_holders: dict[str, AudienceHolders] = {}
_export_person: dict[str, ExportPerson] = {}
_merge_person: dict[str, MergePerson] = {}
_erase_person: dict[str, ErasePerson] = {}
_forget_address: dict[str, ForgetAddress] = {}
_still_wanted: dict[str, StillWanted] = {}
_contacts: dict[str, Contacts] = {}
_pace: dict[str, Pace] = {}
_quiet: dict[str, Quiet] = {}
_ways_out: dict[str, WaysOutOf] = {}
_unwanted: dict[str, Unwanted] = {}
_is_example: dict[str, IsExample] = {}
_holdings: dict[str, dict[str, Holding]] = {}
_lent_keys: dict[str, frozenset[str]] = {"core": frozenset({PUBLIC, NETWORK})}
_helper_keys: dict[str, frozenset[str]] = {"core": frozenset({SECRETARIAT})}


def register(
    package: str,
    *,
    describe: dict[str, Describe] | None = None,
    audience_keys: AudienceKeys | None = None,
    audience_holders: dict[str, AudienceHolders] | None = None,
    export_person: ExportPerson | None = None,
    merge_person: MergePerson | None = None,
    erase_person: ErasePerson | None = None,
    forget_address: ForgetAddress | None = None,
    still_wanted: dict[str, StillWanted] | None = None,
    contacts: Contacts | None = None,
    pace: Pace | None = None,
    quiet: Quiet | None = None,
    ways_out: WaysOutOf | None = None,
    unwanted: Unwanted | None = None,
    is_example: IsExample | None = None,
    holdings: dict[str, Holding] | None = None,
    lent_keys: Iterable[str] = (),
    helper_keys: Iterable[str] = (),
) -> None:
    """Register what one package holds. `describe` is keyed by kind of thing, `audience_holders` by the part of a
    key before its colon, `still_wanted` by kind of notice, `holdings` by the parts of `export_person`. `is_example`
    says whether the house holds invented people, who may be read by everybody.

    `lent_keys` are the kinds of keys (the part before the colon) that an assisted person keeps while a helper writes
    for them; whatever nobody names here is a power, and is not lent. `helper_keys` are those whose holders may
    register a person without an account."""
    _describe.update(describe or {})
    _audience_holders.update(audience_holders or {})
    _still_wanted.update(still_wanted or {})
    given: tuple[tuple[dict[str, Any], Any], ...] = (
        (_audience_keys, audience_keys),
        (_export_person, export_person),
        (_merge_person, merge_person),
        (_erase_person, erase_person),
        (_forget_address, forget_address),
        (_contacts, contacts),
        (_pace, pace),
        (_quiet, quiet),
        (_ways_out, ways_out),
        (_unwanted, unwanted),
        (_is_example, is_example),
        (_holdings, holdings),
        (_lent_keys, frozenset(lent_keys) or None),
        (_helper_keys, frozenset(helper_keys) or None),
    )
    for registry, mine in given:
        if mine is not None:
            registry[package] = mine


def cards(things: Iterable[tuple[str, UUID]], actor: Actor) -> dict[UUID, Card]:
    """Describe many things, one call per kind; what the actor cannot see is missing from the answer, and so are things
    of a package that was taken out of the house."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for kind, thing_id in things:
        by_kind[kind].append(thing_id)
    found: dict[UUID, Card] = {}
    for kind, ids in by_kind.items():
        if kind in _describe:
            found.update(_describe[kind](ids, actor))
    return found


def audience_keys(person_ids: list[UUID], now: datetime) -> dict[UUID, frozenset[str]]:
    """Return the keys of many persons at one instant, from all packages."""
    keys: dict[UUID, set[str]] = defaultdict(set)
    for provider in _audience_keys.values():
        for person_id, found in provider(person_ids, now).items():
            keys[person_id] |= found
    return {person_id: frozenset(found) for person_id, found in keys.items()}


def actors_at(person_ids: list[UUID], now: datetime) -> dict[UUID, Actor]:
    """Return the actors of many persons at one instant, in one batch."""
    keys = audience_keys(person_ids, now)
    return {pid: Actor(ActorKind.PERSON, pid, frozenset({PUBLIC}) | keys.get(pid, frozenset())) for pid in person_ids}


@remembered
def actor_at(person_id: UUID, now: datetime) -> Actor:
    """Return one person as an actor, with the keys that hold at `now`."""
    return actors_at([person_id], now)[person_id]


def meet(person_ids: Iterable[UUID], now: datetime) -> None:
    """Read many persons as actors at once, for whoever asks of each within `remembering`."""
    wanted = list(person_ids)
    for person_id, actor in actors_at(wanted, now).items() if wanted else ():
        remember(actor_at, actor, person_id, now)


def lent(actor: Actor, helper_id: UUID) -> Actor:
    """Return a person as written for by a helper: their own keys without any power, and the helper's hand."""
    kept = frozenset().union(*_lent_keys.values())
    keys = frozenset(key for key in actor.keys if _kind(key) in kept)
    return replace(actor, keys=keys, acting_for=None, helper_id=helper_id)


def makes_helper(actor: Actor) -> bool:
    """Return whether the actor holds a key whose holders may register persons without an account."""
    kinds = frozenset().union(*_helper_keys.values())
    return any(_kind(key) in kinds for key in actor.keys)


def _kind(key: str) -> str:
    return key.split(":", 1)[0]


def audience_holders(key: str, now: datetime) -> set[UUID]:
    """Return the persons who hold a key: the inverse of `audience_keys`."""
    return _audience_holders[_kind(key)](key, now)


def export_person(person_id: UUID) -> dict[str, dict[str, Any]]:
    """Return everything the house holds about a person, by package."""
    return {package: export(person_id) for package, export in sorted(_export_person.items())}


def holding_of(package: str, part: str) -> Holding | None:
    """Return the words for one part of what a package exports; None where it has not said any."""
    return _holdings.get(package, {}).get(part)


def merge_person(kept_id: UUID, gone_id: UUID, now: datetime) -> None:
    """Move everything of one person to another."""
    for merge in _merge_person.values():
        merge(kept_id, gone_id, now)


def erase_person(person_id: UUID, now: datetime) -> None:
    """Erase a person's data in every package; counts stay."""
    for erase in _erase_person.values():
        erase(person_id, now)


def forget_address(email: str, now: datetime) -> None:
    """Forget an address (in its normal form) where it stands without the account that is erased with it."""
    for forget in _forget_address.values():
        forget(email, now)


def still_wanted(kind: str, notice: Any, now: datetime) -> bool:
    """Ask, at the last moment before sending, whether a notice still makes sense. Kinds nobody speaks for do."""
    asked = _still_wanted.get(kind)
    return asked is None or asked(notice, now)


def is_asked(kind: str) -> bool:
    """Whether anybody says of a kind of notice when it makes no sense any more."""
    return kind in _still_wanted


def contacts(person_ids: list[UUID]) -> dict[UUID, Contact]:
    """Return where persons are written to; who has no address is missing."""
    found: dict[UUID, Contact] = {}
    for provider in _contacts.values():
        found.update(provider(person_ids))
    return found


def pace(notices: list[Any], now: datetime) -> dict[UUID, Slot]:
    """Return when each notice leaves, by its id. Where no package speaks for a person's rhythm each is a mail of its
    own, at once."""
    slots = {notice.id: Slot(max(now, notice.not_before or now)) for notice in notices}
    for provider in _pace.values():
        slots.update(provider(notices, now))
    return slots


def quiet(notices: list[Any], now: datetime) -> dict[UUID, datetime]:
    """Return, by id, the notices that must not leave now though their hour has come, and until when: their reader
    sleeps, and it is not too late in the morning. Asked of what is late: a worker was away, a server refused."""
    found: dict[UUID, datetime] = {}
    for provider in _quiet.values():
        found.update(provider(notices, now))
    return found


def unwanted(notices: list[Any]) -> dict[UUID, str]:
    """Return which notices somebody has stopped meanwhile, by id, with the code of the reason."""
    found: dict[UUID, str] = {}
    for provider in _unwanted.values():
        found.update(provider(notices))
    return found


def ways_out(person_id: UUID, address: str, topics: str) -> WaysOut | None:
    """Return the links of a mail to an address about some topics: their codes, parted by commas."""
    return next((provider(person_id, address, topics) for provider in _ways_out.values()), None)


def is_example_house() -> bool:
    """Return whether this house was furnished with invented people: it is one to try things in."""
    return any(is_example() for is_example in _is_example.values())


def packages_with_personal_data() -> dict[str, set[str]]:
    """Return which packages speak in each registry of personal data (for the sweep that no table is forgotten)."""
    return {"export": set(_export_person), "merge": set(_merge_person), "erase": set(_erase_person)}
