"""A new group: its names, texts, tracks of origin, and the first who runs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from flask_babel import lazy_gettext as _l

from app.core import audit
from app.core.actors import NETWORK, PUBLIC, SECRETARIAT, Actor
from app.core.errors import RuleBroken
from app.core.languages import is_blank
from app.core.names import Certainty
from app.core.naming import Names, add_with_free_slug, check_names, slug_of, write_names
from app.core.permissions import require
from app.people.models import AffiliationKind, Region
from app.sessions.models import Track
from app.workinggroups import events
from app.workinggroups.keys import group_key
from app.workinggroups.models import Admission, GroupBlock, GroupKind, GroupState, WorkingGroup
from app.workinggroups.services.coordination import let_run
from app.workinggroups.services.texts import Texts, write_texts

MEMBERS_AND_ALLIES = (AffiliationKind.MEMBER.value, AffiliationKind.ALLY.value)
"""R-04: a working group is open to Members and Allies."""

KINDS_OF_AFFILIATION = tuple(kind.value for kind in AffiliationKind)


class UnknownKind(RuleBroken):
    """An eligibility that is no kind of affiliation, or none at all."""


class RegionMissing(RuleBroken):
    """A regional group names its region, every other group none."""


class ObjectivesMissing(RuleBroken):
    """Nobody can acknowledge objectives that nobody wrote (R-04)."""


@dataclass(frozen=True, slots=True)
class GroupRules:
    """Who sees that a group exists (`public`, `network`; empty: those inside alone), who may come in, and how."""

    audience: str = PUBLIC
    admission: Admission = Admission.OPEN
    eligible: Sequence[str] = MEMBERS_AND_ALLIES
    takes_observers: bool = True


@dataclass(frozen=True, slots=True)
class GroupWords:
    """Names and descriptive texts by language; `certainty` of the names, where they come from a file."""

    names: Names
    texts: Texts = field(default_factory=dict)
    certainty: Certainty = Certainty.OWN


def check_eligible(eligible: Sequence[str]) -> list[str]:
    """Return the kinds of affiliation in their order; raises `UnknownKind` for none or for another word."""
    kept = [kind for kind in KINDS_OF_AFFILIATION if kind in eligible]
    if not kept or len(kept) != len(set(eligible)):
        raise UnknownKind(
            _l("Say who may become a member: Members, Allies, Friends, or several of them."), field="eligible"
        )
    return kept


def check_objectives(texts: Mapping[GroupBlock, Mapping[str, str]]) -> None:
    """Raise `ObjectivesMissing` when no language has objectives."""
    if all(is_blank(body) for body in texts.get(GroupBlock.OBJECTIVES, {}).values()):
        raise ObjectivesMissing(
            _l("Write the objectives in at least one language: whoever joins acknowledges them."),
            field=f"{GroupBlock.OBJECTIVES}_{next(iter(texts.get(GroupBlock.OBJECTIVES, {})), 'en')}",
            rule="R-04",
        )


def check_region(kind: GroupKind, region: Region | None) -> None:
    """Raise `RegionMissing` for a regional group without its region; other groups have none."""
    if (kind is GroupKind.REGIONAL) != (region is not None):
        raise RegionMissing(
            _l("Choose the region of a regional group. Leave it empty for every other group."), field="region"
        )


def audience_of(group_id: UUID, wanted: str) -> str:
    """Return the key for who sees that a group exists; anything but the two open ones is the group itself."""
    return wanted if wanted in (PUBLIC, NETWORK, SECRETARIAT) else group_key(group_id)


def apply_rules(group: WorkingGroup, rules: GroupRules) -> None:
    """Say who sees that a group exists, who may come in, and how. Raises `UnknownKind`."""
    group.eligible = check_eligible(rules.eligible)
    group.audience = audience_of(group.id, rules.audience)
    group.admission, group.takes_observers = rules.admission, rules.takes_observers


def create_group(
    actor: Actor,
    *,
    kind: GroupKind,
    words: GroupWords,
    rules: GroupRules,
    region: Region | None = None,
    origins: Sequence[Track] = (),
    now: datetime,
) -> WorkingGroup:
    """Create a group, which is active at once; a person who is not of the secretariat runs what they create. A chantier
    is proposed, not created here.

    Raises `NeedsName`, `ObjectivesMissing`, `UnknownKind`, `RegionMissing`.
    """
    require(actor, "workinggroups.found")
    if kind is GroupKind.CHANTIER:
        raise RuleBroken(
            _l("A chantier is proposed in the name of an organisation that carries it. Propose it there."), field="kind"
        )
    group = found_group(actor, kind=kind, words=words, rules=rules, region=region, origins=origins, now=now)
    if not actor.is_secretariat and actor.person_id is not None:
        let_run(actor, group, actor.person_id, now=now)
    return group


def found_group(
    actor: Actor,
    *,
    kind: GroupKind,
    words: GroupWords,
    rules: GroupRules,
    state: GroupState = GroupState.ACTIVE,
    region: Region | None = None,
    origins: Sequence[Track] = (),
    slug: str = "",
    code: str | None = None,
    source: str = "",
    is_example: bool = False,
    now: datetime,
) -> WorkingGroup:
    """Write a group down. Whether the actor may is asked by the services that call this one: creating, following on,
    proposing a chantier. Raises as `create_group`."""
    check_names(words.names)
    check_objectives(words.texts)
    check_region(kind, region)
    group = WorkingGroup(
        id=uuid4(),
        kind=kind,
        state=state,
        region_id=region.id if region is not None else None,
        objectives_edition=1,
        code=code,
        source=source,
        is_example=is_example,
        created_at=now,
        created_by=actor.person_id,
        origins=list(origins),
    )
    apply_rules(group, rules)
    add_with_free_slug(group, slug or slug_of(words.names, f"group-{group.id.hex[:8]}"))
    write_names("group", group.id, words.names, certainty=words.certainty)
    write_texts(group, words.texts)
    facts = {"slug": group.slug, "kind": kind.value}
    audit.record(actor, "workinggroups.group.founded", "group", group.id, facts, now=now)
    events.group_founded.send(group, actor=actor, now=now)
    return group
