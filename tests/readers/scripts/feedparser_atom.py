"""feedparser: feedparser_atom.py URL; the feed as JSON."""
import json
import sys

import feedparser

feed = feedparser.parse(sys.argv[1])
json.dump({
    "bozo": int(feed.bozo),
    "exception": str(feed.get("bozo_exception", "")),
    "version": feed.version,
    "entries": [{
        "id": entry.id, "title": entry.title, "link": entry.link, "updated": entry.updated,
        "summary": entry.summary, "terms": [tag.term for tag in entry.get("tags", [])],
    } for entry in feed.entries],
}, sys.stdout)
