"""The acceptance table: one shop in every format, and the same fields, rows and counts out of each;
what is cut off is told. A folder of all of them, nested four deep, gives the same totals."""

import collections
import dataclasses
import gzip
import os
import pathlib
import shutil

from harness import ProgramTest, expected, main
from formats import by_tool, formats, packed_tar, packed_zip, tool

STATES = ("clear", "weak", "masked", "encrypted")

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs/formats.md"
ASIDE = ("/manifest.rdf",)  # members of documents that are no part of the data


def wanted_fields(each):
    """{(table, column, kind): {state: count}} that format EACH must give."""
    shop = expected()
    if each.loose:
        found = collections.Counter()
        for (_, _, kind), counts in wanted_fields(dataclasses.replace(each, loose=False)).items():
            found.update({(kind, state): count for state, count in counts.items()})
        return {("", "", kind): {s: n for (k, s), n in found.items() if k == kind} for kind, _ in found}
    return {(reported, each.reported(table, column), kind):
            {s: n for s, n in counts.items() if s in STATES and (each.named or s != "weak")}
            for reported, table in each.tables.items()
            for column, kinds in shop[table].items() if column not in each.without
            for kind, counts in kinds.items()}


class Formats(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.all = list(formats())
        for number, each in enumerate(cls.all):
            for name, data in each.files.items():
                path = cls.folder / "all" / f"{number:03}" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def by_format(self, records, folder):
        """Records of each format, by the number that is the name of its folder."""
        found = {i: [] for i in range(len(self.all))}
        for record in records:
            rest = record["unit"].split(f"/{folder}/", 1)[1]
            found[int(rest[:3])].append(record)
        return found

    def cuts(self):
        """Each format cut off at every sixteenth, beside the files that belong to it."""
        for number, each in enumerate(self.all):
            name = each.cut_file()
            data = each.files[name]
            for part in range(1, 16) if each.ends else (8,):
                place = self.folder / "cut" / f"{number:03}" / f"{part:02}"
                for other, content in each.files.items():
                    path = place / other
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(data[:len(data) * part // 16] if other == name else content)

    def untold(self, number, records, run_fields):
        """The cuts, in sixteenths, that nothing was said about; formats without an end are read on."""
        each = self.all[number]
        if not each.ends:
            read = any(f"/cut/{number:03}/" in f["unit"] for f in run_fields)
            return [] if read else [8]
        return [part for part in range(1, 16)
                if not any(f"/cut/{number:03}/{part:02}/" in r["unit"] and
                           r["status"] not in ("scanned", "opaque") for r in records)]

    def test_every_format_gives_the_same(self):
        run = self.scan("-v", self.folder / "all", status=1)
        self.cuts()
        cut = self.scan("-v", "--max-depth", "8", self.folder / "cut")
        fields = self.by_format(run.fields, "all")
        units = self.by_format(run.of_type("coverage"), "all")
        damaged = cut.of_type("coverage")
        lines, wrong = [], []
        for number, each in enumerate(self.all):
            wanted = wanted_fields(each)
            found = {(f["table"], f["column"], f["kind"]): {s: f[s] for s in STATES if f[s]}
                     for f in fields[number]
                     if (f["column"] == "") == each.loose and not f["unit"].endswith(each.aside or "\n")}
            right = sum(found.get(key) == counts for key, counts in wanted.items())
            more = len(set(found) - set(wanted))
            rows = sum(u.get("unit_rows", 0) for u in units[number]
                       if u["status"] != "opaque" and not u["unit"].endswith(ASIDE + each.aside))
            lost = self.untold(number, damaged, cut.fields)
            gaps = [u for u in units[number] if u["status"] not in ("scanned", "opaque")]
            good = right == len(wanted) and not more and rows == each.rows() and not lost and not gaps
            lines.append(f"{each.name:24} {right:3}/{len(wanted):<3} {rows:4}/{each.rows():<4} "
                         f"{f'{15 - len(lost):2}/15' if each.ends else 'read on':8} {'' if good else 'WRONG'}")
            if not good:
                wrong.append((each.name, gaps, lost, {k: (found.get(k), v) for k, v in wanted.items()
                                                      if found.get(k) != v}, set(found) - set(wanted)))
        print(f"{'format':24} {'fields':7} {'rows':9} damage told")
        print("\n".join(lines))
        print(f"{len(lines)} formats, {len(lines) - len(wrong)} all right")
        self.check_page(lines)
        self.assertGreaterEqual(len(lines), 40)
        self.assertEqual(wrong, [])

    def check_page(self, lines):
        """The page for readers says nothing that does not hold; formats without their tool are left out."""
        rows = ["| " + " | ".join(part.strip() for part in (line[:24], line[24:33], line[33:43], line[43:]))
                + " |\n" for line in lines]
        text = PAGE.read_text("utf-8")
        begin = text.index("|---|---|---|---|\n") + len("|---|---|---|---|\n")
        if os.environ.get("YINMA_UPDATE_GOLDEN"):
            PAGE.write_text(text[:begin] + "".join(rows), "utf-8")
        names = [row.split("|")[1] for row in rows]
        self.assertEqual([row for row in text[begin:].splitlines(keepends=True)
                          if row.split("|")[1] in names and row not in rows], [])

    # ---- all of them, nested ----

    def totals(self, run):
        counts = {}
        for f in run.fields:
            for state in STATES:
                key = f["kind"], f["column"], state
                counts[key] = counts.get(key, 0) + f[state]
        rows = sum(u.get("unit_rows", 0) for u in run.of_type("coverage"))
        return {key: count for key, count in counts.items() if count}, rows

    def test_four_deep_gives_the_same(self):
        files = {f"some/{number:03}/{name}": data for number, each in enumerate(self.all)
                 for name, data in each.files.items()}
        for name, data in files.items():
            self.file(name, data)
        plain = self.totals(self.scan("-v", self.folder / "some", status=1))
        if shutil.which("7z") is None or shutil.which("zstd") is None:
            self.skipTest("7z and zstd are not there")
        inner = packed_zip({"d/all.tar.gz": gzip.compress(packed_tar(files), mtime=0)})
        packed = by_tool({"c/inner.zip": inner}, "7z", "a", "-bd", "-y", "OUT.7z", "c")
        outer = tool("zstd", "-q", "-c", data=packed_tar({"b/packed.7z": packed}))
        run = self.scan("-v", "--max-depth", "12", self.file("nested/outer.tar.zst", outer), status=1)
        self.assertEqual([c for c in run.of_type("coverage") if c["status"] not in ("scanned", "opaque")], [])
        self.assertEqual(self.totals(run), plain)


if __name__ == "__main__":
    main()
