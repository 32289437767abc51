"""The blueprint of the programme, by itself so that every module of routes can hang on it."""

from flask import Blueprint

blueprint = Blueprint("sessions", __name__, template_folder="templates")
