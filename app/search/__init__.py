"""Search: what people may read, found by its words in whatever language they are.

Tables owned: `search_entry`, `search_progress`, and the full-text index over the first. Knows no capability: packages
register what can be found in `core.searching`, and say when it changed. Taken out of the house, nothing misses it.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import jobs as core_jobs
from app.core import navigation, registries
from app.search import cli, jobs, personal_data, receivers, routes


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.blueprint)
    app.cli.add_command(cli.group)
    receivers.register()
    core_jobs.register("search.fill", jobs.fill, every_seconds=3600)
    registries.register(
        "search",
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
    )
    # I18N: word on the roof of every page; it leads to the page where one looks for words
    navigation.add_to_roof(navigation.Entry(_l("Search"), "search.search", order=60, sections=("search",)))
