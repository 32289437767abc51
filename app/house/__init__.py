"""The network's own house: the pages where its secretariat names it, and the form by which people write to it.

Tables owned: `contact_subject`, `contact_message`; the settings themselves are rows of `core.house`.
"""

from flask import Flask

from app.house import models

TABLES = (models.ContactSubject, models.ContactMessage)


def init_app(app: Flask) -> None:
    """Wire the package into the house."""
