"""openapi-spec-validator: openapi_spec.py FILE; the version of OpenAPI of a valid description."""
import json
import sys

import openapi_spec_validator

description = json.load(open(sys.argv[1], encoding="utf-8"))
openapi_spec_validator.validate_spec(description)
print(json.dumps(description["openapi"]))
