"""The documentation as a site: `make site` builds it into site/. Nothing in it comes from another host."""

from __future__ import annotations

import geotrack

project = "geotrack"
copyright = "the geotrack authors, Apache-2.0"  # noqa: A001 - Sphinx's name
version = release = geotrack.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
exclude_patterns = ["_build"]
nitpicky = False  # types of pandas and others are named in signatures, and lead nowhere without a network
myst_heading_anchors = 4  # pages link to each other's headings

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
napoleon_google_docstring = False
# Docstrings set names in single backquotes, as the rest of the documentation does.
default_role = "code"

html_theme = "furo"
html_title = f"geotrack {version}"
html_show_sphinx = False
