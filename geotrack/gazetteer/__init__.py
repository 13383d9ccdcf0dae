"""Names to places: country packs, one automaton over all their names, and what decides between them."""

from __future__ import annotations

from geotrack.gazetteer.gazetteer import Found, Gazetteer
from geotrack.gazetteer.packs import Member, PackError

Candidate = Found

__all__ = ["Candidate", "Found", "Gazetteer", "Member", "PackError"]
