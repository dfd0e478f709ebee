"""Files that describe each other, packed together: an archive of a folder gives what the folder gives,
whatever the order of its members, read at any place or as a stream."""

import gzip
import random
import shutil
import sqlite3

from dbf_test import PEOPLE, field, table
from formats import by_tool, formats, packed_tar, packed_zip
from harness import ROWS, ProgramTest, main

STATES = ("clear", "weak", "masked", "encrypted")


def totals(run):
    counts = {}
    for f in run.fields:
        for state in STATES:
            key = f["table"], f["column"], f["kind"], f.get("storage"), state
            counts[key] = counts.get(key, 0) + f[state]
    rows = sum(u.get("unit_rows", 0) for u in run.of_type("coverage"))
    gaps = sorted((c["status"], c.get("reason")) for c in run.of_type("coverage")
                  if c["status"] not in ("scanned", "opaque"))
    return {key: count for key, count in counts.items() if count}, rows, gaps


def packings(members):
    tar = packed_tar(members)
    return {"tar": tar, "tar.gz": gzip.compress(tar, mtime=0), "zip": packed_zip(members),
            "7z": by_tool(members, "7z", "a", "-bd", "-y", "OUT.7z", "."),
            "cpio": by_tool(members, "cpio", "-o", "-H", "newc"),
            "tar.gz in zip": packed_zip({"x/inner.tar.gz": gzip.compress(tar, mtime=0)}),
            "zip in tar.gz": gzip.compress(packed_tar({"x/inner.zip": packed_zip(members)}), mtime=0)}


class Neighbours(ProgramTest):
    def folder_of(self, name, files):
        for path, data in files.items():
            self.file(f"{name}/{path}", data)
        return totals(self.scan("-v", self.folder / name))

    def orders(self, files):
        names = sorted(files)
        yield names
        yield names[::-1]
        for seed in range(2):
            random.Random(seed).shuffle(names)
            yield list(names)

    def check_packed(self, name, files):
        wanted = self.folder_of(name, files)
        self.assertTrue(wanted[0])
        for number, order in enumerate(self.orders(files)):
            for form, data in packings({path: files[path] for path in order}).items():
                if data is not None:
                    with self.subTest(f"{name} {number} {form}"):
                        run = self.scan("-v", self.file(f"{name}.{form.split(' ')[0]}", data))
                        self.assertEqual(totals(run), wanted)
        return wanted

    def test_dumps_of_several_files(self):
        described = [each for each in formats() if each.beside]
        files = {f"{number}/{name}": data for number, each in enumerate(described)
                 for name, data in each.files.items()}
        fields, rows, gaps = self.check_packed("dumps", files)
        self.assertEqual((rows, gaps), (len(described) * sum(map(len, ROWS.values())), []))
        self.assertFalse([key for key in fields if key[1].startswith("#")])

    def test_compressed_rows(self):
        files = {}
        for each in formats():
            if each.beside:
                for name, data in each.files.items():
                    rows = name.endswith((".txt", ".sql")) and b"CREATE TABLE" not in data
                    files[name + (".gz" if rows else "")] = gzip.compress(data, mtime=0) if rows else data
        self.check_packed("compressed", files)

    def database(self, mode):
        path = self.folder / f"{mode}.db"
        base = sqlite3.connect(path, isolation_level=None)
        base.execute("PRAGMA secure_delete=OFF")
        base.execute(f"PRAGMA journal_mode={mode}")
        base.execute("PRAGMA wal_autocheckpoint=0")
        base.execute("CREATE TABLE customers (id TEXT, name TEXT, idno TEXT)")
        base.executemany("INSERT INTO customers VALUES (?, ?, ?)",
                         [row[:3] for row in ROWS["customers"]])
        base.execute("DELETE FROM customers WHERE rowid > 40")
        files = {path.with_name(path.name + end).name: path.with_name(path.name + end).read_bytes()
                 for end in ("", "-wal", "-journal") if path.with_name(path.name + end).exists()}
        base.close()
        return files

    def test_databases_with_their_logs(self):
        for mode in "wal", "persist":
            base = self.database(mode)
            files = {f"{folder}/{name}": data for folder in ("a", "b/c") for name, data in base.items()}
            self.assertEqual(len(files), 4)
            self.check_packed(mode, files)

    def test_tables_with_their_memos(self):
        blocks = b"\0\0\0\0\0\0\0\x40".ljust(512, b"\0")
        numbers = []
        for name, number, _ in PEOPLE:
            note = f"客戶{name}，身分證字號：{number}".encode("big5")
            numbers.append(len(blocks) // 64)
            block = b"\0\0\0\x01" + len(note).to_bytes(4, "big") + note
            blocks += block.ljust(-(-len(block) // 64) * 64, b"\0")
        rows = table(0xF5, [field("NOTE", b"M", 10)], [(False, b"%10d" % n) for n in numbers])
        files = {"old/m.DBF": rows, "old/m.FPT": blocks, "n.dbf": rows, "n.fpt": blocks}
        _, _, gaps = self.check_packed("memos", files)
        self.assertEqual(gaps, [("partial", "unsupported")] * 2)  # of memos no table refers to

    def test_what_cannot_wait_is_told(self):
        files = {name: data for each in formats() if each.name == "pg_dump -Fd"
                 for name, data in each.files.items()}
        order = sorted(files, reverse=True)
        self.assertTrue(order[0].endswith("toc.dat"))
        path = self.file("late.tar.gz", gzip.compress(packed_tar({n: files[n] for n in order[::-1]})))
        run = self.scan("-v", "--max-spool", "1K", path)
        told = [c for c in run.of_type("coverage") if c["status"] == "partial"]
        self.assertEqual([(c["unit"], c["reason"]) for c in told], [(str(path), "limit")])
        self.assertIn("--max-spool", told[0]["detail"])
        self.assertTrue(run.fields)
        path = self.file("text.tar.gz", gzip.compress(packed_tar({"a.txt": b"a\tb\n" * 2000})))
        self.scan("--max-spool", "1K", path, status=0)

    def test_a_missing_file_of_a_dump_is_told(self):
        files = {name: data for each in formats() if each.name == "pg_dump -Fd"
                 for name, data in each.files.items() if not name.endswith("3359.dat.gz")}
        _, _, gaps = self.check_packed("missing", files)
        self.assertEqual(len(gaps), 1)

    def test_damage_does_not_lose_what_waits(self):
        files = {"d/3360.dat.gz": next(each.files for each in formats() if each.name == "pg_dump -Fd")
                 ["shop-directory/3360.dat.gz"], "d/z.bin": bytes(4000)}
        data = packed_tar(files)
        run = self.scan("-v", self.file("cut.tar.gz", gzip.compress(data[:len(data) // 2])))
        self.assertTrue(any(c.get("unit_rows") for c in run.of_type("coverage")))
        self.assertIn("truncated", {c.get("reason") for c in run.of_type("coverage")})


if __name__ == "__main__":
    if shutil.which("7z") is None:
        print("7z is not there: not tried")
    main()
