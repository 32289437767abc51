"""The blueprint all pages of people hang on."""

from flask import Blueprint

blueprint = Blueprint("people", __name__, template_folder="../templates")
