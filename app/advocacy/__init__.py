"""Advocacy: the spaces that can be influenced, their dates that move, and what organisations need to take part.

Tables owned: `advocacy_space`, `advocacy_space_goal`, `participation_mode`, `word_limit`, `step_rule`,
`catalogue_note`, `occurrence`, `occurrence_goal`, `reviewed_state`, `occurrence_step`, `followed_space`,
`organisation_access`. What groups do towards a space is in `engagements`, above (docs/decisions/0020).

Events sent: see `events`. Slot on the page of an occurrence: `advocacy.occurrence`. Packages above say in `concerned`
whom it concerns when an occurrence moves.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.advocacy import cards, catalogue, personal_data, policy, rooms, searching, waiting, words
from app.advocacy.following import rooms as following_rooms
from app.advocacy.following import taking_along
from app.advocacy.models import OCCURRENCE, SPACE, STEP
from app.advocacy.routes import blueprint
from app.core import navigation, registries
from app.core import waiting as core_waiting


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    rooms.fill()
    following_rooms.fill()
    taking_along.register()
    searching.register()
    app.jinja_env.globals.update(words.FOR_TEMPLATES)
    registries.register(
        "advocacy",
        describe={
            SPACE: cards.describe_spaces,
            OCCURRENCE: cards.describe_occurrences,
            STEP: cards.describe_steps,
        },
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    # I18N: word on the roof of every page; it leads to the calendar of spaces where decisions can be influenced
    navigation.add_to_roof(navigation.Entry(_l("Advocacy"), "advocacy.calendar", order=20, sections=("advocacy",)))
    core_waiting.register("advocacy", waiting.waiting, order=58)
    catalogue.init_app(app)
    app.register_blueprint(blueprint)
