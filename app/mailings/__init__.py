"""How the house writes to people: what each chose to get, how often and when it is quiet; stopping from a mail; what
became of every mail, for the secretariat.

Tables owned: `mail_rhythm`, `mail_stop`. No events are sent. The outbox asks `pacing` for the hour of each notice.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import navigation, registries
from app.mailings import cli, links, pacing, personal_data, policy, rooms, routes


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    rooms.fill()
    registries.register(
        "mailings",
        pace=pacing.pace,
        quiet=pacing.quiet,
        unwanted=pacing.unwanted,
        ways_out=links.ways_out,
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    app.register_blueprint(routes.blueprint)
    app.cli.add_command(cli.group)
    # I18N: link at the foot of the secretariat's pages: the log of all mails
    navigation.add_to_foot(navigation.Entry(_l("Mails"), "mailings.list_mails", order=40, shown_to=policy.can_read_log))
