"""JSON and NDJSON, and values inside values: JSON text and pairs in columns, encoded text."""

import base64
import csv
import hashlib
import io
import json
import urllib.parse

from harness import COLUMNS, ROWS, ProgramTest, expected, main


def records(table):
    return [dict(zip(COLUMNS[table], row)) for row in ROWS[table]]


def below(prefix, wanted):
    return {prefix + column: kinds for column, kinds in wanted.items()}


def csv_text(header, rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


class Json(ProgramTest):
    def assert_json(self, name, text, wanted, form, **how):
        path = self.file(name, text)
        run = self.scan(path, **how)
        self.assert_table(run, "", wanted)
        self.assertEqual({f["format"] for f in run.fields}, {form})
        self.assertEqual({f["attribution"] for f in run.fields}, {"exact"})
        return path, run

    def test_every_shape_gives_the_same_fields(self):
        for table in ("customers", "payments", "waybills", "decoys"):
            rows = records(table)
            plain = expected()[table]
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            shapes = {
                "array.json": ("json", "", json.dumps(rows, ensure_ascii=False)),
                "pretty.json": ("json", "", json.dumps(rows, ensure_ascii=False, indent=2)),
                "escaped.json": ("json", "", json.dumps(rows)),
                "lines.ndjson": ("ndjson", "", lines),
                "joined.json": ("json", "", json.dumps(rows[0], indent=1) +
                                "".join(json.dumps(row, indent=1) for row in rows[1:])),
                "inside.json": ("json", "data.rows[].", json.dumps(
                    {"total": len(rows), "data": {"rows": rows}}, ensure_ascii=False)),
                "bom.json": ("json", "", "\ufeff" + json.dumps(rows, ensure_ascii=False)),
            }
            for name, (form, prefix, text) in shapes.items():
                with self.subTest(table + " " + name):
                    path = self.file(name, text)
                    run = self.scan(path)
                    self.assert_table(run, "", below(prefix, plain))
                    self.assertLessEqual({f["format"] for f in run.fields}, {form})
                    self.assertEqual([c for c in run.coverage if c["status"] != "scanned"], [])

    def assert_columns(self, name, text, prefix="", named=None):
        """Of customers: every column and kind as in a CSV, below PREFIX."""
        path = self.file(name, text)
        run = self.scan(path)
        wanted = {(named or {}).get(column, column): kinds
                  for column, kinds in expected()["customers"].items()}
        self.assert_table(run, "", below(prefix, wanted))
        self.assertEqual([c for c in run.coverage if c["status"] != "scanned"], [])
        return path, run

    def test_tables_that_name_their_columns_once(self):
        names, rows = list(COLUMNS["customers"]), [list(row) for row in ROWS["customers"]]
        described = [{"type": "STRING", "name": name, "mode": {"name": "x"}} for name in names]
        shapes = {
            "elastic.json": ("rows[].", {"columns": described, "rows": rows}),
            "split.json": ("data[].", {"columns": names, "index": list(range(len(rows))),
                                       "data": rows}),
            "presto.json": ("data[].", {"id": "1", "columns": described, "data": rows,
                                        "stats": {"state": "FINISHED"}}),
            "bigquery.json": ("rows[].", {
                "schema": {"fields": described},
                "rows": [{"f": [{"v": cell} for cell in row]} for row in rows]}),
            "influx.json": ("results[].series[].values[].", {
                "results": [{"series": [{"name": "t", "columns": names, "values": rows}]}]}),
            "chart.json": ("rows[].", {
                "cols": [{"id": "", "label": name, "type": "string"} for name in names],
                "rows": [{"c": [{"v": cell} for cell in row]} for row in rows]}),
            "heading.json": ("", [names] + rows),
            "sheet.json": ("values[].", {"range": "A1:Z9", "values": [names] + rows}),
        }
        for name, (prefix, content) in shapes.items():
            for how in ({"ensure_ascii": False}, {"indent": 1}):
                with self.subTest(name, **how):
                    path, run = self.assert_columns(name, json.dumps(content, **how), prefix)
                    self.assertEqual({f["attribution"] for f in run.fields}, {"exact"})
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in [names] + rows)
        self.assert_columns("lines.ndjson", lines)

    def test_an_array_with_an_element_a_line_is_one_document(self):
        rows = [{"id": str(i), "mobile": f"0912-345-{i:03}"} for i in range(100)]
        for begin, between, end in (("[", ",\n", "]\n"), ("[", " ,\r\n", "]")):  # sqlite3 -json
            text = begin + between.join(json.dumps(row) for row in rows) + end
            run = self.scan(self.file("array.txt", text), "-v", secrets=[row["mobile"] for row in rows])
            self.assertEqual([(f["format"], f["column"], f["values"]) for f in run.fields], [("json", "mobile", 100)])
            self.assertEqual(run.coverage[0]["unit_rows"], 100)
            run = self.scan(self.file("cut.txt", text[:2000]), "-v", secrets=[row["mobile"] for row in rows])
            self.assertEqual(run.coverage[0]["reason"], "truncated")

    def test_labels_and_values(self):
        wanted = expected()["customers"]
        for key, value in (("name", "value"), ("question", "answer"), ("label", "text")):
            forms = [[{"id": str(at), key: column, "type": "x", value: cell}
                      for at, (column, cell) in enumerate(zip(COLUMNS["customers"], row))]
                     for row in ROWS["customers"]]
            lines = "".join(json.dumps(pair) + "\n" for form in forms for pair in form)
            for name, prefix, text in (("forms.json", "fields[].", json.dumps({"fields": forms[0]})),
                                       ("all.json", "", json.dumps(sum(forms, []), indent=1)),
                                       ("lines.ndjson", "", lines)):
                with self.subTest(name, key=key):
                    found = self.field_counts(self.scan(self.file(name, text)))
                    if name == "forms.json":
                        self.assertIn("address", found[f"{prefix}{value}.address"])
                    else:
                        for column in ("name", "mobile", "address"):
                            kind = next(iter(wanted[column]))
                            self.assertEqual(found[f"{prefix}{value}.{column}"][kind]["clear"],
                                             wanted[column][kind]["clear"])
        # what is no name of a field never becomes one
        scores = [{"name": row[1], "value": "7"} for row in ROWS["customers"]]
        run = self.scan(self.file("scores.json", json.dumps(scores, ensure_ascii=False)))
        self.assertEqual({f["column"] for f in run.fields}, {"name"})

    def test_names_of_one_table_are_not_those_of_another(self):
        names, rows = list(COLUMNS["customers"]), [list(row) for row in ROWS["customers"]]
        content = {"a": {"columns": ["x%s" % i for i in range(len(names))], "rows": []},
                   "b": {"columns": names, "rows": rows},
                   "c": {"rows": [[index] * len(names) for index in range(50)]}}
        run = self.scan(self.file("several.json", json.dumps(content)))
        self.assert_table(run, "", below("b.rows[].", expected()["customers"]))

    def test_rows_without_names_have_columns(self):
        names, rows = list(COLUMNS["customers"]), [list(row) for row in ROWS["customers"]]
        plain = "".join(",".join(str(cell) for cell in row) + "\n" for row in rows)
        wanted = self.field_counts(self.scan(self.file("plain.csv", plain)))
        for name, prefix, content in (("array.json", "", rows),
                                      ("later.json", "rows[].", {"rows": rows, "columns": names})):
            with self.subTest(name):
                run = self.scan(self.file(name, json.dumps(content, ensure_ascii=False)))
                self.assertEqual(self.field_counts(run), below(prefix, wanted))

    def test_names_of_columns_show_no_values(self):
        # A first row that holds somebody's numbers is no heading.
        rows = [list(row) for row in ROWS["customers"]]
        run = self.scan(self.file("first.json", json.dumps(rows, ensure_ascii=False)))
        self.assertTrue(all(f["column"].startswith("#") for f in run.fields))
        run = self.scan(self.file("named.json", json.dumps(
            {"columns": [str(cell) for cell in rows[0]], "rows": rows}, ensure_ascii=False)))
        self.assertTrue(run.fields)  # the harness looks for the values in what was printed

    def test_examples_lead_to_the_value(self):
        rows = records("customers")
        for name, text in {
                "at.json": json.dumps(rows, ensure_ascii=False, indent=2),
                "at.ndjson": "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows)}.items():
            with self.subTest(name):
                path = self.file(name, text)
                self.assert_examples(self.scan(path), path, lambda _: ROWS["customers"],
                                     lambda _: COLUMNS["customers"])

    def test_a_log_of_json_lines_is_a_log(self):
        lines = "".join(json.dumps({"ts": "2024-01-01T00:00:00Z", "level": "info",
                                    "msg": "sent to " + row["mobile"], "user": {"idno": row["idno"]}},
                                   ensure_ascii=False) + "\n" for row in records("customers"))
        run = self.scan(self.file("app", lines), status=1)
        self.assertEqual({f["format"] for f in run.fields}, {"ndjson"})
        self.assertTrue(all("log" in f["zones"] for f in run.fields))
        self.assertEqual(self.field_counts(run)["user.idno"]["tw_national_id"]["clear"], 90)
        self.assertEqual(self.field_counts(run)["msg"]["phone_mobile"]["clear"], 95)

    def test_damage_is_told_and_nothing_before_it_lost(self):
        text = json.dumps(records("waybills"), ensure_ascii=False)
        run = self.scan(self.file("cut.json", text[:len(text) // 2]))
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "truncated")])
        self.assertGreater(self.field_counts(run)["idno"]["tw_national_id"]["clear"], 35)
        text = json.dumps(records("waybills") * 10, ensure_ascii=False)
        at = text.index("{", len(text) * 9 // 10)
        run = self.scan(self.file("odd.json", text[:at] + '"oops" ' + text[at:]))
        self.assertEqual([(c["status"], c["reason"]) for c in run.coverage], [("partial", "damaged")])
        self.assertEqual(self.field_counts(run)["idno"]["tw_national_id"]["clear"], 800)

    def test_numbers_that_lost_their_zero(self):
        rows = [{"mobile": int(row["mobile"].replace("-", ""))} for row in records("customers")
                if "*" not in row["mobile"] and "○" not in row["mobile"]]
        run = self.scan(self.file("n.json", json.dumps(rows)))
        self.assertEqual(self.field_counts(run)["mobile"]["phone_mobile"]["clear"], len(rows))


class Inside(ProgramTest):
    """Columns of other formats that hold JSON, pairs or encoded text."""

    def blobs(self, write):
        rows = records("customers")
        return [[str(i), write(row)] for i, row in enumerate(rows)]

    def assert_inside(self, name, write, wanted=None):
        path = self.file(name, csv_text(["no", "extra"], self.blobs(write)))
        run = self.scan(path, status=1)
        self.assert_table(run, "", wanted or below("extra.", expected()["customers"]))
        return path, run

    def test_json_in_a_column(self):
        self.assert_inside("json.csv", lambda row: json.dumps(row, ensure_ascii=False))
        self.assert_inside("escaped.csv", json.dumps)
        self.assert_inside("deep.csv", lambda row: json.dumps({"a": [{"b": row}]}),
                           below("extra.a[].b.", expected()["customers"]))
        self.assert_inside("twice.csv", lambda row: json.dumps({"body": json.dumps(row)}),
                           below("extra.body.", expected()["customers"]))

    def test_json_in_a_dump(self):
        def literal(text):
            return text.replace("\\", "\\\\").replace("'", "\\'").replace('"', '\\"')
        values = ",".join(f"({i},'{literal(json.dumps(row))}')"
                          for i, row in enumerate(records("customers")))
        dump = ("-- MySQL dump 10.13\nCREATE TABLE `t` (\n  `id` int,\n  `extra` json\n);\n"
                f"INSERT INTO `t` VALUES {values};\n")
        run = self.scan(self.file("t.sql", dump), status=1)
        self.assert_table(run, "t", below("extra.", expected()["customers"]))

    def test_pairs_in_a_column(self):
        def pairs(mark, sign):
            return lambda row: mark.join(k + sign + v for k, v in row.items())
        self.assert_inside("query.csv", lambda row: urllib.parse.urlencode(row))
        self.assert_inside("url.csv", lambda row: "https://shop.example/p?" +
                           urllib.parse.urlencode(row))
        for name, mark, sign in (("semicolon", "; ", "="), ("colon", "; ", ": "), ("wide", "；", "："),
                                 ("lines", "\n", "=")):
            self.assert_inside(name + ".csv", pairs(mark, sign))

    def test_places_are_exact_where_nothing_was_escaped(self):
        path = self.file("at.csv", "no|extra\n" + "".join(
            f"{i}|{json.dumps(row, ensure_ascii=False)}\n"
            for i, row in enumerate(records("waybills"))))
        run = self.scan(path, status=1)
        raw = path.read_bytes()
        for field in run.fields:
            column = field["column"].removeprefix("extra.")
            for example in field["examples"]:
                value = records("waybills")[example["row"] - 1][column].encode()
                at = example["offset"]
                self.assertEqual(raw[at:at + len(value)], value)
                self.assertEqual(example["line"], example["row"] + 1)

    def test_brackets_that_are_no_json(self):
        idno = next(r["idno"] for r in records("waybills"))
        run = self.scan(self.file("b.csv", csv_text(
            ["no", "note"], [[str(i), f"[vip] {idno} {{x}}"] for i in range(9)])), status=1)
        self.assertEqual(self.field_counts(run), {"note": {"tw_national_id": {"clear": 9}}})


class Encoded(ProgramTest):
    def test_percent_encoded_values_in_logs(self):
        lines = "".join(
            "1.2.3.4 - - [10/Oct/2023:13:55:36 +0800] \"GET /c?name=%s&tel=%s&mail=%s HTTP/1.1\" 200 1\n"
            % tuple(urllib.parse.quote(row[k]) for k in ("name", "mobile", "email"))
            for row in records("customers"))
        found = self.field_counts(self.scan(self.file("access.log", lines)))
        self.assertEqual(found["name"]["person_name"], {"clear": 100, "masked": 20})
        self.assertEqual(found["tel"]["phone_mobile"], {"clear": 95, "weak": 5, "masked": 20})
        self.assertEqual(found["mail"]["email"], {"clear": 110, "masked": 10})

    def test_percent_encoded_keys(self):
        names = {"姓名": "name", "手機": "mobile", "地址": "address"}
        for encoding in ("utf-8", "big5"):
            lines = "".join(
                "2026-01-31 10:00:00 POST " + "&".join(
                    f"{urllib.parse.quote(key, encoding=encoding)}="
                    f"{urllib.parse.quote(row[k], encoding=encoding, errors='replace')}"
                    for key, k in names.items()) + "\n" for row in records("customers"))
            found = self.field_counts(self.scan(self.file(f"{encoding}.log", lines)))
            self.assertEqual(found["姓名"]["person_name"], {"clear": 100, "masked": 20})
            self.assertEqual(found["手機"]["phone_mobile"], {"clear": 95, "weak": 5, "masked": 20})
            self.assertEqual(found["地址"]["address"], {"clear": 110, "masked": 10})

    def test_percent_encoded_keys_in_a_column(self):
        rows = [[str(i), f"{urllib.parse.quote('手機')}={row['mobile']}&ok=1"]
                for i, row in enumerate(records("customers"))]
        found = self.field_counts(self.scan(self.file("body.csv", csv_text(["no", "body"], rows))))
        self.assertEqual(found, {"body.手機": {"phone_mobile": {"clear": 95, "weak": 5, "masked": 20}}})

    def test_form_bodies_in_logs(self):
        run = self.scan(self.file("form.log", "".join(
            f"2024-01-01 10:00:{i % 60:02} POST name=%E7%8E%8B%E5%B0%8F%E8%8F%AF&tel=09{i:08}\n"
            for i in range(11345670, 11345690))), secrets=["王小華"])
        self.assertEqual(self.field_counts(run)["name"], {"person_name": {"clear": 20}})

    def test_base64(self):
        def encode(row):
            return base64.b64encode(json.dumps({"姓名": row["name"], "tel": row["mobile"]},
                                               ensure_ascii=False).encode()).decode()
        rows = [[str(i), encode(row)] for i, row in enumerate(records("customers"))]
        path = self.file("base64.csv", csv_text(["no", "payload"], rows))
        run = self.scan(path)
        self.assertEqual(self.field_counts(run), {
            "payload.姓名": {"person_name": {"clear": 100, "masked": 20}},
            "payload.tel": {"phone_mobile": {"clear": 95, "weak": 5, "masked": 20}}})
        example = next(f for f in run.fields if f["kind"] == "phone_mobile")["examples"][0]
        self.assertEqual(example["line"], example["row"] + 1)
        log = "".join(f"2026-01-31 10:00:00 INFO sent payload={row[1]}\n" for row in rows)
        self.assertEqual(self.field_counts(self.scan(self.file("base64.log", log))),
                         self.field_counts(run))
        # digests and words are none
        rows = [[hashlib.sha256(row["name"].encode()).hexdigest(), "customerprofiles",
                 base64.b64encode(hashlib.sha256(row["name"].encode()).digest()).decode()]
                for row in records("customers")]
        self.assertEqual(self.field_counts(self.scan(self.file("digests.csv", csv_text(
            ["a", "b", "c"], rows)))), {})

    def test_bytes_escaped_by_web_servers(self):
        lines = "".join('1.2.3.4 - - [10/Oct/2023:13:55:36 +0800] "GET /c?name=%s&tel=%s HTTP/1.1" 200 1\n' % (
            "".join(f"\\x{b:02X}" for b in row["name"].encode()), row["mobile"])
            for row in records("customers"))
        found = self.field_counts(self.scan(self.file("escaped.log", lines)))
        self.assertEqual(found["name"]["person_name"], {"clear": 100, "masked": 20})
        self.assertEqual(found["tel"]["phone_mobile"], {"clear": 95, "weak": 5, "masked": 20})

    def test_character_references(self):
        def refer(text):
            return "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in text)
        rows = [[refer(row["name"]), refer(row["address"])] for row in records("customers")]
        found = self.field_counts(self.scan(self.file(
            "refs.tsv", "customer_name\taddress\n" + "".join("\t".join(row) + "\n" for row in rows))))
        self.assertEqual(found["customer_name"]["person_name"], {"clear": 100, "masked": 20})
        self.assertEqual(found["address"]["address"], {"clear": 110, "masked": 10})
        page = "<html>\n" + "".join(
            f"<p>{refer('身分證字號：')}{row['idno']} {refer(row['receiver_addr'])}</p>\n"
            for row in records("waybills")) + "</html>\n"
        found = self.field_counts(self.scan(self.file("page.html", page)))
        self.assertEqual(found[""]["tw_national_id"]["clear"], 80)
        self.assertEqual(found[""]["address"]["clear"], 80)


if __name__ == "__main__":
    main()
