"""Run the command line as `python -m geotrack`."""

from __future__ import annotations

from geotrack.cli import main

if __name__ == "__main__":
    main()
