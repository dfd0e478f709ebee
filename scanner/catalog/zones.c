#include "catalog/zones.h"

#include "catalog/suggest.h"

static const struct {
    const char *name, *summary;
} zones[] = {
    [ZONE_DB] = {"db", "a database, live or as its own file"},
    [ZONE_BACKUP] = {"backup", "a backup, an archive or a database dump"},
    [ZONE_LOG] = {"log", "logs, cookies and traces"},
    [ZONE_POS] = {"pos", "a point-of-sale terminal and what it stores"},
    [ZONE_WEB] = {"web", "a public web server"},
    [ZONE_DMZ] = {"dmz", "the network between the outside and the inside"},
    [ZONE_DISPLAY] = {"display", "what people see: pages, screens, answers of an API"},
    [ZONE_WAYBILL] = {"waybill", "waybills and parcel labels"},
    [ZONE_EXCHANGE] = {"exchange", "files handed to or shared with others"},
    [ZONE_MAIL] = {"mail", "e-mail and its attachments"},
    [ZONE_IM] = {"im", "instant messages"},
    [ZONE_TEST] = {"test", "development and test environments"},
    [ZONE_PC] = {"pc", "a work computer"},
    [ZONE_PRINT_HOST] = {"print-host", "a computer that prints waybills or delivery slips"},
    [ZONE_PORTABLE] = {"portable", "laptops, phones and removable media"},
    [ZONE_DISPOSAL] = {"disposal", "media to be repaired, given away or destroyed"},
    [ZONE_SOURCE] = {"source", "program text"},
    [ZONE_CONFIG] = {"config", "settings of programs and devices"},
    [ZONE_REPORT] = {"report", "reports and statistics"},
    [ZONE_OTHER] = {"other", "files of no other zone"},
};
_Static_assert(sizeof zones / sizeof *zones == ZONE_COUNT, "a name for every zone");

/* What the catalogue of controls calls these places (contract, section 1). */
static const struct {
    const char *name;
    enum zone zone;
} other_names[] = {
    {"transaction-db", ZONE_DB},
    {"public-web", ZONE_WEB},
    {"email", ZONE_MAIL},
    {"webmail", ZONE_MAIL},
    {"removable", ZONE_PORTABLE},
    {"laptop", ZONE_PORTABLE},
    {"mobile", ZONE_PORTABLE},
    {"repair-media", ZONE_DISPOSAL},
    {"disposal-media", ZONE_DISPOSAL},
    {"parcel-label", ZONE_WAYBILL},
    {"parcel label", ZONE_WAYBILL},
    {"network-share", ZONE_EXCHANGE},
    {"cloud", ZONE_EXCHANGE},
    {"external-attachment", ZONE_EXCHANGE},
    {"external attachment", ZONE_EXCHANGE},
    {"p2p", ZONE_EXCHANGE},
    {"cookie", ZONE_LOG},
    {"script", ZONE_SOURCE},
    {"source-code", ZONE_SOURCE},
    {"file", ZONE_OTHER},
};

const char *zone_name(enum zone zone) {
    return zones[zone].name;
}

const char *zone_summary(enum zone zone) {
    return zones[zone].summary;
}

int zone_from_name(struct bytes name) {
    for (unsigned i = 0; i < ZONE_COUNT; i++) {
        if (bytes_equal_ignoring_case(name, bytes_of_string(zones[i].name))) {
            return (int)i;
        }
    }
    for (size_t i = 0; i < sizeof other_names / sizeof *other_names; i++) {
        if (bytes_equal_ignoring_case(name, bytes_of_string(other_names[i].name))) {
            return (int)other_names[i].zone;
        }
    }
    return -1;
}

void zone_complaint(struct bytes given, char *out, size_t size) {
    const char *names[ZONE_COUNT + 1];
    for (unsigned i = 0; i < ZONE_COUNT; i++) {
        names[i] = zones[i].name;
    }
    names[ZONE_COUNT] = NULL;
    name_complaint("zone", given, names, out, size);
}
