"""The regions of the network: named in every language, ordered, added; one that people belong to is never deleted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.actors import Actor
from app.core.errors import RuleBroken
from app.core.names import set_name
from app.core.permissions import require
from app.extensions import db
from app.people.models import Region

CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")


class BadRegion(RuleBroken):
    """No code, a code that is taken, or no name in any language."""


def check_region_code(code: str) -> str:
    """Return a code such as LAC or SSA in capitals; raises `BadRegion`."""
    code = code.strip().upper()
    if not CODE.fullmatch(code):
        raise BadRegion(_l("Write a short code of 2 to 12 letters or digits, such as LAC or SSA."), field="code")
    return code


def check_region_names(names: Mapping[str, str]) -> None:
    if not any(text.strip() for text in names.values()):
        raise BadRegion(_l("Write its name in at least one language."), field=f"name_{next(iter(names), 'en')}")


def add_region(actor: Actor, *, code: str, names: Mapping[str, str], now: datetime) -> Region:
    """Add a region behind the others. Raises `BadRegion`."""
    require(actor, "people.manage_regions")
    code = check_region_code(code)
    check_region_names(names)
    last = db.session.scalar(sa.select(sa.func.max(Region.position)))
    region = Region(code=code, position=0 if last is None else last + 1)
    try:
        with db.session.begin_nested():
            db.session.add(region)
    except IntegrityError:
        raise BadRegion(_l("Another region has this code. Choose another one."), field="code") from None
    _name(region, names)
    audit.record(actor, "people.region.added", "region", region.id, {"code": code}, now=now)
    return region


def change_region(actor: Actor, region: Region, *, names: Mapping[str, str], now: datetime) -> Region:
    """Name a region anew; its code and what belongs to it stay. Raises `BadRegion`."""
    require(actor, "people.manage_regions")
    check_region_names(names)
    _name(region, names)
    audit.record(actor, "people.region.changed", "region", region.id, {"code": region.code}, now=now)
    return region


def _name(region: Region, names: Mapping[str, str]) -> None:
    for language, text in names.items():
        set_name("region", region.id, language, text)
