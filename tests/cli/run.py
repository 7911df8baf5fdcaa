#!/usr/bin/env python3
"""The client `annals` as people use it: every file in cases/ is one story.

    run.py ANNALS ANNALSD            all cases
    run.py ANNALS ANNALSD NAME...    those whose names contain one of the words

Each case has a folder, a store and a server of its own; ANNALS_URL names the server, ANNALS_TOKEN
holds a token for writing, and {db} is the store's file. A case is lines of these kinds; text in
them may hold \\n \\r \\t \\e \\xHH for bytes, {example} for docs/example, and ... where it does not matter.

    about TEXT           what the case shows
    server none          without a server (first of all); ANNALS_URL leads nowhere
    fake ANSWER...       a server that only pretends: `close` hangs up, a number answers with it
    file NAME            makes a file of the indented lines that follow
    edit NAME OLD => NEW replaces words in a file, which must hold them
    copy FROM TO         copies a file
    env NAME=VALUE       changes the environment for all that follows; NAME= takes it away
    stdin TEXT           for the next run
    run ARGUMENTS        runs annals
    terminal ARGUMENTS   runs annals on a terminal; its output is all `out`
    exit CODE            the exit code of the last run; 0 unless said
    out TEXT, err TEXT   a line of its output holds this; `out =TEXT` is a whole line
    no-out TEXT, no-err TEXT
    json PATH VALUE      the last line of its output is JSON: outer/0/inner is VALUE
    requests N           so many requests came to the fake server, all with one Idempotency-Key
"""

import http.server
import json
import os
import pathlib
import pty
import re
import select
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).parent
EXAMPLE = HERE.parent.parent / "docs" / "example"
PATIENCE = 60


class Skipped(Exception):
    pass


class Failure(Exception):
    pass


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def unescape(text):
    names = {"n": "\n", "r": "\r", "t": "\t", "e": "\x1b", "\\": "\\"}

    def one(match):
        word = match.group(1)
        if word in names:
            return names[word]
        return bytes([int(word[1:], 16)]).decode("utf-8", "surrogateescape")

    return re.sub(r"\\(x[0-9a-fA-F]{2}|[nrte\\])", one, text)


class Fake:
    """A server that answers as it is told, one request after the other."""

    def __init__(self, answers):
        self.requests = []
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def handle_any(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                answer = answers[min(len(fake.requests), len(answers) - 1)]
                fake.requests.append(dict(self.headers))
                self.close_connection = True
                if answer == "close":
                    return
                body = json.dumps(
                    {"changeset": 1, "added": {"events": ["a"]}, "title": "As told"}
                ).encode()
                self.send_response(int(answer))
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_PUT = handle_any

            def log_message(self, *_):
                pass

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Case:
    def __init__(self, annals, annalsd, path):
        self.annals, self.annalsd, self.path = annals, annalsd, path
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="annals-cli-"))
        self.db = self.folder / "store.db"
        self.daemon = self.fake = None
        self.stdin = ""
        self.result = None  # code, out, err
        self.checked = True  # the exit code of the last run
        kept = ("PATH", "HOME", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "UBSAN_OPTIONS")
        self.env = {k: v for k, v in os.environ.items() if k in kept}
        self.env.update(ANNALS_URL="http://127.0.0.1:1", TERM="xterm", no_proxy="*")

    # ---- the world around ----

    def serve(self):
        make = [self.annals, "token", "create", "--db", self.db, "--scope", "write", "tester"]
        token = subprocess.run(make, capture_output=True, text=True, check=True, env=self.env)
        self.env["ANNALS_TOKEN"] = token.stdout.strip()
        port = free_port()
        self.env["ANNALS_URL"] = f"http://127.0.0.1:{port}"
        self.log = open(self.folder / "annalsd.log", "wb")
        listen = ["--listen", f"127.0.0.1:{port}", "--stop-after", "280"]
        self.daemon = subprocess.Popen(
            [self.annalsd, "--db", self.db, *listen], stdout=self.log, stderr=self.log
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.02)
        raise Failure("annalsd does not listen")

    def close(self):
        if self.daemon:
            self.daemon.terminate()
            code = self.daemon.wait(PATIENCE)
            self.log.close()
            if code != 0:
                print((self.folder / "annalsd.log").read_text(errors="replace"))
                raise Failure(f"annalsd ended with {code}")
        if self.fake:
            self.fake.stop()
        shutil.rmtree(self.folder)

    # ---- what the lines do ----

    def words(self, text):
        return shlex.split(text.replace("{example}", str(EXAMPLE)).replace("{db}", str(self.db)))

    def do_server(self, text):
        if text != "none":
            raise Failure(f"server {text}?")

    def do_fake(self, text):
        self.fake = Fake(text.split())
        self.env["ANNALS_URL"] = f"http://127.0.0.1:{self.fake.port}/"
        self.env["ANNALS_TOKEN"] = "annals_fake"

    def do_file(self, text, lines):
        path = self.folder / text
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(unescape("".join(line + "\n" for line in lines)).encode("utf-8", "surrogateescape"))

    def do_edit(self, text):
        name, change = text.split(" ", 1)
        old, new = map(unescape, change.split(" => "))
        path = self.folder / name
        content = path.read_text(encoding="utf-8")
        if old not in content:
            raise Failure(f"{name} does not hold {old!r}")
        path.write_text(content.replace(old, new), encoding="utf-8")

    def do_copy(self, text):
        source, target = self.words(text)
        shutil.copyfile(self.folder / source, self.folder / target)

    def do_env(self, text):
        name, value = text.split("=", 1)
        self.env.pop(name, None)
        if value:
            self.env[name] = value

    def do_stdin(self, text):
        self.stdin = unescape(text)

    def do_run(self, text):
        self.settle()
        done = subprocess.run(
            [self.annals, *self.words(text)],
            input=self.stdin.encode("utf-8", "surrogateescape"),
            capture_output=True,
            cwd=self.folder,
            env=self.env,
            timeout=PATIENCE,
        )
        self.result = (
            done.returncode,
            done.stdout.decode("utf-8", "replace"),
            done.stderr.decode("utf-8", "replace"),
        )
        self.stdin, self.checked = "", False

    def do_terminal(self, text):
        self.settle()
        try:
            ours, theirs = pty.openpty()
        except OSError as error:
            raise Skipped(f"this machine gives out no pseudo-terminal: {error}") from error
        child = subprocess.Popen(
            [self.annals, *self.words(text)],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=self.folder,
            env=self.env,
        )
        os.close(theirs)
        out = b""
        while select.select([ours], [], [], PATIENCE)[0]:
            try:
                piece = os.read(ours, 65536)
            except OSError:
                break
            if not piece:
                break
            out += piece
        os.close(ours)
        text = out.decode("utf-8", "replace").replace("\r\n", "\n")
        self.result = (child.wait(PATIENCE), text, "")
        self.checked = False

    # ---- what the lines check ----

    def settle(self, code=0):
        """The exit code of the last run, checked once."""
        if not self.checked and self.result[0] != code:
            raise Failure(f"exit code {self.result[0]}, not {code}")
        self.checked = True

    def do_exit(self, text):
        self.settle(int(text))

    def find(self, output, text):
        text = unescape(text.replace("{example}", str(EXAMPLE)).replace("{db}", str(self.db)))
        whole = text.startswith("=")
        pattern = ".*".join(re.escape(part) for part in text[whole:].split("..."))
        match = re.fullmatch if whole else re.search
        return any(match(pattern, line) for line in output.split("\n"))

    def do_out(self, text):
        if not self.find(self.result[1], text):
            raise Failure(f"no line of the output is {text!r}")

    def do_err(self, text):
        if not self.find(self.result[2], text):
            raise Failure(f"no line of the errors is {text!r}")

    def do_no_out(self, text):
        if self.find(self.result[1], text):
            raise Failure(f"a line of the output is {text!r}")

    def do_no_err(self, text):
        if self.find(self.result[2], text):
            raise Failure(f"a line of the errors is {text!r}")

    def do_json(self, text):
        path, wanted = text.split(" ", 1)
        value = json.loads(self.result[1].strip().split("\n")[-1])
        for step in path.split("/"):
            value = value[int(step)] if isinstance(value, list) else value[step]
        if value != json.loads(wanted):
            raise Failure(f"{path} is {json.dumps(value)}, not {wanted}")

    def do_requests(self, text):
        all_of_them = self.fake.requests
        if len(all_of_them) != int(text):
            raise Failure(f"{len(all_of_them)} requests, not {text}")
        for name in ("Idempotency-Key", "Authorization"):
            if len({r.get(name) for r in all_of_them}) != 1 or all_of_them[0].get(name) is None:
                raise Failure(f"the requests differ in {name}, or have none")

    # ---- the whole ----

    def play(self):
        lines = self.path.read_text(encoding="utf-8").split("\n")
        if not any(line.startswith(("server none", "fake ")) for line in lines):
            self.serve()
        at = 0
        while at < len(lines):
            line, number = lines[at], at + 1
            at += 1
            word, _, rest = line.partition(" ")
            if not line.strip() or word in ("about", "#"):
                continue
            more = []
            while word == "file" and at < len(lines) and (
                lines[at].startswith("    ") or not lines[at].strip()
            ):
                more.append(lines[at][4:])
                at += 1
            while more and not more[-1].strip():
                more.pop()
            action = getattr(self, "do_" + word.replace("-", "_"), None)
            if action is None:
                raise Failure(f"line {number}: what is {word!r}?")
            try:
                action(rest, more) if word == "file" else action(rest)
            except Failure as failure:
                raise Failure(f"line {number}: {failure}") from None
        self.settle()


def main():
    annals, annalsd, *names = sys.argv[1:]
    failed = played = 0
    for path in sorted((HERE / "cases").glob("*.case")):
        if names and not any(name in path.stem for name in names):
            continue
        case = Case(os.path.abspath(annals), os.path.abspath(annalsd), path)
        played += 1
        try:
            case.play()
        except Skipped as reason:
            print(f"SKIPPED {path.stem}: {reason}")
        except (Failure, subprocess.SubprocessError) as failure:
            failed += 1
            print(f"FAILED {path.stem}: {failure}")
            if case.result:
                print("    out: " + "\n    ".join(case.result[1].split("\n")[:30]))
                print("    err: " + "\n    ".join(case.result[2].split("\n")[:30]))
        try:
            case.close()
        except Failure as failure:
            failed += 1
            print(f"FAILED {path.stem}: {failure}")
    print(f"{played} cases, {failed} failed")
    return 1 if failed or played == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
