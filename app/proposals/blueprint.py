"""The blueprint on which the pages of proposals hang."""

from flask import Blueprint

blueprint = Blueprint("proposals", __name__, template_folder="templates")
