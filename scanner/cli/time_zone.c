#include "cli/time_zone.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "catalog/suggest.h"
#include "reports/translate.h"
#include "run/scan_parts.h"

/* tzset() takes an unknown name for UTC without a word. */
static bool zone_exists(const char *zone) {
    const char *folder = getenv("TZDIR");
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/%s",
                       folder == NULL || *folder == '\0' ? "/usr/share/zoneinfo" : folder, zone);
    return zone[0] != '/' && strstr(zone, "..") == NULL && len > 0 && (size_t)len < sizeof path &&
           access(path, R_OK) == 0;
}

int time_zone_today(const char *zone, char out[11], struct error *err) {
    /* these need no data base, and minimal systems have none */
    if (strcmp(zone, SCAN_DEFAULT_ZONE) == 0 || strcmp(zone, "UTC") == 0) {
        return scan_judging_day(NULL, zone, out, err);
    }
    if (!zone_exists(zone)) {
        char quoted[QUOTED_MAX];
        quote_given(bytes_of_string(zone), quoted);
        return error_set(err, YINMA_E_USAGE,
                         _("--tz: unknown time zone \"%s\"; write it as Asia/Taipei or UTC (the "
                           "names of the package tzdata)"),
                         quoted);
    }
    setenv("TZ", zone, 1);
    tzset();
    time_t now = time(NULL);
    struct tm day;
    return localtime_r(&now, &day) != NULL && strftime(out, 11, "%Y-%m-%d", &day) == 10
               ? 0
               : error_set(err, YINMA_E_USAGE, _("the clock shows no date: use --as-of"));
}

int32_t time_zone_seconds(const char *zone) {
    enum { TAIPEI_SECONDS = 8 * 3600 };
    if (strcmp(zone, SCAN_DEFAULT_ZONE) == 0 || strcmp(zone, "UTC") == 0) {
        return strcmp(zone, "UTC") == 0 ? 0 : TAIPEI_SECONDS;
    }
    time_t now = time(NULL);
    struct tm here;
    return localtime_r(&now, &here) == NULL ? TAIPEI_SECONDS : (int32_t)here.tm_gmtoff;
}
