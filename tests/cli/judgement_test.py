"""What counts in running text and what does not: lines in, values by kind and state out."""

from harness import ProgramTest, main


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


if __name__ == "__main__":
    main()
