"""Maloca: the factory that builds the house from its packages. Nobody inside imports this module back."""

from __future__ import annotations

from flask import Flask

from app import (
    advocacy,
    agenda,
    announcements,
    calendars,
    chantiers,
    core,
    datepolls,
    decisions,
    design,
    discussions,
    drafting,
    engagements,
    events,
    examples,
    home,
    house,
    instruments,
    mailings,
    materials,
    moments,
    originals,
    outcomes,
    people,
    polls,
    proposals,
    recommendations,
    reflections,
    reminders,
    reports,
    search,
    sessions,
    tasks,
    workinggroups,
)
from app.core import catalogues, logging
from app.core.database import engine_options
from app.extensions import csrf, db, login_manager, migrate
from config import ROOT, Settings, read_secret_key

PACKAGES = (
    core,
    moments,
    people,
    mailings,
    originals,
    sessions,
    materials,
    announcements,
    reflections,
    outcomes,
    workinggroups,
    tasks,
    chantiers,
    decisions,
    polls,
    datepolls,
    discussions,
    drafting,
    advocacy,
    instruments,
    engagements,
    recommendations,
    events,
    calendars,
    proposals,
    reminders,
    agenda,
    house,
    reports,
    search,
    home,
    design,
    examples,
)
"""Every capability, from the ground to the roof; a package is taken out of the house by taking it out here."""


def create_app(settings: Settings | None = None) -> Flask:
    """Return the house, wired and ready to serve. Settings come from the environment unless a test gives its own."""
    settings = settings or Settings()
    logging.configure()
    catalogues.compile_stale()
    app = Flask(__name__, root_path=str(ROOT / "app"), static_folder="core/static", template_folder="core/templates")
    app.testing = settings.testing
    app.extensions["maloca"] = settings
    app.config.update(
        SECRET_KEY=read_secret_key(settings),
        SQLALCHEMY_DATABASE_URI=settings.database,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.database),
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
        MAX_FORM_MEMORY_SIZE=settings.max_request_bytes,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,  # each form checks its own token, so that what was typed comes back
        SESSION_COOKIE_NAME="maloca",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        BABEL_DEFAULT_LOCALE="en",
        BABEL_TRANSLATION_DIRECTORIES=str(ROOT / "translations"),
        TEMPLATES_AUTO_RELOAD=False,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    migrate.init_app(app, db, directory=str(ROOT / "migrations"))
    login_manager.init_app(app, add_context_processor=False)  # pages know `me`
    csrf.init_app(app)
    for package in PACKAGES:
        package.init_app(app)
    from app import cli

    cli.init_app(app)
    return app
