"""DBF tables as dBase, FoxPro and Visual FoxPro write them, byte by byte, with their memos."""

import struct

from harness import ProgramTest, main
from people import People

SOURCE = People(12)
PEOPLE = [(SOURCE.name(), SOURCE.national_id(), SOURCE.mobile()) for _ in range(40)]
SECRETS = [value for row in PEOPLE for value in row[1:]]


def field(name, kind, length, decimals=0):
    return (name.encode("big5")[:10].ljust(11, b"\0") + kind + bytes(4) +
            bytes([length & 255, decimals if length < 256 else length >> 8]) + bytes(14))


def table(version, columns, records, language=0, extra=b"", count=None):
    """RECORDS: (deleted, bytes of the columns)."""
    body = b"".join((b"*" if deleted else b" ") + data for deleted, data in records)
    header = b"".join(columns) + b"\r" + extra
    length = 1 + sum(len(records[0][1]) for _ in (0,))
    return (struct.pack("<B3BIHH", version, 126, 1, 31, len(records) if count is None else count,
                        32 + len(header), length) + bytes(17) + bytes([language, 0, 0]) + header +
            body + b"\x1a")


def text(value, length):
    return value.encode("big5").ljust(length)


def plain(deleted=()):
    columns = [field("姓名", b"C", 10), field("身分證字號", b"C", 10), field("MOBILE", b"N", 12),
               field("BIRTH", b"D", 8)]
    return columns, [(i in deleted, text(name, 10) + text(number, 10) + mobile.rjust(12).encode() +
                      b"19800131") for i, (name, number, mobile) in enumerate(PEOPLE)]


class Dbf(ProgramTest):
    def read(self, path, *options, **how):
        return self.scan(path, "-v", *options, secrets=SECRETS, **how)

    def counts(self, run, kind):
        return {(f["storage"], f["column"]): f["values"] for f in run.fields if f["kind"] == kind}

    def test_columns_in_big5(self):
        for language in 0, 0x4F, 0x78:
            run = self.read(self.file("CUST.DBF", table(0x03, *plain(), language=language)))
            self.assertEqual(self.counts(run, "tw_national_id"), {("live", "身分證字號"): 40})
            self.assertEqual(self.counts(run, "phone_mobile"), {("live", "MOBILE"): 40})
            self.assertEqual(self.counts(run, "birth_date"), {("live", "BIRTH"): 40})
            self.assertEqual(self.counts(run, "person_name"), {("live", "姓名"): 40})
            self.assertEqual(run.fields[0]["zones"], ["db"])
            self.assertEqual([c["status"] for c in run.coverage], ["scanned"])

    def test_deleted_records_are_told_apart(self):
        run = self.read(self.file("d.dbf", table(0x30, *plain(deleted={3, 7, 9}),
                                                 extra=bytes(263))))
        self.assertEqual(self.counts(run, "tw_national_id"),
                         {("live", "身分證字號"): 37, ("freelist", "身分證字號"): 3})
        rows = [e["row"] for f in run.fields if f["storage"] == "freelist" and
                f["kind"] == "tw_national_id" for e in f["examples"]]
        self.assertEqual(rows, [4, 8, 10])

    def memo_file(self, ending):
        blocks, numbers = b"", []
        size = {"fpt": 64, "FPT": 64, "dbt": 512}[ending]
        blocks += {"fpt": struct.pack(">IHH", 0, 0, 64), "FPT": struct.pack(">IHH", 0, 0, 64),
                   "dbt": struct.pack("<I", 1)}[ending].ljust(512, b"\0")
        for name, number, _ in PEOPLE:
            numbers.append(len(blocks) // size)
            note = f"客戶{name}，身分證字號：{number}".encode("big5")
            block = note + b"\x1a\x1a" if ending == "dbt" else \
                struct.pack(">II", 1, len(note)) + note
            blocks += block.ljust(-(-len(block) // size) * size, b"\0")
        return blocks, numbers

    def test_memos(self):
        for ending, version, width in ("fpt", 0x30, 4), ("FPT", 0xF5, 10), ("dbt", 0x83, 10):
            with self.subTest(ending=ending):
                blocks, numbers = self.memo_file(ending)
                records = [(False, struct.pack("<I", n) if width == 4 else b"%10d" % n)
                           for n in numbers]
                data = table(version, [field("NOTE", b"M", width)], records)
                self.file(f"{ending}/m.{ending}", blocks)
                run = self.read(self.file(f"{ending}/m.dbf", data))
                self.assertEqual(self.counts(run, "tw_national_id"), {("live", "NOTE"): 40})
                self.assertEqual([c["status"] for c in run.coverage], ["scanned"])

    def test_a_missing_memo_file_is_told(self):
        run = self.read(self.file("alone.dbf", table(0xF5, [field("NOTE", b"M", 10)],
                                                     [(False, b"         8")] * 3)), status=3)
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage],
                         [("partial", "missing")])

    def test_binary_numbers(self):
        columns = [field("CARD_NO", b"B", 8), field("TAX_ID", b"I", 4), field("姓名", b"V", 10)]
        records = [(False, struct.pack("<di", 4111111111111111.0 + 0, 12345675) +
                    name.encode("big5").ljust(9, b"\0") +
                    bytes([len(name.encode("big5"))])) for name, _, _ in PEOPLE]
        run = self.read(self.file("b.dbf", table(0x32, columns, records, extra=bytes(263))))
        self.assertEqual(self.counts(run, "card_number"), {("live", "CARD_NO"): 40})
        self.assertEqual(self.counts(run, "person_name"), {("live", "姓名"): 40})

    def test_cut_anywhere_is_told(self):
        data = table(0x03, *plain())
        start = struct.unpack_from("<H", data, 8)[0]
        for sixteenth in range(1, 16):
            run = self.read(self.file("cut.dbf", data[:start + (len(data) - start) * sixteenth
                                                      // 16]), status=3 if sixteenth < 1 else None)
            self.assertEqual([(c["status"], c["reason"]) for c in run.coverage],
                             [("partial", "truncated")])

    def test_more_records_than_the_header_says(self):
        run = self.read(self.file("more.dbf", table(0x03, *plain(), count=5)))
        self.assertEqual(self.counts(run, "tw_national_id"), {("live", "身分證字號"): 40})


if __name__ == "__main__":
    main()
