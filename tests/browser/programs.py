"""What the tests in a browser need besides the daemon: Node, Chromium, Firefox, and libraries of npm. Where
something is not there, Skipped says what."""

import hashlib
import pathlib
import re
import shutil
import subprocess

import daemon

HERE = pathlib.Path(__file__).parent
OLDEST_NODE = 18
PATIENCE = 300  # seconds for npm
PACKAGE_FILES = ["package.json", "package-lock.json", ".npmrc"]
# What npm says when it did not get to the registry or was sent away, and nothing else is wrong.
OUT_OF_REACH = re.compile(
    r"code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH"
    r"|ENOTCACHED|ERR_SOCKET_TIMEOUT|E40[134]|E407|E429|E5\d\d|[A-Z_]*CERT[A-Z_]*)\b"
)


class Skipped(Exception):
    pass


def program(*names):
    found = next(filter(None, map(shutil.which, names)), None)
    if not found:
        raise Skipped(f"{names[0]} is not installed")
    return found


def node():
    found = program("node", "nodejs")
    done = subprocess.run([found, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)", done.stdout)
    if not version or int(version[1]) < OLDEST_NODE:
        raise Skipped(f"{found} is older than {OLDEST_NODE}: {done.stdout.strip()}")
    return found


def chromium():
    return program("chromium", "chromium-browser", "google-chrome")


def firefox():
    return program("firefox-esr", "firefox")


def libraries(folder):
    """The libraries of package-lock.json below `folder`; npm is asked when the file has changed."""
    want = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in PACKAGE_FILES))
    mark = folder / "node_modules" / ".annals"
    if mark.exists() and mark.read_text() == want.hexdigest():
        return folder
    npm = program("npm")
    folder.mkdir(parents=True, exist_ok=True)
    for name in PACKAGE_FILES:
        shutil.copy(HERE / name, folder)
    try:
        done = subprocess.run([npm, "ci", "--fetch-timeout=60000", "--fetch-retries=1"], cwd=folder,
                              capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise Skipped(f"npm did not end within {PATIENCE} s") from None
    code = OUT_OF_REACH.search(done.stderr)
    if done.returncode != 0 and code:
        raise Skipped(f"npm does not get the libraries ({code[1]})")
    if done.returncode != 0:
        raise daemon.Failure(f"npm ci: {done.stderr[:1500]}")
    mark.write_text(want.hexdigest())
    return folder


def once(function, *arguments):
    """The function's result or what it raised, again for everyone who asks."""
    try:
        result = function(*arguments)
    except (Skipped, daemon.Failure) as why:
        result = why

    def again():
        if isinstance(result, Exception):
            raise result
        return result

    return again
