"""Engagements: what groups do towards an advocacy space, from the plan to what came of it.

Tables owned: `engagement`, `engagement_group`, `engagement_goal`, `engagement_claim`, `engagement_signatory`,
`engagement_text`, `engagement_sign_off`, `engagement_material`, `engagement_delegate`. Keys given: see `keys`. Events
sent: see `events`. Fills rooms on the pages of groups, spaces and occurrences, and beside joint texts that are written
for an engagement. Slot to be filled: `engagements.engagement`, on the page of one; its own texts, results and shelf
stand there too.
"""

from flask import Flask

from app.advocacy import concerned
from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.engagements import (
    acts,
    acts_joining,
    cards,
    concern,
    deadlines,
    emails,
    exporting,
    keys,
    personal_data,
    policy,
    rooms,
    searching,
    shelf,
    telling,
    telling_joining,
    waiting,
    waiting_texts,
)
from app.engagements.models import ENGAGEMENT
from app.engagements.routes import blueprint, text_rooms


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    rooms.fill()
    text_rooms.fill()
    shelf.register()
    exporting.register()
    searching.register()
    emails.register()
    acts.register()
    acts_joining.register()
    telling.connect()
    telling_joining.connect()
    deadlines.register()
    concerned.register("engagements", concern.occurrences_of)
    core_waiting.register("engagements", waiting.waiting, order=55)
    core_waiting.register("engagements.texts", waiting_texts.waiting, order=56)
    registries.register(
        "engagements",
        describe={ENGAGEMENT: cards.describe_engagements},
        audience_keys=keys.keys_of,
        audience_holders={keys.ENGAGEMENT: keys.holders_of_engagement, keys.DELEGATION: keys.holders_of_delegation},
        lent_keys=(keys.ENGAGEMENT, keys.DELEGATION),
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
        still_wanted=telling.STILL_WANTED | telling_joining.STILL_WANTED,
    )
    app.register_blueprint(blueprint)
    navigation.light("advocacy.calendar", "engagements")
