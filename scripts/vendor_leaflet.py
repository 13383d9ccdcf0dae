"""Rebuild `geotrack/maps/vendor/` from the npm packages of Leaflet and Leaflet.markercluster.

Needs `npm` and a network; run it to move to newer versions, then run the tests. Images become data
URIs and source-map comments go, so that no file asks for another.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "geotrack" / "maps" / "vendor"
PACKAGES = {
    "leaflet": (
        "1.9.4",
        {"dist/leaflet.js": "leaflet.js", "dist/leaflet.css": "leaflet.css", "LICENSE": "leaflet.LICENSE"},
    ),
    "leaflet.markercluster": (
        "1.5.3",
        {
            "dist/leaflet.markercluster.js": "markercluster.js",
            "dist/MarkerCluster.css": "markercluster.css",
            "MIT-LICENCE.txt": "markercluster.LICENSE",
        },
    ),
}
_IMAGE = re.compile(r"url\((images/[^)]+\.png)\)")
_SOURCE_MAP = re.compile(r"\n?//# sourceMappingURL=.*")


def fetch(package: str, version: str, folder: Path) -> Path:
    """Download and unpack one npm package; return its root."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not installed; it comes with Node.js.")
    subprocess.run([npm, "pack", "--silent", f"{package}@{version}"], cwd=folder, check=True)
    with tarfile.open(folder / f"{package}-{version}.tgz") as archive:
        archive.extractall(folder / package, filter="data")
    return folder / package / "package"


def standalone(path: Path) -> str:
    """Return a script or style sheet that refers to no other file."""
    text = _SOURCE_MAP.sub("", path.read_text(encoding="utf-8"))

    def inline(match: re.Match[str]) -> str:
        image = base64.b64encode((path.parent / match[1]).read_bytes()).decode()
        return f"url(data:image/png;base64,{image})"

    return _IMAGE.sub(inline, text)


def main() -> None:
    """Fetch both packages and write their files."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for package, (version, wanted) in PACKAGES.items():
            root = fetch(package, version, Path(folder))
            for source, target in wanted.items():
                text = standalone(root / source)
                (VENDOR / target).write_text(text.rstrip() + "\n", encoding="utf-8", newline="\n")
                print(f"{package} {version}: {target}")


if __name__ == "__main__":
    main()
