"""Texts in which a search that looks back, ahead or inwards without an end would take for ever: one mark,
label, quote or opening bracket over and over, in forms and encodings that have ways of their own."""

# name: (ending, encoding, what is repeated, what is repeated behind it)
TEXTS = {
    "marks and blanks": ("txt", "utf-8", "# ", ""),
    "marks": ("txt", "utf-8", "*", ""),
    "circles": ("txt", "utf-8", "○", ""),
    "digits": ("txt", "utf-8", "9", ""),
    "digits in groups": ("txt", "utf-8", "4111 ", ""),
    "hyphens, then marks in a script": ("sql", "utf-8", "-", "# "),
    "numbers without blanks": ("txt", "utf-8", "0912345678", ""),
    "numbers parted by hyphens": ("txt", "utf-8", "0912-", ""),
    "labels": ("txt", "utf-8", "姓名：", ""),
    "labels, then names": ("txt", "utf-8", "電話", "王小明"),
    "address without an end": ("txt", "utf-8", "台北市", "路"),
    "at signs": ("txt", "utf-8", "a@", ""),
    "URLs": ("txt", "utf-8", "http://", ""),
    "queries": ("log", "utf-8", "?a=", "&b="),
    "percent-encoding": ("log", "utf-8", "%E7", ""),
    "references": ("html", "utf-8", "&#x738B;", ""),
    "half references": ("html", "utf-8", "&#", ""),
    "quotes": ("csv", "utf-8", '"', ""),
    "quotes and commas": ("csv", "utf-8", '","', ""),
    "commas": ("csv", "utf-8", ",", ""),
    "quotes of a script": ("sql", "utf-8", "'", ""),
    "escaped quotes of a script": ("sql", "utf-8", "INSERT INTO t VALUES ('", "\\'"),
    "brackets of a script": ("sql", "utf-8", "(", ")"),
    "comments in a script": ("sql", "utf-8", "/*", "*/"),
    "statements without an end": ("sql", "utf-8", "INSERT INTO t VALUES (", ""),
    "updates without an end": ("sql", "utf-8", "UPDATE t SET a='", ""),
    "updates that were cut off": ("sql", "utf-8", "UPDATE t SET a=(1\n/\n", ""),
    "tables that were cut off": ("sql", "utf-8", "CREATE TABLE t (a int\n/\n", ""),
    "brackets that were cut off": ("sql", "utf-8", "SELECT q'[ ;\n", ""),
    "COPY over and over": ("sql", "utf-8", "COPY t (a) FROM stdin;\n", ""),
    "brackets of JSON": ("json", "utf-8", "[", "]"),
    "objects in objects": ("json", "utf-8", '{"a":', "}"),
    "backslashes of JSON": ("json", "utf-8", "\\", ""),
    "elements in elements": ("xml", "utf-8", "<a>", "</a>"),
    "comments of a page": ("html", "utf-8", "<!--", ""),
    "tags without an end": ("html", "utf-8", "<", ""),
    "cells of a page": ("html", "utf-8", "<td>", "</td>"),
    "groups of RTF": ("rtf", "utf-8", "{\\rtf1 ", "}"),
    "encoded words of a mail": ("eml", "utf-8", "Subject: =?utf-8?B?", "=?="),
    "headers of a mail": ("eml", "utf-8", "From: a@b.tw\n", ""),
    "boundaries of a mail": ("eml", "utf-8", "Content-Type: multipart/mixed; boundary=a\n\n", "--a\n"),
    "keys of settings": ("yaml", "utf-8", "a: ", "- "),
    "rulers": ("txt", "utf-8", "+---+\n", "|---|\n"),
    "base64 without an end": ("txt", "utf-8", "QUFB", ""),
    "tokens of web services": ("log", "utf-8", "eyJ", "."),
    "backslashes in Big5": ("sql", "big5", "王\\", ""),
    "trails in Big5": ("txt", "big5", "許功蓋", ""),
    "UTF-16": ("txt", "utf-16-le", "姓名：", "王"),
    "GB18030": ("txt", "gb18030", "姓名：", "王"),
    "zeros": ("dat", "utf-8", "\0", "a"),
}


def write(folder, megabytes):
    """(name, path) of each, written one at a time."""
    for number, (name, (ending, encoding, first, second)) in enumerate(TEXTS.items()):
        unit = [text.encode(encoding) for text in (first, second)]
        count = megabytes * 1_000_000 // sum(map(len, unit))
        path = folder / f"hostile-{number}.{ending}"
        path.write_bytes(unit[0] * count + unit[1] * count)
        yield name, path
