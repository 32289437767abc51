"""Example people, two example tracks with a season lived in them, groups with their advocacy, and generated attendance:
a house to try things in; and for every house an example of each mail (`mails`).

Everything here is invented, bears the word "example" in its name and is marked `is_example`. It is made once, in a
database that holds no person yet. Owns no table: it uses the services of the packages below.
"""

from flask import Flask

from app.core import registries, slots
from app.examples import mails
from app.examples.cli import furnish, make_example_house
from app.examples.making import ExampleSummary, make_examples
from app.examples.notice import holds_examples, say_figures_are_invented, say_people_are_invented

__all__ = ["ExampleSummary", "furnish", "init_app", "make_examples"]


def init_app(app: Flask) -> None:
    app.cli.add_command(make_example_house)
    registries.register("examples", is_example=holds_examples)
    mails.register()
    slots.fill("sessions.track", "examples", say_people_are_invented, order=1)
    for report in ("reports.participation", "reports.advocacy"):
        slots.fill(report, "examples", say_figures_are_invented)
