"""Sort and wrap the lists of the lexicons, so that a new word is a one-line change.

Run `python scripts/format_lexicon.py` after an edit; `--check` only tells whether a file would change.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from pathlib import Path

LEXICONS = Path(__file__).parent.parent / "geotrack" / "extraction" / "lexicon"
WIDTH = 110
_LIST = re.compile(r"^(?P<key>\w+) = \[(?P<items>[^\[\]]*)\]$", re.MULTILINE)
_ITEM = re.compile(r'"(?:[^"\\]|\\.)*"')


def formatted(text: str) -> str:
    """Return a lexicon with each list sorted, without repetitions, and wrapped."""
    return _LIST.sub(_list, text)


def _list(match: re.Match[str]) -> str:
    items = sorted(set(_ITEM.findall(match["items"])), key=str.casefold)
    line = f"{match['key']} = [{', '.join(items)}]"
    if len(line) <= WIDTH:
        return line
    # A space inside a phrase is no place to break.
    words = [item.replace(" ", "\0") + "," for item in items]
    body = textwrap.fill(
        " ".join(words),
        WIDTH,
        initial_indent="    ",
        subsequent_indent="    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"{match['key']} = [\n{body.replace(chr(0), ' ')}\n]"


def main() -> int:
    """Format every lexicon; return 1 if `--check` found one that is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    changed = [
        p for p in sorted(LEXICONS.glob("*.toml")) if formatted(p.read_text("utf-8")) != p.read_text("utf-8")
    ]
    for path in changed:
        if check:
            print(f"{path.name}: lists are not sorted and wrapped: run python scripts/format_lexicon.py")
        else:
            path.write_text(formatted(path.read_text("utf-8")), "utf-8")
    return int(check and bool(changed))


if __name__ == "__main__":
    sys.exit(main())
