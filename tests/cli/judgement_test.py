"""What counts in running text and what does not: lines in, values by kind and state out."""

import json
import random

from harness import ProgramTest, main
from people import People


class JudgementTest(ProgramTest):
    def found(self, text, name="note.txt", encoding="utf-8"):
        """{kind: {state: count}} at default confidence."""
        run = self.scan(self.file(name, text.encode(encoding)))
        found = {}
        for field in run.fields:
            states = found.setdefault(field["kind"], {})
            for state in ("clear", "weak", "masked", "encrypted"):
                if field[state]:
                    states[state] = states.get(state, 0) + field[state]
        return found

    def test_look_alikes_do_not_count(self):
        for text in ("00000020  b2 21 42 15 03 03 00 1a  00 00 00 00 00 00 00 02\n",
                     "   7:\te8 00 00 00 00       \tcallq  c <init+0xc>\n",
                     "     #x100000000                  XkbInternalMods\n",
                     "svXXXXXXXX contains the sub-vendor ID, sdXXXXXXXX the subsystem's\n",
                     "invalidate_cblocks 2345 3456-4567 5678-6789\n",
                     '<path d="m517.15 22.013c-461 0-922 461-922 922v11169c0 461 461 923 922"/>\n',
                     'if [ -z "$addr" ] || [[ "$addr" == \\#* ]]; then continue; fi\n',
                     "Physical Address: XX-XX-XX-XX-XX-XX\n",
                     'printf("123\\t12345\\t123456789\\t.")\n'):
            self.assertEqual(self.found(text), {}, text)

    def test_a_line_end_inside_a_string_is_a_boundary(self):
        self.assertEqual(self.found('message="saved\\nA143231948\\tdone"\n'),
                         {"tw_national_id": {"clear": 1}})

    def test_hidden_values_behind_labels_count(self):
        self.assertEqual(self.found("姓名：王○明\n生日：1980-XX-XX\n"),
                         {"person_name": {"masked": 1}, "birth_date": {"masked": 1}})

    def test_numbers_in_other_characters_count(self):
        self.assertEqual(self.found("會員 Ａ１４３２３１９４８ 已更新\n手機：０９２３４５６１２３\n"),
                         {"tw_national_id": {"clear": 1}, "phone_mobile": {"clear": 1}})
        self.assertEqual(self.found("證號 A14○○○○948，手機：0923-4561●●，市話：(037)23-4567\n"),
                         {"tw_national_id": {"masked": 1}, "phone_mobile": {"weak": 1},
                          "phone_landline": {"clear": 1}})

    def test_names_with_blanks_in_them(self):
        rows = "".join(f"{name},{i}\n" for i, name in enumerate(("陳 家豪", "林　志　明", "王 美", "黃 ○ 華", "張 小姐")))
        self.assertEqual(self.found("姓名,數量\n" + rows, "t.csv"), {"person_name": {"clear": 3, "masked": 2}})
        self.assertEqual(self.found("品名,數量\n" + rows.replace("○", "小"), "t.csv"), {})

    def test_extensions_are_no_part_of_a_number(self):
        for text in ("(02)2765-4328#123", "(02)27654328#5", "電話：(02) 2765-4328 #1234", "(037)23-4567#12",
                     "02-2765-4328#123", "TEL：(02)2765-4328#123"):
            self.assertEqual(self.found(text + "\n"), {"phone_landline": {"clear": 1}}, text)
        self.assertEqual(self.found("電話：(02)2765-####\n"), {"phone_landline": {"masked": 1}})

    def test_markup_between_label_and_value(self):
        for text in ("<dt>姓名</dt><dd>陳家豪</dd>\n", "【姓名】陳家豪\n", "- **姓名**：陳家豪\n"):
            self.assertEqual(self.found(text), {"person_name": {"clear": 1}}, text)

    def test_names_of_columns_are_no_values(self):
        rows = "".join(f"{i}\t陳家豪\t{i * 7}\n" for i in range(10, 30))
        self.assertEqual(self.found("編號\t聯絡人姓名\t金額\n" + rows, "t.tsv"),
                         {"person_name": {"clear": 20}})

    def test_a_bracket_belongs_to_the_value_that_opened_it(self):
        run = self.scan(self.file("a.log", "2026-01-12 10:00:00 INFO saved home_tel=(02)23456781 id=7\n" * 3))
        self.assertEqual([(f["column"], f["clear"]) for f in run.fields], [("home_tel", 3)])

    def test_many_checked_values_outweigh_a_neutral_name(self):
        """A column of member numbers a third of which are ID numbers; random ones pass in one case of ten."""
        people, chance = People(11), random.Random(11)
        ids = [people.national_id() for _ in range(20)]
        for name in ("id", "no", "編號"):
            def table(values):
                return f"{name},qty\n" + "".join(f"{value},{i}\n" for i, value in enumerate(values))
            others = [f"M-{chance.randrange(10**5):05}" for _ in range(40)]
            self.assertEqual(self.found(table(ids + others), "t.csv"), {"tw_national_id": {"clear": 20}}, name)
            self.assertEqual(self.found(table(ids[:1] * 20 + others), "t.csv"), {}, name)
            shaped = [f"{chance.choice('ABCDEF')}{chance.randrange(10**8, 3 * 10**8)}" for _ in range(300)]
            self.assertEqual(self.found(table(shaped), "t.csv"), {}, name)
            hidden = [value[:2] + "****" + value[6:] for value in ids]
            self.assertEqual(self.found(table(ids[:3] + hidden), "t.csv"),
                             {"tw_national_id": {"clear": 3, "masked": 20}}, name)

    def test_a_field_called_id_may_hold_a_person_s(self):
        """Whole names and last steps of paths, in as few rows as there are; what fails its check is a row's."""
        person, other = People(5).national_id(), {}
        spoiled = person[:-1] + str((int(person[-1]) + 1) % 10)
        for name, text in (("a.log", "2026-01-12 10:00:00 INFO saved user=7 id={}\n"), ("a.json", '{{"id": "{}"}}'),
                           ("b.json", '{{"users": [{{"id": "{}"}}]}}'), ("a.xml", '<users><user id="{}"/></users>'),
                           ("a.csv", "編號,數量\n{},2\n")):
            with self.subTest(name=name, text=text):
                self.assertEqual(self.found(text.format(person), name), {"tw_national_id": {"clear": 1}})
                self.assertEqual(self.found(text.format(spoiled), name), other)
        self.assertEqual(self.found("order_id,qty\n" + person + ",2\n", "a.csv"), other)
        run = self.scan(self.file("c.json", '{"id": "%s"}' % person), status=1)
        self.assertNotIn("name_disagrees", run.fields[0])

    def test_lines_of_logs_that_hold_json(self):
        """What Docker writes: a program's own lines, in quotes; "log" is no owner of the name."""
        lines = [json.dumps({"log": json.dumps({"name": name, "n": n}) + "\n", "stream": "stdout"}) + "\n"
                 for n, name in enumerate(("林美惠", "陳志明", "王淑芬"))]
        self.assertEqual(self.found("".join(lines), "c-json.log"), {"person_name": {"clear": 3}})

    def test_digests_behind_labels_are_of_anything(self):
        self.assertEqual(self.found("檢查碼：" + "2f4a" * 16 + "\n卡號 4539578763621486\n"),
                         {"card_number": {"clear": 1}})

    def test_hidden_ids_go_to_the_kind_of_the_others(self):
        rows = ["A800187801", "F938483726", "H876355150", "E9******24", "W*******02"]
        self.assertEqual(self.found("證件號碼\n" + "\n".join(rows) + "\n", "t.csv"),
                         {"tw_resident_id": {"clear": 3, "masked": 2}})

    def test_names_of_things_are_no_names_of_people(self):
        """A manual's table of registers, a specification's key, the name of an error; each beside a twin."""
        things = ("Current Mode Information", "Exception Status", "Timer Configuration", "Debug Register",
                  "Page Size", "Saved Data Register", "Machine Error Control", "Address Space Identifier")
        people = ("Chen Hui-mei", "Wang Hsiao-ming", "Address Wu", "jean-luc", "Lin, Mei-Ling")
        rows = "".join(f"{i},{thing},R{i}\n" for i, thing in enumerate(things))
        self.assertEqual(self.found("address,Full Name,abbrev\n" + rows, "t.csv"), {})
        rows = "".join(f"{i},{person},R{i}\n" for i, person in enumerate(people))
        self.assertEqual(self.found("no,Full Name,seat\n" + rows, "t.csv"), {"person_name": {"clear": 5}})
        self.assertEqual(self.found("protocol: genl\nc-family-name: fou-genl-name\n", "t.yaml"), {})
        self.assertEqual(self.found("protocol: genl\nfamily-name: Huang\n", "t.yaml"), {"person_name": {"clear": 1}})
        self.assertEqual(self.found('const ErrPwd = "Error!"\n', "t.go"), {})
        self.assertEqual(self.found('const userPwd = "Tr0ub4dor!"\n', "t.go"), {"password": {"clear": 1}})


if __name__ == "__main__":
    main()
