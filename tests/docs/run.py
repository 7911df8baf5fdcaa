#!/usr/bin/env python3
"""Runs every example of the documentation and compares what it prints.

usage: run.py ROOT BIN

An example is a fenced block marked `console`: lines that begin with "$ " are commands (a line that
ends in a backslash, or whose next begins with "> ", goes on there), what follows is what they print. In the expected output
"…" stands for anything within a line, and a line that is "…" alone for any number of lines.

A block marked `python`, `r` or `mjs` is a program that must end well; a block `text` right behind it
is what it prints. Where its interpreter or a library of it is not installed it is SKIPPED aloud.

Each of PICTURES is what the daemon draws today, but for the day on which the store was made.

The commands of a page run in a folder of their own, where the files of docs/example and the thin
clients are (annals.js as annals.mjs too), with annals,
annalsd and the example store at http://127.0.0.1:8080, and 127.0.0.1:8090 for a daemon that an
example starts itself (both are free ports under those names). What a command exports of ANNALS_URL
and ANNALS_TOKEN holds for those after it. Blocks marked `sh` are not examples
but things to type on one's own machine (./dev run); each must be listed in NOT_RUN.
"""
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(sys.argv[1]).resolve()
BIN = pathlib.Path(sys.argv[2]).resolve()
PUBLIC = "127.0.0.1:8080"
OWN = "127.0.0.1:8090"
SYSTEM = "/usr/bin:/bin:/usr/local/bin"  # where interpreters are that have the system's libraries
# language: the interpreter, what finds a library in a program, what asks whether it is there
PROGRAMS = {
    "python": (["python3", "-s", "-c"], r"^(?:import|from) (\w+)", "import {}"),
    "r": (["Rscript", "-e"], r"^library\((\w+)\)", "library({})"),
    "mjs": (["node", "--input-type=module", "-e"], r"(?!)", ""),
}
# What of a client needs a library: the words in a program, and the libraries.
CLIENTS = {'source("annals.R")': ["jsonlite", "curl"], ".frame()": ["pandas"]}
PICTURES = {
    "docs/example.svg": "/v1/events.svg?date=2022-02/2022-04&actor=aze&lanes=none&width=800",
    "docs/pictures/drawn-dates.svg": "/v1/events.svg?actor=arm,tur&date=2021-05/2022-04&lanes=none&width=800",
}
NOT_RUN = {"./dev run", "./dev test", "./dev bench", "./dev build", "./dev lint", "./dev fmt"}


def pages():
    yield ROOT / "README.md"
    yield from sorted((ROOT / "docs").rglob("*.md"))


def blocks(page):
    """(line number, language, lines) of every fenced block."""
    inside, start, language, lines = False, 0, "", []
    for number, line in enumerate(page.read_text().splitlines(), 1):
        fence = re.match(r"```(\w*)\s*$", line)
        if fence and not inside:
            inside, start, language, lines = True, number, fence.group(1), []
        elif line.rstrip() == "```" and inside:
            inside = False
            yield start, language, lines
        elif inside:
            lines.append(line)
    if inside:
        yield start, "unclosed", lines


def steps(lines):
    """Pairs of a command and the lines that it prints."""
    command, output, more = None, [], False
    for line in lines:
        if more:
            command += "\n" + re.sub(r"^> ?", "", line)
            more = line.endswith("\\")
        elif command is not None and not output and re.match(r">( |$)", line):
            command += "\n" + line[2:]
        elif line.startswith("$ "):
            if command is not None:
                yield command, output
            command, output, more = line[2:], [], line.endswith("\\")
        else:
            output.append(line)
    if command is not None:
        yield command, output


def line_matches(expected, line):
    pattern = ".*".join(re.escape(part) for part in expected.split("…"))
    return re.fullmatch(pattern, line) is not None


def matches(expected, printed):
    """Whether the printed lines are what is expected, "…" lines standing for any number."""
    if not expected:
        return not printed
    if expected[0].strip() == "…":
        return any(matches(expected[1:], printed[i:]) for i in range(len(printed) + 1))
    return bool(printed) and line_matches(expected[0], printed[0]) and \
        matches(expected[1:], printed[1:])


class Demo:
    """The example store, served at a free port."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [BIN / "annalsd", "--demo", "--listen", "127.0.0.1:0", "--stop-after", "300",
             "--log-level", "error"], stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        self.address = re.search(r"http://(\S+)", line).group(1)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


# What stands before each command of a page.
KEPT = r"""[ ! -f .exported ] || . ./.exported
trap 'export -p | grep -E "ANNALS_(URL|TOKEN)=" > .exported' EXIT
"""


def run(words, folder, address, own):
    """What the command prints, and how it ended; its last word is the one with addresses."""
    environment = dict(os.environ, PATH=f"{BIN}:{os.environ['PATH']}", LC_ALL="C.UTF-8",
                       ANNALS_URL=f"http://{address}", ANNALS_ROOT=str(ROOT), no_proxy="*")
    last = words[-1].replace(PUBLIC, address).replace(OWN, own)
    done = subprocess.run([*words[:-1], last], cwd=folder,
                          env=environment, text=True, timeout=120, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    lines = done.stdout.replace(address, PUBLIC).replace(own, OWN).splitlines()
    return lines, done.returncode


def interpreter(language, program, folder):
    """The words that run a program, or what is not installed for it."""
    words, libraries, asks = PROGRAMS[language]
    found = shutil.which(words[0], path=SYSTEM)
    if not found:
        return None, words[0]
    words = [found, *words[1:]]
    needed = [one for sign, names in CLIENTS.items() if sign in program for one in names]
    for library in re.findall(libraries, program, re.M) + needed:
        if subprocess.run([*words, asks.format(library)], capture_output=True, cwd=folder,
                          check=False).returncode != 0:
            return None, f"{words[0]} with {library}"
    return words, None


def output_behind(found, at):
    """The lines of a block `text` with no more than a blank line before it; else None."""
    number, _, lines = found[at]
    close = number + len(lines) + 1
    for start, language, output in found[at + 1:at + 2]:
        if language == "text" and start <= close + 2:
            return output
    return None


def check_program(where, language, lines, expected, folder, addresses):
    """Whether a program of the page ends well and prints what is said; else says so."""
    words, missing = interpreter(language, "\n".join(lines), folder)
    if missing:
        print(f"SKIPPED: {where}: {missing} is not installed")
        return True
    printed, code = run([*words, "\n".join(lines)], folder, *addresses)
    if code == 0 and (expected is None or matches(expected, printed)):
        return True
    print(f"{where}: a program of {language} ended with {code} and printed")
    print("\n".join(printed[-60:]))
    return False


def picture_is_new(name, target, address):
    """Whether a picture is what its address gives; else says so."""
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with ask.open(f"http://{address}{target}") as answer:
        drawn = answer.read().decode()
    day = r"( of )\d{4}-\d\d-\d\d"
    file = ROOT / name
    if file.exists() and re.sub(day, r"\1", file.read_text()) == re.sub(day, r"\1", drawn):
        return True
    print(f"{name} is old: curl 'http://{PUBLIC}{target}' > {name}")
    return False


def main():
    examples = wrong = 0
    with Demo() as demo:
        for name, target in PICTURES.items():
            examples += 1
            wrong += not picture_is_new(name, target, demo.address)
        for page in pages():
            own = free_address()  # a daemon of another page may still run
            folder = tempfile.mkdtemp(prefix="annals-docs-")
            for example in (ROOT / "docs" / "example").iterdir():
                shutil.copy(example, folder)
            for client in (ROOT / "clients").glob("*/annals.[jpR]*"):
                shutil.copy(client, folder)
            shutil.copy(ROOT / "clients" / "js" / "annals.js", f"{folder}/annals.mjs")
            found = list(blocks(page))
            for at, (number, language, lines) in enumerate(found):
                where = f"{page.relative_to(ROOT)}:{number}"
                if language == "sh" and not set(lines) <= NOT_RUN:
                    print(f"{where}: a block of sh that no test knows: {lines}")
                    wrong += 1
                if language == "unclosed":
                    print(f"{where}: the fence is not closed")
                    wrong += 1
                if language in PROGRAMS:
                    examples += 1
                    expected = output_behind(found, at)
                    wrong += not check_program(where, language, lines, expected, folder,
                                               (demo.address, own))
                if language != "console":
                    continue
                for command, expected in steps(lines):
                    examples += 1
                    printed, _ = run(["bash", "-c", KEPT + command], folder, demo.address, own)
                    while expected and not expected[-1].strip():
                        expected.pop()
                    if not matches(expected, printed):
                        wrong += 1
                        print(f"{where}: $ {command}\n--- expected")
                        print("\n".join(expected))
                        print("--- printed")
                        print("\n".join(printed[:60]))
            shutil.rmtree(folder, ignore_errors=True)  # its daemon may still write
    print(f"{examples} examples, {wrong} wrong")
    return 1 if wrong or not examples else 0


sys.exit(main())
