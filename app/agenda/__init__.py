"""The one agenda: every date the reader may see, whatever it is a date of, as pages and as feeds (R-30).

Table owned: `calendar_link`. It reads moments and the cards that other packages give of their things, and knows none of
these things itself; what it is narrowed down by (a track, a group, a space, a region, a language) it asks of their
packages. docs/decisions/0025.
"""

from flask import Flask
from flask_babel import lazy_pgettext as _lp

from app.agenda import emails, personal_data, policy, receivers, rooms
from app.agenda.blueprint import blueprint
from app.agenda.routes import embed, feeds, links, pages  # noqa: F401 - the pages hang themselves on the blueprint
from app.core import navigation, registries


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    emails.register()
    rooms.fill()
    receivers.listen()
    registries.register(
        "agenda",
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    # I18N: word on the roof of every page; it leads to all dates that the reader may see
    navigation.add_to_roof(navigation.Entry(_lp("dates", "Agenda"), "agenda.show_list", order=5, sections=("agenda",)))
    app.register_blueprint(blueprint)
