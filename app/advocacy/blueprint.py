"""The blueprint on which the pages of advocacy hang."""

from flask import Blueprint

blueprint = Blueprint("advocacy", "app.advocacy", url_prefix="/advocacy", template_folder="templates")
