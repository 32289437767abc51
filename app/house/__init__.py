"""The network's own house: the pages where its secretariat names it, and the form by which people write to it.

Tables owned: `contact_subject`, `contact_message`; the settings themselves are rows of `core.house`.
Slot on the page of the settings: `house.settings`.
"""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.core import jobs as core_jobs
from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.house import emails, jobs, personal_data, policy, routes, waiting

DESK = (
    "house.settings",
    "house.change_logo",
    "house.add_region",
    "house.change_region",
    "house.add_subject",
    "house.remove_subject",
    "house.list_messages",
    "house.show_message",
)
"""The pages for which "House" is lit on the roof; the form by which anybody writes is none of them."""


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.blueprint)
    policy.register()
    emails.register()
    core_jobs.register("house.drop_answered", jobs.drop_answered, every_seconds=86_400)
    core_jobs.register("house.tell_of_more", jobs.tell_of_more, every_seconds=900)
    registries.register(
        "house",
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    core_waiting.register("house", waiting.waiting, order=20)
    navigation.name_door("logo", "house.logo")
    # I18N: link at the foot of every page: the form by which one writes to the house
    navigation.add_to_foot(navigation.Entry(_l("Write to us"), "house.contact", order=30))
    navigation.add_to_roof(
        navigation.Entry(
            # I18N: word on the roof for the secretariat: settings of the network's own house
            _l("House"),
            "house.settings",
            order=90,
            sections=DESK,
            shown_to=policy.can_run_house,
        )
    )
