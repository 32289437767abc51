"""Advocacy: the spaces that can be influenced, their dates that move, and what organisations need to take part.

Tables owned: `advocacy_space`, `advocacy_space_goal`, `participation_mode`, `word_limit`, `step_rule`,
`catalogue_note`, `occurrence`, `occurrence_goal`, `reviewed_state`, `occurrence_step`, `followed_space`,
`organisation_access`. What groups do towards a space is in `engagements`, above (docs/decisions/0020).
"""

from flask import Flask

from app.advocacy import personal_data, policy, words
from app.advocacy.routes import blueprint
from app.core import registries


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    app.jinja_env.globals.update(words.FOR_TEMPLATES)
    registries.register(
        "advocacy",
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    app.register_blueprint(blueprint)
