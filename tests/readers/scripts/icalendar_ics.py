"""icalendar: icalendar_ics.py FILE; the calendar as JSON."""
import json
import pathlib
import sys

import icalendar

calendar = icalendar.Calendar.from_ical(pathlib.Path(sys.argv[1]).read_bytes())
if calendar.errors or not calendar["PRODID"] or calendar["VERSION"] != "2.0":
    sys.exit(f"not a good calendar: {calendar.errors}")
events = []
for event in calendar.walk("VEVENT"):
    if event.errors:
        sys.exit(f"{event['UID']}: {event.errors}")
    geo = event.get("GEO")
    events.append({
        "uid": str(event["UID"]),
        "summary": str(event["SUMMARY"]),
        "start": event["DTSTART"].to_ical().decode(),
        "end": event["DTEND"].to_ical().decode() if "DTEND" in event else None,
        "geo": [geo.latitude, geo.longitude] if geo else None,
    })
json.dump({"events": events, "omitted": str(calendar["X-ANNALS-OMITTED"])}, sys.stdout)
