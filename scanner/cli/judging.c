#include "cli/judging.h"

#include <string.h>
#include <time.h>

#include "cli/option_values.h"
#include "cli/time_zone.h"
#include "result/fingerprint.h"
#include "result/saved/baseline_read.h"
#include "run/scan_parts.h"

static int find_day(const struct call *call, char as_of[11], struct error *err) {
    char today[11];
    if (call->as_of != NULL && call->tz == NULL) {
        memcpy(as_of, call->as_of, 11);
        return 0;
    }
    int rc = time_zone_today(call->tz == NULL ? SCAN_DEFAULT_ZONE : call->tz, today, err);
    if (rc == 0) {
        memcpy(as_of, call->as_of == NULL ? today : call->as_of, 11);
    }
    return rc;
}

/* "" for no options. */
static void digest_options(const struct text_buffer *options, char out[65]) {
    out[0] = '\0';
    if (options->len > 0) {
        digest_hex(text_buffer_view(options), out);
    }
}

int judging_call_init(const struct call *call, const struct settings *settings,
                      struct judging_call *out, struct error *err) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    int rc = find_day(call, out->as_of, err);
    if (rc == 0 && call->baseline != NULL) {
        rc = blame_option(baseline_read(call->baseline, &out->baseline, err), "--baseline", err);
    }
    if (rc < 0) {
        return rc;
    }
    digest_options(&call->settings, out->settings_sha256);
    digest_options(&call->selection, out->selection_sha256);
    out->options =
        (struct scan_options){.zones = {.command_line = call->zones,
                                        .command_line_count = call->zone_count,
                                        .config = settings->config},
                              .profiles = call->profiles.words,
                              .no_builtin = call->no_builtin,
                              .min_confidence = call->min_confidence,
                              .fail_confidence = call->fail_confidence,
                              .fail_on = call->fail_on,
                              .baseline = out->baseline,
                              .class = call->class,
                              .as_of = out->as_of,
                              .tz = call->tz,
                              .started = time(NULL),
                              .started_clock = (double)now.tv_sec + (double)now.tv_nsec / 1e9,
                              .args = call->args,
                              .settings_sha256 = out->settings_sha256,
                              .selection_sha256 = out->selection_sha256};
    engine_set_day(settings->engine, day_read(bytes_of_string(out->as_of)),
                   time_zone_seconds(call->tz == NULL ? SCAN_DEFAULT_ZONE : call->tz));
    return scan_check_options(settings->engine, &out->options, err);
}

void judging_call_release(struct judging_call *judging) {
    baseline_free(judging->baseline);
}
