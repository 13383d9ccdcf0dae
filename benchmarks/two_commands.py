"""The peer of `benchmarks/start.py`: a program of two commands that do nothing, written with typer."""

from __future__ import annotations

import typer

app = typer.Typer()


@app.command()
def find(name: str) -> None:
    """Repeat a name."""
    typer.echo(name)


@app.command()
def leave() -> None:
    """Do nothing."""


if __name__ == "__main__":
    app()
