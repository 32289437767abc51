"""The blueprint on which the pages of polls hang, below those of their group."""

from flask import Blueprint

blueprint = Blueprint("polls", __name__, template_folder="templates")
