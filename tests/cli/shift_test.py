"""The same data, moved: rows that lie elsewhere in the buffers of the readers are the same rows. Each
format is made larger than what is read at a time, by repeating its rows, and moved by what stands in
front of it and means nothing."""

import gzip
import io
import json
import random
import struct
import tarfile

from harness import COLUMNS, HEAVY, SANITIZED, ProgramTest, Shop, main
import avro_files
from formats import bson, delimited, oracle, redis_length, redis_text, transact
from shop import LABELS

STATES = ("clear", "weak", "masked", "encrypted", "other")
ROWS = Shop().tables()["customers"]
REPEATS = 28  # the rows of a file: more than one buffer of the largest size
SHIFTS = (range(0, 80) if HEAVY else (0, 1, 64) if SANITIZED else
          (0, 1, 2, 3, 7, 31, 63, 64, 65))
FAR = (4001,) if SANITIZED else (1021, 2053, 4001)  # formats are known by what stands near their begin


def objects():
    return [dict(zip(COLUMNS["customers"], row)) for row in ROWS]


def filler(n):
    return "." * n


def sql(head, tail=b""):
    return lambda n: ("-- " + filler(n) + "\n").encode() + head + tail


def inserts(n, codec="utf-8"):
    values = ",\n".join("(" + ",".join("'" + (v or "").replace("'", "''") + "'" for v in row) + ")"
                        for row in ROWS)
    names = ", ".join(f"`{c}`" for c in COLUMNS["customers"])
    table = "CREATE TABLE `customers` (\n" + ",\n".join(f"  `{c}` text" for c in COLUMNS["customers"]) + "\n);\n"
    charset = "/*!40101 SET NAMES big5 */;\n" if codec == "cp950" else ""
    rows = (f"INSERT INTO `customers` ({names}) VALUES\n{values};\n") * REPEATS
    return (f"-- MySQL dump {filler(n)}\n{charset}{table}{rows}").encode(codec)


def copied(n):
    names = ", ".join(COLUMNS["customers"])
    rows = "".join("\t".join(v or "\\N" for v in row) + "\n" for row in ROWS) * REPEATS
    return (f"-- {filler(n)}\n-- PostgreSQL database dump\n\nCOPY public.customers ({names}) FROM stdin;\n"
            f"{rows}\\.\n\n").encode()


def table(n, **how):
    codec = how.pop("codec", "utf-8")
    head, _, rows = delimited(**how).partition("\r\n")
    return ("題" + filler(n) + "\r\n" + head + "\r\n" + rows * REPEATS).encode(codec)


def page(n):
    cells = "".join("<tr>" + "".join(f"<td>{v}</td>" for v in row) + "</tr>\n" for row in ROWS) * REPEATS
    heads = "".join(f"<th>{c}</th>" for c in LABELS["customers"])
    return f"<html><!--{filler(n)}--><body><table><tr>{heads}</tr>\n{cells}</table></body></html>".encode()


def markup(n):
    rows = "".join("<c>" + "".join(f"<{k}>{v}</{k}>" for k, v in row.items()) + "</c>\n" for row in objects())
    return f'<?xml version="1.0"?>\n<!--{filler(n)}-->\n<cs>\n{rows * REPEATS}</cs>\n'.encode()


def documents(n):
    return b"".join([bson({"pad": filler(n)}), *map(bson, objects())] * 1 + [*map(bson, objects())] * (REPEATS - 1))


def keys(n):
    out = b"REDIS0011\xfe\x00\x00" + redis_text("pad") + struct.pack(">BI", 0x80, n) + filler(n).encode()
    for number in range(REPEATS):
        for row in objects():
            pairs = [part for pair in row.items() for part in pair]
            out += b"\x04" + redis_text(f"customer:{number}{row['id']}") + redis_length(len(row)) + \
                b"".join(map(redis_text, pairs))
    return out + b"\xff" + bytes(8)


def commands(n):
    lines = "".join("*%d\r\n" % (2 + 2 * len(row)) + "".join(
        f"${len(p.encode())}\r\n{p}\r\n" for p in ["HSET", "customer:" + row["id"],
                                                    *[x for pair in row.items() for x in pair]])
                    for row in objects())
    return (f"*3\r\n$3\r\nSET\r\n$3\r\npad\r\n${n}\r\n{filler(n)}\r\n" + lines * REPEATS).encode()


def avro(n, codec):
    names = COLUMNS["customers"]
    return avro_files.container(avro_files.strings("customers", names), objects() * REPEATS, codec, 77, pad=filler(n))


def letters(n):
    parts = "".join(f"From x@corp.tw Mon Jan  5 08:00:00 2026\nFrom: {row['email'] or 'x@corp.tw'}\nSubject: 訂單\n\n"
                    f"身分證字號：{row['idno']}\n手機：{row['mobile']}\n\n" for row in objects())
    return (f"From x@corp.tw Mon Jan  5 08:00:00 2026\nFrom: x@corp.tw\nX-Pad: {filler(n)}\n\nnone\n\n" +
            parts * REPEATS).encode()


FORMATS = {
    "mysqldump": inserts, "mysqldump big5": lambda n: inserts(n, "cp950"), "pg copy": copied,
    "csv": table, "csv quoted": lambda n: table(n, quoting=1), "csv big5": lambda n: table(n, codec="cp950"),
    "csv bar big5": lambda n: table(n, delimiter="|", codec="cp950"),
    "csv utf-16": lambda n: table(n, codec="utf-16"), "tsv": lambda n: table(n, delimiter="\t"),
    "json": lambda n: (" " * n + json.dumps(objects() * REPEATS, ensure_ascii=False)).encode(),
    "json escaped": lambda n: (" " * n + json.dumps(objects() * REPEATS)).encode(),
    "ndjson": lambda n: (json.dumps({"pad": filler(n)}) + "\n" + "".join(
        json.dumps(row, ensure_ascii=False) + "\n" for row in objects()) * REPEATS).encode(),
    "xml": markup, "html": page,
    "logfmt": lambda n: (f"level=info pad={filler(n)}\n" + "".join("level=info " + " ".join(
        f'{k}="{v}"' for k, v in row.items()) + "\n" for row in objects()) * REPEATS).encode(),
    "text": lambda n: (filler(n) + "\n" + "".join(
        f"客戶 {row['name']} 身分證字號 {row['idno']} 手機 {row['mobile']}\n" for row in objects()) * 2 * REPEATS).encode(),
    "t-sql": lambda n: (f"-- {filler(n)}\r\n" + transact() * (REPEATS // 4)).encode(),
    "t-sql utf-16": lambda n: (f"-- {filler(n)}\r\n" + transact() * (REPEATS // 4)).encode("utf-16"),
    "sql developer": lambda n: (f"REM {filler(n)}\n" + oracle() * (REPEATS // 4)).encode(),
    "bson": documents, "redis rdb": keys, "redis aof": commands, "mbox": letters,
    "avro": lambda n: avro(n, "null"), "avro snappy": lambda n: avro(n, "snappy"),
}


def facts(run):
    counts, examples = {}, {}
    for f in run.fields:
        key = f["unit"].split("!/")[-1].split("/")[-1] if "!/" in f["unit"] else "", f["table"], f["column"], f["kind"]
        if "pad" in f["column"]:
            continue
        for state in STATES:
            counts[(*key, state)] = counts.get((*key, state), 0) + f[state]
        examples[key] = [e.get("offset") for e in f["examples"]]
    return {key: n for key, n in counts.items() if n}, examples


class Shift(ProgramTest):
    def shifts(self, number):
        noise = random.Random(number)
        return [*(SHIFTS if HEAVY else noise.sample(SHIFTS[1:], 2)), noise.choice(FAR)]

    def test_moved_inside_their_file(self):
        for number, (name, make) in enumerate(FORMATS.items()):
            first = make(0)
            counts, examples = facts(self.scan("--fail-on", "never", self.file("moved.0", first)))
            self.assertTrue(counts, name)
            self.assertGreater(len(first), 300_000, name)
            for shift in self.shifts(number):
                with self.subTest(f"{name} by {shift}"):
                    data = make(shift)
                    moved = facts(self.scan("--fail-on", "never", self.file("moved.0", data)))
                    self.assertEqual(moved[0], counts)
                    by = len(data) - len(first)
                    for key, places in examples.items():
                        if None not in places and key[1] + key[2]:
                            self.assertEqual(moved[1][key], [place + by for place in places], key)

    def test_behind_others_in_a_stream(self):
        """Members of a compressed archive begin anywhere in the buffers of what unpacks them."""
        wanted = {}
        for shift in (0, 512, 512 * 127, 512 * 513):
            out = io.BytesIO()
            with tarfile.open(fileobj=out, mode="w") as archive:
                for name, make in FORMATS.items():
                    for member, data in (("pad", bytes(shift)), (name.replace(" ", "-"), make(0))):
                        info = tarfile.TarInfo(member)
                        info.size = len(data)
                        archive.addfile(info, io.BytesIO(data))
            data = gzip.compress(out.getvalue(), 1, mtime=0)
            counts, _ = facts(self.scan("--fail-on", "never", self.file("moved.tar.gz", data)))
            wanted = wanted or counts
            self.assertEqual(counts, wanted, shift)


if __name__ == "__main__":
    main()
