"""Reads sheets back: CSV by Python's csv, workbooks by zipfile and XML, both as pages of cells."""

import csv
import io
import re
import zipfile
import xml.etree.ElementTree as ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def csv_pages(data):
    """Pages are parted by empty lines; empty cells at the end of a row do not count."""
    text = data.decode("utf-8-sig")
    pages, page = [], []
    for row in csv.reader(io.StringIO(text, newline="")):
        if row:
            page.append(trimmed(row))
        elif page:
            pages.append(page)
            page = []
    return pages + [page] if page else pages


def trimmed(row):
    row = list(row)
    while row and row[-1] == "":
        row.pop()
    return row


def column_of(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference).group(0):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def book_pages(data):
    """Asserts on the way that nothing in the book is a formula, a link or a macro."""
    book = zipfile.ZipFile(io.BytesIO(data))
    assert not [name for name in book.namelist() if "vba" in name or "externalLink" in name]
    strings = []
    if "xl/sharedStrings.xml" in book.namelist():
        root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        strings = ["".join(text.text or "" for text in item.iter(f"{MAIN}t"))
                   for item in root.iter(f"{MAIN}si")]
    pages, number = [], 1
    while f"xl/worksheets/sheet{number}.xml" in book.namelist():
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
        assert root.find(f".//{MAIN}f") is None and root.find(f".//{MAIN}hyperlink") is None
        page = []
        for row in root.iter(f"{MAIN}row"):
            cells = {}
            for cell in row.iter(f"{MAIN}c"):
                value = cell.find(f"{MAIN}v")
                text = "" if value is None else value.text or ""
                shared = cell.get("t") == "s"
                cells[column_of(cell.get("r"))] = strings[int(text)] if shared else text
            page.append(trimmed(cells.get(i, "") for i in range(max(cells, default=-1) + 1)))
        pages.append(page)
        number += 1
    return pages


def records(page, first="編號"):
    """The rows below the heads as dictionaries."""
    at = next(i for i, row in enumerate(page) if row and row[0] == first)
    heads = page[at]
    return [dict(zip(heads, row + [""] * (len(heads) - len(row)))) for row in page[at + 1:]]
