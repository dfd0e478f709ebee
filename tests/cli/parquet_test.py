"""Parquet files: of several writers in every codec and encoding, nested ones, what is not read."""

import time
import zipfile

from harness import DATA, HEAVY, ProgramTest, ROWS, expected, main
import parquet
from parquet import GZIP, LZO, gzipped, leaf, page, plain, runs, table, texts
from people import People

FOLDER = DATA / "parquet"
SOURCE = People(83)
IDS = [SOURCE.national_id() for _ in range(40)]
NAMES = [SOURCE.name() for _ in range(40)]
STATES = ("clear", "weak", "masked", "encrypted")


def found(run):
    return {(f["column"], f["kind"]): {s: f[s] for s in STATES if f[s]} for f in run.fields}


def customers():
    return {(column, kind): {s: n for s, n in counts.items() if s in STATES}
            for column, kinds in expected()["customers"].items() for kind, counts in kinds.items()}


class Parquet(ProgramTest):
    def read(self, data, *more, name="x.parquet", **how):
        return self.scan("-v", *more, self.file(name, data), secrets=IDS, **how)

    def unit(self, run):
        return [(c["status"], c.get("reason"), c.get("unit_rows")) for c in run.coverage]

    # ---- what writers make ----

    def test_every_codec_and_encoding(self):
        paths = sorted(FOLDER.glob("customers-*.parquet"))
        self.assertEqual(len(paths), 9)
        for path in paths:
            with self.subTest(path.name):
                run = self.scan("-v", path)
                self.assertEqual(self.unit(run), [("scanned", None, 120)])
                self.assertEqual(found(run), customers())
                self.assertEqual({(f["format"], f["table"], f["attribution"]) for f in run.fields},
                                 {("parquet", "", "exact")})

    def test_wherever_it_stands(self):
        data = (FOLDER / "customers-zstd-v2.parquet").read_bytes()
        whole = found(self.read(data))
        self.assertEqual(found(self.scan("-", stdin=data)), whole)
        self.assertEqual(found(self.read(data, name="named.bin")), whole)
        path = self.folder / "packed.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("export/customers.parquet", data)
        self.assertEqual(found(self.scan(path)), whole)
        results = [self.scan("-j", j, FOLDER).records for j in (1, 2)]
        kept = [[r for r in records if r["type"] not in ("run", "summary")] for records in results]
        self.assertEqual(kept[0], kept[1])

    def test_nested_columns_are_paths(self):
        run = self.scan("-v", FOLDER / "nested.parquet")
        self.assertEqual(self.unit(run), [("scanned", None, 120)])
        fields = found(run)
        flat = customers()
        for column, kind, of in (("contact.mobile", "phone_mobile", "mobile"), ("attributes.mobile", "phone_mobile", "mobile"),
                                 ("contact.home.address", "address", "address"), ("people.buyer.idno", "tw_national_id", "idno")):
            self.assertEqual(fields[(column, kind)], flat[(of, kind)], column)
        ids = [row[2] for row in ROWS["customers"] for _ in range(int(row[0]) % 3)]
        orders = [f for f in run.fields if f["column"] == "orders[].idno"]
        self.assertEqual(sum(f["values"] for f in orders), len(ids))
        emails = [f for f in run.fields if f["column"] == "emails[]"]
        self.assertEqual(sum(f["values"] for f in emails), 90)
        self.assertEqual({f["column"] for f in run.fields} & {"people[].value.idno", "attributes[].value"}, set())

    def test_values_of_other_types(self):
        run = self.scan("-v", "--occurrences", FOLDER / "types.parquet")
        self.assertEqual(self.unit(run), [("scanned", None, 40)])
        fields = found(run)
        self.assertEqual(sum(fields[("birthday", "birth_date")].values()), 40)
        self.assertIn(("raw", "tw_national_id"), fields)  # bytes that nobody calls text
        self.assertIn(("js.mobile", "phone_mobile"), fields)  # JSON in a column

    def test_files_without_rows(self):
        run = self.scan("-v", FOLDER / "empty.parquet", status=0)
        self.assertEqual(self.unit(run), [("scanned", None, None)])
        self.assertIn("yinma/announced-field", run.rules(column="idno"))

    # ---- what writers used to make, or might ----

    def test_older_forms(self):
        few = IDS[:8]
        packed = page(bytes([0b10110101]) + plain([few[0], few[2], few[3], few[5], few[7]]), 8, level_encoding=parquet.PACKED)
        when = b"".join((0).to_bytes(8, "little") + (2440588 + day).to_bytes(4, "little") for day in range(8))
        bare = leaf("idno", repetition=parquet.OPTIONAL)
        data = table((bare, {"pages": packed, "values": 8}),
                     (leaf("birthday", parquet.INT96), {"pages": page(when, 8), "values": 8}), rows=8)
        run = self.read(data)
        self.assertEqual(self.unit(run), [("scanned", None, 8)])
        self.assertEqual({(f["column"], f["kind"]): (f["values"], f["other"]) for f in run.fields},
                         {("idno", "tw_national_id"): (5, 3), ("birthday", "birth_date"): (8, 0)})

    def test_text_of_a_code_page(self):
        data = b"".join(len(n.encode("cp950")).to_bytes(4, "little") + n.encode("cp950") for n in NAMES)
        run = self.read(table((leaf("姓名"), {"pages": page(data, 40), "values": 40}), rows=40))
        self.assertEqual(found(run), {("姓名", "person_name"): {"clear": 40}})

    def test_texts_that_writers_add(self):
        run = self.read(table(texts("no", ["1", "2"]), rows=2, texts=[("owner", f"身分證 {IDS[0]}")]))
        self.assertEqual(found(run), {("", "tw_national_id"): {"clear": 1}})

    def test_long_lists(self):
        """One row of many values: its cells come in several segments and stay one row."""
        count = 20000
        levels = runs([(0, 1), (1, count - 1)], 1) + runs([(1, count)], 1)
        values = [SOURCE.national_id() for _ in range(200)] * (count // 200)
        many = leaf("idno", repetition=parquet.REPEATED, converted=parquet.UTF8)
        run = self.read(table((many, {"pages": page(levels + plain(values), count), "values": count}),
                              texts("name", NAMES[:1]), rows=1))
        self.assertEqual(self.unit(run), [("scanned", None, 1)])
        self.assertEqual(found(run), {("idno[]", "tw_national_id"): {"clear": count}})

    # ---- what is told ----

    def check_told(self, data, reason, detail, rows=40, fields=None):
        run = self.read(data)
        self.assertEqual(self.unit(run), [("partial", reason, rows)])
        self.assertIn(detail, run.coverage[0]["detail"])
        names = {("姓名", "person_name"): {"clear": 40}}
        self.assertEqual(found(run), names if fields is None else fields)

    def test_columns_that_are_not_read(self):
        name = texts("姓名", NAMES)
        for column, reason, detail in (
                (texts("idno", IDS, LZO, bytes), "unsupported", "the column idno: it is compressed with LZO"),
                (texts("idno", IDS, 11, bytes), "unsupported", "the column idno: it is compressed in an unknown way (11)"),
                (texts("idno", IDS, encrypted=True), "encrypted", "the column idno: it is encrypted"),
                ((leaf("idno"), {"pages": page(plain(IDS), 40, 17), "values": 40}), "unsupported", "encoding that is not known (17)"),
                (texts("idno", IDS, GZIP, lambda data: gzipped(data)[:-20]), "truncated", "the column idno: "),
                (texts("idno", IDS[:39]), "damaged", "not as many values")):
            with self.subTest(detail):
                some = {("idno", "tw_national_id"): {"clear": 39}} if reason == "damaged" else {}
                self.check_told(table(name, column, rows=40), reason, detail,
                                fields={("姓名", "person_name"): {"clear": 40}, **some})

    def test_of_a_value_without_end_the_rest_is_told(self):
        memo = texts("memo", ["說明文字。\n" * (1100 << 10)] + ["-"] * 39, GZIP, gzipped)
        self.check_told(table(texts("姓名", NAMES), memo, rows=40), "limit", "the rest of it was not read")

    def test_two_reasons(self):
        columns = [texts("姓名", NAMES), texts("idno", IDS, encrypted=True), texts("b", IDS, LZO, bytes), texts("c", IDS, LZO, bytes)]
        self.check_told(table(*columns, rows=40), "unsupported", "the column b: it is compressed with LZO (and 2 more")

    def test_names_of_columns_are_concealed(self):
        self.check_told(table(texts("姓名", NAMES), texts(f"note {IDS[0]}", IDS, LZO, bytes), rows=40), "unsupported", "the column note ")

        run = self.read(table(texts("姓" * 31 + IDS[0], IDS, LZO, bytes), rows=40))  # which a cut would spoil
        self.assertNotIn(IDS[0][:7].encode(), run.stdout)
        self.assertIn("the column #1: ", run.coverage[0]["detail"])

    def test_a_wrong_checksum(self):
        both = {("姓名", "person_name"): {"clear": 40}, ("idno", "tw_national_id"): {"clear": 40}}
        self.check_told(table(texts("姓名", NAMES), texts("idno", IDS, crc="wrong"), rows=40), "damaged",
                        "the checksum of a page is wrong", fields=both)
        run = self.read(table(texts("姓名", NAMES), texts("idno", IDS, crc="right"), rows=40))
        self.assertEqual((self.unit(run), found(run)), ([("scanned", None, 40)], both))

    def test_columns_in_other_files(self):
        run = self.read(table(texts("姓名", NAMES, file="part-0.parquet"), rows=40), name="_metadata")
        self.assertEqual(self.unit(run), [("scanned", None, None)])
        self.assertIn("in other files", run.coverage[0]["detail"])

    def test_encrypted_files(self):
        run = self.scan(FOLDER / "encrypted.parquet", status=3)
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("skipped", "encrypted")])
        run = self.read(table(texts("idno", IDS, encrypted=True), rows=40), status=3)
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("skipped", "encrypted")])

    def test_cut_off(self):
        data = (FOLDER / "customers-stored.parquet").read_bytes()
        run = self.read(data[:-1], status=1)
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "truncated")])
        self.assertIn("tw_national_id", {f["kind"] for f in run.fields})  # in its raw bytes
        words = self.scan("-v", self.file("words.txt", "PAR1 tickets are sold out\n"), status=0)
        self.assertEqual([c["status"] for c in words.coverage], ["scanned"])

    # ---- hostile ----

    def test_more_values_than_any_file_holds(self):
        """A run of a few bytes stands for a thousand million rows of a long text."""
        first = page(plain([IDS[0] * 30]), 1, kind=2)
        data = page(b"\1" + varint_run(1 << 30), 1 << 30, parquet.DICTIONARY)
        run = self.read(table((leaf("idno", converted=parquet.UTF8), {"pages": first + data, "values": 1 << 30}), rows=1 << 30))
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "limit")])
        self.assertIn("times its own bytes", run.coverage[0]["detail"])

    def test_nothing_takes_long(self):
        """Values, columns and row groups of no bytes, and pages that many columns share."""
        rows = 1 << 30
        many = [leaf(f"c{i}", repetition=parquet.OPTIONAL) for i in range(8000)]
        nulls = page(runs([(0, rows)], 1), rows)
        none = {"pages": b"", "values": 0}
        lists = page(runs([(0, 1), (1, rows - 1)], 1) + runs([(0, rows)], 1), rows)
        empty = page(b"x", rows)
        shared = table(*[(leaf(f"c{i}"), {"pages": b"", "values": 1000}) for i in range(8000)], rows=1000)
        head = parquet.value({1: 0, 2: 0, 3: 0, 16: bytes(200000)})[1]
        files = {"nulls": table((leaf("a", repetition=parquet.OPTIONAL), {"pages": nulls, "values": rows}), rows=rows),
                 "wide": parquet.parquet(many, [none] * 7999 + [{"pages": nulls, "values": rows}], rows),
                 "groups": parquet.parquet(many, [], 0, groups=100000),
                 "lists": table((leaf("a", repetition=parquet.REPEATED), {"pages": lists, "values": rows}), rows=1),
                 "nothing": table((leaf("a", parquet.FIXED, length=0), {"pages": empty, "values": rows}), rows=rows),
                 "shared": shared[:4] + head + shared[4:]}
        for name, data in files.items():
            start = time.monotonic()
            run = self.read(data)
            self.assertEqual([c["status"] for c in run.coverage], ["partial"], name)
            self.assertLess(time.monotonic() - start, 30, name)

    def test_every_byte_may_be_wrong(self):
        data = (FOLDER / "types.parquet").read_bytes()
        step = 1 if HEAVY else 23
        for at in range(0, len(data), step):
            self.file(f"wrong/{at:05}.parquet", data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1:])
        run = self.scan("-v", self.folder / "wrong", secrets=IDS)
        self.assertEqual({c["status"] for c in run.coverage} - {"scanned", "partial"}, set())


def varint_run(count):
    return parquet.varint(count << 1) + b"\0"


if __name__ == "__main__":
    main()
