"""Engagements: what groups do towards an advocacy space, from the plan to what came of it.

Tables owned: `engagement`, `engagement_group`, `engagement_goal`, `engagement_claim`, `engagement_signatory`,
`engagement_text`, `engagement_sign_off`, `engagement_material`, `engagement_delegate`. Keys given: see `keys`.
"""

from flask import Flask

from app.core import registries
from app.engagements import keys, policy
from app.engagements.routes import blueprint


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
    policy.register()
    registries.register(
        "engagements",
        audience_keys=keys.keys_of,
        audience_holders={keys.ENGAGEMENT: keys.holders_of_engagement},
        lent_keys=(keys.ENGAGEMENT,),
    )
    app.register_blueprint(blueprint)
