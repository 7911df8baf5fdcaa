"""Streams as they are on the wire: chunked bodies read bit by bit, and server-sent events."""

import json
import re
import select
import socket
import time

from daemon import PATIENCE, Failure


class Stream:
    """
    One request, and its answer read as it comes. `status` and `headers` are there at once;
    `whole` says whether the last chunk has come, or all of a body of known length.
    """

    def __init__(self, address, target, version="1.1", method="GET", headers=None, buffer=None, body=b""):
        host, port = address.rsplit(":", 1)
        self.socket = socket.socket()
        if buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect((host, int(port)))
        fields = {"Host": address, "Accept": "*/*"} | (headers or {})
        if body:
            fields["Content-Length"] = len(body)
        head = f"{method} {target} HTTP/{version}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
        self.socket.sendall(head.encode() + body)
        self.raw, self.ended, self.whole = bytearray(), False, False
        self._read_head(method)

    def _more(self, timeout=None):
        """Waits for bytes; False at the end, or when none came in time."""
        if timeout is not None and not select.select([self.socket], [], [], timeout)[0]:
            return False
        try:
            data = self.socket.recv(65536)
        except ConnectionResetError:
            data = b""
        self.ended = self.ended or not data
        self.raw += data
        return bool(data)

    def _read_head(self, method):
        while b"\r\n\r\n" not in self.raw:
            if not self._more():
                raise Failure(f"no answer, only {bytes(self.raw[:200])!r}")
        head, _, rest = bytes(self.raw).partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.raw = bytearray(rest)
        if not re.match(r"HTTP/1\.1 \d{3} ", lines[0]):
            raise Failure(f"not an answer: {head[:200]!r}")
        self.status = int(lines[0].split()[1])
        pairs = (line.partition(":") for line in lines[1:])
        self.headers = {name.lower(): value.strip() for name, _, value in pairs}
        self.chunked = self.headers.get("transfer-encoding") == "chunked"
        self.left = int(self.headers.get("content-length", 0))
        self.whole = method == "HEAD" or self.status == 304 or not (self.chunked or self.left)

    def piece(self, timeout=None):
        """The next bytes of the body: b"" when it has ended, or none came in time."""
        while not self.whole:
            data = self._chunk() if self.chunked else self._plain()
            if data:
                return data
            if not self.whole and not self._more(timeout):
                return b""
        return b""

    def _plain(self):
        data, self.raw = bytes(self.raw[: self.left]), self.raw[self.left :]
        self.left -= len(data)
        self.whole = self.left == 0
        return data

    def _chunk(self):
        line, found, rest = bytes(self.raw).partition(b"\r\n")
        size = int(line, 16) if found else 0
        if not found or len(rest) < size + 2:
            return b""
        self.whole = size == 0
        del self.raw[: len(line) + 2 + size + 2]
        return rest[:size]

    def body(self):
        """All that is still to come."""
        return b"".join(iter(self.piece, b""))

    def rest(self):
        """Whatever still comes, as it comes, until the other side ends."""
        while self._more():
            pass
        return bytes(self.raw)

    def again(self, method, target):
        """Another request on the same connection, after a whole answer."""
        self.socket.sendall(f"{method} {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        self._read_head(method)

    def text(self):
        return self.body().decode()

    def json(self):
        return json.loads(self.body())

    def close(self):
        self.socket.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class Events:
    """A reader of an event stream: what a browser's EventSource does, without coming back."""

    def __init__(self, address, target="/v1/changes", last=None):
        headers = {"Accept": "text/event-stream"}
        if last is not None:
            headers["Last-Event-ID"] = str(last)
        self.stream = Stream(address, target, headers=headers)
        self.text, self.comments, self.retry = "", 0, None
        if self.stream.status != 200:
            raise Failure(f"{target}: {self.stream.status} {self.stream.text()}")
        if self.stream.headers["content-type"] != "text/event-stream":
            raise Failure(f"{target}: {self.stream.headers}")

    def next(self, timeout=PATIENCE):
        """The next event as (id, name, data); None when there is none in time, or no more."""
        until = time.monotonic() + timeout
        while True:
            while "\n\n" in self.text:
                block, _, self.text = self.text.partition("\n\n")
                event = self._read(block)
                if event:
                    return event
            data = self.stream.piece(max(until - time.monotonic(), 0))
            if not data:
                return None
            self.text += data.decode()

    def _read(self, block):
        fields = {}
        for line in block.split("\n"):
            found = re.fullmatch(r"(id|event|data|retry): (.*)", line)
            if line.startswith(":"):
                self.comments += 1
            elif not found or found[1] in fields:
                raise Failure(f"not a line of an event: {line!r}")
            else:
                fields[found[1]] = found[2]
        self.retry = fields.pop("retry", self.retry)
        if not fields:
            return None
        return int(fields["id"]), fields["event"], json.loads(fields["data"])

    def close(self):
        self.stream.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()
