"""Rows that were made to upset readers of dumps, through every form in which servers write them: no
value is lost, none goes to another column, no table comes out of a text."""

import random
import subprocess

from harness import ProgramTest, main
from people import People
from servers import MariaDB, PostgreSQL, ServerMissing

SOURCE = People(606)
NOTES = [
    "); INSERT INTO fake VALUES (1,'A123456789');", "'); INSERT INTO fake VALUES (1,'x'); --", "\\.", "\\N", "a\tb\nc\r\nd",
    "sub\x1astitute", "bell\x07", "quote ' and \" and `", "back\\slash\\", "許功蓋", "許", "蓋\\", "a,b;c|d",
    "-- comment", "/* open", "*/ close", "/*!40101 SET NAMES big5 */", "$$ $tag$", "E'\\''", "DELIMITER ;;",
    "COPY fake (idno) FROM stdin;\nA123456789\n\\.\n", "CREATE TABLE fake (idno text);", "\ufeffmark", "名, 號",
    "0x413132", "x'41'", "NULL", "", "line\u2028end", "%s%n", "=1+1", "<row><field name=\"fake\">", "]]>", "&lt;", "{\"a\":",
]
ROWS = [(i + 1, SOURCE.national_id(), note, SOURCE.mobile(), SOURCE.national_id())
        for i, note in enumerate(NOTES)]
SECRETS = [value for row in ROWS for value in (row[1], row[3], row[4])]
NOT_IN_BIG5 = ("\ufeff", "\u2028")


def hexadecimal(text):
    return text.encode().hex()


class Adversarial(ProgramTest):
    def counts(self, run, kind):
        found = {}
        for f in run.fields:
            if f["kind"] == kind and f["column"]:
                key = f["table"].split(".")[-1], f["column"]
                found[key] = found.get(key, 0) + f["clear"]
        return found

    def check(self, form, run, inside=True):
        """Columns idno and raw hold a number each row, doc and list a mobile number each."""
        with self.subTest(form):
            numbers = self.counts(run, "tw_national_id")
            wanted = {("way`bill", "Receiver, \"idno\""): len(ROWS), ("way`bill", "raw"): len(ROWS)}
            self.assertEqual({key: n for key, n in numbers.items() if key[1] != "note"}, wanted)
            mobiles = {key: n for key, n in self.counts(run, "phone_mobile").items() if key[1] != "note"}
            self.assertEqual(sum(mobiles.values()), len(ROWS) * (1 + inside), mobiles)
            self.assertTrue(all(column.startswith(("doc", "list")) for _, column in mobiles), mobiles)
            self.assertFalse([f for f in run.fields if "fake" in f["table"]])
            self.assertEqual([c for c in run.coverage if c["status"] not in ("scanned", "opaque")], [])

    def test_blobs_of_any_bytes(self):
        """A dump that does not name its encoding: bytes of blobs read like Big5 here and there, and the
        backslash that escapes one of them then is half a character."""
        try:
            server = MariaDB()
        except ServerMissing as missing:
            self.skipTest(str(missing))
        chance = random.Random(707)
        people = [(SOURCE.name(), SOURCE.national_id()) for _ in range(400)]
        rows = [f"({i}, '{name}', X'{chance.randbytes(chance.choice((3, 8, 30, 200, 2000))).hex()}', '{idno}')"
                for i, (name, idno) in enumerate(people)]
        with server:
            server.run("CREATE DATABASE blobs CHARACTER SET utf8mb4")
            server.run("CREATE TABLE cards (id INT, name VARCHAR(20), photo BLOB, idno CHAR(10));"
                       "INSERT INTO cards VALUES " + ",".join(rows), "blobs")
            for form in ([], ["--skip-opt"], ["--skip-set-charset"], ["--default-character-set=latin1"],
                         ["--skip-extended-insert", "--skip-set-charset", "--skip-comments"]):
                dump = subprocess.run(server.dump_command(*form, "blobs"), capture_output=True, check=True)
                run = self.scan(self.file("blobs.sql", dump.stdout), status=1,
                                secrets=[idno for _, idno in people])
                with self.subTest(form):
                    self.assertEqual(self.counts(run, "tw_national_id"), {("cards", "idno"): 400})
                    self.assertEqual([c for c in run.coverage if c["status"] != "scanned"], [])

    def test_mariadb(self):
        try:
            server = MariaDB()
        except ServerMissing as missing:
            self.skipTest(str(missing))
        values = ",".join(
            f"({i}, X'{hexadecimal(idno)}', CONVERT(X'{hexadecimal(note)}' USING utf8mb4), "
            f"'{{\"tel\": \"{mobile}\", \"list\": [\"{mobile}\"]}}', X'{hexadecimal(other)}')"
            for i, idno, note, mobile, other in ROWS)
        with server:
            server.run("CREATE DATABASE adv CHARACTER SET utf8mb4")
            server.run("CREATE TABLE `way``bill` (id INT PRIMARY KEY, `Receiver, \"idno\"` VARCHAR(20) COMMENT "
                       "'身分證字號 (`x`, ''y'')', note TEXT, doc JSON, raw VARBINARY(40)) DEFAULT CHARSET=utf8mb4;"
                       "INSERT INTO `way``bill` VALUES " + values, "adv")
            for form, options in {
                    "default": [], "-c": ["-c"], "--hex-blob": ["--hex-blob"],
                    "--skip-extended-insert": ["--skip-extended-insert"], "--compact": ["--compact"],
                    "--compatible=ansi": ["--compatible=ansi"], "--databases": ["--databases"],
                    "--xml": ["--xml", "--hex-blob"], "--replace": ["--replace", "--insert-ignore"]}.items():
                out = subprocess.run(server.dump_command(*options, "adv"), capture_output=True, check=True).stdout
                self.check(form, self.scan(self.file("adv.xml" if form == "--xml" else "adv.sql", out),
                                           secrets=SECRETS))
            server.run("DELETE FROM `way``bill` WHERE note LIKE CONCAT('%', X'EFBBBF', '%') OR "
                       "note LIKE CONCAT('%', X'E280A8', '%')", "adv")
            out = subprocess.run(server.dump_command("--default-character-set=big5", "adv"),
                                 capture_output=True, check=True).stdout
            run = self.scan(self.file("big5.sql", out), secrets=SECRETS)
            count = len([n for n in NOTES if not any(c in n for c in NOT_IN_BIG5)])
            self.assertEqual(self.counts(run, "tw_national_id")["way`bill", "Receiver, \"idno\""], count)

    def test_mariadb_tab(self):
        try:
            server = MariaDB()
        except ServerMissing as missing:
            self.skipTest(str(missing))
        values = ",".join(f"({i}, '{idno}', CONVERT(X'{hexadecimal(note)}' USING utf8mb4), '{mobile}')"
                          for i, idno, note, mobile, _ in ROWS)
        with server:
            server.run("CREATE DATABASE adv CHARACTER SET utf8mb4")
            server.run("CREATE TABLE bills (id INT PRIMARY KEY, idno VARCHAR(20), note TEXT, mobile VARCHAR(20)) "
                       "DEFAULT CHARSET=utf8mb4; INSERT INTO bills VALUES " + values, "adv")
            for number, options in enumerate(([], ["--fields-enclosed-by=\""], [
                    "--fields-terminated-by=,", "--fields-enclosed-by=\"", "--lines-terminated-by=\r\n"])):
                with self.subTest(options):
                    made = self.folder / f"tab{number}"
                    made.mkdir()
                    made.chmod(0o777)
                    subprocess.run(server.dump_command(f"--tab={made}", *options, "adv"), check=True)
                    run = self.scan(made, secrets=SECRETS)
                    found = sum(f["clear"] for f in run.fields if f["kind"] == "tw_national_id" and
                                f["column"] in ("idno", "#2"))
                    self.assertEqual(found, len(ROWS))

    def test_postgresql(self):
        try:
            server = PostgreSQL()
        except ServerMissing as missing:
            self.skipTest(str(missing))
        values = ",".join(
            f"({i}, convert_from('\\x{hexadecimal(idno)}', 'UTF8'), convert_from('\\x{hexadecimal(note)}', 'UTF8'), "
            f"'{{\"tel\": \"{mobile}\"}}', ARRAY['{mobile}', 'x,y'], '\\x{hexadecimal(other)}')"
            for i, idno, note, mobile, other in ROWS)
        with server:
            server.run("CREATE TABLE \"way`bill\" (id int primary key, \"Receiver, \"\"idno\"\"\" text, note text, "
                       "doc jsonb, list text[], raw bytea); INSERT INTO \"way`bill\" VALUES " + values)
            dump = [server.programs["pg_dump"], *server.connection(), "postgres"]
            for form in ([], ["--inserts"], ["--column-inserts"], ["--inserts", "--rows-per-insert=5"], ["-Fc"],
                         ["-Fc", "-Z0"], ["-Ft"], ["-Fc", "--inserts"]):
                out = subprocess.run([*dump, *form], capture_output=True, check=True).stdout
                self.check(" ".join(["pg_dump", *form]), self.scan(self.file("adv.sql", out), secrets=SECRETS))
                self.check(" ".join(["pg_dump", *form, "|"]), self.scan("-", stdin=out, secrets=SECRETS))
            folder = self.folder / "directory"
            subprocess.run([*dump, "-Fd", "-f", str(folder)], check=True)
            self.check("pg_dump -Fd", self.scan(folder, secrets=SECRETS))
            server.run("DELETE FROM \"way`bill\" WHERE note ~ E'[\\uFEFF\\u2028]'")
            out = subprocess.run([*dump, "-E", "BIG5"], capture_output=True, check=True).stdout
            run = self.scan(self.file("big5.sql", out), secrets=SECRETS)
            count = len([n for n in NOTES if not any(c in n for c in NOT_IN_BIG5)])
            self.assertEqual(self.counts(run, "tw_national_id")["way`bill", "Receiver, \"idno\""], count)


if __name__ == "__main__":
    main()
