"""Values as PHP's serialize() writes them, in columns: made by PHP 8.2 (tests/data/php/serialized.php)."""

import base64
import json
from pathlib import Path

from harness import ProgramTest, main

LINES = (Path(__file__).parents[1] / "data/php/serialized.txt").read_text().splitlines()
VALUES = {}
for line in LINES:
    what, text = line.split("\t")
    VALUES.setdefault(what, []).append(base64.b64decode(text).decode())
WANTED = {
    "array": {("name", "person_name"), ("idno", "tw_national_id"), ("contacts[].tel", "phone_mobile")},
    "object": {("name", "person_name"), ("idno", "tw_national_id"), ("tel", "phone_mobile")},
    "nested": {("json.name", "person_name"), ("again.email", "email")},
    "session": {("user.name", "person_name"), ("user.tel", "phone_mobile")},
}


def literal(text):
    for plain, written in (("\\", "\\\\"), ("\0", "\\0"), ("'", "\\'"), ('"', '\\"'), ("\n", "\\n")):
        text = text.replace(plain, written)
    return f"'{text}'"


class Php(ProgramTest):
    def found(self, name, text, column):
        """What lies below COLUMN, each twelve times, in clear."""
        run = self.scan(self.file(name, text))
        self.assertEqual({f["clear"] for f in run.fields}, {12})
        for field in run.fields:
            self.assertTrue(field["column"].startswith(column + "."), field["column"])
        return {(f["column"].removeprefix(column + "."), f["kind"]) for f in run.fields}

    def test_in_every_kind_of_table(self):
        for what, values in VALUES.items():
            sql = ("CREATE TABLE `wp_usermeta` (`umeta_id` bigint, `meta_value` longtext);\n"
                   "INSERT INTO `wp_usermeta` VALUES " +
                   ",".join(f"({n},{literal(value)})" for n, value in enumerate(values)) + ";\n")
            plain = [value.replace("\0", "") for value in values] if what != "object" else []
            table = "id,meta_value\n" + "".join('%d,"%s"\n' % (n, v.replace('"', '""')) for n, v in enumerate(plain))
            lines = "".join(json.dumps({"meta_value": value}) + "\n" for value in values)
            for name, text in (("a.sql", sql), ("a.csv", table), ("a.ndjson", lines)):
                if name != "a.csv" or plain:
                    with self.subTest(what=what, name=name):
                        self.assertEqual(self.found(name, text, "meta_value"), WANTED[what])

    def test_behind_many_values_of_other_forms(self):
        others = "".join(json.dumps({"meta_value": f"setting number {n}"}) + "\n" for n in range(2000))
        lines = "".join(json.dumps({"meta_value": value}) + "\n" for value in VALUES["array"])
        self.assertEqual(self.found("a.ndjson", others + lines, "meta_value"), WANTED["array"])

    def test_lengths_that_a_conversion_made_wrong(self):
        """PHP counted bytes of Big5; what is read is UTF-8."""
        lines = "id,v\n" + "".join('%d,"%s"\n' % (n, v.replace("s:9:", "s:6:").replace('"', '""'))
                                   for n, v in enumerate(VALUES["array"]))
        self.assertEqual(self.found("a.csv", lines.encode("big5"), "v"), WANTED["array"])

    def test_what_only_begins_like_one(self):
        """Cut off, or followed by other text: read as the text it is, so nothing that proves itself is lost."""
        for change in (lambda v: v[:-9], lambda v: v + " and more", lambda v: v.replace("b:1;", "b=1;"),
                       lambda v: v.replace("a:6:", "a:" + "9" * 40 + ":"), lambda v: "a:1:{i:0;" * 40 + v + "}" * 40):
            lines = "id,v\n" + "".join('%d,"%s"\n' % (n, change(v).replace('"', '""'))
                                       for n, v in enumerate(VALUES["array"]))
            run = self.scan(self.file("a.csv", lines))
            self.assertEqual({f["clear"] for f in run.fields if f["kind"] == "tw_national_id"}, {12})

    def test_examples_stand_where_the_value_does(self):
        text = "id,v\n" + "".join('%d,"%s"\n' % (n, v.replace('"', '""')) for n, v in enumerate(VALUES["array"]))
        run = self.scan(self.file("a.csv", text), status=1)
        field = next(f for f in run.fields if f["kind"] == "tw_national_id")
        number = VALUES["array"][0].split('"idno";s:10:"')[1][:10]
        self.assertEqual(field["examples"][0]["offset"], len(text[:text.index(number)].encode()))


if __name__ == "__main__":
    main()
