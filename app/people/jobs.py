"""What happens to people on its own: devices, mailed links and files of people that have been of no use to anybody for
a month go; files that were let run are loaded line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
import structlog

from app.core import actors
from app.core.actors import Actor
from app.core.database import change_rows
from app.extensions import db
from app.people.imports.lines import Said
from app.people.imports.matching import BATCH
from app.people.imports.refusals import LineRefused
from app.people.imports.table import Line
from app.people.imports.trial import Fate, read_line
from app.people.models import AuthSession, ImportState, LineOutcome, MailLink, PeopleImport, Person
from app.people.queries import imports as queries
from app.people.services import imports as services
from app.people.services.loading import Wishes, load_person

KEPT = timedelta(days=30)
LOADER = actors.job("people.load")


def drop_old(now: datetime) -> int:
    """Delete devices that were signed out or ran out, links that were used or ran out, and files of people that do not
    run, more than `KEPT` ago. Returns how many rows went. A job of people."""
    last = now - KEPT
    devices = sa.delete(AuthSession).where(sa.or_(AuthSession.revoked_at < last, AuthSession.expires_at < last))
    links = sa.delete(MailLink).where(sa.or_(MailLink.used_at < last, MailLink.expires_at < last))
    files = sa.delete(PeopleImport).where(PeopleImport.made_at < last, PeopleImport.state != ImportState.RUNNING)
    dropped = change_rows(devices) + change_rows(links) + change_rows(files)
    db.session.commit()
    return dropped


def load_people(now: datetime) -> int:
    """Add the people of a batch of lines of the file that has run for longest, one transaction per line; any number of
    workers may do so at once. Returns how many lines were looked at. A job of people."""
    brought = queries.find_running()
    if brought is None:
        db.session.rollback()
        return 0
    brought_id, columns, headings, wishes = brought.id, brought.columns, len(brought.headings), _wishes_of(brought)
    lines = queries.lines_of(brought_id, at_most=BATCH, only_waiting=True)
    loaded = load_lines(LOADER, lines, columns, wishes, headings=headings, of_file=brought_id, now=now)
    looked_at = sum(1 for _fate in loaded)
    services.end_file(LOADER, brought_id, now=now)
    db.session.commit()
    return looked_at


def _wishes_of(brought: PeopleImport) -> Wishes:
    maker = db.session.get(Person, brought.made_by) if brought.made_by else None
    language = (maker.page_language if maker else "") or "en"
    return Wishes(adds_organisations=brought.adds_organisations, invites=brought.invites, language=language)


def load_lines(
    actor: Actor,
    lines: Sequence[Line],
    columns: dict[str, int],
    wishes: Wishes,
    *,
    headings: int,
    of_file: UUID | None = None,
    now: datetime,
) -> Iterator[Fate]:
    """Load lines one by one, commit each, and yield what became of it. Lines `of_file` are taken from its rows, where
    another worker may have been faster: those are passed over."""
    for line in lines:
        said = read_line(line, columns, headings=headings)
        if of_file is not None and not services.take_line(of_file, line.number):
            db.session.rollback()
            continue
        try:
            fate = _load(actor, line, said, wishes, now=now)
        except Exception as error:  # one line alone is given up, whatever it was; none of its words is logged
            db.session.rollback()
            structlog.get_logger().error("people.line_failed", line=line.number, kind=type(error).__name__)
            fate = Fate(line.number, LineOutcome.REFUSED, LineRefused("fault").reason)
        if of_file is not None:
            services.keep_fate(of_file, fate)
        db.session.commit()
        yield fate


def _load(actor: Actor, line: Line, said: Said | str, wishes: Wishes, *, now: datetime) -> Fate:
    if isinstance(said, str):
        return Fate(line.number, LineOutcome.REFUSED, said)
    return load_person(actor, said, wishes, now=now)
