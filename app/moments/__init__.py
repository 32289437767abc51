"""Every dated thing of the house, and the rules of time.

Tables owned: `moment`, `moment_change`. Events sent: `moment_created`, `moment_changed`. A package above gives its
thing a time with `services.create_moment`, moves it with `services.change_moment`, shows it with the macros of
`moments/time.html` and lets it be taken along with `calendar_file`. Nobody else combines a wall clock with a zone.
"""

from flask import Flask

from app.core import permissions, registries
from app.moments import cli, personal_data, policy, routes, sentences, shown, zones


def init_app(app: Flask) -> None:
    permissions.register("moments.recompute", policy.can_recompute, "recompute times after new zone data")
    registries.register(
        "moments",
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    sentences.init_app(app)
    app.register_blueprint(routes.blueprint)
    app.cli.add_command(cli.moments_cli)
    app.jinja_env.globals.update(
        shown=shown.shown,
        shown_change=shown.shown_change,
        hours_of=shown.hours_of,
        day_of=shown.day_of,
        reader_zone=zones.reader_zone,
        place_of=zones.place_of,
    )
