"""Acts by mail: a link in a mail leads to one page that asks, and what is confirmed there is done, without signing in.

The link itself is the authority: signed here, worth something for one act, one thing and one choice, for the person it
was mailed to, at the address it was mailed to, once, for ninety days (docs/decisions/0028). Looking at it changes
nothing: providers of mail open every link before a person does. A package registers its acts with `register`, says
what is asked in `ask`, and does it in `perform` with the service that its own page uses; its mails get the links by
`offer`. Table owned: `spent_act`.
"""

from flask import Flask

from app.core import jobs as core_jobs
from app.core import registries
from app.core.acts import answered_anew, emails, jobs, routes
from app.core.acts.holders import Holder, register_finder
from app.core.acts.links import ActLink
from app.core.acts.models import SpentAct
from app.core.acts.offering import link, offer
from app.core.acts.registry import Act, Asked, Choice, Over, Said, act_of, kinds, register

__all__ = [
    "Act",
    "ActLink",
    "Asked",
    "Choice",
    "Holder",
    "Over",
    "Said",
    "SpentAct",
    "act_of",
    "init_app",
    "kinds",
    "link",
    "offer",
    "register",
    "register_finder",
]


def init_app(app: Flask) -> None:
    app.register_blueprint(routes.blueprint)
    emails.register()
    registries.register("core", still_wanted={emails.DONE: answered_anew.still_wanted})
    core_jobs.register("core.forget_spent_acts", jobs.forget_spent, every_seconds=3600)
