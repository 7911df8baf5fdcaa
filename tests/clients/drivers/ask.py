"""The calls of a file, made with the client in Python: ask.py CALLS, with annals.py on PYTHONPATH.
Prints a JSON list of what each gave: {"gave": …}, or the {"problem": …} or {"error": …} at its end."""
import json
import sys

import annals


def plain(value):
    """As JSON holds it; a pandas.DataFrame with the kinds of its columns."""
    if hasattr(value, "dtypes"):
        rows = json.loads(value.to_json(orient="records", double_precision=15))
        return {"rows": rows, "kinds": {name: str(kind) for name, kind in value.dtypes.items()}}
    return value if isinstance(value, (dict, list)) else list(value)


def made(call):
    store = annals.Annals(call["url"], token=call.get("token"), timeout=call.get("timeout", 60))
    arguments = [call["id"]] if "id" in call else []
    answer = getattr(store, call["verb"])(*arguments, **call.get("filters", {}))
    if call.get("as") == "size":
        list(answer)
        return {"version": answer.version, "matched": answer.matched}
    return plain(getattr(answer, call["as"])() if "as" in call else answer)


def outcome(call):
    try:
        return {"gave": made(call)}
    except annals.Problem as problem:
        return {"problem": {"status": problem.status, "type": problem.type, "title": problem.title,
                            "detail": problem.detail, "errors": problem.errors, "message": str(problem)}}
    except (OSError, ValueError, EOFError, annals.request.http.client.HTTPException) as error:
        return {"error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        calls = json.load(file)
    json.dump([outcome(call) for call in calls], sys.stdout)
