"""Builders of the data packs: downloads, spelling rules, gazetteers, polygons, and the list of sources."""
