"""Every template compiles; every page has a title of its own."""

from pathlib import Path

import pytest
from jinja2 import nodes

APP = Path(__file__).resolve().parents[2] / "app"
TEMPLATES = sorted(APP.glob("*/templates/**/*.html"))


def name_of(path: Path) -> str:
    parts = path.relative_to(APP).parts
    return "/".join(parts[2:])


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_compiles(app, path):
    app.jinja_env.get_template(name_of(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_page_has_a_title(app, path):
    tree = app.jinja_env.parse(path.read_text())
    extends = [node.template.value for node in tree.find_all(nodes.Extends) if isinstance(node.template, nodes.Const)]
    if extends != ["core/layout.html"]:
        return  # a partial, a macro file, or a page that inherits its title
    blocks = {block.name for block in tree.find_all(nodes.Block)}
    assert blocks & {"title", "whole_title"}


def test_names_of_templates_are_unique():
    names = [name_of(path) for path in TEMPLATES]
    assert len(names) == len(set(names))


def test_what_the_layout_calls_something_is_called_so_by_no_page(app):
    """A block sees what the layout sets: a macro `said` there would stand where a page prints its own `said`."""
    tree = app.jinja_env.parse((APP / "core/templates/core/layout.html").read_text())
    names = {node.name for node in tree.find_all(nodes.Macro)}
    for node in tree.find_all((nodes.Assign, nodes.AssignBlock)):
        assert isinstance(node.target, nodes.Name)
        names.add(node.target.name)
    assert {name for name in names if not name.startswith("layout_")} == set()
