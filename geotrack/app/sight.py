"""What a person asked for comes into sight, and stays there until the page stands still."""

from __future__ import annotations

import streamlit as st

# What is above may still grow after the script has run, so that it looks again for a while; it gives way to
# the person's own hand. The comment makes each call a script of its own: an unchanged one does not run again.
_SCRIPT = """<script>/* {count:d} {at:d} */ (() => {{
  const end = performance.now() + 1500;
  let held = true;
  for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"])
    addEventListener(kind, () => {{ held = false; }}, {{ once: true, passive: true, capture: true }});
  const show = () => {{
    if (!held || performance.now() > end) return;
    document.querySelector("{selector}")?.scrollIntoView({{ block: "{block}" }});
    setTimeout(show, 100);
  }};
  if ({when}) show();
}})();</script>"""
_ON_A_PHONE = "window.matchMedia('(max-width: 720px)').matches"


def bring(selector: str, count: int, block: str = "start", *, at: int = 0, phone_only: bool = False) -> None:
    """Scroll to an element, if there is one.

    Parameters
    ----------
    selector
        The element, by CSS: words of ours, never a document's.
    count
        How often the person asked for something to be shown; nothing happens at zero.
    block
        Where it comes to stand: `start`, `center`, or `nearest`, which leaves what is in sight.
    at
        What is shown, where one count can show several things.
    phone_only
        Only on a narrow screen, where the element is below what was clicked.
    """
    if count:
        when = _ON_A_PHONE if phone_only else "true"
        script = _SCRIPT.format(count=count, at=at, selector=selector, block=block, when=when)
        st.html(script, unsafe_allow_javascript=True)
