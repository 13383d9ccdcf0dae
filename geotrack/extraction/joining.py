"""Joining: which incident told before an account is of, and which it opens."""

from __future__ import annotations

from dataclasses import replace

from geotrack.extraction.accounts import Account
from geotrack.extraction.frames import Frame, has_same_victim, merged, names_its_victim, opened, repeats, same
from geotrack.extraction.places import Contains


def join(account: Account, frames: list[Frame], contains: Contains) -> None:
    """Join an account to the latest incident that it can be of, else open one with it."""
    last = max((f.passages[-1] for f in frames), default=-1)
    named = next((i for i, f in enumerate(frames) if names_its_victim(f, account)), None)
    if named is not None:
        own = account if account.dated else replace(account, days=None)
        frames[named] = merged(frames[named], own, contains)
        return
    for i in range(len(frames) - 1, -1, -1):
        latest = frames[i].passages[-1] == last
        if len(frames) == 1 and _says_nothing_of_its_own(account):
            frames[i] = merged(frames[i], account, contains)
            return
        if has_same_victim(frames[i], account, contains):
            frames[i] = merged(frames[i], account, contains)
            return
        if account.another and account.dated and not frames[i].dated:
            continue
        if latest and (account.recalled or (account.another and not repeats(frames[i], account, contains))):
            continue
        if same(frames[i], account, contains):
            frames[i] = merged(frames[i], account, contains)
            return
    frames.append(opened(account))


def _says_nothing_of_its_own(account: Account) -> bool:
    """Tell whether an account states no day, no place, no victims: it is of the one blast of its report."""
    stated = account.dated or account.placed or account.toll.known or account.toll.struck
    return not (stated or account.another or account.recalled)
