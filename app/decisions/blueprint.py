"""The blueprint on which the pages of decisions hang, below those of their group."""

from flask import Blueprint

blueprint = Blueprint("decisions", __name__, template_folder="templates")
