"""The Streamlit app: pages that read controls, tables, a map, and the sentences behind every number."""

from __future__ import annotations
