"""Files of database servers as they lie on the disk or in a backup of it: binary logs, pages, backup streams."""

import pathlib
import random
import shutil
import struct
import subprocess
import zlib

from harness import DATA, ROWS, ProgramTest, expected, main
from make import load_script
from servers import MariaDB, PostgreSQL, ServerMissing
from shop import COLUMNS, Shop

PAGES = DATA / "mariadb-pages"
BINARY_LOG = ("--log-bin=bin", "--binlog-format=ROW", "--server-id=1")


def chunk(name, data, place=0, kind=b"P"):
    head = b"XBSTCK01\0" + kind + struct.pack("<I", len(name)) + name
    return head if kind == b"E" else \
        head + struct.pack("<QQI", len(data), place, zlib.crc32(data)) + data


def ids(table="customers"):
    column = COLUMNS[table].index("idno")
    return [row[column] for row in ROWS[table] if row[column] and row[column].isalnum()]


class Pages(ProgramTest):
    def status(self, run):
        return [(c["status"], c.get("reason")) for c in run.coverage]

    def values(self, run, kind, **members):
        return sum(f["values"] for f in run.fields if f["kind"] == kind and
                   all(f.get(key) == value for key, value in members.items()))

    # ---- binary logs ----

    def test_a_log_that_was_cut_is_told(self):
        data = (PAGES / "shop-bin.000001").read_bytes()
        for part in range(1, 16):
            run = self.scan(self.file("cut.000001", data[:len(data) * part // 16]))
            self.assertEqual(self.status(run), [("partial", "truncated")])
        run = self.scan(self.file("whole.000001", data), status=1)
        self.assertEqual(run.coverage, [])
        self.assertEqual({f["storage"] for f in run.fields if f["table"]}, {"wal"})

    def test_a_log_in_use_has_no_end(self):
        data = bytearray((PAGES / "shop-bin.000001").read_bytes())
        at = 4
        while at < len(data):
            size = struct.unpack_from("<I", data, at + 9)[0]
            if at + size == len(data):
                break
            at += size
        data[4 + 17] |= 1
        run = self.scan(self.file("live.000001", bytes(data[:at])), status=1)
        self.assertEqual(run.coverage, [])

    def test_an_encrypted_log_is_told(self):
        data = (PAGES / "shop-bin.000001").read_bytes()
        size = struct.unpack_from("<I", data, 4 + 9)[0]
        event = struct.pack("<IBIIIH", 0, 164, 1, 19 + 25, 0, 0) + bytes(25)
        run = self.scan(self.file("enc.000001", data[:4 + size] + event + random.Random(1).randbytes(9000)))
        self.assertEqual({c["reason"] for c in run.coverage}, {"encrypted"})

    def test_a_live_server(self):
        try:
            server = MariaDB(*BINARY_LOG)
        except ServerMissing as missing:
            self.skipTest(str(missing))
        shop = Shop(random.randrange(1 << 32))
        with server:
            data = self.folder / "live"
            server.run("CREATE DATABASE live; SET GLOBAL binlog_row_metadata=FULL")
            server.run(load_script(shop), "live")
            server.run("SET GLOBAL binlog_row_metadata=MINIMAL; FLUSH LOGS", "live")
            server.run("UPDATE customers SET tel='02-27208889'; SET SESSION binlog_row_image=MINIMAL; "
                       "UPDATE customers SET email='a@corp.tw'; DELETE FROM payments; FLUSH LOGS", "live")
            server.run("SET sql_mode=''; SET SESSION binlog_format=STATEMENT; INSERT INTO customers (id, idno) VALUES "
                       "(99999, 'A123456789'); FLUSH LOGS", "live")
            server.run("SET GLOBAL log_bin_compress=1; SET GLOBAL log_bin_compress_min_len=10", "live")
            server.run("SET sql_mode=''; INSERT INTO customers (id, name) VALUES (99998, REPEAT('x', 30)); "
                       "FLUSH LOGS", "live")
            server.stop()
            shutil.copytree(server.folder + "/data", data, ignore=lambda f, names: [
                n for n in names if f.endswith("data") and not n.startswith("bin.0") and n != "live"])
        secrets = shop.planted()
        first = self.scan(data / "bin.000001", secrets=secrets, status=1)
        for table, wanted in expected().items():
            if table != "decoys":
                self.assert_table(first, "live." + table, wanted)
        second = self.scan(data / "bin.000002", secrets=secrets, status=1)
        unnamed = [f for f in second.fields if f["table"] == "live.customers"]
        self.assertEqual({f["attribution"] for f in unnamed}, {"none"})
        self.assertTrue(all(f["column"].startswith("#") for f in unnamed))
        self.assertGreaterEqual(self.values(second, "email", table="live.customers"), 2 * 100)
        self.assertEqual(second.coverage, [])
        third = self.scan(data / "bin.000003", secrets=secrets)
        self.assertEqual(self.values(third, "tw_national_id"), 1)
        fourth = self.scan(data / "bin.000004", secrets=secrets)
        self.assertEqual({c["reason"] for c in fourth.coverage}, {"unsupported"})
        table = self.scan(data / "live/customers.ibd", secrets=secrets, status=1)
        self.assertEqual(self.status(table), [("partial", "raw-pages")])
        self.assertGreaterEqual(self.values(table, "email"), 50)

    # ---- rows of MyISAM ----

    def block(self, data):
        room = -(len(data) + 4) % 4
        return b"\x03" + struct.pack(">HB", len(data), room) + data + bytes(room)

    def test_rows_of_myisam(self):
        """Rows of variable length, some of them deleted, and rows of constant length."""
        wanted = {("tw_national_id", 105), ("tw_resident_id", 10), ("phone_mobile", 115),
                  ("phone_landline", 120), ("email", 120), ("address", 120)}
        for name in ("variable.MYD", "constant.MYD"):
            with self.subTest(name):
                run = self.scan(PAGES / name, status=1)
                self.assertEqual({(f["kind"], f["values"]) for f in run.fields}, wanted)
                self.assertEqual(self.status(run), [("partial", "raw-pages")])

    def test_rows_of_myisam_that_are_cut(self):
        data = (PAGES / "variable.MYD").read_bytes()
        for part in range(1, 16):
            run = self.scan(self.file("cut.MYD", data[:len(data) * part // 16]))
            self.assertIn(self.status(run), ([("partial", "damaged")], [("partial", "raw-pages")]))
            self.assertGreaterEqual(self.values(run, "address"), 7 * part - 1)
        for seed in range(20):
            changed = bytearray(data)
            random.Random(seed).shuffle(changed[:64])
            changed[random.Random(seed).randrange(len(data))] ^= 0xFF
            self.assertEqual([c["status"] for c in self.scan(self.file("c.MYD", bytes(changed))).coverage],
                             ["partial"])

    def test_long_values_beside_each_other_in_myisam(self):
        """Lengths of two bytes; the lower one looks like a letter or a digit."""
        rows = [row for row in ROWS["customers"] if row[2].isalnum() and row[3].isdigit()]
        blocks = b""
        for row in rows:
            values = (row[2], row[3], "x" * 48, row[6], row[3])
            blocks += self.block(b"\x02\xc0" + b"".join(struct.pack("<H", len(v.encode())) + v.encode()
                                                        for v in values) + b"\xf2\x86\x0f")
        run = self.scan(self.file("long.MYD", blocks), status=1)
        self.assertEqual(self.values(run, "phone_mobile"), 2 * len(rows))
        self.assertEqual(self.values(run, "tw_national_id") + self.values(run, "tw_resident_id"), len(rows))
        self.assertEqual(self.status(run), [("partial", "raw-pages")])

    def test_other_files_of_that_name(self):
        text = "".join(f"{row[1]},{row[2]}\n" for row in ROWS["customers"])
        run = self.scan(self.file("notes.MYD", text.encode()), "-v", status=1)
        self.assertEqual([c["status"] for c in run.coverage], ["scanned"])

    # ---- InnoDB ----

    def test_values_of_neighbouring_columns_are_told_apart(self):
        run = self.scan(PAGES / "customers.ibd", status=1)
        self.assertEqual(self.status(run), [("partial", "raw-pages")])
        found = self.values(run, "tw_national_id") + self.values(run, "tw_resident_id")
        self.assertGreaterEqual(found, len(ids()))
        self.assertEqual({f["column"] for f in run.fields}, {""})
        self.assertEqual({f["format"] for f in run.fields}, {"innodb"})

    def test_forms_of_rows_and_pages(self):
        try:
            server = MariaDB()
        except ServerMissing as missing:
            self.skipTest(str(missing))
        number, count = COLUMNS["customers"].index("idno"), len(ids())
        with server:
            server.run("CREATE DATABASE f")
            for name, form in (("dynamic", "ROW_FORMAT=DYNAMIC"), ("redundant", "ROW_FORMAT=REDUNDANT"),
                               ("squeezed", "PAGE_COMPRESSED=1"), ("old", "ENGINE=MyISAM")):
                server.run(f"CREATE TABLE {name} (id INT PRIMARY KEY, name VARCHAR(40), idno CHAR(10), "
                           f"tel VARCHAR(20)) DEFAULT CHARSET=utf8mb4 {form}", "f")
                values = ",".join(f"({i},'{row[1]}','{row[number]}','09{10000000 + 7919 * i}')"
                                  for i, row in enumerate(ROWS["customers"]))
                server.run(f"INSERT INTO {name} VALUES {values}", "f")
            server.run("FLUSH TABLES; SET GLOBAL innodb_fast_shutdown=0")
            server.stop()
            shutil.copytree(server.folder + "/data/f", self.folder / "forms")
            shutil.copy(server.folder + "/data/ib_logfile0", self.folder / "forms")
        for name, least in ("dynamic.ibd", count), ("redundant.ibd", count), ("squeezed.ibd", 0):
            run = self.scan(self.folder / "forms" / name)
            self.assertEqual(self.status(run), [("partial", "raw-pages")], name)
            self.assertGreaterEqual(self.values(run, "tw_national_id") + self.values(run, "tw_resident_id"),
                                    least, name)
            self.assertEqual("compressed" in run.coverage[0]["detail"], name == "squeezed.ibd")
        for name in "old.MYD", "old.MYI", "ib_logfile0":
            self.assertEqual(self.status(self.scan(self.folder / "forms" / name)), [("partial", "raw-pages")])

    def test_an_encrypted_tablespace_is_told(self):
        data = bytearray((PAGES / "customers.ibd").read_bytes())
        noise = random.Random(2)
        for page in range(1, len(data) // 16384):
            data[page * 16384:(page + 1) * 16384] = struct.pack(">I", 1) + noise.randbytes(16380)
        run = self.scan(self.file("enc.ibd", bytes(data)), status=3)
        self.assertEqual([c["reason"] for c in run.coverage], ["encrypted"])

    def test_damaged_pages_lose_nothing_else(self):
        data = (PAGES / "customers.ibd").read_bytes()
        noise = random.Random(3)
        for _ in range(20):
            broken = bytearray(data)
            for _ in range(200):
                broken[noise.randrange(16384 * 3, len(data))] = noise.randrange(256)
            run = self.scan(self.file("broken.ibd", bytes(broken)))
            self.assertGreater(self.values(run, "email"), 60)

    # ---- PostgreSQL ----

    def test_a_cluster(self):
        try:
            server = PostgreSQL()
        except ServerMissing as missing:
            self.skipTest(str(missing))
        number, count = COLUMNS["customers"].index("idno"), len(ids())
        with server:
            server.run("CREATE TABLE t (id int, idno text, pad text, tel text)")
            values = ",".join(f"({i},'{row[number]}',repeat('z',{15 + i % 40}),'09{10000000 + 7919 * i}')"
                              for i, row in enumerate(ROWS["customers"]))
            server.run(f"INSERT INTO t VALUES {values}")
            server.run("DELETE FROM t WHERE id < 10")
            server.run("CHECKPOINT")
            path = subprocess.run([server.programs["psql"], *server.connection(), "-Atc",
                                   "SELECT pg_relation_filepath('t')", "postgres"], capture_output=True,
                                  check=True).stdout.decode().strip()
            shutil.copytree(server.folder + "/data/pg_wal", self.folder / "wal")
            table = self.file("base/5/16384", pathlib.Path(server.folder, "data", path).read_bytes())
        run = self.scan(table, status=1)
        self.assertEqual(self.status(run), [("partial", "raw-pages")])
        self.assertGreaterEqual(self.values(run, "tw_national_id") + self.values(run, "tw_resident_id"), count)
        self.assertEqual(self.values(run, "phone_mobile"), len(ROWS["customers"]))
        self.assertIn(("partial", "raw-pages"), self.status(self.scan(self.folder / "wal")))
        data = table.read_bytes()
        run = self.scan(self.file("base/5/cut", data[:-100]), status=1)
        self.assertEqual(self.status(run), [("partial", "truncated")])
        run = self.scan(self.file("base/5/broken", data[:8192] + bytes([7] * 8192)), status=1)
        self.assertEqual(self.status(run), [("partial", "damaged")])

    # ---- backup streams ----

    def rows(self, run):
        return sum(c.get("unit_rows", 0) for c in run.of_type("coverage"))

    def test_backup_streams(self):
        plain = self.scan(PAGES / "customers.ibd")
        path = PAGES / "shop.xbstream"
        for run in (self.scan(path), self.scan("-", stdin=path.read_bytes()),
                    self.scan(self.file("x.xbstream.gz", subprocess.run(
                        ["gzip", "-c", path], capture_output=True, check=True).stdout))):
            self.assertEqual(self.values(run, "email"), self.values(plain, "email"))
            self.assertTrue(any(f["unit"].endswith("!/customers.ibd") for f in run.fields))

    def test_files_that_take_turns(self):
        one = (DATA / "mariadb/shop.sql").read_bytes()
        two = (DATA / "mariadb-forms/customers.tsv").read_bytes()
        pieces = [(data, -(-len(data) // 12), name) for data, name in ((one, b"db/one.sql"), (two, b"two.tsv"))]
        parts = [chunk(name, data[i * size:(i + 1) * size], i * size) for i in range(12)
                 for data, size, name in pieces]
        stream = b"".join(parts) + chunk(b"db/one.sql", b"", kind=b"E") + chunk(b"two.tsv", b"", kind=b"E")
        run = self.scan("-v", self.file("turns.xbstream", stream), status=1)
        units = {c["unit"].split("!/")[1]: c for c in run.of_type("coverage")}
        self.assertEqual(set(units), {"db/one.sql", "two.tsv"})
        self.assertEqual({c["status"] for c in units.values()}, {"scanned"})
        for table, wanted in expected().items():
            self.assert_table(run, table, wanted, unit=units["db/one.sql"]["unit"])
        self.assertEqual(units["two.tsv"]["unit_rows"], len(ROWS["customers"]))
        passing = self.scan("-v", "-", stdin=stream)
        self.assertGreater(self.values(passing, "card_number"), 250)  # pieces are read apart
        for part in range(1, 16):
            cut = stream[:len(stream) * part // 16]
            for run in self.scan(self.file("cut.xbstream", cut)), self.scan("-", stdin=cut):
                self.assertIn("truncated", {c.get("reason") for c in run.coverage})
        broken = bytearray(stream)
        broken[200] ^= 1
        run = self.scan(self.file("flipped.xbstream", bytes(broken)))
        self.assertIn("damaged", {c.get("reason") for c in run.coverage})


if __name__ == "__main__":
    main()
