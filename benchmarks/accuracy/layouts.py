"""Ways in which tables are written down. A layout is a function of a table and a seeded random
generator; it gives the text and, for every column, the (table, column) under which a scanner that
understands the layout must report it. `LAYOUTS` names them all."""

import csv
import io
import json
import re
import urllib.parse
from xml.sax.saxutils import escape

DATABASE = "shop"


def rows_of(table):
    return list(zip(*[c.cells for c in table.columns]))


def names_of(table):
    return [c.name for c in table.columns]


def places(table, name="", columns=None):
    return [(name, c) for c in (columns or names_of(table))]


# ---- delimited text ----

def delimited(header=True, **options):
    def render(table, random):
        out = io.StringIO()
        writer = csv.writer(out, **{"lineterminator": "\r\n", **options})
        if header:
            writer.writerow(names_of(table))
        writer.writerows(rows_of(table))
        columns = None if header else [f"#{i + 1}" for i in range(len(table.columns))]
        return out.getvalue(), places(table, columns=columns)
    return render


# ---- SQL ----

def literal(text, prefix="", escapes="mysql"):
    if text == "":
        return "NULL"
    if escapes == "mysql":
        text = text.replace("\\", "\\\\").replace("'", "\\'")
    else:
        text = text.replace("'", "''")
    return f"{prefix}'{text}'"


def ddl(table, quote, types="text"):
    body = ",\n".join(f"  {quote}{c}{quote} {types}" for c in names_of(table))
    return f"CREATE TABLE {quote}{table.name}{quote} (\n{body}\n)"


def mysqldump(create=True, columns=False, extended=True):
    def render(table, random):
        lines = ["-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)", "--",
                 f"-- Host: localhost    Database: {DATABASE}",
                 "-- ------------------------------------------------------",
                 "/*!40101 SET NAMES {charset:mysql} */;", ""]
        if create:
            lines += [f"DROP TABLE IF EXISTS `{table.name}`;", ddl(table, "`", "varchar(255) DEFAULT NULL")
                      + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;", ""]
        lines.append(f"LOCK TABLES `{table.name}` WRITE;")
        listed = " (" + ", ".join(f"`{c}`" for c in names_of(table)) + ")" if columns else ""
        tuples = ["(" + ",".join(literal(v) for v in row) + ")" for row in rows_of(table)]
        into = f"INSERT INTO `{table.name}`{listed} VALUES "
        lines += [into + ",".join(tuples) + ";"] if extended else [into + t + ";" for t in tuples]
        lines += ["UNLOCK TABLES;", "-- Dump completed on 2026-01-31 10:00:00", ""]
        named = create or columns
        return "\n".join(lines), places(table, table.name, None if named else
                                        [f"#{i + 1}" for i in range(len(table.columns))])
    return render


def pg_escape(text):
    return text.replace("\\", "\\\\").replace("\t", "\\t") or "\\N"


def pg_dump(style):
    def render(table, random):
        name = f"public.{table.name}"
        quoted = [f'"{c}"' for c in names_of(table)]
        lines = ["--", "-- PostgreSQL database dump", "--", "", "SET client_encoding = '{charset:pg}';",
                 "SET standard_conforming_strings = on;", "",
                 f"CREATE TABLE {name} (\n" + ",\n".join(f"    {c} text" for c in quoted) + "\n);", ""]
        if style == "copy":
            lines += [f"COPY {name} ({', '.join(quoted)}) FROM stdin;"]
            lines += ["\t".join(map(pg_escape, row)) for row in rows_of(table)] + ["\\.", ""]
        else:
            listed = f" ({', '.join(quoted)})" if style == "columns" else ""
            lines += [f"INSERT INTO {name}{listed} VALUES (" +
                      ", ".join(literal(v, escapes="standard") for v in row) + ");" for row in rows_of(table)]
        lines += ["", "--", "-- PostgreSQL database dump complete", "--", ""]
        return "\n".join(lines), places(table, name)
    return render


def sql_server(table, random):
    lines = [f"USE [{DATABASE}]", "GO", f"SET IDENTITY_INSERT [dbo].[{table.name}] ON", "GO"]
    listed = ", ".join(f"[{c}]" for c in names_of(table))
    for row in rows_of(table):
        lines += [f"INSERT [dbo].[{table.name}] ({listed}) VALUES (" +
                  ", ".join(literal(v, "N", "standard") for v in row) + ")"]
    return "\r\n".join([*lines, "GO", ""]), places(table, f"dbo.{table.name}")


def oracle(table, random):
    lines = ["REM INSERTING into SHOP." + table.name.upper(), "SET DEFINE OFF;"]
    listed = ",".join(f'"{c}"' for c in names_of(table))
    lines += [f"Insert into SHOP.{table.name.upper()} ({listed}) values (" +
              ",".join(literal(v, escapes="standard") for v in row) + ");" for row in rows_of(table)]
    return "\n".join([*lines, ""]), places(table, f"SHOP.{table.name.upper()}")


def plain_insert(table, random):
    listed = ", ".join(names_of(table))
    tuples = ",\n".join("(" + ", ".join(literal(v, escapes="standard") for v in row) + ")"
                        for row in rows_of(table))
    return f"INSERT INTO {table.name} ({listed}) VALUES\n{tuples};\n", places(table, table.name)


def mysqldump_xml(table, random):
    lines = ['<?xml version="1.0"?>', '<mysqldump xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
             f'<database name="{DATABASE}">', f'\t<table_data name="{table.name}">']
    for row in rows_of(table):
        lines.append("\t<row>")
        lines += [f'\t\t<field name="{escape(c)}">{escape(v)}</field>' for c, v in zip(names_of(table), row)]
        lines.append("\t</row>")
    return "\n".join([*lines, "\t</table_data>", "</database>", "</mysqldump>", ""]), \
        places(table, f"{DATABASE}.{table.name}")


# ---- JSON ----

def key_path(*keys):
    return ".".join(re.sub(r"([.\[\\])", r"\\\1", key) for key in keys)


def json_lines(ascii_only=False):
    def render(table, random):
        text = "\n".join(json.dumps(dict(zip(names_of(table), row)), ensure_ascii=ascii_only)
                         for row in rows_of(table)) + "\n"
        return text, places(table, columns=[key_path(c) for c in names_of(table)])
    return render


def json_nested(table, random):
    lines = [json.dumps({"level": "info", "order": {"no": str(i), "data": dict(zip(names_of(table), row))}},
                        ensure_ascii=False) for i, row in enumerate(rows_of(table))]
    return "\n".join(lines) + "\n", places(table, columns=[key_path("order", "data", c) for c in names_of(table)])


def json_array(table, random):
    items = [dict(zip(names_of(table), row)) for row in rows_of(table)]
    return json.dumps(items, ensure_ascii=False, indent=2), \
        places(table, columns=[key_path(c) for c in names_of(table)])


# ---- logs ----

def stamp(random):
    return f"2026-01-{random.randint(10, 28)} {random.randint(10, 23)}:{random.randint(10, 59)}:{random.randint(10, 59)}"


def key_value_log(quoted):
    def render(table, random):
        lines = []
        for row in rows_of(table):
            pairs = []
            for name, value in zip(names_of(table), row):
                whole = not re.search(r'[\s",;&]', value)
                pairs.append(f'{name}={value}' if whole and not quoted else f'{name}="{value}"')
            lines.append(f"{stamp(random)},{random.randint(100, 999)} INFO  [worker-{random.randint(1, 9)}] saved "
                         + " ".join(pairs))
        return "\n".join(lines) + "\n", places(table)
    return render


def query(row, names, random, encoding="utf-8"):
    return "&".join(f"{urllib.parse.quote(n)}={urllib.parse.quote(v, safe='')}" for n, v in zip(names, row))


def access_log(table, random):
    lines = []
    for row in rows_of(table):
        lines.append(f'203.0.113.{random.randint(1, 250)} - - [{random.randint(10, 28)}/Jan/2026:10:{random.randint(10, 59)}:'
                     f'{random.randint(10, 59)} +0800] "GET /order?{query(row, names_of(table), random)} HTTP/1.1" 200 '
                     f'{random.randint(200, 9000)} "-" "Mozilla/5.0 (Windows NT 10.0)"')
    return "\n".join(lines) + "\n", places(table)


def post_log(table, random):
    lines = [f"[{stamp(random)}] DEBUG POST body: {query(row, names_of(table), random)}" for row in rows_of(table)]
    return "\n".join(lines) + "\n", places(table)


# ---- running text: no columns, values behind their labels ----

LABELS = {
    "tw_national_id": ("身分證字號", "身分證", "身份證號碼"), "tw_resident_id": ("居留證號", "統一證號"),
    "tw_resident_id_old": ("居留證號",), "person_name": ("姓名", "收件人", "聯絡人", "訂購人"), "birth_date": ("生日", "出生日期"),
    "phone_mobile": ("手機", "電話", "聯絡電話", "行動電話"), "phone_landline": ("電話", "市話", "聯絡電話"),
    "phone": ("電話", "聯絡電話"), "email": ("E-mail", "信箱", "電子郵件"), "address": ("地址", "收件地址", "通訊地址"),
    "card_number": ("信用卡號", "卡號"), "card_security_code": ("安全碼", "CVV"), "card_expiry": ("有效期限",),
    "tw_passport": ("護照號碼",), "tw_nhi_card": ("健保卡號",), "tw_driver_license": ("駕照號碼",),
    "tw_citizen_certificate": ("自然人憑證",), "tw_mobile_barcode": ("手機條碼",), "vehicle_plate": ("車牌號碼", "車號"),
    "bank_account": ("銀行帳號", "匯款帳號"), "password": ("密碼",), "card_track": ("磁軌資料",),
}


def labelled(column, random):
    return random.choice(LABELS[column.labels]) if column.labels else column.name


def form(table, random, between="\n", sign="：", before="", after="\n\n"):
    out = []
    for row in rows_of(table):
        parts = [f"{labelled(c, random)}{sign}{v}" for c, v in zip(table.columns, row) if v]
        out.append(before + between.join(parts) + after)
    return "".join(out), None


def form_colon(table, random):
    return form(table, random, sign=": ")


def form_full_width(table, random):
    return form(table, random)


def form_sentences(table, random):
    return form(table, random, "，", "：", "客服紀錄　今日來電，", "。請於三個工作天內回覆，謝謝。\n")


def form_slashes(table, random):
    return form(table, random, " / ", ":", "※ ", "\n")


def form_semicolons(table, random):
    return form(table, random, "；", "：", "備註：", "\n")


def form_brackets(table, random):
    out = []
    for row in rows_of(table):
        out.append(" ".join(f"【{labelled(c, random)}】{v}" for c, v in zip(table.columns, row) if v) + "\n")
    return "".join(out), None


def mail(table, random):
    out = ["From: MAILER-DAEMON\r\nSubject: =?UTF-8?B?6KiC5Zau6YCa55+l?=\r\n"
           "Date: Sat, 31 Jan 2026 10:00:00 +0800\r\nMIME-Version: 1.0\r\n"
           "Content-Type: text/plain; charset={charset:mime}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n您好：\r\n\r\n以下為今日訂單資料。\r\n\r\n"]
    for row in rows_of(table):
        out += [f"{labelled(c, random)}：{v}\r\n" for c, v in zip(table.columns, row) if v] + ["\r\n"]
    return "".join(out), None


def chat(table, random):
    out = []
    for row in rows_of(table):
        out += [f"[{random.randint(10, 23)}:{random.randint(10, 59)}] 客服小幫手\t請問您的{labelled(c, random)}？\n"
                f"[{random.randint(10, 23)}:{random.randint(10, 59)}] 王先生\t{labelled(c, random)}是 {v} 喔\n"
                for c, v in zip(table.columns, row) if v]
    return "".join(out), None


def items(pattern):
    """A list of labels and values, each in a line of its own as PATTERN says."""
    def render(table, random):
        out = []
        for row in rows_of(table):
            out += [pattern.format(labelled(c, random), v) + "\n" for c, v in zip(table.columns, row) if v] + ["\n"]
        return "".join(out), None
    return render


def application_log(table, random):
    lines = []
    for row in rows_of(table):
        parts = [f"{labelled(c, random)}：{v}" for c, v in zip(table.columns, row) if v]
        lines += [f"{stamp(random)} ERROR c.s.OrderService - 建立訂單失敗 {p}" for p in parts]
    return "\n".join(lines) + "\n", None


def html_page(table, random):
    out = ["<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>訂單</title></head><body>\n"]
    for row in rows_of(table):
        out.append("<dl>" + "".join(f"<dt>{labelled(c, random)}</dt><dd>{escape(v)}</dd>\n"
                                    for c, v in zip(table.columns, row) if v) + "</dl>\n")
    return "".join(out) + "</body></html>\n", None


LAYOUTS = {  # name: (file ending, function, what the table must be)
    "csv": ("csv", delimited(), "named"),
    "csv-quoted": ("csv", delimited(quoting=csv.QUOTE_ALL), "named"),
    "csv-semicolon": ("csv", delimited(delimiter=";"), "named"),
    "csv-bar": ("txt", delimited(delimiter="|"), "named"),
    "csv-lf": ("csv", delimited(lineterminator="\n"), "named"),
    "tsv": ("tsv", delimited(delimiter="\t"), "named"),
    "csv-no-header": ("csv", delimited(header=False), "nameless"),
    "csv-quoted-no-header": ("csv", delimited(header=False, quoting=csv.QUOTE_ALL), "nameless"),
    "tsv-no-header": ("txt", delimited(header=False, delimiter="\t"), "nameless"),
    "mysqldump": ("sql", mysqldump(), "named"),
    "mysqldump-complete": ("sql", mysqldump(columns=True), "named"),
    "mysqldump-rows": ("sql", mysqldump(extended=False), "named"),
    "mysqldump-data-only": ("sql", mysqldump(create=False), "nameless"),
    "mysqldump-data-columns": ("sql", mysqldump(create=False, columns=True), "named"),
    "mysqldump-xml": ("xml", mysqldump_xml, "named"),
    "pg-copy": ("sql", pg_dump("copy"), "named"),
    "pg-inserts": ("sql", pg_dump("inserts"), "named"),
    "pg-column-inserts": ("sql", pg_dump("columns"), "named"),
    "sql-server": ("sql", sql_server, "named"),
    "oracle": ("sql", oracle, "named"),
    "sql-insert": ("sql", plain_insert, "named"),
    "json-lines": ("jsonl", json_lines(), "named"),
    "json-lines-ascii": ("jsonl", json_lines(ascii_only=True), "named"),
    "json-nested": ("log", json_nested, "named"),
    "json-array": ("json", json_array, "named"),
    "log-key-value": ("log", key_value_log(False), "named"),
    "log-key-quoted": ("log", key_value_log(True), "named"),
    "log-access": ("log", access_log, "named"),
    "log-post": ("log", post_log, "named"),
    "text-form": ("txt", form_full_width, "text"),
    "text-form-ascii": ("txt", form_colon, "text"),
    "text-sentences": ("txt", form_sentences, "text"),
    "text-slashes": ("txt", form_slashes, "text"),
    "text-semicolons": ("txt", form_semicolons, "text"),
    "text-brackets": ("txt", form_brackets, "text"),
    "text-mail": ("eml", mail, "text"),
    "text-chat": ("txt", chat, "text"),
    "text-log": ("log", application_log, "text"),
    "text-html": ("html", html_page, "text"),
    "text-markdown": ("md", items("- **{}**：{}"), "text"),
    "text-emphasis": ("md", items("* **{}：** {}"), "text"),
    "text-bars": ("txt", items("{}|{}"), "text"),
    "text-tabs": ("txt", items("{}\t{}"), "text"),
    "text-quotes": ("txt", items("「{}」：「{}」"), "text"),
}
