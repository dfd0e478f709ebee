/* zones.h - the roles of the place a unit stands in; a unit has a set of them. */
#ifndef YINMA_CATALOG_ZONES_H
#define YINMA_CATALOG_ZONES_H

#include "core/bytes.h"

enum zone {
    ZONE_DB,
    ZONE_BACKUP,
    ZONE_LOG,
    ZONE_POS,
    ZONE_WEB,
    ZONE_DMZ,
    ZONE_DISPLAY,
    ZONE_WAYBILL,
    ZONE_EXCHANGE,
    ZONE_MAIL,
    ZONE_IM,
    ZONE_TEST,
    ZONE_PC,
    ZONE_PRINT_HOST,
    ZONE_PORTABLE,
    ZONE_DISPOSAL,
    ZONE_SOURCE,
    ZONE_CONFIG,
    ZONE_REPORT,
    ZONE_OTHER,
    ZONE_COUNT
};

typedef uint32_t zone_set;
#define ZONE_BIT(zone) ((zone_set)1 << (zone))

const char *zone_name(enum zone zone);    /* as printed: "print-host" */
const char *zone_summary(enum zone zone); /* one line, a gettext message */
/* Also accepts the catalogue's other names (transaction-db, public-web, email …). -1 = unknown. */
int zone_from_name(struct bytes name);
/* "unknown zone "dbx" (did you mean "db"?); allowed: db, backup, …" */
void zone_complaint(struct bytes given, char *out, size_t size);

#endif
