"""Fit what a confidence means: `python scripts/calibrate_confidence.py` prints what belongs in the code.

On the check part, which no rule was written for, it fits what shifts the log-odds of each kind of fact, and
prints the reliability table that `docs/reading.md` shows. With `--weights` it prints, from the development
part, what each doubt takes from the log-odds.

A figure is right in measure, value, places and period; an incident is right if gold has the event.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from geotrack.documents import Refused, read_paths
from geotrack.evaluation import evaluate, load_gold
from geotrack.evaluation.scoring import Evaluation
from geotrack.extraction import Reader, figures, tellings
from geotrack.extraction.confidence import CLEAN, DOUBTS, Kind
from geotrack.gazetteer import Gazetteer

GOLD = Path(__file__).parent.parent / "tests" / "gold"
EDGES = (0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95, 1)
# What one doubt or the other is worth is learnt from few facts: weights stay near nothing unless shown.
STRENGTH = 0.5

# How deep a fact that is right agrees with gold.
RIGHT: dict[Kind, int] = {"figure": 3, "incident": 1}

Odds = Callable[[Kind, Sequence[str]], float]


@contextmanager
def confidences(odds: Odds) -> Iterator[None]:
    """Let facts carry another number than their confidence while they are read."""
    before = figures.confidence, tellings.confidence
    figures.confidence = tellings.confidence = odds  # type: ignore[assignment]
    yield
    figures.confidence, tellings.confidence = before


def evaluated(part: str) -> Evaluation:
    """Read and score a part of the gold set."""
    reader = Reader(Gazetteer.load())
    found = [d for d in read_paths([GOLD / part / "docs"]) if not isinstance(d, Refused)]
    return evaluate(load_gold(GOLD / part / "gold.jsonl"), [(d, reader.read(d)) for d in found])


def judged(evaluation: Evaluation, kind: Kind) -> list[tuple[float, bool]]:
    """Return each fact that counts: its number, and whether it is right."""
    outcomes = evaluation.figures if kind == "figure" else evaluation.incidents
    return [(o.got.confidence, o.depth >= RIGHT[kind]) for o in outcomes if o.counted and o.got]


def calibrate(part: str) -> None:
    """Print what shifts the log-odds of each kind of fact, so that as many are right as it says."""
    reader_odds: Odds = lambda kind, doubts: CLEAN[kind] - sum(DOUBTS[kind][d] for d in doubts)  # noqa: E731
    with confidences(reader_odds):
        evaluation = evaluated(part)
    for kind in ("figure", "incident"):
        found = judged(evaluation, kind)
        odds, right = np.array([odd for odd, _ in found]), np.array([was for _, was in found])
        shift = brentq(lambda by: expit(odds + by).mean() - right.mean(), -20, 20)  # noqa: B023
        print(f'"{kind}": {shift:.2f},')


def weigh(part: str) -> None:
    """Print what each doubt takes from the log-odds of a fact."""
    told: list[tuple[Kind, tuple[str, ...]]] = []

    def remembered(kind: Kind, doubts: Sequence[str]) -> float:
        told.append((kind, tuple(doubts)))
        return float(len(told) - 1)

    with confidences(remembered):
        evaluation = evaluated(part)
    for kind in ("figure", "incident"):
        found = judged(evaluation, kind)
        rows = DictVectorizer()
        doubts = rows.fit_transform([dict.fromkeys(told[int(index)][1], 1.0) for index, _ in found])
        fit = LogisticRegression(C=STRENGTH, max_iter=1000).fit(doubts, [right for _, right in found])
        print(f"{kind}: clean {fit.intercept_[0]:.2f}")
        for name, weight in zip(rows.get_feature_names_out(), fit.coef_[0], strict=True):
            print(f'    "{name}": {-weight:.2f},')


def table(part: str) -> None:
    """Print the reliability of a part as the documentation shows it."""
    evaluation = evaluated(part)
    for facts in ("figures", "incidents"):
        print(f"\n| {facts}, {part} part: confidence | facts | mean | right |\n|---|---|---|---|")
        for one in evaluation.reliability(EDGES, facts):
            if one.facts:
                share = (one.exact if facts == "figures" else one.right) / one.facts
                print(f"| {one.low:g} to {one.high:g} | {one.facts} | {one.confidence:.2f} | {share:.2f} |")


def main() -> None:
    """Print weights, or the calibration and its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", action="store_true")
    if parser.parse_args().weights:
        weigh("dev")
        return
    calibrate("check")
    for part in ("check", "dev"):
        table(part)


if __name__ == "__main__":
    main()
