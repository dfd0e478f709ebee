#!/usr/bin/env python3
"""Runs every command of the documents and compares what is printed.

usage: commands.py SOURCE PROGRAM [PAGE…]

A block that begins with ```console holds commands behind `$ ` (a line that ends in a backslash goes on in
the next) and what they print, standard output and error together. `…` stands for anything: alone on a
line for any lines, inside a line for any text. A command without output below it may print what it likes.
Blocks of a page share one empty folder; `<!-- fixtures: PATH… -->` copies files of the source tree into it
first, PATH=NAME under another name. Statuses 2 and 4 of a command, and those above 125, are failures.
Pages called *.zh-TW.md are run in Chinese. With YINMA_UPDATE_GOLDEN=1 output that differs is written anew.

The screens at the head of the read-mes stand in ```text blocks and are held to the program by golden.screens.

Stand-ins: `build/yinma` is the program under test; mysqldump and pg_dump print shop.sql of
the page's folder; apt and sudo do nothing (installing is tried by packaging.packages).
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.S | re.M)
FIXTURES = re.compile(r"^<!-- fixtures: (.*?) -->$", re.M)
# Commands in other blocks: what the documents show and nobody runs.
UNRUN = re.compile(r"^(?:    |\$ )(?:\$ )?(?:yinma|build/yinma|(?:mysqldump|pg_dump)\b.*\|)\s", re.M)
STAND_INS = {
    "yinma": 'exec "$YINMA_PROGRAM" "$@"',
    "mysqldump": "exec cat shop.sql",
    "pg_dump": "exec cat shop.sql",
    "sudo": "exit 0",
    "apt": "exit 0",
}


def pages(source):
    yield from sorted(source.glob("*.md"))
    yield from sorted((source / "docs").rglob("*.md"))


def script(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def prepare(work, source, text):
    """The folder of a page, with its fixtures."""
    folder = work / "folder"
    folder.mkdir()
    for name, body in STAND_INS.items():
        script(work / "bin" / name, body)
    for line in FIXTURES.findall(text):
        for word in line.split():
            path, _, name = word.partition("=")
            target = folder / (name or pathlib.Path(path).name)
            target.parent.mkdir(parents=True, exist_ok=True)
            if (source / path).is_dir():
                shutil.copytree(source / path, target)
            else:
                shutil.copyfile(source / path, target)
    if "build/yinma" in text:
        script(folder / "build/yinma", 'exec "$YINMA_PROGRAM" "$@"')
    return folder


def steps(block):
    """(command, its lines in the page, expected output lines)."""
    lines = block.split("\n")[:-1]
    at = 0
    while at < len(lines):
        command = [lines[at]]
        at += 1
        while command[-1].endswith("\\") and at < len(lines):
            command.append(lines[at])
            at += 1
        output = []
        while at < len(lines) and not lines[at].startswith("$ "):
            output.append(lines[at])
            at += 1
        yield "\n".join(command)[2:], command, output


def pattern(expected):
    parts = []
    for line in expected:
        if line.strip() == "…":
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(map(re.escape, line.rstrip().split("…"))) + r"[ \t]*\n")
    return re.compile("".join(parts))


def steady(text):
    """What differs from run to run becomes `…`."""
    text = re.sub(r"\bin [0-9.]+ s\b", "in … s", text)
    return re.sub(r"[0-9.]+ 秒", "… 秒", text)


def renewed(expected, printed):
    """PRINTED, cut where EXPECTED was cut: as many lines before and behind the `…`."""
    lines = [line.rstrip() for line in steady(printed).split("\n")[:-1]]
    cuts = [i for i, line in enumerate(expected) if line.strip() == "…"]
    if len(cuts) == 1 and len(lines) > len(expected):
        behind = len(expected) - cuts[0] - 1
        return lines[:cuts[0]] + ["…"] + (lines[-behind:] if behind else [])
    return lines


def run_page(page, source, program, update):
    text = page.read_text("utf-8")
    problems = [f"a command that nobody runs (make it a console block): {found.strip()}"
                for found in UNRUN.findall(BLOCK.sub("", text))]
    work = pathlib.Path(tempfile.mkdtemp(prefix="yinma-docs-"))
    chinese = page.name.endswith(".zh-TW.md")
    environment = {**os.environ, "HOME": str(work), "XDG_CONFIG_HOME": str(work / "config"),
                   "PATH": f"{work}/bin:{os.environ['PATH']}", "YINMA_PROGRAM": program,
                   "LC_ALL": "zh_TW.UTF-8" if chinese else "C.UTF-8", "LANGUAGE": "", "TZ": "Asia/Taipei"}
    # people are estimated from keyed fingerprints: a fixed key keeps the estimate the same
    environment["YINMA_KEY_FILE"] = str(work / "key")
    (work / "key").write_text("5a" * 32)
    (work / "key").chmod(0o600)
    changed = text
    try:
        folder = prepare(work, source, text)
        for block in BLOCK.findall(text):
            rewritten = []
            for command, lines, expected in steps(block):
                done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, text=True, timeout=120,
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
                if done.returncode in (2, 4) or done.returncode > 125:
                    problems.append(f"status {done.returncode}: {command}\n{done.stdout}")
                differs = expected and not pattern(expected).fullmatch(done.stdout)
                if differs and update:
                    expected = renewed(expected, done.stdout)
                elif differs:
                    problems.append(f"prints something else: {command}\n--- the page\n" + "\n".join(expected) +
                                    f"\n--- the program\n{done.stdout}")
                rewritten += [*lines, *expected]
            changed = changed.replace(f"```console\n{block}```", "```console\n" + "\n".join(rewritten) + "\n```")
        if update and changed != text:
            page.write_text(changed, "utf-8")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return problems, len(BLOCK.findall(text))


def main(source, program, *chosen):
    source = pathlib.Path(source).resolve()
    failed = blocks = 0
    for page in map(pathlib.Path, chosen) if chosen else pages(source):
        problems, count = run_page(page.resolve(), source, program, os.environ.get("YINMA_UPDATE_GOLDEN") == "1")
        blocks += count
        for problem in problems:
            failed += 1
            print(f"{page}: {problem}")
    print(f"{blocks} blocks, {failed} problems" +
          ("; YINMA_UPDATE_GOLDEN=1 ctest -R docs.commands writes the output anew" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
