"""Flask extensions, created unbound; `app.create_app` binds them.

`db` gets its mapped base class, naming convention and engine options here and in `app.core.database`.
"""

import zoneinfo
from typing import TYPE_CHECKING

from authlib.integrations.flask_client import OAuth
from flask_babel import Babel
from flask_babel.speaklater import LazyString
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf.csrf import CSRFProtect
from markupsafe import escape
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

zoneinfo.reset_tzpath(to=[])  # zones come from the pinned tzdata package: the operating system's are often a year old


def _as_text(words: LazyString) -> str:
    """Return a sentence made later as text for a page, escaped like any other."""
    return escape(str(words))


# flask-babel calls every lazy sentence markup: what people typed into its placeholders would reach pages as it is
LazyString.__html__ = _as_text


class Base(DeclarativeBase):
    """Base of every mapped class; names of constraints are fixed so that migrations can find them again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()
login_manager = LoginManager()
babel = Babel()
csrf = CSRFProtect()
oauth = OAuth()

if TYPE_CHECKING:
    Model = Base  # the checker cannot follow a base class made at run time
else:
    Model = db.Model
