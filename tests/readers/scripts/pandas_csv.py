"""pandas: pandas_csv.py URL; the rows as JSON."""
import json
import sys

import pandas

frame = pandas.read_csv(sys.argv[1], keep_default_na=False, na_values=[""])
for column in ("start_year", "start_day", "end_day", "lat", "lon"):
    if not pandas.api.types.is_numeric_dtype(frame[column]):
        sys.exit(f"{column} is no number but {frame[column].dtype}")
rows = []
for record in frame.astype(object).where(frame.notna(), None).to_dict("records"):
    for column in ("start_year", "start_day", "end_day"):
        if record[column] is not None:
            record[column] = int(record[column])
    rows.append(record)
json.dump(rows, sys.stdout)
