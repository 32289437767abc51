"""The blueprint of joint texts; views hang on it, and so do the pages of translating comments."""

from flask import Blueprint

from app.originals.pages import mount

blueprint = Blueprint("drafting", "app.drafting", template_folder="templates")
mount(blueprint, "comment", "/groups/<slug>/comments")
