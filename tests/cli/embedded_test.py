"""Values in another form inside running text: tokens of web services, bodies of forms, queries."""

import gzip
import random
from urllib.parse import quote

from harness import ProgramTest, main
from printed_test import PEOPLE, SECRETS, TOKENS
from tables import token

CLAIMS = {("jwt.sub", "tw_national_id", 20), ("jwt.name", "person_name", 20),
          ("jwt.phone_number", "phone_mobile", 20)}
FORM = {("name", "person_name", 20), ("id", "tw_national_id", 20), ("tel", "phone_mobile", 20)}
PROSE = "It was cold on that day, and nobody had come to the counter."


class Embedded(ProgramTest):
    def read(self, name, text, encoding="utf-8", **others):
        run = self.scan(self.file(name, text.encode(encoding)), "-v", secrets=SECRETS, **others)
        return {(f["column"], f["kind"], f["values"]) for f in run.fields}, run

    # ---- tokens ----

    def test_tokens(self):
        stamp = "2026-01-31 10:00:00 INFO auth"
        for name, line in (
                ("letter.txt", PROSE + "\nWhat I got was {t}, which did not work.\n"),
                ("quoted.md", PROSE + "\n    curl -H 'Authorization: Bearer {t}' https://x.example\n"),
                ("plain.log", stamp + " accepted {t} in 3 ms\n"),
                ("bare.log", "{t}\n" + stamp + " accepted\n"),
                ("requests.txt", "GET /me HTTP/1.1\nHost: x\nAuthorization: Bearer {t}\nAccept: */*\n\n"),
                ("code.py", "def session{n}(client):\n    # renewed\n    return client.get('Bearer {t}')\n"),
                ("page.html", "<p data-session=\"{t}\">x</p>\n<!-- nothing -->\n"),
                ("log.ndjson", '{{"level":"info","msg":"login with {t} was fine"}}\n'),
                ("notes.csv", "{n},login with {t} was fine\n"),
                ("dump.sql", "INSERT INTO notes VALUES ({n},'login with {t} was fine');\n")):
            with self.subTest(name=name):
                text = "".join(line.format(t=each, n=n) for n, each in enumerate(TOKENS))
                found, run = self.read(name, text)
                self.assertEqual(found, CLAIMS)
                at = next(f for f in run.fields if f["column"] == "jwt.sub")["examples"][1]
                begin = text.index(TOKENS[1])
                self.assertIn(at["offset"], range(begin, begin + len(TOKENS[1])))
                self.assertEqual(at["line"], text[:begin].count("\n") + 1)

    def test_tokens_behind_keys_are_counted_once(self):
        text = "".join(f"2026-01-31 10:00:00 INFO token={each} ok\n" for each in TOKENS)
        self.assertEqual(self.read("keys.log", text)[0],
                         {("token" + c[3:], kind, n) for c, kind, n in CLAIMS})

    def test_what_only_looks_like_a_token(self):
        mark = random.Random(3)

        def letters(count):
            return "".join(mark.choice("abcdefJKLMNOPQRSTUVWXYZ0123456789-_") for _ in range(count))
        text = "".join(f"com.example.eyJobs.Run{n} eyJ{letters(20)}.eyJ{letters(30)}.{letters(9)} "
                       f"eyJ.eyJ. eyJeyJeyJ .eyJ www.eyJ{letters(5)}.example x{TOKENS[0]}\n"
                       for n in range(2000))
        self.assertEqual(self.read("like.txt", text)[0], set())
        self.assertEqual(self.read("cut.txt", PROSE + "\n" + TOKENS[0][:60] + "\n")[0], set())

    def test_tokens_across_buffers(self):
        """Wherever the buffer ends, each token is read once."""
        words = (PROSE + " ") * 12
        text = "".join(f"{words[:n * 37 % 700]} {each}\n" for n, each in enumerate(TOKENS * 60))
        found, _ = self.read("many.txt", text)
        self.assertEqual(found, {(c, kind, 60 * n) for c, kind, n in CLAIMS})
        run = self.scan(self.file("many.gz", gzip.compress(text.encode())), "-j3", "--piece-bytes", "50000")
        self.assertEqual({(f["column"], f["kind"], f["values"]) for f in run.fields}, found)

    def test_long_tokens(self):
        claims = {"roles": [f"role-{n}" for n in range(2000)], "sub": PEOPLE[0][1]}
        found, _ = self.read("long.txt", f"{PROSE}\nsee {token(claims)} there\n{PROSE}\n")
        self.assertEqual(found, {("jwt.sub", "tw_national_id", 1)})

    # ---- forms ----

    def forms(self, before, after, encoding, named=("name", "id", "tel")):
        return "".join(before + "&".join(f"{quote(key.encode(encoding))}={quote(value.encode(encoding))}"
                                         for key, value in zip(named, row)) + after for row in PEOPLE)

    def test_bodies_of_forms(self):
        for number, (before, after) in enumerate((
                ("", "\n"), (PROSE + "\n" + PROSE + "\n\n", "\n" + PROSE + "\n"),
                ("POST /save HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 90\r\n\r\n", "\r\n\r\n"),
                (PROSE + "\nSee https://shop.example.com/find?", " for more.\n"),
                (PROSE + "\nGET /find?", " HTTP/1.1\n"))):
            for encoding in ("utf-8", "cp950"):
                for ending in ("txt", "log", "md"):
                    with self.subTest(before=before, encoding=encoding, ending=ending):
                        text = self.forms(before, after, encoding)
                        found, run = self.read(f"form{number}{encoding}.{ending}", text)
                        self.assertEqual(found, FORM)
                        at = next(f for f in run.fields if f["column"] == "id")["examples"][0]
                        self.assertEqual(at["offset"], text.index(PEOPLE[0][1]))

    def test_chinese_keys(self):
        for encoding in ("utf-8", "cp950"):
            text = self.forms(PROSE + "\n", "\n" + PROSE + "\n", encoding, ("姓名", "身分證字號", "行動電話"))
            self.assertEqual(self.read(f"keys{encoding}.txt", text)[0],
                             {("姓名", "person_name", 20), ("身分證字號", "tw_national_id", 20),
                              ("行動電話", "phone_mobile", 20)})

    def test_ampersands_that_part_nothing(self):
        text = "".join(f"R&D and Q&A, a&b=c&, ?&&=&=, x=1&y {PROSE} &#65;&amp;b=1 {n}\n" for n in range(500))
        self.assertEqual(self.read("and.txt", text)[0], set())
        page = "".join(f"<a href=\"/x?name={quote(row[0])}&amp;id=1&b=2\">{n}</a>\n"
                       for n, row in enumerate(PEOPLE))
        self.assertEqual(self.read("links.html", page)[0], set())


if __name__ == "__main__":
    main()
