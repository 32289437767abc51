"""Is the house alive (`/healthz`), is it ready to serve (`/readyz`), and what are its figures (`/metrics`)."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, Flask
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from app.core import schema
from app.core.outbox import MailState, OutboxMail
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
    """200 when the database answers and has the revision of this code; 503 with one word otherwise."""
    try:
        state = schema.compare(db.session.connection())
    except SQLAlchemyError:
        return Response("database unreachable\n", 503, mimetype="text/plain")
    return Response(f"{state.value}\n", 200 if state is schema.SchemaState.CURRENT else 503, mimetype="text/plain")


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
    return Response(generate_latest(registry), mimetype=CONTENT_TYPE_LATEST)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
