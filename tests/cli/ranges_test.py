"""One large file on all workers: whatever is in it, and wherever it is cut, the records are those of a
scan in one piece. `--piece-bytes` sets the size of the pieces; with three workers and small pieces
every kind of seam occurs, those that do not fit as well."""

import datetime
import functools
import gzip
import io
import json
import os
import random
import tarfile
import unittest
import zipfile

from harness import SANITIZED, ProgramTest, main

COLUMNS = ["id", "name", "id_no", "mobile", "card_no", "token", "created_at", "note"]
SIZES = ("190K",) if SANITIZED else ("140K", "190K", "410K")
STREAM_SIZES = ("190K",) if SANITIZED else ("190K", "1M")


def luhn(digits):
    total = sum(d if i % 2 else (d * 2 - 9 if d > 4 else d * 2)
                for i, d in enumerate(reversed(digits)))
    return (10 - total % 10) % 10


@functools.lru_cache(maxsize=None)
def made_row(seed, number):
    pick = random.Random(seed << 32 | number).randrange
    digits = [1 + pick(2)] + [pick(10) for _ in range(7)]
    letter = pick(8)
    total = (letter + 10) // 10 + (letter + 10) % 10 * 9
    total += sum(d * w for d, w in zip(digits, range(8, 0, -1)))
    person = "ABCDEFGH"[letter] + "".join(map(str, digits)) + str(-total % 10)
    card = [4] + [pick(10) for _ in range(14)]
    card = "".join(map(str, card + [luhn(card)]))
    day = datetime.date(2016, 1, 1) + datetime.timedelta(days=number // 9 % 3300)
    note = f"備註 {number * 7}" if number % 11 else f"tel 02-2345{pick(10000):04d}"
    return (str(number), "王李張陳林"[pick(5)] + "小大中美志"[pick(5)] + "明華玲", person,
            f"09{pick(10**8):08d}", card if number % 3 else "************" + card[-4:],
            f"{pick(16**8):08x}" * 4 if number % 2 else "", day.isoformat(), note)


class Rows:
    """Rows of a shop, the same ones for every format."""

    def __init__(self, seed=11):
        self.seed = seed

    def row(self, number):
        return list(made_row(self.seed, number))


class Ranges(ProgramTest):
    def same(self, path, *arguments, sizes=SIZES):
        """The records of PATH are the same in one piece and in many."""
        whole = self.comparable(self.scan("-j1", "-v", *arguments, path))
        self.assertTrue([r for r in whole if r["type"] == "field"], path)
        for size in sizes:
            cut = self.comparable(self.scan("-j3", "-v", "--piece-bytes", size, *arguments, path))
            self.assertEqual(cut, whole, (str(path), size))
        if path.is_file():
            self.same_stream(path, *arguments)
        return whole

    def same_stream(self, path, *arguments):
        """The same for a stream, which is shared while it is decompressed."""
        packed = path.with_name(path.name + ".gz")
        packed.write_bytes(gzip.compress(path.read_bytes(), 1))
        whole = self.comparable(self.scan("-j1", "-v", *arguments, packed))
        for size in STREAM_SIZES:
            cut = self.comparable(self.scan("-j3", "-v", "--piece-bytes", size, *arguments, packed))
            self.assertEqual(cut, whole, (str(packed), size))
        packed.unlink()

    def csv(self, count, change=lambda number, row: row, delimiter=","):
        rows = Rows()
        lines = [delimiter.join(COLUMNS)]
        lines += [delimiter.join(change(i, rows.row(i))) for i in range(1, count + 1)]
        return "\n".join(lines) + "\n"

    # ---- lines ----

    def test_tables_of_text(self):
        self.same(self.file("plain.csv", self.csv(9000)))
        self.same(self.file("plain.tsv", self.csv(9000, delimiter="\t")))
        self.same(self.file("marked.csv", "\ufeff" + self.csv(9000).replace("\n", "\r\n")))

    def test_quoted_line_ends(self):
        def several(number, row):
            row[-1] = ('"first\nsecond, ""quoted""\n%s"' % ",".join(row).replace("\n", " ")
                       if number % 3 == 0 else row[-1])
            return row
        self.same(self.file("lines.csv", self.csv(7000, several)))

    def test_a_seam_inside_a_quoted_text(self):
        """A text of records: whoever begins inside it takes them for those of the table."""
        rows = Rows(3)
        inner = "\n".join(",".join(rows.row(i)) for i in range(1500))
        text = self.csv(4000)
        at = text.index("\n", len(text) // 2) + 1
        text = text[:at] + '9001,王小明,,,,,2020-01-01,"' + inner + '"\n' + text[at:]
        self.same(self.file("inner.csv", text))

    def test_a_quote_that_is_never_closed(self):
        text = self.csv(8000)
        at = text.index("\n", 3 * len(text) // 4) + 1
        self.same(self.file("open.csv", text[:at] + '9001,"王小明,,,,,2020-01-01,\n' + text[at:]))

    def test_records_of_json(self):
        rows = Rows()
        lines = []
        for i in range(1, 6000):
            record = dict(zip(COLUMNS, rows.row(i)))
            if i % 83 == 0:
                record[f"late{i // 700}"] = {"phone": record["mobile"], "list": [record["id_no"]]}
            lines.append(json.dumps(record, ensure_ascii=False))
        self.same(self.file("records.ndjson", "\n".join(lines)))
        lines[4321] = "no JSON at all, tel 0912-555-123 " + lines[4321]
        self.same(self.file("broken.ndjson", "\n".join(lines)))

    def test_logs(self):
        rows = Rows()
        lines = []
        for i in range(1, 9000):
            row = rows.row(i)
            stamp = datetime.datetime(2024, 1, 1) + datetime.timedelta(seconds=i * 997)
            lines.append(f"{stamp:%Y-%m-%d %H:%M:%S} INFO user={row[1]} id={row[2]} "
                         f"phone={row[3]} paid {row[4]} {row[7]}")
            if i % 20 == 0:
                lines.append(f"姓名:\n  {row[1]}\n電話: {row[3]}")
        self.same(self.file("app.log", "\n".join(lines)))

    def test_another_encoding_behind_the_head(self):
        text = self.csv(9000)
        at = text.index("\n", len(text) // 2) + 1
        self.same(self.file("mixed.csv", text[:at].encode() + text[at:].encode("big5")))
        self.same(self.file("mixed_back.csv", text[:at].encode("big5") + text[at:].encode()))
        late = text.translate(str.maketrans("備註王李張陳林小大中美志明華玲", "BNWLZCLXDZMZMHL"))
        self.same(self.file("late.csv", late[:at].encode() + text[at:].encode("big5")))

    # ---- other encodings ----

    def several_lines(self, number, row):
        """Characters whose second byte is a mark of CSV or SQL elsewhere: 5C, 7C, 5E, 7E, 40."""
        if number % 5 == 0:
            row[1] = "許功蓋餐崤育淚墦尐么秋也"[number % 12] + row[1]
        if number % 3 == 0:
            row[-1] = '"第一行許\n第二行功, ""引""\n%s蓋"' % ",".join(row).replace("\n", " ")
        return row

    def test_tables_in_other_encodings(self):
        plain, quoted = self.csv(6000), self.csv(5000, self.several_lines)
        piped = self.csv(6000, lambda number, row: [row[0], "許功蓋育崤"[number % 5] + row[1], *row[2:]],
                         delimiter="|")
        for encoding in ("cp950", "utf-16", "utf-16-be", "gbk"):
            for name, text in (("plain.csv", plain), ("quoted.csv", quoted), ("bars.txt", piped),
                               ("tabs.tsv", plain.replace(",", "\t").replace("\n", "\r\n"))):
                if encoding == "gbk" and name != "plain.csv":
                    continue
                with self.subTest(encoding, name=name):
                    mark = "\ufeff" if encoding == "utf-16-be" else ""
                    whole = self.same(self.file(f"{encoding}_{name}", (mark + text).encode(encoding)),
                                      sizes=SIZES[:2])
                    self.assertIn(whole[1]["encoding"], ("big5", "utf-16le", "utf-16be", "gb18030"))

    def test_a_forced_encoding(self):
        text = self.csv(6000, self.several_lines)
        self.same(self.file("forced.csv", text.encode("cp950")), "--encoding", "big5")
        self.same(self.file("wrong.csv", text.encode("cp950")), "--encoding", "utf-8", sizes=SIZES[:1])
        self.same(self.file("cut.csv", text.encode("utf-16-le")[:-1]), "--encoding", "utf-16le")

    def test_damaged_big5(self):
        """Bytes that are no Big5: in one place, at the end, in a piece of their own, everywhere."""
        data = self.csv(8000).encode("cp950")
        middle = data.index(b"\n", len(data) // 2)
        half = data.index("小".encode("cp950"), middle)
        for name, damaged in (("inside", data[:half + 1] + data[half + 2:]),
                              ("end", data + b"9001,\xa4"),
                              ("lead", data[:middle] + b"\xa4" + data[middle:]),
                              ("blob", data[:middle] + bytes(range(128, 256)) * 900 + data[middle:]),
                              ("rare", data.replace(b"09", b"\x80\xff", 9))):
            with self.subTest(name):
                self.same(self.file(f"{name}.csv", damaged))

    @unittest.skipIf(SANITIZED, "takes long")
    def test_lines_without_end_in_big5(self):
        """Nothing to cut at for longer than what is decided about at a time."""
        text = self.csv(3000)
        at = text.index("\n", len(text) // 2) + 1
        for length in (32767, 32768, 65521, 200003):
            long = "9001," + "王小明" * (length // 3) + "許功蓋"[:length % 3] + "\n"
            for first in ("", "a"):
                self.same(self.file("long.csv", (text[:at] + first + long + text[at:]).encode("cp950")),
                          sizes=SIZES[:1])

    def test_records_and_logs_in_other_encodings(self):
        rows = Rows(7)
        records, lines = [], []
        for i in range(1, 5000):
            row = rows.row(i)
            stamp = datetime.datetime(2024, 1, 1) + datetime.timedelta(seconds=i * 997)
            records.append(json.dumps(dict(zip(COLUMNS, [row[0], "許" + row[1], *row[2:]])), ensure_ascii=False))
            lines.append(f"{stamp:%Y-%m-%d %H:%M:%S} INFO 客戶={row[1]} id={row[2]} 電話={row[3]} 付款 {row[4]} {row[7]}")
            if i % 20 == 0:
                lines.append(f"姓名:\n  {row[1]}\n電話: {row[3]}")
        for encoding in ("cp950", "utf-16", "utf-16-be"):
            with self.subTest(encoding):
                self.same(self.file(f"{encoding}.ndjson", "\n".join(records).encode(encoding)))
                self.same(self.file(f"{encoding}.log", "\n".join(lines).encode(encoding)))

    def test_dumps_in_big5(self):
        def value(text):
            return text.replace("備註", "備許註")
        declared = self.dump(4000, 2, 30, value).replace("SET NAMES utf8mb4", "SET NAMES big5")
        silent = self.dump(6000, 1, 3, value).replace("/*!40101 SET NAMES utf8mb4 */;\n", "")
        copied = self.copied(5000).replace("備註", "備功註").replace("'UTF8'", "'BIG5'")
        for name, text in (("declared", declared), ("silent", silent), ("copied", copied)):
            with self.subTest(name):
                # as servers write it that do not know Big5: a second byte that is a back-slash stays single
                self.same(self.file(f"{name}.sql", text.encode("cp950")))

    # ---- dumps ----

    def dump(self, count, tables, rows_of_insert, value=lambda text: text):
        rows = Rows()
        parts = ["-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n--\n"
                 "-- Host: localhost    Database: shop\n\n/*!40101 SET NAMES utf8mb4 */;\n\n"]
        for table in range(tables):
            columns = "".join(f"  `{name}` varchar(80){' COMMENT ' + chr(39) + '註' + chr(39) if table else ''},\n"
                              for name in COLUMNS)
            parts.append(f"DROP TABLE IF EXISTS `t{table}`;\nCREATE TABLE `t{table}` (\n{columns}"
                         f"  `extra{table}` int,\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n\n")
            for first in range(1, count + 1, rows_of_insert):
                values = ("('" + "','".join(map(value, rows.row(i))) + "',NULL)"
                          for i in range(first, first + rows_of_insert))
                parts.append(f"INSERT INTO `t{table}` VALUES {','.join(values)};\n")
            parts.append(f"-- behind `t{table}`\nCREATE TABLE `empty{table}` (\n  `id_no` char(10),\n"
                         f"  `nothing` int\n);\n")
        return "".join(parts) + "-- Dump completed on 2024-05-06  7:08:09\n"

    def test_dumps_of_mysql(self):
        self.same(self.file("one.sql", self.dump(9000, 1, 3)))
        self.same(self.file("three.sql", self.dump(3000, 3, 50)))
        self.same(self.file("many.sql", self.dump(30, 150, 6)))
        self.same(self.file("wide.sql", self.dump(9000, 1, 3000)))
        self.same(self.file("brackets.sql", self.dump(9000, 1, 3000, lambda text: text + "),(")))

    def test_a_dump_cut_off(self):
        text = self.dump(9000, 1, 3)
        self.same(self.file("cut.sql", text[:len(text) - 200]))

    def test_statements_inside_of_strings(self):
        """Line ends stand in strings as they are: what looks like a statement may be data."""
        rows = Rows()
        head = ("-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n\n"
                "CREATE TABLE `t` (`id` int, `id_no` char(10), `note` text);\n")
        parts = [head]
        for i in range(1, 2500):
            row = rows.row(i)
            inner = "".join(f"\nINSERT INTO `t` VALUES ({i},\\'{row[2]}\\',NULL);" for _ in range(9))
            parts.append(f"INSERT INTO `t` VALUES ({i},'{row[2]}','{inner}\n');\n")
        self.same(self.file("inside.sql", "".join(parts)))

    def test_tables_that_come_again(self):
        rows = Rows()
        parts = ["CREATE TABLE a (id_no char(10), mobile char(10));\n"
                 "CREATE TABLE b (mobile char(10), id_no char(10));\n"]
        for i in range(1, 14000):
            row = rows.row(i)
            table, first, second = ("a", row[2], row[3]) if i // 500 % 2 else ("b", row[3], row[2])
            parts.append(f"INSERT INTO {table} VALUES ('{first}','{second}');\n")
        self.same(self.file("again.sql", "".join(parts)))

    def test_descriptions_that_change(self):
        rows = Rows()
        parts = ["-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)\n"]
        for order in ("`id_no` text, `mobile` text", "`mobile` text, `id_no` text"):
            parts.append(f"DROP TABLE IF EXISTS `t`;\nCREATE TABLE `t` ({order});\n")
            for i in range(1, 9000):
                row = rows.row(i)
                parts.append(f"INSERT INTO `t` VALUES ('{row[2]}','{row[3]}');\n")
        self.same(self.file("changed.sql", "".join(parts)))

    def copied(self, count, tables=("members", "orders")):
        rows = Rows()
        parts = ["--\n-- PostgreSQL database dump\n--\n\n-- Dumped by pg_dump version 15.6\n\n"
                 "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\n\n"]
        for i, table in enumerate(tables):
            columns = ",\n".join(f"    {name} text" for name in COLUMNS[i:])
            parts.append(f"CREATE TABLE public.{table} (\n{columns}\n);\n\n")
        for i, table in enumerate(tables):
            parts.append(f"COPY public.{table} ({', '.join(COLUMNS[i:])}) FROM stdin;\n")
            parts += ["\t".join(value or "\\N" for value in rows.row(n)[i:]) + "\n"
                      for n in range(1, count + 1)]
            parts.append("\\.\n\n\n")
        parts.append("ALTER TABLE ONLY public.members ADD CONSTRAINT p PRIMARY KEY (id);\n"
                     "--\n-- PostgreSQL database dump complete\n--\n")
        return "".join(parts)

    def test_copies(self):
        self.same(self.file("copy.sql", self.copied(6000)))
        self.same(self.file("alone.sql", self.copied(11000, ("members",))))
        self.same(self.file("same.sql", self.copied(6000).replace("orders (name,", "orders (id,")))
        self.same(self.file("short.sql", self.copied(700, tuple(f"t{i}" for i in range(7)))))

    def test_copies_of_unusual_rows(self):
        """What stands in rows looks like statements, ends of rows, other rows."""
        rows = Rows(5)
        parts = ["--\n-- PostgreSQL database dump\n--\n\nSET client_encoding = 'UTF8';\n\n"
                 "CREATE TABLE public.t (\n    note text,\n    id_no text,\n    mobile text\n);\n\n"
                 "COPY public.t (note, id_no, mobile) FROM stdin;\n"]
        odd = ("COPY public.t (note, id_no, mobile) FROM stdin;", "INSERT INTO public.t VALUES (1);",
               "\\\\.", "a\\tb\\nc", "\\N", "", "CREATE TABLE public.t (id_no text);", "x" * 3000)
        for i in range(1, 15000):
            row = rows.row(i)
            parts.append("\t".join([odd[i // 5 % len(odd)] if i % 5 == 0 else row[1], row[2],
                                    row[3] if i % 7 else "\\N"]) + "\n")
        text = "".join(parts)
        end = "\\.\n\n\n--\n-- PostgreSQL database dump complete\n--\n"
        self.same(self.file("odd.sql", text + end))
        self.same(self.file("windows.sql", (text + end).replace("\n", "\r\n")))
        self.same(self.file("cut.sql", text))
        self.same(self.file("cut_in_row.sql", text[:-7]))
        lines = text.split("\n")
        lines[9000] += "\tone column more"
        self.same(self.file("ragged.sql", "\n".join(lines) + end))

    def test_copies_far_from_their_statement(self):
        """Tables of megabytes: the statement is found by the looks of the rows, or taken for another."""
        count = 4000 if SANITIZED else 30000
        self.same(self.file("far.sql", self.copied(count)))
        again = self.copied(count, tuple(f"part_{i}" for i in range(3)))
        for i in (1, 2):  # parts of one table: nothing tells their rows apart
            again = again.replace(f"part_{i} ({', '.join(COLUMNS[i:])})",
                                  f"part_{i} ({', '.join('abc'[:i])}, {', '.join(COLUMNS[i:])})")
        self.same(self.file("odd_columns.sql", again))
        rows, parts = Rows(), ["-- PostgreSQL database dump\n\n"]
        for i in range(3):
            parts.append(f"COPY part_{i} ({', '.join(COLUMNS)}) FROM stdin;\n")
            parts += ["\t".join(rows.row(n)) + "\n" for n in range(1, count // 2)] + ["\\.\n\n"]
        self.same(self.file("parts.sql", "".join(parts)))

    def test_copies_and_statements(self):
        """One dump with both, descriptions beside the rows, a database that changes."""
        rows = Rows(9)
        parts = ["-- PostgreSQL database dump\n\nSET client_encoding = 'UTF8';\n"]
        for table in range(4):
            parts.append(f"\\connect shop{table // 2}\n\nCREATE TABLE t{table} (\n    id_no text,\n"
                         f"    mobile text,\n    name{table} text\n);\n"
                         f"COMMENT ON COLUMN t{table}.mobile IS '行動電話';\n")
            picked = [rows.row(i) for i in range(1, 5000)]
            if table % 2:
                parts += [f"INSERT INTO t{table} VALUES ('{row[2]}', '{row[3]}', '{row[1]}');\n"
                          for row in picked]
            else:
                parts.append(f"COPY t{table} (id_no, mobile, name{table}) FROM stdin;\n")
                parts += [f"{row[2]}\t{row[3]}\t{row[1]}\n" for row in picked] + ["\\.\n\n"]
        self.same(self.file("both.sql", "".join(parts)))

    # ---- members of archives ----

    @unittest.skipIf(SANITIZED, "takes long")
    def test_a_large_member_that_cannot_be_cut(self):
        """The archive is read again, with that member in one piece."""
        text = self.csv(280000)
        at = text.index("\n", 3 * len(text) // 4) + 1
        members = {"first.csv": self.csv(9000), "note.txt": "王小明 0912-345-678\n",
                   "large.csv": text[:at] + '9001,"王小明,,,,,2020-01-01,\n' + text[at:],
                   "last.csv": self.csv(9000)}
        path = self.folder / "uneven.tar.gz"
        with tarfile.open(path, "w:gz", compresslevel=1) as archive:
            for name, content in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(content.encode())
                archive.addfile(info, io.BytesIO(content.encode()))
        whole = self.comparable(self.scan("-j1", "-v", path))
        self.assertEqual(self.comparable(self.scan("-j3", "-v", path)), whole)

    def test_members_of_all_sizes(self):
        """Small ones are scanned side by side, large ones in pieces; what is damaged is told the same."""
        scale = 1 if SANITIZED else 9
        members = {f"small{i}.csv": self.csv(40 * i) for i in range(9)}
        members["table.csv"] = self.csv(6000 * scale)
        members["copy.sql"] = self.copied(5000 * scale)
        members["note.txt"] = "王小明 0912-345-678\n"
        members["dump.sql"] = self.dump(3000 * scale, 2, 300)
        if not SANITIZED:
            members["large.csv"] = self.csv(280000)  # larger than what is copied for sharing
        members["last.csv"] = self.csv(9)
        zipped, tarred = self.folder / "all.zip", self.folder / "all.tar.gz"
        with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, text in members.items():
                archive.writestr(name, text)
        with tarfile.open(tarred, "w:gz", compresslevel=1) as archive:
            for name, text in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(text.encode())
                archive.addfile(info, io.BytesIO(text.encode()))
        damaged = bytearray(zipped.read_bytes())
        damaged[damaged.index(b"dump.sql") + 90000 * scale // 9] ^= 255
        self.file("damaged.zip", bytes(damaged))
        for path in (zipped, tarred, self.folder / "damaged.zip"):
            whole = self.comparable(self.scan("-j1", "-v", path))
            self.assertEqual(self.comparable(self.scan("-j3", "-v", path)), whole, str(path))

    # ---- several files ----

    def test_files_beside_others(self):
        folder = self.folder / "shop"
        self.file("shop/a.csv", self.csv(6000))
        self.file("shop/b.txt", "王小明 0912-345-678\n")
        self.file("shop/c.sql", self.dump(5000, 1, 20))
        self.file("shop/d.csv", self.csv(3000, lambda n, row: row[:-1] + ['"a\nb"']))
        self.file("shop/e.bin", os.urandom(300000))
        self.same(folder)

    def test_interrupted_or_not_the_options_hold(self):
        path = self.file("some.csv", self.csv(6000))
        for arguments in (["--occurrences"], ["--encoding", "utf-8"], ["--max-unit-bytes", "300K"],
                          ["--exclude", "*.none"], ["--timeout", "100"]):
            self.same(path, *arguments, sizes=SIZES[:1])


if __name__ == "__main__":
    main()
