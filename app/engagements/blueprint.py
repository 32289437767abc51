"""The blueprint on which the pages of engagements hang."""

from flask import Blueprint

blueprint = Blueprint("engagements", "app.engagements", url_prefix="/advocacy/engagements", template_folder="templates")
