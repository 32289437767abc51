"""The front page and the pages about the house: what mixes several capabilities. Owns no table."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import navigation
from app.core import waiting as core_waiting
from app.home import routes, waiting


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.blueprint)
    core_waiting.register("home", waiting.waiting, order=90)
    navigation.name_door("front", "home.front")
    # I18N: link at the foot of every page: what this house is and who keeps it
    navigation.add_to_foot(navigation.Entry(_l("About this house"), "home.about", order=10, sections=()))
