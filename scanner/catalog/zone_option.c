#include "catalog/zone_option.h"

#include <stdlib.h>

#include "catalog/glob.h"

enum { COMPLAINT_TEXT = 320 };

static int parse_zone_list(struct bytes text, zone_set *out, struct error *err) {
    *out = 0;
    for (;;) {
        const uint8_t *comma = text.len == 0 ? NULL : memchr(text.ptr, ',', text.len);
        size_t len = comma == NULL ? text.len : (size_t)(comma - text.ptr);
        struct bytes name = bytes_trim(bytes_first(text, len));
        int zone = zone_from_name(name);
        if (zone < 0) {
            char complaint[COMPLAINT_TEXT];
            zone_complaint(name, complaint, sizeof complaint);
            return error_set(err, YINMA_E_USAGE, "--zone: %s", complaint);
        }
        *out |= ZONE_BIT((unsigned)zone);
        if (comma == NULL) {
            return 0;
        }
        text = bytes_from(text, len + 1);
    }
}

int zone_option_parse(const char *text, char **glob_out, zone_set *zones_out, struct error *err) {
    *glob_out = NULL;
    *zones_out = 0;
    const char *equals = strrchr(text, '='); /* zones hold none, globs may */
    int status =
        parse_zone_list(bytes_of_string(equals == NULL ? text : equals + 1), zones_out, err);
    if (status != 0 || equals == NULL) {
        return status;
    }
    size_t len = (size_t)(equals - text);
    if (len == 0 || len > GLOB_BYTES_MAX) {
        return error_set(err, YINMA_E_USAGE, "--zone: the glob before '=' must have 1 to %d bytes",
                         GLOB_BYTES_MAX);
    }
    *glob_out = strndup(text, len);
    return *glob_out != NULL ? 0 : error_set(err, YINMA_E_MEMORY, "out of memory in --zone");
}
