"""XML and HTML of any vocabulary: places, rows, encodings, what is hidden, what is broken."""

import json

from harness import COLUMNS, DATA, ROWS, ProgramTest, expected, main
from shop import LABELS

ID, MOBILE = "A123456789", "0912345678"


def element(name, text):
    return f"<{name}>{text}</{name}>"


def orders(rows, tag="order", prolog='<?xml version="1.0" encoding="UTF-8"?>'):
    lines = [prolog, "<orders>", " <meta><from>erp</from></meta>"]
    for row in rows:
        cells = "".join(element(c, v.replace("&", "&amp;")) for c, v in zip(LABELS["customers"], row))
        lines.append(f' <{tag} no="{row[0]}">{cells}</{tag}>')
    return "\n".join([*lines, "</orders>", ""])


def wanted(prefix="order."):
    return {prefix + LABELS["customers"][COLUMNS["customers"].index(column)]: kinds
            for column, kinds in expected()["customers"].items()}


class Xml(ProgramTest):
    def test_paths_are_columns_and_repeated_elements_are_rows(self):
        path = self.file("orders.xml", orders(ROWS["customers"]))
        run = self.scan("--occurrences", path, status=1)
        self.assert_table(run, "", wanted())
        self.assertEqual({f["attribution"] for f in run.fields}, {"exact"})
        raw = path.read_bytes()
        for o in run.of_type("occurrence", column="order.身分證字號"):
            value = ROWS["customers"][o["row"] - 1][2].encode()
            self.assertEqual(raw[o["offset"]:o["offset"] + o["length"]], value)
        self.assertEqual(run.summary["bytes_scanned"], len(raw))

    def test_encodings_that_the_prolog_declares(self):
        for declared, codec, told in (("Big5", "cp950", "big5"), ("UTF-16", "utf-16", "utf-16le"),
                                      ("GBK", "gbk", "gb18030")):
            text = orders(ROWS["customers"], prolog=f'<?xml version="1.0" encoding="{declared}"?>')
            with self.subTest(declared):
                try:
                    path = self.file("x.xml", text.encode(codec))
                except UnicodeEncodeError:
                    continue
                run = self.scan("--occurrences", path, status=1)
                self.assert_table(run, "", wanted())
                self.assertEqual({f["encoding"] for f in run.fields}, {told})
                raw = path.read_bytes()
                bare = codec if codec != "utf-16" else "utf-16-le"
                for o in run.of_type("occurrence", column="order.手機")[:20]:
                    value = ROWS["customers"][o["row"] - 1][3].encode(bare)
                    self.assertEqual(raw[o["offset"]:o["offset"] + len(value)], value)

    def test_where_the_data_stands_changes_nothing(self):
        twin = self.field_counts(self.scan(self.file("a.xml", orders(ROWS["customers"])), status=1))
        for shift in (1, 131071, 131072, 131073, 262143):
            text = orders(ROWS["customers"]).replace("<meta>", "<meta><x>" + " " * shift + "</x>")
            with self.subTest(shift):
                found = self.field_counts(self.scan(self.file("a.xml", text), status=1))
                self.assertEqual(found, twin)

    def test_attributes_names_in_attributes_and_literal_text(self):
        run = self.scan(self.file("p.xml", f"""<config><!-- 身分證字號 {ID} -->
          <user idno="{ID}" mobile='{MOBILE}'/><property name="身分證字號">{ID}</property>
          <note><![CDATA[{ID}]]></note></config>"""), status=None)
        self.assertEqual({(f["column"], f["kind"]) for f in run.fields},
                         {("", "tw_national_id"), ("user.@idno", "tw_national_id"),
                          ("user.@mobile", "phone_mobile"), ("note", "tw_national_id"),
                          ("property.身分證字號", "tw_national_id")})

    def test_names_and_values_in_attributes_and_property_lists(self):
        wanted = {("name", "person_name", 20), ("idno", "tw_national_id", 20), ("birthday", "birth_date", 20)}
        values = {"name": "陳美玲", "idno": ID, "birthday": "1985-03-12"}

        def rows(element, start="", end=""):
            return "".join("<row>" + "".join(start.format(k, v) for k, v in values.items()) + end + "</row>" for _ in range(20))
        for name, path, text in (
                ("item", "row.item.", rows("item", '<item name="{}" type="text" value="{}"/>')),
                ("late", "row.item.", rows("item", '<item value="{1}" name="{0}"/>')),
                ("add", "row.add.", rows("add", '<add key="{}" value="{}" />')),
                ("field", "row.field.", rows("field", '<field name="{}">{}</field>')),
                ("plist", "row.dict.", rows("dict", "<dict><key>{}</key><string>{}</string></dict>").replace("</dict><dict>", ""))):
            with self.subTest(name):
                run = self.scan(self.file(f"{name}.xml", f"<?xml version='1.0'?><rows>{text}</rows>"), "-v", "--fail-on", "never")
                self.assertEqual({(f["column"], f["kind"], f["values"]) for f in run.fields},
                                 {(path + column, kind, count) for column, kind, count in wanted})
                self.assertEqual(run.coverage[0]["unit_rows"], 20)

    def test_soap_messages_one_after_the_other(self):
        message = ('<?xml version="1.0"?>\n<soap:Envelope xmlns:soap="s"><soap:Body><c:customer xmlns:c="c">'
                   f"<c:idno>{ID}</c:idno></c:customer></soap:Body></soap:Envelope>\n")
        run = self.scan(self.file("soap.xml", message * 50), status=None)
        self.assertEqual(self.field_counts(run), {"Body.customer.idno": {"tw_national_id": {"clear": 50}}})

    def test_control_characters_and_wrong_bytes_end_nothing(self):
        data = orders(ROWS["customers"]).encode().replace(b"erp", b"\x00\x01\xff\xfe\x80erp")
        self.assert_table(self.scan(self.file("c.xml", data), status=1), "", wanted())

    def test_what_is_broken_is_told_and_read_on(self):
        text = orders(ROWS["customers"])
        at = text.index("<order no", len(text) // 2)
        for broken, reason in ((text[:at] + "<<&" + text[at:], "damaged"), (text[:at + 12], "truncated")):
            with self.subTest(reason):
                run = self.scan(self.file("b.xml", broken), status=None)
                told = run.of_type("coverage")
                self.assertEqual([(r["status"], r["reason"]) for r in told], [("partial", reason)])
                self.assertIn("order.身分證字號", self.field_counts(run))
        raw = self.scan(self.file("b.xml", text[:at] + "<<&" + text[at:]), status=None)
        ids = sum(f["values"] for f in raw.fields if f["kind"] == "tw_national_id")
        whole = sum(expected()["customers"]["idno"]["tw_national_id"].values())
        self.assertGreaterEqual(ids, whole - 20)  # weak masks prove nothing in running text

    def test_every_cut_and_wrong_byte_is_survived(self):
        data = orders(ROWS["customers"][:20]).encode()
        for sixteenth in range(1, 16):
            at = len(data) * sixteenth // 16
            for name, bad in (("cut", data[:at]),
                              ("byte", data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1:])):
                with self.subTest(name, at=at):
                    run = self.scan(self.file("d.xml", bad), status=None)
                    self.assertIn(run.status, (0, 1, 3))
                    self.assertEqual(run.summary["bytes_scanned"], len(bad))
                    if name == "cut":
                        self.assertEqual([r["status"] for r in run.of_type("coverage")], ["partial"])

    def test_depth_without_end_is_told(self):
        run = self.scan(self.file("deep.xml", "<?xml version='1.0'?>" + "<a>" * 100000), status=3)
        self.assertEqual([r["status"] for r in run.of_type("coverage")], ["partial"])


def page(rows, head="<html><head><title>x</title></head><body>"):
    lines = [head, "<h1>顧客名冊</h1>", "<table border=1><tr><td colspan=8>製表日 2026/01/31</td></tr>",
             "<tr>" + "".join(element("th", c) for c in LABELS["customers"]) + "</tr>"]
    for row in rows:
        lines.append("<TR>" + "".join(f"<td align=left><b>{v}</b></td>" for v in row) + "</TR>")
    return "\n".join([*lines, "</table>", "</body></html>", ""])


class Html(ProgramTest):
    def test_a_workbook_saved_as_html(self):
        run = self.scan(DATA / "office/shop.html", status=1)
        names = wanted("")
        del names["身分證字號"]  # a hidden column is not written
        self.assert_table(run, "table 1", names)

    def test_tables_with_headings(self):
        for name, codec in (("page.html", "utf-8"), ("report.xls", "utf-8"), ("big5.htm", "cp950")):
            head = f"<html><head><meta charset={'big5' if codec == 'cp950' else 'utf-8'}></head><body>"
            with self.subTest(name):
                path = self.file(name, page(ROWS["customers"], head).encode(codec))
                run = self.scan("--occurrences", path, status=1)
                self.assert_table(run, "table 1", wanted(""))
                raw = path.read_bytes()
                self.assertEqual(run.summary["bytes_scanned"], len(raw))
                for o in run.of_type("occurrence", column="身分證字號"):
                    value = ROWS["customers"][o["row"] - 1][2].encode()
                    self.assertEqual(raw[o["offset"]:o["offset"] + o["length"]], value)

    def test_where_the_table_stands_changes_nothing(self):
        twin = self.field_counts(self.scan(self.file("a.html", page(ROWS["customers"])), status=1))
        for shift in (1, 100000, 131071, 131072, 131073, 262143, 400000):
            text = page(ROWS["customers"]).replace("<h1>", "<p>" + "x " * (shift // 2) + "</p><h1>")
            with self.subTest(shift):
                found = self.field_counts(self.scan(self.file("a.html", text), status=1))
                self.assertEqual(found, twin)

    def test_names_beside_values(self):
        pairs = "".join(f"<tr><td colspan=2>第 {i} 筆</td></tr><tr><th>姓名</th><td>陳美玲</td><th>身分證字號</th><td>A143231948</td></tr>"
                        f"<tr><th>生日</th><td><b>1985-03-12</b></td><th>備註</th><td></td></tr>" for i in (1, 2, 3))
        run = self.scan(self.file("pairs.html", f"<html><body><table>{pairs}</table></body></html>"), "-v", "--fail-on", "never")
        self.assertEqual({(f["table"], f["column"], f["kind"], f["values"]) for f in run.fields}, {
            ("table 1", "姓名", "person_name", 3), ("table 1", "身分證字號", "tw_national_id", 3),
            ("table 1", "生日", "birth_date", 3)})
        self.assertEqual([c["unit_rows"] for c in run.coverage], [3])
        self.assertEqual([e["row"] for f in run.fields if f["column"] == "生日" for e in f["examples"]], [1, 2, 3])

    def test_long_tables(self):
        run = self.scan(self.file("long.html", page(ROWS["customers"] * 30)), status=1)
        counts = self.field_counts(run)["身分證字號"]["tw_national_id"]
        self.assertEqual(counts["clear"], 30 * expected()["customers"]["idno"]["tw_national_id"]["clear"])

    def test_forms_comments_scripts_and_what_is_hidden(self):
        ids = [row[2] for row in ROWS["customers"] if row[2][1] in "12" and row[2].isalnum()]
        run = self.scan("-v", self.file("form.html", f"""<!DOCTYPE html><html><body>
          <form><input type=hidden name="idno" value="{ID}"><input name='mobile' value='{MOBILE}'></form>
          <!-- 身分證字號：{ids[0]} --><div style="display:none">身分證字號：{ids[1]}</div>
          <script>var u = {json.dumps({"idno": ids[2]})}; if (a<b) {{ "<table>" }}</script>
          <p>身分證字號：<b>{ids[3]}</b></p></body></html>"""), status=None)
        found = {}
        for f in run.fields:
            found.setdefault(f["column"], {})[f["kind"]] = f["clear"]
        self.assertEqual(found["idno"], {"tw_national_id": 1})
        self.assertEqual(found["mobile"], {"phone_mobile": 1})
        self.assertEqual(found[""]["tw_national_id"], 4)
        self.assertEqual(run.of_type("coverage")[0]["detail"],
                         "hidden: elements that a browser does not show 2 (input idno, div), comments 1")

    def test_names_of_hidden_elements_are_not_cut_inside_a_value(self):
        for before in range(1, 8):
            element = "x" * before + "-" + MOBILE
            run = self.scan("-v", self.file("page.html", f"<html><body><{element} hidden>a</{element}></body></html>"),
                            secrets=[MOBILE])
            self.assertNotIn(MOBILE[:6], run.of_type("coverage")[0]["detail"])

    def test_data_in_attributes_inside_of_cells(self):
        rows = [[*row[:1], f'<a href="mailto:{row[5]}">{row[1]}</a>', *row[2:5], "-", *row[6:]]
                for row in ROWS["customers"]]
        run = self.scan(self.file("links.html", page(rows)), status=1)
        self.assertEqual(self.field_counts(run)[""]["email"]["clear"],
                         expected()["customers"]["email"]["email"]["clear"])

    def test_every_cut_is_survived(self):
        data = page(ROWS["customers"][:30]).encode()
        for sixteenth in range(1, 16):
            part = data[:len(data) * sixteenth // 16]
            with self.subTest(sixteenth):
                run = self.scan(self.file("cut.html", part), status=None)
                self.assertEqual(run.summary["bytes_scanned"], len(part))


if __name__ == "__main__":
    main()
