"""The living page of the look, for people who build: every token and every component, as browsers get them.

Owns no table and decides nothing. Its own words are English, marked as such; the components on it speak the language of
the page, so that each can be seen in every language, from right to left, by day and by night.
"""

from flask import Flask

from app.design import routes


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.blueprint)
