"""geotrack reads mine-action reports and maps what they state, each number one click from its sentence."""

from __future__ import annotations

__version__ = "0.1.0"
