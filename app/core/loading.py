"""`flask load …`: the group of commands that bring facts from files into the house. Packages add theirs to it."""

from flask.cli import AppGroup

load = AppGroup("load", help="Bring facts from files into the house.")
