#!/usr/bin/env python3
"""The interface from outside: cases/*.json against annalsd on a store of its own.

    run.py ANNALSD ANNALS             all cases, in the order of their files
    run.py ANNALSD ANNALS WORD...     only the cases whose names contain one of the words, and
                                      those that save something for others

The store holds fixture/*.json, put in the order of their names. A file of cases is a list of:

    name       what the case shows
    method     GET unless given
    target     what stands in the request line; {word} is replaced by what a case before it saved
    headers    an object; a value may be a list of values
    token      "write" (for writes, unless given), "read", "revoked", "wrong" or null for none
    body       text; or body_json: any value; body_file: a file of fixture/; body_hex: bytes;
               body_lines: a list of values, one JSON line each; body_repeat: [text, times]
    edit       with body_file: {pointer: value}; a value of null removes what is there
    type       Content-Type of the body, application/json unless given; null sends none
    status     of the answer
    problem    the slug of the problem that it is; every error is one, but for a page with text~
    errors     problems that must be among its errors
    error_count how many errors there are
    has        headers of the answer: a value, or null for none of this name
    json       what the body must hold, see below
    text       the body itself; text~ is a part of it, text! is none of it
    csv        rows of the body as lists of cells
    gzip       whether the body came compressed (it is unpacked before it is looked at)
    save       {word: header name | /pointer into the JSON body}
    each       words: the case is played once for each, which stands for {each} wherever it is

In a target {x*7000} is the letter x, seven thousand times.

What an object must hold: each of its keys, others may be there too; "key~" wants a part of a text,
"key#" a length, "key?" true or false for whether there is such a key, "key+" wants each element
somewhere in a list. A list must have as many elements.
"""

import csv
import gzip
import http.client
import io
import json
import pathlib
import re
import signal
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
PATIENCE = 30  # seconds; sanitizers are slow


class Failure(Exception):
    pass


# ---- what came against what was to come ----


def compare(want, got, where):
    if isinstance(want, dict):
        if not isinstance(got, dict):
            raise Failure(f"{where}: no object but {got!r}")
        for key, value in want.items():
            compare_key(key, value, got, where)
    elif isinstance(want, list):
        if not isinstance(got, list) or len(want) != len(got):
            raise Failure(f"{where}: {got!r} is not {want!r}")
        for i, value in enumerate(want):
            compare(value, got[i], f"{where}/{i}")
    elif want != got or isinstance(want, bool) != isinstance(got, bool):
        raise Failure(f"{where}: {got!r} is not {want!r}")


def compare_key(key, want, got, where):
    name, mark = (key[:-1], key[-1]) if key[-1] in "~#?+" else (key, "")
    if mark == "?":
        if (name in got) != want:
            raise Failure(f"{where}: {name} is {'there' if name in got else 'not there'}")
        return
    if name not in got:
        raise Failure(f"{where}: no {name} in {got!r}")
    value, at = got[name], f"{where}/{name}"
    if mark == "~" and want not in str(value):
        raise Failure(f"{at}: no {want!r} in {value!r}")
    if mark == "#" and len(value) != want:
        raise Failure(f"{at}: {len(value)} elements and not {want}")
    if mark == "+":
        for element in want:
            find(element, value, at)
    if mark == "":
        compare(want, value, at)


def find(want, among, where):
    for got in among:
        try:
            compare(want, got, where)
            return
        except Failure:
            continue
    raise Failure(f"{where}: no {want!r} in {among!r}")


def pointed(document, pointer):
    for step in pointer.split("/")[1:]:
        document = document[int(step)] if isinstance(document, list) else document[step]
    return document


# ---- one case ----


def edited(document, changes):
    for pointer, value in changes.items():
        *way, last = pointer.split("/")[1:]
        parent = pointed(document, "/" + "/".join(way)) if way else document
        if isinstance(parent, list):
            parent.append(value) if last == "-" else parent.__setitem__(int(last), value)
        elif value is None:
            del parent[last]
        else:
            parent[last] = value
    return document


def body_of(case):
    if "body" in case:
        return case["body"].encode()
    if "body_json" in case:
        return json.dumps(case["body_json"]).encode()
    if "body_hex" in case:
        return bytes.fromhex(case["body_hex"])
    if "body_lines" in case:
        return b"".join(json.dumps(line).encode() + b"\n" for line in case["body_lines"])
    if "body_repeat" in case:
        return case["body_repeat"][0].encode() * case["body_repeat"][1]
    if "body_file" in case:
        document = json.loads((HERE / "fixture" / case["body_file"]).read_text())
        return json.dumps(edited(document, case.get("edit", {}))).encode()
    return None


def filled(text, saved):
    text = re.sub(r"\{(.)\*(\d+)\}", lambda m: m[1] * int(m[2]), text)
    return re.sub(r"\{(\w+)\}", lambda m: saved.get(m[1], m[0]), text)


def send(port, case, saved, tokens):
    method, body = case.get("method", "GET"), body_of(case)
    writes = method in ("POST", "PUT", "DELETE")
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.putrequest(method, filled(case["target"], saved), skip_accept_encoding=True,
                          skip_host="Host" in case.get("headers", {}))
    for name, values in case.get("headers", {}).items():
        for value in values if isinstance(values, list) else [values]:
            connection.putheader(name, filled(value, saved))
    token = case.get("token", "write" if writes else None)
    if token:
        connection.putheader("Authorization", "Bearer " + tokens[token])
    if body is not None:
        if case.get("type", "application/json"):
            connection.putheader("Content-Type", case.get("type", "application/json"))
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders()
    try:
        if body is not None:
            connection.send(body)
    except ConnectionError:
        pass  # refused before it was read; the answer is there
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def check_problem(case, answer, document):
    if answer.getheader("Content-Type") != "application/problem+json":
        raise Failure(f"no problem but {answer.getheader('Content-Type')}")
    compare({"type": "/docs#" + case["problem"], "status": case["status"]}, document, "problem")
    for key in ("title", "detail", "instance"):
        if not document.get(key):
            raise Failure(f"the problem has no {key}")
    errors = document.get("errors", [])
    for error in case.get("errors", []):
        find(error, errors, "errors")
    if len(errors) != case.get("error_count", len(errors)):
        raise Failure(f"{len(errors)} errors: {errors!r}")
    for error in errors:
        if not error.get("detail") or not {"parameter", "header", "pointer", "line"} & set(error):
            raise Failure(f"an error without a place or words: {error!r}")


def check_headers(case, answer):
    if answer.getheader("Access-Control-Allow-Origin") != "*":
        raise Failure("no CORS")
    for name, want in case.get("has", {}).items():
        got = answer.getheader(name.rstrip("~"))
        part = name.endswith("~") and got is not None and want in got
        if not part and got != want:
            raise Failure(f"{name} is {got!r} and not {want!r}")


def check_body(case, answer, content):
    packed = answer.getheader("Content-Encoding") == "gzip"
    if "gzip" in case and packed != case["gzip"]:
        raise Failure("compressed" if packed else "not compressed")
    text = (gzip.decompress(content) if packed else content).decode()
    if case.get("text", text) != text:
        raise Failure(f"the body is {text!r}")
    if case.get("text~", "") not in text:
        raise Failure(f"no {case['text~']!r} in {text!r}")
    if "text!" in case and case["text!"] in text:
        raise Failure(f"{case['text!']!r} is in the body")
    if "csv" in case:
        compare(case["csv"], list(csv.reader(io.StringIO(text, newline=""))), "csv")
    document = None
    if "json" in (answer.getheader("Content-Type") or "") and text and "ndjson" not in answer.getheader("Content-Type"):
        document = json.loads(text)
    if "json" in case:
        compare(case["json"], document, "json")
    return document


def play(port, case, saved, tokens):
    answer, content = send(port, case, saved, tokens)
    if answer.status != case["status"]:
        raise Failure(f"{answer.status} and not {case['status']}: {content[:600]!r}")
    check_headers(case, answer)
    document = check_body(case, answer, content)
    if "problem" in case:
        check_problem(case, answer, document)
    elif answer.status >= 400 and case.get("method") != "HEAD" and "text~" not in case:
        raise Failure("an error without a `problem` in its case")
    for word, source in case.get("save", {}).items():
        saved[word] = pointed(document, source) if source[0] == "/" else answer.getheader(source)


# ---- every address that an answer names ----

PAGES = 400  # at most so many are looked at


def named_in(value):
    if isinstance(value, dict):
        for key, inside in value.items():
            if key in ("href", "next") and isinstance(inside, str):
                yield inside
            yield from named_in(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from named_in(inside)


def crawl(port):
    """Follows what is linked from the first page and from a few lists; all of it must be there."""
    waiting = ["/", "/v1/events?limit=2&pretty&fields=id,links&include=claims&shape=array",
               "/v1/events.csv?limit=2&fields=id,url", "/v1/events.ndjson?date=2031&include=evidence"]
    waiting += [f"/v1/{kind}?limit=2" for kind in
                ("events", "sources", "actors", "places", "types", "claims", "relations", "changesets")]
    seen, failed = set(waiting), 0
    while waiting and len(seen) < PAGES:
        target = waiting.pop(0)
        answer, content = send(port, {"target": target}, {}, {})
        # A source may withhold its text, or have none.
        if answer.status != 200 and not (target.endswith("/text") and answer.status in (403, 404)):
            print(f"FAILED crawl: {target} is linked and answers {answer.status}: {content[:300]!r}")
            failed += 1
        if answer.getheader("Content-Type") == "application/json":
            new = [href for href in named_in(json.loads(content)) if href not in seen]
            waiting += new
            seen.update(new)
    return len(seen), failed


# ---- the server ----


def token(annals, db, name, scope):
    made = subprocess.run([annals, "token", "create", "--db", db, "--scope", scope, name],
                          check=True, capture_output=True, text=True)
    return made.stdout.strip()


def start(annalsd, db, log):
    server = subprocess.Popen(
        [annalsd, "--db", db, "--listen", "127.0.0.1:0", "--stop-after", "600",
         "--deadline-ms", "20000", "--search-deadline-ms", "20000"],
        stdout=subprocess.PIPE, stderr=log.open("w"), text=True)
    for line in server.stdout:
        place = re.search(r"http://[^:]*:(\d+)", line)
        if place:
            return server, int(place[1])
    raise SystemExit("annalsd did not start:\n" + log.read_text())


def load_fixture(port, tokens):
    for path in sorted((HERE / "fixture").glob("*.json")):
        case = {"method": "PUT", "target": f"/v1/sources/{path.stem}", "body_file": path.name,
                "status": 201}
        play(port, case, {}, tokens)


def each_of(case):
    if "each" not in case:
        return [case]
    words = case.pop("each")
    text = json.dumps(case)
    return [json.loads(text.replace("{each}", word)) for word in words]


def load_cases(words):
    cases = []
    for path in sorted((HERE / "cases").glob("*.json")):
        for case in (one for row in json.loads(path.read_text()) for one in each_of(row)):
            case["name"] = f"{path.stem}: {case['name']}"
            chosen = not words or any(word in case["name"] for word in words)
            if chosen or "save" in case:
                cases.append(case)
    names = [case["name"] for case in cases]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise SystemExit(f"names that stand twice: {twice}")
    return cases


def play_all(port, cases, tokens):
    failed, saved = 0, {}
    for case in cases:
        try:
            play(port, case, saved, tokens)
        except (Failure, OSError, http.client.HTTPException, ValueError, LookupError) as wrong:
            failed += 1
            print(f"FAILED {case['name']}\n    {wrong}")
    return failed


def main():
    annalsd, annals, words = sys.argv[1], sys.argv[2], sys.argv[3:]
    cases = load_cases(words)
    with tempfile.TemporaryDirectory() as folder:
        db = folder + "/store.db"
        tokens = {"write": token(annals, db, "writer", "write"),
                  "read": token(annals, db, "reader", "read"),
                  "revoked": token(annals, db, "former", "write"),
                  "wrong": "annals_000000000000_" + "0" * 48}
        subprocess.run([annals, "token", "revoke", "--db", db, "former"], check=True,
                       capture_output=True)
        log = pathlib.Path(folder) / "log"
        server, port = start(annalsd, db, log)
        try:
            load_fixture(port, tokens)
            failed = play_all(port, cases, tokens)
            pages, dead = crawl(port)
        finally:
            server.send_signal(signal.SIGTERM)
            server.communicate(timeout=60)
        said = log.read_text()[-4000:]
        checked = subprocess.run([annals, "check", "--db", db], capture_output=True, text=True)
    if server.returncode != 0:
        print(f"FAILED annalsd ended with {server.returncode}:\n{said}")
    if checked.returncode != 0:
        print(f"FAILED annals check:\n{checked.stdout}{checked.stderr}")
    failed += dead + (server.returncode != 0) + (checked.returncode != 0)
    print(f"{len(cases)} cases, {pages} linked pages, {failed} failed")
    return 1 if failed or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
