"""Recommendations obtained: what bodies said to States, where it stands, who follows it, what was seen of it.

Tables owned: `recommendation`, `recommendation_goal`, `recommendation_claim`, `recommendation_status`,
`recommendation_follower`, `recommendation_evidence`. Events sent: see `events`. Fills rooms on the pages of spaces,
their occurrences, engagements and organisations.
"""

from flask import Flask

from app.core import navigation, registries
from app.core import waiting as core_waiting
from app.recommendations import cards, personal_data, policy, rooms, searching, waiting
from app.recommendations.models import RECOMMENDATION
from app.recommendations.routes import blueprint


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    rooms.fill()
    searching.register()
    core_waiting.register("recommendations", waiting.waiting, order=70)
    registries.register(
        "recommendations",
        describe={RECOMMENDATION: cards.describe_recommendations},
        export_person=personal_data.export_person,
        merge_person=personal_data.merge_person,
        erase_person=personal_data.erase_person,
        holdings=personal_data.HOLDINGS,
    )
    app.register_blueprint(blueprint)
    navigation.light("advocacy.calendar", "recommendations")
