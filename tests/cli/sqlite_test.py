"""SQLite databases: live rows exactly, deleted ones where they still stand; nothing is written."""

import random
import shutil
import sqlite3

from harness import COLUMNS, ROWS, ProgramTest, expected, main

KEYS = {"customers": "id", "payments": "id", "decoys": "id"}


class Sqlite(ProgramTest):
    def database(self, name, encoding="UTF-8", page=4096, vacuum=0):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        base = sqlite3.connect(path, isolation_level=None)
        for setting in (f"encoding='{encoding}'", f"page_size={page}", "secure_delete=OFF",
                        f"auto_vacuum={vacuum}"):
            base.execute(f"PRAGMA {setting}")
        base.execute("BEGIN")
        for table, rows in ROWS.items():
            columns = [c + (" INTEGER PRIMARY KEY" if c == KEYS.get(table) else " TEXT")
                       for c in COLUMNS[table]]
            base.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            base.execute(f"CREATE INDEX by_{table} ON {table}({COLUMNS[table][2]})")
            places = ",".join("?" * len(columns))
            base.executemany(f"INSERT INTO {table} VALUES ({places})", rows)
        base.execute("COMMIT")
        return path, base

    def stored(self, run, storage, table=None):
        found = {}
        for f in run.fields:
            if f.get("storage") == storage and table in (None, f["table"]):
                found[f["column"]] = found.get(f["column"], 0) + f["values"]
        return found

    def assert_live(self, run, without=()):
        live = [f for f in run.fields if f.get("storage") == "live"]
        for table, wanted in expected().items():
            found = {}
            for f in live:
                if f["table"] == table:
                    found.setdefault(f["column"], {})[f["kind"]] = {
                        s: f[s] for s in ("clear", "weak", "masked", "encrypted") if f[s]}
            for kinds in wanted.values():
                for counts in kinds.values():
                    counts.pop("other", None)
            self.assertEqual(found, {} if table in without else wanted, table)

    def test_live_rows_of_every_kind_of_file(self):
        for encoding, page, vacuum in (("UTF-8", 4096, 0), ("UTF-16le", 1024, 0),
                                       ("UTF-16be", 65536, 0), ("UTF-8", 512, 1)):
            with self.subTest(f"{encoding} {page} {vacuum}"):
                path, base = self.database(f"live-{page}.db", encoding, page, vacuum)
                base.close()
                run = self.scan(path, status=1)
                self.assert_live(run)
                self.assertEqual({(f["format"], f["encoding"], f["storage"], f["attribution"])
                                  for f in run.fields},
                                 {("sqlite", encoding.lower(), "live", "exact")})
                self.assertEqual({tuple(f["zones"]) for f in run.fields}, {("db",)})
                self.assertEqual(run.coverage, [])

    def test_a_pipe_and_an_archive(self):
        path, base = self.database("pipe.db")
        base.close()
        self.assert_live(self.scan("-", stdin=path.read_bytes(), status=1))
        packed = shutil.make_archive(str(self.folder / "packed"), "gztar", self.folder, "pipe.db")
        self.assert_live(self.scan(packed, status=1))

    def test_deleted_rows_are_found(self):
        path, base = self.database("deleted.db")
        base.execute("DELETE FROM customers WHERE id % 2 = 0")
        base.close()
        slack = self.stored(self.scan(path), "slack", "customers")
        self.assertGreaterEqual(slack["name"], 54)  # of 60; others are overwritten in part
        self.assertEqual(slack["name"], slack["address"])
        self.assertLessEqual(slack.get("", 0), 12)

    def test_a_table_that_was_emptied_or_dropped(self):
        path, base = self.database("emptied.db")
        base.execute("DELETE FROM payments")
        base.close()
        run = self.scan(path)
        found = [self.stored(run, s, "payments").get("card_no", 0) for s in ("slack", "freelist")]
        self.assertGreaterEqual(sum(found), 285)  # of 290
        self.assertLessEqual(sum(found), 290)
        path, base = self.database("dropped.db")
        base.execute("DROP TABLE customers")
        base.close()
        run = self.scan(path)
        self.assertEqual({f["table"] for f in run.fields if f["storage"] == "freelist"}, {""})
        self.assertEqual(self.stored(run, "freelist")["#2"], 120)

    def test_what_is_gone_is_gone(self):
        path, base = self.database("vacuumed.db")
        base.execute("DELETE FROM customers WHERE id % 2 = 0")
        base.execute("VACUUM")
        base.close()
        self.assertEqual({f["storage"] for f in self.scan(path).fields}, {"live"})
        path, base = self.database("secure.db")
        base.execute("DELETE FROM decoys")  # makes room, so that no page is split below
        base.execute("PRAGMA secure_delete=ON")
        base.execute("VACUUM")
        base.execute("DELETE FROM customers")
        base.close()
        self.assertEqual({f["storage"] for f in self.scan(path).fields}, {"live"})

    def test_a_log_that_is_not_checkpointed(self):
        path, base = self.database("wal/logged.db")
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA wal_autocheckpoint=0")
        base.execute("DELETE FROM customers WHERE id NOT IN (SELECT id FROM customers LIMIT 10)")
        base.execute("INSERT INTO waybills(waybill_no, idno) VALUES ('W', 'A123456789')")
        base.execute("UPDATE waybills SET idno = 'B123456780' WHERE waybill_no = 'W'")
        before = {p.name: p.read_bytes() for p in path.parent.iterdir()}
        run = self.scan(path.parent)
        self.assertEqual({p.name: p.read_bytes() for p in path.parent.iterdir()}, before)
        self.assertEqual(self.stored(run, "live", "customers")["email"], 10)
        self.assertEqual(self.stored(run, "live", "waybills")["idno"], 81)
        old = [self.stored(run, s, "customers").get("email", 0)
               for s in ("slack", "freelist", "wal")]
        self.assertGreaterEqual(sum(old), 105)
        self.assertLessEqual(sum(old), 110)
        self.assertEqual(self.stored(run, "wal", "waybills")["idno"], 1)
        self.assertEqual([c for c in run.coverage if c["status"] not in ("scanned", "opaque")], [])
        alone = self.folder / "alone" / "logged.db-wal"
        alone.parent.mkdir()
        shutil.copy(str(path) + "-wal", alone)
        run = self.scan(alone)
        self.assertEqual({f["storage"] for f in run.fields}, {"wal"})
        base.close()

    def test_a_journal_that_was_kept(self):
        path, base = self.database("kept/kept.db")
        base.execute("PRAGMA journal_mode=PERSIST")
        base.execute("DELETE FROM customers")
        base.close()
        run = self.scan(path.parent)
        names = sum(f["values"] for f in run.fields if f["column"] == "name")
        self.assertEqual(names, 120)
        self.assertEqual(run.coverage, [])

    def test_odd_tables(self):
        path = self.folder / "odd.db"
        base = sqlite3.connect(path, isolation_level=None)
        base.execute("PRAGMA secure_delete=OFF")
        base.executescript("""
            CREATE TABLE keyed (name TEXT, seq INT, idno TEXT, PRIMARY KEY (seq, idno))
                WITHOUT ROWID;
            CREATE TABLE [long "one"] ([card no] INTEGER, note TEXT, "mobile" TEXT,
                g TEXT AS (mobile || 'x') VIRTUAL, idno TEXT, PRIMARY KEY ([card no]));
            CREATE VIEW v AS SELECT * FROM keyed;""")
        base.execute("BEGIN")
        people, long = ROWS["customers"], '[long "one"]'
        for i, row in enumerate(people):
            base.execute("INSERT INTO keyed VALUES (?, ?, ?)", (row[1], i, row[2]))
            base.execute(f"INSERT INTO {long} ([card no], note, mobile, idno) VALUES (?, ?, ?, ?)",
                         (4000000000000000 + i, "字" * 3000 + str(i), row[3], row[2]))
        base.execute("COMMIT")
        base.execute(f"ALTER TABLE {long} ADD COLUMN email TEXT")
        base.execute(f"UPDATE {long} SET email = 'li@example.org' "
                     "WHERE [card no] < 4000000000000005")
        base.execute(f"DELETE FROM {long} WHERE [card no] >= 4000000000000100")
        base.close()
        run = self.scan(path)
        self.assertEqual(self.stored(run, "live", "keyed"), {"name": 120, "idno": 120})
        found = self.stored(run, "live", 'long "one"')
        self.assertEqual((found["mobile"], found["idno"], found["email"]), (100, 100, 5))
        gone = [self.stored(run, s, 'long "one"').get("idno", 0) for s in ("slack", "freelist")]
        self.assertGreaterEqual(sum(gone), 15)  # of 20, each over four pages
        self.assertEqual(run.coverage, [])

    def test_damage_is_told(self):
        path, base = self.database("whole.db")
        base.close()
        data = path.read_bytes()
        for part in range(1, 16):
            run = self.scan(self.file("cut.db", data[:len(data) * part // 16]))
            self.assertEqual([c["status"] for c in run.coverage], ["partial"], part)
            self.assertIn(run.coverage[0]["reason"], ("truncated", "damaged"))
        chance = random.Random(5)
        for _ in range(30):
            flipped = bytearray(data)
            for _ in range(20):
                flipped[chance.randrange(100, len(data))] ^= 0xFF
            run = self.scan(self.file("flipped.db", bytes(flipped)))
            self.assertNotIn("crashed", {c.get("reason") for c in run.coverage})
        flipped = bytearray(data)
        flipped[4096 * 3] = 99  # no b-tree page any more
        self.assertEqual([c["reason"] for c in self.scan(self.file("bad.db", bytes(flipped)))
                          .coverage], ["damaged"])

    def test_an_encrypted_database_is_told(self):
        noise = random.Random(7).randbytes(40960)
        run = self.scan(self.file("secret.db", noise))
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage],
                         [("skipped", "encrypted")])

    def test_saved_records_keep_storage(self):
        path, base = self.database("saved.db")
        base.execute("DELETE FROM customers WHERE id % 2 = 0")
        base.close()
        run = self.scan(path)
        saved = self.file("saved.ndjson", run.stdout)
        again = self.call("report", "--format", "ndjson", saved)
        strip = lambda fields: sorted((f.get("storage"), f["table"], f["column"], f["kind"],
                                       f["values"]) for f in fields)
        self.assertEqual(strip(again.fields), strip(run.fields))
        self.assertIn(b"(slack)", self.call("scan", path).stdout)

    def test_any_number_of_workers_says_the_same(self):
        path, base = self.database("many/a.db")
        base.execute("DELETE FROM customers WHERE id % 3 = 0")
        base.close()
        shutil.copy(path, path.parent / "b.db")
        one, two = (self.scan("-j", n, path.parent) for n in (1, 2))
        self.assertEqual(self.comparable(one), self.comparable(two))


if __name__ == "__main__":
    main()
