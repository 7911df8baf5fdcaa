"""Draws events as bars: solid where they certainly take place, pale where they possibly do.

    python3 docs/scripts/uncertain-dates.py FILE [FILTER=VALUE ...]

FILE ends in .svg, .png or .pdf. Run it at the root of the checkout, or with annals.py beside it; the
server is ANNALS_URL, else http://127.0.0.1:8080. Needs matplotlib.
"""
import sys

import matplotlib

matplotlib.use("Agg")
matplotlib.rcParams.update({"font.family": "DejaVu Sans", "font.size": 9, "svg.hashsalt": "annals"})
from matplotlib import pyplot  # noqa: E402

sys.path.append("clients/python")
import annals  # noqa: E402

CERTAIN, POSSIBLE, LINES = "#1f4e79", "#b7cde2", "#d9d9d9"
LONGEST = 60  # characters of a title
MONTHS = {4: "Apr", 7: "Jul", 10: "Oct"}


def bounds(event, first, last):
    """The four bounds as day numbers within the window; what is open reaches beyond it."""
    date = event["date"]
    days = [annals.day_number(date[name]) for name in ("earliest", "start_latest", "end_earliest", "latest")]
    earliest, start_latest = (first - 1 if day is None else day for day in days[:2])
    end_earliest, latest = (last + 2 if day is None else day + 1 for day in days[2:])
    if date["end_earliest"] is None and date["latest"] is None and not date["edtf"].endswith(".."):
        end_earliest = start_latest + 1  # of an unknown end nothing more is certain
    return earliest, start_latest, end_earliest, latest


def ticks(first, last):
    """Day numbers and their words: years, and quarters where these are few."""
    years = range(int((first + 719468) // 365.2425) - 1, int((last + 719468) // 365.2425) + 2)
    steps = (one * 10 ** zeros for zeros in range(20) for one in (1, 2, 5))
    step = next(one for one in steps if one * 12 >= len(years))
    for year in years:
        words = str(year) if year > 0 else f"{1 - year} BCE"
        for month in (1, 4, 7, 10) if len(years) <= 5 else (1,) if year % step == 0 else ():
            day = annals.day_number(f"{year:05}-{month:02}-01")
            if first <= day <= last:
                yield day, words if month == 1 else MONTHS[month]


def draw(events, first, last, file):
    figure, axes = pyplot.subplots(figsize=(10, 1 + 0.24 * len(events)), layout="constrained")
    for row, event in enumerate(events):
        earliest, start_latest, end_earliest, latest = bounds(event, first, last)
        certain, possible = end_earliest - start_latest, latest - earliest
        if possible > max(certain, 0):
            axes.barh(row, possible, left=earliest, height=0.6, color=POSSIBLE)
        if certain > (last - first) / 150:
            axes.barh(row, certain, left=start_latest, height=0.6, color=CERTAIN)
        elif certain > 0:  # too short for a bar
            axes.plot(start_latest + certain / 2, row, "o", color=CERTAIN, markersize=5)
    titles = [event["title"] for event in events]
    titles = [title if len(title) <= LONGEST else title[:LONGEST - 1] + "…" for title in titles]
    axes.set_yticks(range(len(events)), [title.replace("$", r"\$") for title in titles])
    marks = list(ticks(first, last))
    axes.set_xticks([day for day, _ in marks], [words for _, words in marks])
    axes.set(xlim=(first, last + 1), ylim=(len(events) - 0.4, -0.6))
    axes.grid(axis="x", color=LINES)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    for kind, color in {"certainly": CERTAIN, "possibly": POSSIBLE}.items():
        axes.barh(0, 0, color=color, label=kind)
    axes.legend(loc="lower right", bbox_to_anchor=(1, 1), ncol=2, frameon=False)
    figure.savefig(file, dpi=110, metadata={"Date": None} if file.endswith(".svg") else None)


def main():
    file, filters = sys.argv[1], dict(word.split("=", 1) for word in sys.argv[2:])
    filters = {"date": "2021", "actor": "aze"} | filters
    store = annals.Annals()
    window = store.timeline(bins=1, **filters)["buckets"]
    events = list(store.events(**filters))
    if not events:
        sys.exit("No event holds these filters.")
    first, last = annals.day_number(window[0]["from"]), annals.day_number(window[0]["to"])
    draw(events, first, last, file)
    print(f"{len(events)} events in {file}")


main()
