"""The blueprint on which every page of a group hangs."""

from flask import Blueprint

blueprint = Blueprint("workinggroups", __name__, template_folder="templates")
