"""Pages of advocacy instruments: the list, one instrument, and what is done with it."""

from flask import Blueprint

blueprint = Blueprint("instruments", "app.instruments", url_prefix="/advocacy/instruments", template_folder="templates")
