"""Joint texts of a group and their versions. A text is there for whoever is inside the group, and for nobody else."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload, lazyload

from app.core.actors import Actor
from app.core.errors import NotFound
from app.core.paging import Page, fetch_page
from app.core.word_count import count_words
from app.drafting.models import JointText, TextKeeper, TextState, TextVersion
from app.drafting.paragraphs import plain
from app.extensions import db
from app.originals.queries import light
from app.workinggroups.keys import GROUP, groups_named_in
from app.workinggroups.models import WorkingGroup

LIST_SIZE = 20


def _inside(actor: Actor) -> sa.ColumnElement[bool]:
    """Of a group the actor is inside of: the same rule as `policy.can_read`."""
    if actor.is_secretariat:
        return sa.true()
    return JointText.group_id.in_(sorted(groups_named_in(actor, GROUP)))


def _for_lists() -> sa.Select[JointText]:
    return sa.select(JointText).options(lazyload(JointText.group), lazyload(JointText.keepers))


def get_visible_text(actor: Actor, slug: str, text_id: UUID) -> JointText:
    """Return a text of the group at an address; raises `NotFound`."""
    found = db.session.scalar(
        sa.select(JointText)
        .join(WorkingGroup, WorkingGroup.id == JointText.group_id)
        .where(JointText.id == text_id, WorkingGroup.slug == slug, _inside(actor))
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def list_readable_texts(actor: Actor, text_ids: Collection[UUID]) -> Sequence[JointText]:
    """Return those of many texts that the actor reads."""
    return db.session.scalars(_for_lists().where(JointText.id.in_(text_ids), _inside(actor))).all()


def page_of_texts(actor: Actor, group: WorkingGroup, *, cursor: str = "", size: int = LIST_SIZE) -> Page[JointText]:
    """Return one page of the texts of a group, the one that changed last first."""
    wanted = _for_lists().where(JointText.group_id == group.id, _inside(actor))
    return fetch_page(
        wanted, key=JointText.changed_at, row_id=JointText.id, cursor=cursor, newest_first=True, size=size
    )


def list_newest(actor: Actor, group: WorkingGroup, *, limit: int) -> tuple[Sequence[JointText], int]:
    """Return the texts that changed last, and how many there are."""
    mine = (JointText.group_id == group.id, _inside(actor))
    newest = _for_lists().where(*mine).order_by(JointText.changed_at.desc(), JointText.id.desc()).limit(limit)
    number = db.session.scalar(sa.select(sa.func.count()).select_from(JointText).where(*mine)) or 0
    return db.session.scalars(newest).all(), number


def list_under_way(actor: Actor, group: WorkingGroup) -> Sequence[JointText]:
    """Return the texts of a group that are not adopted, the one that changed last first."""
    wanted = _for_lists().where(JointText.group_id == group.id, JointText.state != TextState.ADOPTED, _inside(actor))
    return db.session.scalars(wanted.order_by(JointText.changed_at.desc(), JointText.id.desc()).limit(LIST_SIZE)).all()


def find_original(actor: Actor, text: JointText) -> JointText | None:
    """Return the text that one is a translation of."""
    if text.translation_of_id is None:
        return None
    return next(iter(list_readable_texts(actor, [text.translation_of_id])), None)


def list_translations(text: JointText) -> Sequence[JointText]:
    """Return the texts that are translations of one."""
    wanted = _for_lists().where(JointText.translation_of_id == text.id)
    return db.session.scalars(wanted.order_by(JointText.language, JointText.id)).all()


def list_kept_by(person_id: UUID | None, group_id: UUID) -> Sequence[TextKeeper]:
    """Return which texts of a group a person keeps now."""
    wanted = (
        sa.select(TextKeeper)
        .join(JointText, JointText.id == TextKeeper.text_id)
        .where(JointText.group_id == group_id, TextKeeper.person_id == person_id, TextKeeper.ended_at.is_(None))
        .order_by(TextKeeper.named_at, TextKeeper.id)
    )
    return db.session.scalars(wanted.options(lazyload(TextKeeper.person))).all()


def _with_writer(wanted: sa.Select[Any]) -> sa.Select[Any]:
    return wanted.options(*light(joinedload(TextVersion.writer)))


def get_version(text: JointText, number: int) -> TextVersion:
    """Return one version of a text already seen; raises `NotFound`."""
    wanted = sa.select(TextVersion).where(TextVersion.text_id == text.id, TextVersion.number == number)
    found: TextVersion | None = db.session.scalar(_with_writer(wanted))
    if found is None:
        raise NotFound
    return found


def version_lines(text: JointText) -> Sequence[TextVersion]:
    """Return all versions without their words, the newest first."""
    wanted = sa.select(TextVersion).where(TextVersion.text_id == text.id).order_by(TextVersion.number.desc())
    return db.session.scalars(_with_writer(wanted).options(defer(TextVersion.body))).all()


def list_versions(text: JointText, numbers: Collection[int]) -> Sequence[TextVersion]:
    """Return some versions of a text whole, the oldest first."""
    wanted = sa.select(TextVersion).where(TextVersion.text_id == text.id, TextVersion.number.in_(numbers))
    return db.session.scalars(wanted.order_by(TextVersion.number).options(lazyload(TextVersion.writer))).all()


def current_versions(texts: Sequence[JointText], *, whole: bool = False) -> dict[UUID, TextVersion]:
    """Return the newest version of many texts in one query, without its words unless asked for `whole`."""
    newest = sa.and_(JointText.id == TextVersion.text_id, JointText.version == TextVersion.number)
    wanted = sa.select(TextVersion).join(JointText, newest).where(JointText.id.in_([text.id for text in texts]))
    wanted = _with_writer(wanted) if whole else _with_writer(wanted).options(defer(TextVersion.body))
    return {row.text_id: row for row in db.session.scalars(wanted)}


def counted_words(version: TextVersion, *, splits_elisions: bool = False) -> int:
    """Return how many words a version has; with `splits_elisions`, an elided article counts for itself."""
    return count_words(plain(version.body), splits_elisions=True) if splits_elisions else version.words


def list_in_groups(actor: Actor, group_ids: Collection[UUID]) -> Sequence[JointText]:
    """Return the texts of some groups that the actor reads, the one that changed last first."""
    wanted = _for_lists().where(JointText.group_id.in_(group_ids), _inside(actor))
    return db.session.scalars(wanted.order_by(JointText.changed_at.desc(), JointText.id.desc())).all()
