"""The blueprint on which the pages of date polls hang."""

from flask import Blueprint

blueprint = Blueprint("datepolls", __name__, template_folder="templates")
