"""Is the house alive (`/healthz`), is it ready to serve (`/readyz`), and what are its figures (`/metrics`)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from flask import Blueprint, Flask, current_app
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from app.core import clock, heartbeat, schema
from app.core.mail_url import transport_for
from app.core.outbox import MailState, OutboxMail, SuppressedAddress
from app.core.web import public
from app.extensions import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def alive() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public
def ready() -> Response:
    """200 when the database answers and has the revision of this code; 503 with one word otherwise. Pages are served
    without a worker, too: when one was seen, and what is amiss behind the pages, stands in further lines of a 200."""
    try:
        state = schema.compare(db.session.connection())
        is_ready = state is schema.SchemaState.CURRENT
        lines = [state.value, *(_behind(clock.now()) if is_ready else ())]
    except SQLAlchemyError:
        return Response("database unreachable\n", 503, mimetype="text/plain")
    return Response("".join(f"{line}\n" for line in lines), 200 if is_ready else 503, mimetype="text/plain")


def _behind(now: datetime) -> Iterator[str]:
    """Say how it goes behind the pages: for whoever watches the machine, in English."""
    pulse = heartbeat.pulse(now)
    if pulse.seen_at is None:
        yield "no worker seen yet"
    elif pulse.is_missed(now):
        yield f"no worker seen for {(now - pulse.seen_at).total_seconds() // 60:.0f} minutes"
    else:
        yield f"worker seen {(now - pulse.seen_at).total_seconds():.0f} seconds ago"
    if transport_for(current_app.extensions["maloca"]) is None:
        yield "mails wait: MAIL_URL is not set"
    elif pulse.due_since is not None and pulse.is_late(now):
        yield f"{pulse.due} mails wait, the first for {(now - pulse.due_since).total_seconds() // 60:.0f} minutes"


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Figures of the house for Prometheus: nothing about any person."""
    registry = CollectorRegistry()
    mails = Gauge("maloca_outbox_mails", "Mails in the outbox by state", ["state"], registry=registry)
    counts = sa.select(OutboxMail.state, sa.func.count()).group_by(OutboxMail.state)
    counted: dict[MailState, int] = dict(db.session.execute(counts).all())
    for state in MailState:
        mails.labels(state.value).set(counted.get(state, 0))
    now = clock.now()
    pulse = heartbeat.pulse(now)
    due = Gauge("maloca_outbox_due_seconds", "How long the oldest due mail has waited", registry=registry)
    due.set((now - pulse.due_since).total_seconds() if pulse.due_since else 0)
    seen = Gauge("maloca_worker_seen_seconds", "How long ago a worker was seen; -1 for never", registry=registry)
    seen.set((now - pulse.seen_at).total_seconds() if pulse.seen_at else -1)
    workers = Gauge("maloca_workers", "Workers seen within minutes", registry=registry)
    workers.set(pulse.workers)
    suppressed = Gauge("maloca_suppressed_addresses", "Addresses that are not written to", registry=registry)
    suppressed.set(db.session.scalar(sa.select(sa.func.count()).select_from(SuppressedAddress)) or 0)
    return Response(generate_latest(registry), mimetype=CONTENT_TYPE_LATEST)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
