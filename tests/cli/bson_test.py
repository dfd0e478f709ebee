"""Files of mongodump: every document a row, every place a column."""

import random
import struct

from harness import COLUMNS, ROWS, ProgramTest, expected, main

END = b"\xff\xff\xff\xff"


def element(key, value):
    name = key.encode() + b"\0"
    if value is None:
        return b"\x0a" + name
    if isinstance(value, bool):
        return b"\x08" + name + bytes([value])
    if isinstance(value, int):
        return b"\x12" + name + struct.pack("<q", value)
    if isinstance(value, float):
        return b"\x01" + name + struct.pack("<d", value)
    if isinstance(value, str):
        text = value.encode() + b"\0"
        return b"\x02" + name + struct.pack("<i", len(text)) + text
    if isinstance(value, bytes):  # decimal128, a whole number
        return b"\x13" + name + int(value).to_bytes(8, "little") + \
            struct.pack("<Q", 6176 << 49)
    kind = b"\x04" if isinstance(value, list) else b"\x03"
    return kind + name + document(enumerate(value) if isinstance(value, list) else value.items())


def document(items):
    items = items.items() if isinstance(items, dict) else items
    body = b"".join(element(str(k), v) for k, v in items) + b"\0"
    return struct.pack("<i", len(body) + 4) + body


def rows(table):
    return [document({"_id": i, **dict(zip(COLUMNS[table], row))})
            for i, row in enumerate(ROWS[table])]


class Bson(ProgramTest):
    def archive(self, tables=("customers", "waybills")):
        out = [b"\x6d\xe2\x99\x81", document({"concurrent_collections": 4, "version": "0.1"})]
        out += [document({"db": "shop", "collection": t, "metadata": "{}", "size": 1})
                for t in tables] + [END]
        for part in range(4):  # they take turns
            for table in tables:
                out.append(document({"db": "shop", "collection": table, "EOF": False, "CRC": 0}))
                out += rows(table)[part::4] + [END]
        out += [document({"db": "shop", "collection": t, "EOF": True, "CRC": 1}) + END
                for t in tables]
        return b"".join(out)

    def test_a_collection(self):
        run = self.scan(self.file("customers.bson", b"".join(rows("customers"))), status=1)
        self.assert_table(run, "customers", expected()["customers"])
        self.assertEqual({(f["format"], f["attribution"], tuple(f["zones"])) for f in run.fields},
                         {("bson", "exact", ("backup",))})
        self.assertEqual(run.coverage, [])

    def test_an_archive(self):
        data = self.archive()
        for run in (self.scan(self.file("dump.archive", data), status=1),
                    self.scan("-", stdin=data, status=1)):
            for table in ("customers", "waybills"):
                self.assert_table(run, "shop." + table, expected()[table])
            self.assertEqual(run.coverage, [])

    def test_places_and_numbers(self):
        people = ROWS["customers"]
        cards = [row[2] for row in ROWS["payments"] if row[2] and row[2].isdigit()][:60]
        data = b"".join(document({
            "_id": i, "owner": {"idno": people[i][2]}, "phones": [people[i][3]],
            "card": {"card_no": int(card)}, "card_double": float(int(card)),
            "card_number": card.encode()}) for i, card in enumerate(cards))
        found = self.field_counts(self.scan(self.file("deep.bson", data), status=1))
        self.assertEqual(found["card.card_no"]["card_number"]["clear"], 60)
        self.assertEqual(found["card_double"]["card_number"]["clear"], 60)
        self.assertEqual(found["card_number"]["card_number"]["clear"], 60)
        self.assertIn("owner.idno", found)
        self.assertIn("phones[]", found)

    def test_damage_is_told(self):
        for data in (b"".join(rows("customers")), self.archive()):
            before = 0
            for part in range(1, 16):
                run = self.scan(self.file("cut.bson", data[:len(data) * part // 16]))
                self.assertEqual([c["reason"] for c in run.coverage], ["truncated"], part)
                values = sum(f["values"] for f in run.fields)
                self.assertGreaterEqual(values, before)
                before = values
        chance = random.Random(3)
        for _ in range(40):
            flipped = bytearray(data)
            flipped[chance.randrange(4, len(data))] ^= 0xFF
            run = self.scan(self.file("flipped.bson", bytes(flipped)))
            self.assertNotIn("crashed", {c.get("reason") for c in run.coverage})


if __name__ == "__main__":
    main()
