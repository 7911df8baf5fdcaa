"""jsonschema: openapi_answers.py DESCRIPTION URL; every GET of the description whose path can be
filled with its own examples is asked, and the answer held against its schema. Prints {path: what is
wrong with it, or null}."""
import json
import sys
import urllib.error
import urllib.request

import jsonschema

description = json.load(open(sys.argv[1], encoding="utf-8"))
url = sys.argv[2]


def translated(schema):
    """OpenAPI 3.0 says nullable where JSON Schema has a type of its own."""
    if isinstance(schema, list):
        return [translated(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: translated(value) for key, value in schema.items() if key != "nullable"}
    return {"anyOf": [made, {"type": "null"}]} if schema.get("nullable") is True else made


components = {"components": {"schemas": translated(description["components"]["schemas"])}}


def wrong_as(address, path, operation, accept):
    request = urllib.request.Request(url + address, headers={"Accept": accept})
    content = operation["responses"]["200"]["content"]
    try:
        with urllib.request.urlopen(request) as answer:
            media = answer.headers["Content-Type"].split(";")[0]
            body = answer.read()
    except urllib.error.HTTPError as error:
        media = error.headers["Content-Type"].split(";")[0]
        content = description["components"]["responses"]["Problem"]["content"]
        if media not in content:
            return f"{error.code} as {media}"
        jsonschema.validate(json.loads(error.read()), {**components, **content[media]["schema"]})
        # A text may be withheld or never have been given, and some addresses need a parameter.
        expected = (403, 404) if path.endswith("/text") else (400,)
        return None if error.code in expected else f"{error.code}"
    if media not in content:
        return f"{media} is not described"
    if not media.endswith("json"):
        return None
    if media.endswith("ndjson"):
        for line in body.splitlines():
            json.loads(line)
        return None
    schema = {**components, **translated(content[media]["schema"])}
    errors = sorted(jsonschema.Draft4Validator(schema).iter_errors(json.loads(body)), key=str)
    return errors[0].message[:500] if errors else None


def wrong(path, operation):
    """What is wrong with its answer as JSON, or as another type of JSON that it has."""
    address = path
    for parameter in operation["parameters"]:
        if parameter.get("in") != "path":
            continue
        if "example" not in parameter:
            return None  # the store has nothing of the kind
        address = address.replace("{%s}" % parameter["name"], str(parameter["example"]))
    others = [media for media in operation["responses"]["200"]["content"] if media.endswith("+json")]
    for accept in ["application/json", *others]:
        found = wrong_as(address, path, operation, accept)
        if found:
            return f"{accept}: {found}"
    return None


print(json.dumps({path: wrong(path, methods["get"])
                  for path, methods in description["paths"].items() if "get" in methods}))
