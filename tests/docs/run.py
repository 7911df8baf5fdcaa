#!/usr/bin/env python3
"""Runs every example of the documentation and compares what it prints.

usage: run.py ROOT BIN

An example is a fenced block marked `console`: lines that begin with "$ " are commands (a line that
ends in a backslash, or whose next begins with "> ", goes on there), what follows is what they print. In the expected output
"…" stands for anything within a line, and a line that is "…" alone for any number of lines.

The commands run in an empty folder with annals, annalsd and the example store at
http://127.0.0.1:8080, and 127.0.0.1:8090 for a daemon that an example starts itself (both are
free ports under those names). Blocks marked `sh` are not examples
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

ROOT = pathlib.Path(sys.argv[1]).resolve()
BIN = pathlib.Path(sys.argv[2]).resolve()
PUBLIC = "127.0.0.1:8080"
OWN = "127.0.0.1:8090"
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


def run(command, folder, address, own):
    environment = dict(os.environ, PATH=f"{BIN}:{os.environ['PATH']}", LC_ALL="C.UTF-8",
                       ANNALS_URL=f"http://{address}", ANNALS_ROOT=str(ROOT))
    done = subprocess.run(["bash", "-c", command.replace(PUBLIC, address).replace(OWN, own)],
                          cwd=folder,
                          env=environment, text=True, timeout=120, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout.replace(address, PUBLIC).replace(own, OWN).splitlines()


def main():
    examples = wrong = 0
    folder = tempfile.mkdtemp(prefix="annals-docs-")
    for example in (ROOT / "docs" / "example").iterdir():
        shutil.copy(example, folder)
    with Demo() as demo:
        for page in pages():
            own = free_address()  # a daemon of another page may still run
            for number, language, lines in blocks(page):
                where = f"{page.relative_to(ROOT)}:{number}"
                if language == "sh" and not set(lines) <= NOT_RUN:
                    print(f"{where}: a block of sh that no test knows: {lines}")
                    wrong += 1
                if language == "unclosed":
                    print(f"{where}: the fence is not closed")
                    wrong += 1
                if language != "console":
                    continue
                for command, expected in steps(lines):
                    examples += 1
                    printed = run(command, folder, demo.address, own)
                    while expected and not expected[-1].strip():
                        expected.pop()
                    if not matches(expected, printed):
                        wrong += 1
                        print(f"{where}: $ {command}\n--- expected")
                        print("\n".join(expected))
                        print("--- printed")
                        print("\n".join(printed[:60]))
    shutil.rmtree(folder)
    print(f"{examples} examples, {wrong} wrong")
    return 1 if wrong or not examples else 0


sys.exit(main())
