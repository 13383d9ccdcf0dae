"""Page furniture: menus, by-lines, links to other stories, footers. It is marked by spans, never cut."""

from __future__ import annotations

from geotrack.documents.furniture.blocks import Page, find_furniture
from geotrack.documents.furniture.lines import Kind, Line, kind_of, split_lines

__all__ = ["Kind", "Line", "Page", "find_furniture", "kind_of", "split_lines"]
