"""Names to places: country packs, one automaton over all their names, and what decides between them."""

from __future__ import annotations

from geotrack.gazetteer.finding import Found as Candidate
from geotrack.gazetteer.gazetteer import Gazetteer
from geotrack.gazetteer.packs import Member, PackError

__all__ = ["Candidate", "Gazetteer", "Member", "PackError"]
