"""The pages of mails: what one gets, stopping from a mail, and the secretariat's log."""

from app.mailings.routes.blueprint import blueprint

from app.mailings.routes import choosing, log, preview, stopping, written  # isort: skip

__all__ = ["blueprint", "choosing", "log", "preview", "stopping", "written"]
