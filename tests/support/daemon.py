"""annalsd for tests: started on a store, on a port of its own, asked, and ended by its pid."""

import http.client
import json
import os
import pathlib
import re
import resource
import select
import signal
import subprocess
import time

PATIENCE = 60  # seconds for a start or an answer; sanitizers are slow
SANITIZER_WORDS = ("AddressSanitizer", "LeakSanitizer", "runtime error:")
LOST = (OSError, http.client.HTTPException)  # a connection that broke
SOURCE_TYPE = "application/vnd.annals.source+json"
STREAM_TYPE = "application/x-ndjson"


class Failure(Exception):
    """What a test found."""


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    def __str__(self):
        return f"{self.status} {self.body[:300].decode('utf-8', 'replace')}"


class Client:
    """One connection, kept open. Raises what LOST lists when it breaks."""

    def __init__(self, address, token=None, patience=PATIENCE):
        self.connection = http.client.HTTPConnection(address, timeout=patience)
        self.token = token

    def ask(self, method, target, body=None, headers=None):
        headers = {"Accept": "application/json"} | (headers or {})
        if self.token and method not in ("GET", "HEAD"):
            headers["Authorization"] = f"Bearer {self.token}"
        self.connection.request(method, target, body=body, headers=headers)
        answer = self.connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read())

    def get(self, target):
        """The JSON of an answer that must be 200."""
        answer = self.ask("GET", target)
        if answer.status != 200:
            raise Failure(f"GET {target}: {answer}")
        return answer.json()

    def put(self, document):
        target = f"/v1/sources/{document['source']['id']}"
        return self.ask("PUT", target, json.dumps(document), {"Content-Type": SOURCE_TYPE})

    def close(self):
        self.connection.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Daemon:
    """
    Starts annalsd; `address` is where it listens. Its log goes to the file `log`, appended.
    file_limit: see limit_files. Leaving the `with` block kills it when it still runs.
    """

    def __init__(self, program, db, *options, log, file_limit=None, listen="127.0.0.1:0"):
        self.db, self.log = db, pathlib.Path(log)
        self.logged_before = self.log.stat().st_size if self.log.exists() else 0
        command = [str(program), "--db", str(db), "--listen", listen, *options]
        with open(self.log, "ab") as errors:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors
            )
        if file_limit is not None:
            self.limit_files(file_limit)
        self.address = self._read_address()

    def _read_address(self):
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline().decode() if ready else ""
        found = re.search(r"http://(\S+)", line)
        if found:
            return found[1]
        self.kill()
        raise Failure(f"annalsd did not start ({self.process.returncode}): {self.last_words()}")

    def limit_files(self, size):
        """The largest file that the daemon may write from now on."""
        resource.prlimit(
            self.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY)
        )

    def client(self, token=None, patience=PATIENCE):
        return Client(self.address, token, patience)

    def said(self):
        """What this daemon logged so far."""
        with open(self.log, "rb") as f:
            f.seek(self.logged_before)
            return f.read().decode("utf-8", "replace")

    def last_words(self):
        """What it said of its end: from a sanitizer's first word on, else the last lines."""
        said = self.said()
        at = min((said.find(w) for w in SANITIZER_WORDS if w in said), default=len(said) - 2000)
        return said[max(at, 0) :][:2000]

    def running(self):
        return self.process.poll() is None

    def kill(self):
        if self.running():
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def terminate(self):
        """SIGTERM, once."""
        self.process.send_signal(signal.SIGTERM)

    def ended(self, seconds=PATIENCE):
        """Waits for the end, which must be in good order; returns how long it took."""
        begun = time.monotonic()
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise Failure(f"annalsd did not end within {seconds} s") from None
        if code != 0:
            raise Failure(f"annalsd ended with {code}: {self.last_words()}")
        return time.monotonic() - begun

    def stop(self):
        self.must_run()
        self.terminate()
        self.ended()

    def must_run(self):
        if not self.running():
            raise Failure(f"annalsd died ({self.process.returncode}): {self.last_words()}")
        found = [word for word in SANITIZER_WORDS if word in self.said()]
        if found:
            raise Failure(f"annalsd logged a fault: {self.last_words()}")

    def memory(self):
        """Bytes of the process by kind: Rss, Pss, Pss_Anon …"""
        text = pathlib.Path(f"/proc/{self.process.pid}/smaps_rollup").read_text()
        return {k: int(v) * 1024 for k, v in re.findall(r"^(\w+): +(\d+) kB", text, re.M)}

    def __enter__(self):
        return self

    def __exit__(self, _, error, __):
        try:
            if isinstance(error, LOST) and self.process.wait(1) != 0:
                raise Failure(
                    f"annalsd died ({self.process.returncode}): {self.last_words()}"
                ) from error
        except subprocess.TimeoutExpired:
            pass
        finally:
            self.kill()


def run(program, *arguments, env=None, patience=PATIENCE):
    """A program that must end by itself: its exit code, standard output and standard error."""
    done = subprocess.run(
        [str(program), *map(str, arguments)],
        capture_output=True,
        timeout=patience,
        stdin=subprocess.DEVNULL,
        env=os.environ | (env or {}),
        check=False,
    )
    out, errors = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    for word in SANITIZER_WORDS:
        if word in errors:
            raise Failure(f"{program.name} {arguments}: {errors[-3000:]}")
    if done.returncode < 0:
        raise Failure(f"{program.name} {arguments} died of signal {-done.returncode}: {errors}")
    return done.returncode, out, errors


def make_token(annals, db, name="test"):
    code, out, errors = run(annals, "token", "create", "--db", db, "--scope", "write", name)
    if code != 0:
        raise Failure(f"no token: {errors}")
    return out.strip()
