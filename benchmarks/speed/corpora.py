"""Corpora, made once from a seed (benchmarks/corpus.c) and kept; and the same data compressed, packed
and in pieces, by the tools that people use for that."""

import json
import os
import pathlib
import subprocess

SUFFIXES = {"dense": "sql", "clean": "sql", "weblog": "log", "waybill": "csv", "waybill-big5": "csv",
            "ndjson": "ndjson", "tables": "sql", "mobiles": "csv"}
MEMBERS = 16


class Corpora:
    def __init__(self, build, folder, megabytes):
        self.build, self.folder, self.megabytes = build, folder, megabytes
        folder.mkdir(exist_ok=True)

    def plain(self, kind, megabytes=None):
        """(path, counts of what was planted)."""
        megabytes = megabytes or self.megabytes
        path = self.folder / f"{kind}-{megabytes}.{SUFFIXES[kind]}"
        counts = path.with_suffix(".json")
        if not counts.exists():
            with open(path, "wb") as out:
                done = subprocess.run([self.build / "benchmarks/bench_corpus", kind,
                                       str(megabytes)], stdout=out, stderr=subprocess.PIPE,
                                      check=True)
            counts.write_bytes(done.stderr)
        return path, json.loads(counts.read_text("utf-8"))

    def made(self, name, make):
        """The file NAME, made by MAKE(path) where it is not there yet."""
        path = self.folder / name
        if not path.exists():
            part = self.folder / f"part-{name}"
            make(part)
            part.rename(path)
        return path

    def by(self, name, command, source):
        """COMMAND reads SOURCE on standard input and writes the file."""
        def make(path):
            with open(source, "rb") as data, open(path, "wb") as out:
                subprocess.run(command, stdin=data, stdout=out, check=True)
        return self.made(name, make)

    def copy(self):
        """The dense dump as PostgreSQL writes it, with COPY."""
        source, counts = self.plain("dense")
        return self.made(f"copy-{self.megabytes}.sql", lambda path: write_copy(source, path)), counts

    def compressed(self, tool):
        """The dense dump as one stream of gzip, zstd, xz or bzip2."""
        source, counts = self.plain("dense")
        suffix, command = {"gzip": ("gz", ["gzip", "-6", "-c"]),
                           "zstd": ("zst", ["zstd", "-3", "-q", "-c"]),
                           "xz": ("xz", ["xz", "-1", "-T1", "-c"]),
                           "bzip2": ("bz2", ["bzip2", "-c"])}[tool]
        return self.by(f"{source.name}.{suffix}", command, source), counts

    def in_parts(self, form):
        """The dense dump in blocks, frames or members that can be read apart."""
        source, counts = self.plain("dense")
        if form == "bgzip":
            return self.by(f"{source.name}.bgz.gz", ["bgzip", "-c"], source), counts
        if form == "xz blocks":
            return self.by(f"{source.name}.blocks.xz",
                           ["xz", "-1", "-T2", "--block-size=16MiB", "-c"], source), counts
        pieces = self.pieces(source)
        if form == "zstd frames":
            def frames(path):
                with open(path, "wb") as out:
                    for piece in pieces:
                        subprocess.run(["zstd", "-3", "-q", "-c", piece], stdout=out, check=True)
            return self.made(f"{source.name}.frames.zst", frames), counts
        if form == "zip":
            return self.made(f"{source.name}.zip", lambda path: subprocess.run(
                ["zip", "-q", "-j", path, *pieces], check=True)), counts
        raise ValueError(form)

    def pieces(self, source):
        """The dump in MEMBERS files of whole statements, each with the CREATE TABLE."""
        folder = self.folder / f"{source.name}.pieces"
        if not folder.exists():
            part = self.folder / f"part-{source.name}.pieces"
            part.mkdir(exist_ok=True)
            split_statements(source, part)
            part.rename(folder)
        return sorted(folder.iterdir())

    def small_files(self, count):
        """(folder of COUNT files of 4 KB, rows of all)."""
        source, _ = self.plain("waybill")
        folder = self.folder / f"small-{count}"
        if not folder.exists():
            part = self.folder / f"part-small-{count}"
            part.mkdir(exist_ok=True)
            with open(source, "rb") as data:
                head = data.readline()
                for i in range(count):
                    place = part / f"{i // 1000:03}"
                    place.mkdir(exist_ok=True)
                    rows = data.read(4096 - len(head)) + data.readline()
                    (place / f"{i}.csv").write_bytes(head + rows)
            part.rename(folder)
        counts = self.folder / f"small-{count}.json"
        if not counts.exists():
            rows = sum(each.read_bytes().count(b"\n") - 1 for each in folder.glob("*/*"))
            counts.write_text(json.dumps({"rows": rows}))
        return folder, json.loads(counts.read_text())["rows"]


def write_copy(source, path):
    text = pathlib.Path(source).open(encoding="utf-8")
    with text, open(path, "w", encoding="utf-8") as out:
        out.write("CREATE TABLE public.members (\n    id integer,\n    name text,\n    idno text,\n"
                  "    mobile text,\n    address text,\n    card_no text,\n    cvv text\n);\n\n"
                  "COPY public.members (id, name, idno, mobile, address, card_no, cvv) FROM stdin;\n")
        for line in text:
            if not line.startswith("INSERT INTO"):
                continue
            rows = line[line.index("(") + 1:line.rindex(")")].split("),(")
            out.write("".join(row.replace("'", "").replace(",", "\t") + "\n" for row in rows))
        out.write("\\.\n")


def split_statements(source, folder):
    lines = []
    size = os.path.getsize(source) // MEMBERS
    with open(source, "rb") as data:
        head = b""
        for line in data:
            if line.startswith(b"INSERT INTO"):
                lines.append(line)
            elif not lines:
                head += line
            if sum(map(len, lines[-1:])) and sum(len(each) for each in lines) >= size:
                write_piece(folder, head, lines)
                lines = []
    write_piece(folder, head, lines)


def write_piece(folder, head, lines):
    if lines:
        number = len(list(folder.iterdir()))
        (folder / f"members-{number:02}.sql").write_bytes(head + b"".join(lines))
