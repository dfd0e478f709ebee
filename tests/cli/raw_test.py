"""Bytes of no known format: what is written in UTF-16 in them is read as well, and data files and backups of
SQL Server page by page."""

import gzip
import random
import struct

from harness import ProgramTest, main
from people import People
import sqlserver

SOURCE = People(91)
ROWS = [(SOURCE.name(), SOURCE.national_id(), SOURCE.mobile(), SOURCE.address(), SOURCE.card()) for _ in range(60)]
SECRETS = [value for row in ROWS for value in row[1:]]
EACH = {kind: len(ROWS) for kind in ("tw_national_id", "phone_mobile", "address", "card_number")}


def noise(generator, count):
    return bytes(generator.choice(b"\x01\x02\x80\xfe\x13\x90") for _ in range(count))


def compressed(text):
    """SCSU as SQL Server writes it: ASCII as it is, else UTF-16 with the high byte first."""
    return text.encode() if text.isascii() else b"\x0f" + text.encode("utf-16-be")


class Raw(ProgramTest):
    def found(self, run):
        counts = {}
        for field in run.fields:
            counts[field["kind"]] = counts.get(field["kind"], 0) + field["clear"]
        return {kind: count for kind, count in counts.items() if kind in EACH}

    def read(self, name, data, *options):
        return self.scan("--fail-on", "never", *options, self.file(name, data), secrets=SECRETS)

    def gaps(self, run):
        return [(c["status"], c["reason"]) for c in run.of_type("coverage") if c["status"] != "scanned"]


class WideText(Raw):
    def bytes_of(self, codec, before):
        """Values of ROWS in CODEC, each between bytes that are no text, BEFORE the first one."""
        generator = random.Random(5)
        data, places = b"\0\1\2\3" + noise(generator, before), {}
        for row in ROWS:
            for value in row[1:]:
                data += noise(generator, generator.randrange(1, 90)) + b"\0" * generator.randrange(4)
                places[value] = len(data)
                data += value.encode(codec)
        return data + noise(generator, 50), places

    def test_both_orders_at_every_place(self):
        for codec in ("utf-16-le", "utf-16-be"):
            for before in (0, 1, 131072 - 3000, 131072 - 2999):
                with self.subTest(f"{codec} {before}"):
                    data, places = self.bytes_of(codec, before)
                    run = self.read("page.bin", data)
                    self.assertEqual(self.found(run), EACH)
                    self.assertEqual([c["bytes"] for c in run.of_type("coverage")], [len(data)])
                    # What may be read in either order stands, in the second one, where the first ends.
                    starts, beside = set(places.values()), 64 if codec == "utf-16-be" else 0
                    for example in (e for f in run.fields if f["kind"] != "address" for e in f["examples"]):
                        self.assertTrue(any(example["offset"] - back in starts for back in range(beside + 1)), example)

    def test_long_text_and_its_ends(self):
        """A text over many buffers: each value once."""
        sentence = "".join("客戶 " + " ".join(row[1:]) + "。" for row in ROWS)
        for codec in ("utf-16-le", "utf-16-be"):
            text = ("記" * 40000 + sentence) * 5
            run = self.read("long.bin", b"\0\1\2\3" * 9 + text.encode(codec) + b"\xff\xfe\1\0" * 9)
            found = self.found(run)
            for kind in ("tw_national_id", "phone_mobile", "card_number"):
                self.assertEqual(found[kind], 5 * len(ROWS), (codec, kind))

    def test_the_same_by_any_way(self):
        data, _ = self.bytes_of("utf-16-le", 300000)
        wanted = self.found(self.read("page.bin", data))
        packed = self.read("page.bin.gz", gzip.compress(data))
        self.assertEqual((self.found(packed), wanted), (wanted, EACH))


class Pages(Raw):
    def plain(self, row, text="utf-16-le"):
        """(number, name, id, mobile, address, card): an ID in UTF-16 stands beside digits in ASCII."""
        fixed = struct.pack("<iq", 7, 1 << 40)
        return sqlserver.plain_record(fixed, [row[0].encode(text), row[1].encode(text), row[2].encode(),
                                              row[3].encode(text), row[4].encode()])

    def test_data_file(self):
        data = sqlserver.data_file([self.plain(row) for row in ROWS])
        for name in ("shop.mdf", "shop_2.ndf", "renamed.dat"):
            run = self.read(name, data)
            self.assertEqual((self.found(run), self.gaps(run)), (EACH, [("partial", "raw-pages")]))
            self.assertEqual({f["format"] for f in run.fields}, {"sqlserver-pages"})
            self.assertEqual({"backup"} & set(run.fields[0]["zones"]), {"backup"})

    def test_other_rows(self):
        """Moved ones, deleted ones, those of an index, addresses of moved ones."""
        moved = [b"\x04" + struct.pack("<IHH", 9, 1, 2)]
        for row in ROWS:
            moved.append(b"\x32" + self.plain(row)[1:] if ROWS.index(row) % 2 else b"\x3c" + self.plain(row)[1:])
        self.assertEqual(self.found(self.read("moved.mdf", sqlserver.data_file(moved))), EACH)

    def test_compressed_rows(self):
        rows = [sqlserver.packed_record([b"\x87", *(compressed(value) for value in row)]) for row in ROWS]
        run = self.read("packed.mdf", sqlserver.data_file(rows))
        self.assertEqual(self.found(run), EACH)
        self.assertIn("compressed", run.of_type("coverage")[0]["detail"])

    def test_backup(self):
        pages = sqlserver.data_file([self.plain(row) for row in ROWS[:40]])
        log = b"\0\0\0\7".join(value.encode("utf-16-le") for row in ROWS[40:] for value in row[1:])
        for pad in (0, 4, 508):
            run = self.read("shop.bak", sqlserver.backup(bytes(pad) + pages, b"APAD" + bytes(60) + log))
            self.assertEqual((self.found(run), self.gaps(run)), (EACH, [("partial", "raw-pages")]), pad)

    def test_encrypted_pages(self):
        pages = sqlserver.data_file([self.plain(row) for row in ROWS])
        generator = random.Random(2)
        hidden = b"".join(pages[at:at + 96] + generator.randbytes(sqlserver.PAGE - 96)
                          for at in range(3 * sqlserver.PAGE, len(pages), sqlserver.PAGE))
        run = self.read("tde.mdf", pages[:3 * sqlserver.PAGE] + hidden)
        self.assertEqual(self.found(run), {})
        self.assertIn("encrypted", run.of_type("coverage")[0]["detail"])

    def test_damage(self):
        data = sqlserver.data_file([self.plain(row) for row in ROWS])
        self.assertEqual(self.gaps(self.read("cut.mdf", data[:-100])), [("partial", "truncated")])
        generator = random.Random(3)
        for number in range(20):
            broken = bytearray(data)
            for _ in range(40):
                broken[generator.randrange(len(broken))] = generator.randrange(256)
            run = self.read(f"broken{number}.mdf", bytes(broken))
            self.assertNotEqual(self.gaps(run), [])


if __name__ == "__main__":
    main()
