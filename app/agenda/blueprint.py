"""The blueprint that all pages and feeds of the agenda hang on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("agenda", __name__, template_folder="templates")
