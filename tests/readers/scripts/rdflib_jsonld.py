"""rdflib: rdflib_jsonld.py FILE; what SPARQL finds out about each event, as JSON."""
import json
import sys

import rdflib

graph = rdflib.Graph()
graph.parse(sys.argv[1], format="json-ld")
question = """
PREFIX s: <https://schema.org/>
PREFIX d: <http://purl.org/dc/terms/>
SELECT ?event ?name ?edtf ?start WHERE {
  ?event a s:Event ; s:name ?name .
  OPTIONAL { ?event d:date ?edtf }
  OPTIONAL { ?event s:startDate ?start }
}"""
latitudes = """
PREFIX s: <https://schema.org/>
SELECT ?latitude WHERE { ?event s:location/s:geo/s:latitude ?latitude }"""
rows = []
for row in graph.query(question):
    if row.edtf is not None and str(row.edtf.datatype) != "http://id.loc.gov/datatypes/edtf/EDTF":
        sys.exit(f"{row.event}: the datatype of its date is {row.edtf.datatype}")
    found = graph.query(latitudes, initBindings={"event": row.event})
    rows.append({
        "event": str(row.event), "name": str(row.name),
        "edtf": row.edtf and str(row.edtf), "start": row.start and str(row.start),
        "latitudes": [float(f.latitude) for f in found],
    })
json.dump(rows, sys.stdout)
