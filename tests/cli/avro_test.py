"""Avro: files of several writers, every codec and type, damage, and what is made to do harm."""

import datetime
import gzip
import pathlib
import random
import time

from harness import COLUMNS, ROWS, ProgramTest, expected, main
import avro_files as avro
from people import People

DATA = pathlib.Path(__file__).resolve().parents[1] / "data/avro"
NAMES = COLUMNS["customers"]
PEOPLE = ROWS["customers"]
IDS = [row[2] for row in PEOPLE if row[2][:1].isalpha() and row[2][1:].isdigit() and row[2][1] in "12"]
CARDS = [row[2] for row in ROWS["payments"] if row[2] and row[2].isdigit() and len(row[2]) == 16]


def people(codec="null", per_block=20, repeat=1):
    return avro.table("customers", NAMES, PEOPLE * repeat, codec, per_block)


class Avro(ProgramTest):
    def one_id(self, seed):
        return People(seed).national_id()

    def test_files_of_other_writers(self):
        files = sorted(DATA.iterdir())
        self.assertGreaterEqual(len(files), 6)
        for path in files:
            with self.subTest(path.name):
                table = path.name.split("-")[1]
                run = self.scan("-v", path, status=1)
                name = "" if path.name.startswith("polars") else "shop." + table
                self.assert_table(run, name, expected()[table])
                self.assertEqual({(f["format"], f["attribution"]) for f in run.fields}, {("avro", "exact")})
                self.assertEqual([(c["status"], c["unit_rows"]) for c in run.of_type("coverage")],
                                 [("scanned", len(ROWS[table]))])

    def test_every_codec_and_way_to_it(self):
        for codec in avro.CODECS:
            for per_block in (1, 7, 1000):
                data = people(codec, per_block)
                with self.subTest(codec=codec, per_block=per_block):
                    run = self.scan(self.file("customers.avro", data), status=1)
                    self.assert_table(run, "shop.customers", expected()["customers"])
                    self.assertEqual(run.coverage, [])
            for run in (self.scan("-", stdin=data, status=1),
                        self.scan(self.file("c.avro.gz", gzip.compress(data)), status=1)):
                self.assert_table(run, "shop.customers", expected()["customers"])

    def test_many_workers_say_the_same(self):
        folder = self.file("many/a.avro", people("deflate", 500, 60)).parent
        self.file("many/b.avro", people("snappy", 3000, 60))
        self.assertEqual(self.comparable(self.scan("-j1", folder)), self.comparable(self.scan("-j4", folder)))

    def test_types(self):
        day = datetime.date(2026, 1, 31).toordinal() - datetime.date(1970, 1, 1).toordinal()
        second = day * 86400 + 8 * 3600
        ids, cards = IDS[:40], CARDS[:40]
        schema = {"type": "record", "name": "order", "namespace": "tw.shop", "fields": [
            {"name": "n", "type": "int"},
            {"name": "owner", "type": {"type": "record", "name": "person", "fields": [
                {"name": "idno", "type": {"type": "string", "avro.java.string": "String"}},
                {"name": "parent", "type": ["null", "person"]}]}},
            {"name": "f1", "type": "string", "doc": "行動電話"},
            {"name": "phones", "type": {"type": "array", "items": "string"}},
            {"name": "by_name", "type": {"type": "map", "values": "tw.shop.person"}},
            {"name": "by_id", "type": {"type": "map", "values": "long"}},
            {"name": "card_no", "type": "long"},
            {"name": "card_bytes", "type": "bytes"},
            {"name": "card_decimal", "type": {"type": "bytes", "logicalType": "decimal", "precision": 20}},
            {"name": "card_fixed", "type": {"type": "fixed", "name": "f16", "size": 16}},
            {"name": "card_text", "type": ["null", "long", "string"]},
            {"name": "birthday", "type": {"type": "int", "logicalType": "date"}},
            {"name": "state", "type": {"type": "enum", "name": "e", "symbols": ["NEW", "PAID"]}},
            {"name": "paid_at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
            {"name": "flag", "type": "boolean"}, {"name": "nothing", "type": "null"},
            {"name": "ratio", "type": "float"}, {"name": "price", "type": "double"}]}

        def person(idno, depth):
            return {"idno": idno, "parent": person(idno, depth - 1) if depth else None}
        rows = [{"n": i, "owner": person(idno, 2), "f1": "0912%06d" % (i * 7919 % 1000000),
                 "phones": ["0933%06d" % (i * 104729 % 1000000)] * (i % 3),
                 "by_name": {"甲": person(idno, 0)}, "by_id": {idno: i}, "card_no": int(card),
                 "card_bytes": card.encode(), "card_decimal": int(card).to_bytes(8, "big"),
                 "card_fixed": card.encode(), "card_text": (1, int(card)) if i % 2 else (2, card),
                 "birthday": day - 10000 - i, "state": "PAID", "paid_at": second * 1000, "flag": True,
                 "nothing": None, "ratio": 0.5, "price": 12.25}
                for i, (idno, card) in enumerate(zip(ids, cards))]
        run = self.scan(self.file("order.avro", avro.container(schema, rows, "deflate", 7)), status=1)
        found = self.field_counts(run)
        self.assertEqual(run.coverage, [])
        for column in ("owner.idno", "owner.parent.idno", "owner.parent.parent.idno", "by_name.甲.idno"):
            self.assertEqual(found[column]["tw_national_id"]["clear"], len(ids), column)
        self.assertEqual(found[""]["tw_national_id"]["clear"], len(ids))  # keys that are data
        for column in ("card_no", "card_bytes", "card_decimal", "card_fixed", "card_text"):
            self.assertEqual(found[column]["card_number"]["clear"], len(ids), column)
        self.assertEqual(found["f1"]["phone_mobile"]["clear"], len(ids))  # named by what is said of it
        self.assertEqual(found["phones[]"]["phone_mobile"]["clear"], sum(i % 3 for i in range(len(ids))))
        self.assertEqual(found["birthday"]["birth_date"]["clear"], len(ids))
        field = next(f for f in run.fields if f["column"] == "card_no")
        self.assertEqual((field["table"], field["date_column"], field["newest"]),
                         ("tw.shop.order", "paid_at", "2026-01-31"))

    def test_values_without_records(self):
        idno = self.one_id("bare")
        for schema, value, column in (("string", idno, "value"), ({"type": "array", "items": "string"}, [idno], "[]"),
                                      (["null", "string"], idno, "value")):
            run = self.scan(self.file("bare.avro", avro.container(schema, [value] * 5)), status=1)
            self.assertEqual([(f["column"], f["kind"], f["clear"]) for f in run.fields],
                             [(column, "tw_national_id", 5)])

    def test_text_that_is_no_utf_8(self):
        schema = avro.strings("customers", NAMES)
        rows = [dict(zip(NAMES, ((v or "").encode("cp950") for v in row))) for row in PEOPLE]
        run = self.scan(self.file("big5.avro", avro.container(schema, rows)), status=1)
        self.assert_table(run, "shop.customers", expected()["customers"])
        schema["fields"] = [{"name": c, "type": "bytes"} for c in NAMES]
        for codec in ("utf-8", "cp950"):
            rows = [dict(zip(NAMES, ((v or "").encode(codec) for v in row))) for row in PEOPLE]
            run = self.scan(self.file("bytes.avro", avro.container(schema, rows)), status=1)
            self.assert_table(run, "shop.customers", expected()["customers"])

    def test_what_the_header_says_is_read(self):
        idno = self.one_id("meta")
        schema = avro.strings("t", ["a"], doc=f"例 {idno}")
        run = self.scan(self.file("m.avro", avro.container(schema, [{"a": "x"}], owner=f"身分證字號 {idno}")))
        self.assertEqual([(f["column"], f["clear"]) for f in run.fields], [("", 2)])

    # ---- records larger than a segment ----

    def test_a_long_record(self):
        many = (IDS * 700)[:60000]
        schema = {"type": "record", "name": "r", "fields": [
            {"name": "idno", "type": {"type": "array", "items": "string"}}]}
        data = avro.container(schema, [{"idno": many}, {"idno": many[:5000]}], "deflate")
        run = self.scan("-v", self.file("long.avro", data), status=1)
        self.assertEqual([(f["column"], f["clear"]) for f in run.fields if f["kind"] == "tw_national_id"],
                         [("idno[]", 65000)])
        self.assertEqual([c["unit_rows"] for c in run.of_type("coverage")], [2])

    def test_of_a_value_without_end_the_rest_is_told(self):
        for kind, begin in (("string", ""), ("bytes", ""), ("bytes", "\x01")):
            text = begin + f"身分證字號 {IDS[0]}\n" + "說明文字。\n" * (1100 << 10)
            schema = {"type": "record", "name": "r", "fields": [{"name": "memo", "type": kind}]}
            run = self.scan(self.file("long.avro", avro.container(schema, [{"memo": text.encode()}], "deflate")))
            self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "limit")])
            self.assertEqual(sum(f["clear"] for f in run.fields), 1)

    # ---- damage ----

    def test_what_is_cut_off_is_told_and_read_so_far(self):
        for codec in avro.CODECS:
            data, before = people(codec), 0
            for part in range(1, 16):
                run = self.scan(self.file("cut.avro", data[:len(data) * part // 16]))
                self.assertEqual([c["reason"] for c in run.coverage], ["truncated"], (codec, part))
                values = sum(f["values"] for f in run.fields)
                self.assertGreaterEqual(values, before, (codec, part))
                before = values
            self.assertGreater(before, 400, codec)

    def test_it_goes_on_behind_damage(self):
        for codec in avro.CODECS:
            head = avro.header(avro.strings("customers", NAMES), codec)
            data = bytearray(people(codec))
            end = data.index(avro.SYNC, len(head)) + len(avro.SYNC)  # of the first block
            for name, change in (("length", lambda d: d.__setitem__(slice(end, end + 3), b"\xff\xff\xff")),
                                 ("content", lambda d: d.__setitem__(slice(end + 40, end + 60), b"\xff" * 20)),
                                 ("mark", lambda d: d.__setitem__(d.index(avro.SYNC, end), 0))):
                broken = bytearray(data)
                change(broken)
                run = self.scan(self.file("broken.avro", bytes(broken)), status=1)
                with self.subTest(codec=codec, name=name):
                    self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "damaged")])
                    found = self.field_counts(run, table="shop.customers")
                    whole = expected()["customers"]["idno"]["tw_national_id"]["clear"]
                    self.assertGreaterEqual(found["idno"]["tw_national_id"]["clear"], whole // 2)

    def test_a_number_of_records_that_is_wrong(self):
        schema = {"type": "record", "name": "r", "fields": [{"name": "a", "type": "string"}]}
        values = b"".join(avro.raw(self.one_id(f"count {i}").encode()) for i in range(10))
        for count in (9, 11, 2**62):
            data = avro.header(schema) + avro.block(count, values) + avro.block(10, values)
            run = self.scan(self.file("count.avro", data), status=1)
            self.assertEqual([c["reason"] for c in run.coverage], ["damaged"])
            self.assertEqual(sum(f["clear"] for f in run.fields), 20, count)

    def test_headers(self):
        text = f"身分證字號 {self.one_id('header')}".encode()
        good = avro.strings("t", ["a"])
        for name, head, reason in (
                ("codec", avro.header(good, "lzo"), "unsupported"),
                ("schema", avro.header(b"{", "null"), "damaged"),
                ("type", avro.header({"type": "record", "name": "r", "fields": [{"name": "a", "type": "b"}]}),
                 "damaged"),
                ("deep", avro.header(b"[" * 500), "damaged"),
                ("entries", b"Obj\x01" + avro.number(2**60), "damaged"),
                ("least", b"Obj\x01" + b"\xff" * 9 + b"\x01\0", "damaged"),
                ("entry", b"Obj\x01" + avro.number(1) + avro.number(2**40), "truncated")):
            with self.subTest(name):
                data = head + (b"\xee" * 40 + text + b"\n") * 200
                run = self.scan(self.file("head.avro", data))
                self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", reason)])
                self.assertEqual(sum(f["clear"] for f in run.fields), 200)

    def test_nothing_takes_long(self):
        empty = {"type": "record", "name": "e", "fields": []}
        endless = {"type": "record", "name": "r", "fields": [{"name": "next", "type": ["null", "r"]}]}
        itself = {"type": "record", "name": "r", "fields": [{"name": "next", "type": "r"}]}
        nulls = {"type": "array", "items": "null"}
        laughs = {"type": "record", "name": "r0", "fields": [{"name": f"f{i}", "type": "null"} for i in range(100)]}
        for level in range(1, 6):  # a hundred times a hundred times …
            laughs = {"type": "record", "name": f"r{level}", "fields": [{"name": "f0", "type": laughs}] + [
                {"name": f"f{i}", "type": f"r{level - 1}"} for i in range(1, 100)]}
        start = time.monotonic()
        for name, data in (("empty", avro.header(empty) + avro.block(2**62, b"")),
                           ("endless", avro.header(endless) + avro.block(1, b"\x02" * 1000000)),
                           ("itself", avro.header(itself) + avro.block(5, b"\0")),
                           ("laughs", avro.header(laughs) + avro.block(1, b"")),
                           ("nulls", avro.header(nulls) + avro.block(1, avro.number(2**62) + b"\0")),
                           ("bomb", avro.header("string", "deflate") + avro.block(1, avro.deflate(bytes(300 << 20))))):
            run = self.scan(self.file(name + ".avro", data))
            self.assertEqual([c["status"] for c in run.coverage], [] if name in ("empty", "nulls") else ["partial"],
                             name)
        self.assertLess(time.monotonic() - start, 60)

    def test_flipped_bytes(self):
        chance = random.Random(5)
        for codec in ("null", "deflate", "snappy"):
            data = people(codec)
            for _ in range(40):
                flipped = bytearray(data)
                flipped[chance.randrange(4, len(data))] ^= 1 << chance.randrange(8)
                run = self.scan(self.file("flipped.avro", bytes(flipped)))
                self.assertNotIn("crashed", {c.get("reason") for c in run.coverage})


if __name__ == "__main__":
    main()
