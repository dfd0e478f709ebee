#!/usr/bin/env python3
"""Are the words of the glossary used everywhere, and those it forbids nowhere?

usage: glossary.py YINMA SOURCE_FOLDER
"""
import csv
import json
import pathlib
import re
import subprocess
import sys


def han(text):
    return re.search(r"[\u4e00-\u9fff]", text) is not None


def po_texts(file):
    """(line, msgid, msgstr) of every message."""
    entries = re.split(r"\n\n", file.read_text(encoding="utf-8"))
    line = 1
    for entry in entries:
        joined = lambda key: "".join(
            "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', block))
            for block in re.findall(rf'^{key}(?:\[0\])? ((?:"(?:[^"\\]|\\.)*"\n?)+)', entry + "\n", re.M))
        yield line, joined("msgid"), joined("msgstr")
        line += entry.count("\n") + 2


def chinese_files(folder):
    yield from sorted((folder / "rules").glob("*.yaml"))
    yield from sorted((folder / "rules").glob("*.tsv"))
    yield from sorted((folder / "reports").glob("**/*.[ch]"))
    yield from sorted((folder / "reports" / "html").glob("*"))
    yield folder / "README.zh-TW.md"
    yield folder / "po" / "zh_TW.po"


def main(program, folder):
    terms = json.loads(subprocess.run([program, "list", "glossary", "--format", "json"], check=True,
                                      capture_output=True, text=True).stdout)
    problems = []
    never = {word: term for term in terms for word in term.get("never_zh", "").split(",") if word}
    for file in chinese_files(folder):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for word, term in never.items():
                # 託運單 holds 運單: a forbidden word inside the right one is none
                if word in line.replace(term["zh"], "").replace("託運單", ""):
                    problems.append(f"{file.relative_to(folder)}:{number}: {word}: the word is {term['zh']}")
    translations = {msgid: msgstr for _, msgid, msgstr in po_texts(folder / "po" / "zh_TW.po")}
    for term in terms:
        if term["en"] in translations and term["key"] not in ("people", "waybills and parcel labels"):
            given = translations[term["en"]]
            if given and not (given in term["zh"] or term["zh"] in given):
                problems.append(f"po/zh_TW.po: \"{term['en']}\" is \"{given}\", the glossary says \"{term['zh']}\"")
    for wanted in ("明碼", "遮蔽不足", "已遮蔽", "加密或雜湊", "不符合事項", "作業環境之電腦", "託運單列印電腦",
                   "公開之網頁伺服器", "筆數（人）"):
        if wanted not in [term["zh"] for term in terms]:
            problems.append(f"the glossary lacks {wanted}")
    print("\n".join(problems) if problems else f"{len(terms)} terms, {len(never)} words that are not used")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
