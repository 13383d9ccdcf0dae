"""Feeds and sitemaps that are watched: what they list is read into the store as it appears."""

from geotrack.feeds.listing import Feed, load_feeds
from geotrack.feeds.watching import Poll, Watcher

__all__ = ["Feed", "Poll", "Watcher", "load_feeds"]
