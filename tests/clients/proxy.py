"""A server between the clients and annalsd that does what servers and networks do. The first part of
a path says what:

    /plain/…    passes on, below a path of its own
    /busy-N/…   503 with Retry-After: 1 to the first N requests of a client, then passes on
    /limit/…    429 with Retry-After: 3600
    /deadline/… 503 with the problem `deadline`, and how often it was asked as its detail
    /page/…     200, and a page of HTML
    /broken/…   502, and a page of HTML
    /cut/…      half of the answer, and the end of the connection
    /silent/…   nothing, for longer than a client waits
    /away/…     a redirect to the same path at another host
    /writing/…  passes on, and has on_page called once the first page was given

`seen` holds (what, path, headers) of every request; who the client is, its User-Agent says.
"""
import http.client
import http.server
import json
import threading
import time

HTML = b"<!doctype html><title>Sign in</title>"
SILENCE = 4  # seconds


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        _, what, rest = self.path.split("/", 2)
        server, client = self.server, self.headers["User-Agent"].split("/")[0]
        with server.lock:
            server.seen.append((what, "/" + rest,
                                {name.lower(): value for name, value in self.headers.items()}))
            times = sum(1 for did, path, headers in server.seen if (did, path) == (what, "/" + rest)
                        and headers["user-agent"].startswith(client))
        if what.startswith("busy-") and times <= int(what[5:]):
            self.refuse(503, "overloaded", "Too much at once", 1)
        elif what == "limit":
            self.refuse(429, "too-many-requests", "Too many requests", 3600)
        elif what == "deadline":
            self.refuse(503, "deadline", f"asked {times} times", 1)
        elif what in ("page", "broken"):
            self.give(200 if what == "page" else 502, {"Content-Type": "text/html"}, HTML)
        elif what == "silent":
            time.sleep(SILENCE)
            self.close_connection = True
        elif what == "away":
            self.give(307, {"Location": f"http://{server.away}/plain/{rest}"}, b"")
        else:
            self.pass_on("/" + rest, what)

    def refuse(self, status, slug, detail, seconds):
        body = {"type": f"/docs#{slug}", "title": "Not now", "status": status, "detail": detail}
        self.give(status, {"Content-Type": "application/problem+json", "Retry-After": str(seconds)},
                  json.dumps(body).encode())

    def pass_on(self, target, what):
        connection = http.client.HTTPConnection(self.server.behind, timeout=60)
        kept = {k: v for k, v in self.headers.items() if k.lower() not in ("host", "connection")}
        connection.request("GET", target, headers=kept)
        answer = connection.getresponse()
        body = answer.read()
        headers = {k: v for k, v in answer.getheaders() if k not in ("Content-Length", "Connection")}
        if what == "cut":
            headers["Content-Length"] = str(len(body))
            body = body[:len(body) // 2]
            self.close_connection = True
        self.give(answer.status, headers, body)
        connection.close()
        if what == "writing" and "cursor=" not in target:
            self.server.on_page()

    def give(self, status, headers, body):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Proxy(http.server.ThreadingHTTPServer):
    """Listens while the `with` block runs; `url` is where."""

    daemon_threads = True

    def __init__(self, behind, away=None, on_page=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.behind, self.away, self.on_page = behind, away, on_page
        self.seen, self.lock = [], threading.Lock()
        self.address = f"127.0.0.1:{self.server_address[1]}"
        self.url = f"http://{self.address}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def handle_error(self, *_):
        """A client that left is no news."""
