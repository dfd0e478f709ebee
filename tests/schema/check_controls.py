#!/usr/bin/env python3
"""Is every control answered? The list (rules/controls.tsv), the packs and docs/controls.md must agree.

usage: check_controls.py ROOT [--write]    --write makes the tables of docs/controls.md anew
"""
import pathlib
import re
import sys

try:
    import yaml
except ImportError as missing:
    sys.exit(f"{missing}: install the Debian package python3-yaml")

LEVELS = {"requirement", "baseline", "better-practice", "guidance", "audit-item", "standard"}
HOW = {"rule", "evidence", "not-by-data"}
# 不符合事項 is the word for a finding; the others are not what is written in Taiwan.
FORBIDDEN = ["違法", "违", "數據", "数据", "屏蔽", "信息", "服務器", "視頻", "身份證", "默認", "日志",
             "加固", "脫敏", "快遞單", "運單號", "密鑰"]
MARK = "<!-- {} -->"


def table(file):
    lines = file.read_text("utf-8").splitlines()
    names = lines[0].split("\t")
    rows = [line.split("\t") for line in lines[1:]]
    wrong = [f"{file.name}:{i}: {len(row)} cells" for i, row in enumerate(rows, 2)
             if len(row) != len(names)]
    return [dict(zip(names, row)) for row in rows], wrong


def packs(folder):
    """{id of a control: (rule, id of the rule)}, and the texts of every pack."""
    found, texts = {}, []
    for file in sorted(folder.glob("*.yaml")):
        text = file.read_text("utf-8")
        texts.append((file.name, text))
        pack = yaml.safe_load(text)
        for rule in pack.get("rules", []):
            for section in [rule["section"], *rule.get("controls", [])]:
                found[f"{pack['pack']}/{section}"] = (rule, f"{pack['pack']}/{rule['section']}")
    return found, texts


def check_row(row, answers, rules):
    what = row["id"]
    if not re.fullmatch(r"[\x21-\x7e]+", what) or not what.startswith(row["document"] + "/"):
        yield f"{what}: the id must be ASCII and start with its document"
    if row["level"] not in LEVELS or row["how"] not in HOW or row["class"] not in ("all", "2"):
        yield f"{what}: level, class or how is unknown"
    if not row["en"] or not row["zh"]:
        yield f"{what}: a text is missing"
    rule = rules.get(what)
    if row["how"] == "rule":
        if rule is None or rule[1] != row["answer"]:
            yield f"{what}: {row['answer']} is no rule that names this section"
        elif rule[0]["level"] != row["level"] or str(rule[0].get("class", "all")) != row["class"]:
            yield f"{what}: level or class differs from {rule[1]}"
    elif rule is not None:
        yield f"{what}: {rule[1]} answers it, the list says {row['how']}"
    else:
        for code in row["answer"].split(","):
            if code not in answers:
                yield f"{what}: rules/answers.tsv has no \"{code}\""
            elif (answers[code]["shown_by"] == "") != (row["how"] == "not-by-data"):
                yield f"{what}: \"{code}\" does not go with {row['how']}"


def markdown(controls, answers):
    """The tables of docs/controls.md."""
    def line(row):
        printed = "" if row["printed"] == row["id"].split("/", 1)[1] else f" ({row['printed']})"
        reasons = " ".join(answers[code]["en"] for code in row["answer"].split(","))
        return f"| `{row['id']}`{printed} | {row['level']} | {row['en']} | {reasons} |"
    rows = [line(row) for row in controls if row["how"] == "not-by-data"]
    told = [f"| `{code}` | {answer['shown_by'].replace('|', ',')} | {answer['en']} | "
            f"{sum(code in row['answer'].split(',') for row in controls if row['how'] == 'evidence')} |"
            for code, answer in answers.items() if answer["shown_by"]]
    counts = []
    for document in dict.fromkeys(row["document"] for row in controls):
        of = [row for row in controls if row["document"] == document]
        numbers = [sum(row["how"] == how for row in of) for how in ("rule", "evidence", "not-by-data")]
        counts.append(f"| {document} | {len(of)} | " + " | ".join(map(str, numbers)) + " |")
    return {
        "counts": "\n".join(["| document | listed | by a rule | by evidence | not by data |",
                             "|---|---|---|---|---|", *counts]),
        "answers": "\n".join(["| answer | printed by | what it says | controls |", "|---|---|---|---|",
                              *told]),
        "reasons": "\n".join(["| control | level | what it demands | why data cannot show it |",
                              "|---|---|---|---|", *rows])}


def check_page(page, tables, write):
    text = page.read_text("utf-8")
    for name, wanted in tables.items():
        begin, end = MARK.format(name), MARK.format("end of " + name)
        if begin not in text or end not in text:
            yield f"{page.name}: the marks of the table \"{name}\" are missing"
            continue
        head, rest = text.split(begin, 1)
        old, tail = rest.split(end, 1)
        if old.strip() != wanted and not write:
            yield f"{page.name}: the table \"{name}\" is not that of the list: run this with --write"
        text = f"{head}{begin}\n{wanted}\n{end}{tail}"
    if write:
        page.write_text(text, "utf-8")


def main(root, write):
    controls, failures = table(root / "rules/controls.tsv")
    answer_rows, more = table(root / "rules/answers.tsv")
    failures += more
    answers = {row["code"]: row for row in answer_rows}
    rules, texts = packs(root / "rules")
    ids = [row["id"] for row in controls]
    failures += [f"{what}: listed twice" for what in {i for i in ids if ids.count(i) > 1}]
    for row in controls:
        failures += check_row(row, answers, rules)
    failures += [f"{what}: a rule names it, the list does not" for what in rules
                 if what not in ids and not what.startswith("yinma/")]
    of_documents = sum(row["document"] != "pci" for row in controls)
    if of_documents != 417:
        failures.append(f"{of_documents} controls of the documents are listed, 417 are known")
    used = {code for row in controls for code in row["answer"].split(",")}
    failures += [f"rules/answers.tsv: nothing is answered by \"{code}\"" for code in answers
                 if code not in used]
    texts += [(name, (root / "rules" / name).read_text("utf-8"))
              for name in ("controls.tsv", "answers.tsv")]
    failures += [f"{name}: {word} is not the word to use" for name, text in texts
                 for word in FORBIDDEN if word in text]
    failures += check_page(root / "docs/controls.md", markdown(controls, answers), write)
    print("\n".join(failures) if failures else f"{len(controls)} controls are answered")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), "--write" in sys.argv))
