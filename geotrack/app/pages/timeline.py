"""Timeline: places and measures side by side over time, each number one click from its sentence."""

from __future__ import annotations

from dataclasses import replace

from geotrack.app import comparing, comparisons, frame, state
from geotrack.app.cards import left_out, not_understood
from geotrack.maps.words import unless_sure

library = frame.library()
asked = state.asked(comparing.PAGE)
wanted = comparing.comparison(asked, library)
panels = comparisons.panels(library, wanted)
pick = comparisons.picked(asked, panels, wanted)
state.keep(comparing.PAGE, replace(wanted, shown=pick).params)

comparisons.show_title(wanted)
left_out(unless_sure(wanted.min_confidence).strip())
not_understood(asked.not_understood())
if wanted.places:
    comparisons.show_panels(library, wanted, panels, pick)
else:
    comparing.offer_places(library)
