#include "judge/dump_end.h"

static bool holds(struct bytes text, const char *words) {
    return bytes_find(text, bytes_of_string(words)) != SIZE_MAX;
}

bool dump_says_done(struct bytes tail) {
    return holds(tail, "-- Dump completed") || /* mysqldump, mariadb-dump */
           holds(tail, "-- PostgreSQL database dump complete") ||
           holds(tail, "-- PostgreSQL database cluster dump complete");
}

/* Both tools write all of these comments or none of them (mysqldump --skip-comments, --compact).
 * The single lines also stand in files that were put together by hand. */
bool dump_will_say_done(struct bytes head) {
    bool mysql = (holds(head, "-- MySQL dump ") || holds(head, "-- MariaDB dump ")) &&
                 holds(head, "\n-- Host: ") && holds(head, "\n-- Server version");
    bool postgresql = holds(head, "-- PostgreSQL database dump") &&
                      holds(head, "\n-- Dumped from database version ") &&
                      holds(head, "\n-- Dumped by pg_dump version ");
    return mysql || postgresql;
}
