#include "reports/html_words.h"

#include <string.h>

#include "core/error.h"
#include "reports/sentence.h"
#include "reports/translate.h"

static const char *const labels[] = {
    N_("Other differences:"),
    N_("Broken controls"),
    N_("Compared with"),
    N_("Controls are broken. The worst stand first in the table below."),
    N_("Coverage"),
    N_("Everything was read."),
    N_("Fields"),
    N_("Mask forms"),
    N_("No control is broken."),
    N_("No field fits."),
    N_("No personal data was found."),
    N_("Nothing has changed."),
    N_("Nobody chose a profile: the controls for online platforms were assumed."),
    N_("Not read, so the answer is not complete:"),
    N_("Of these, past the limit set for them:"),
    N_("Overview"),
    N_("Personal data found by yinma"),
    N_("Rules and what became of them"),
    N_("The run was interrupted: this is what had been found by then."),
    N_("Values are shown masked. This file holds no value in clear and loads nothing."),
    N_("Values by kind"),
    N_("Values by year"),
    N_("Violations by control"),
    N_("Violations by zone"),
    N_("Where the years come from: the dates beside the values."),
    N_("(text)"),
    N_("all"),
    N_("as of"),
    N_("back"),
    N_("before"),
    N_("broken"),
    N_("cause"),
    N_("change"),
    N_("clear"),
    N_("confidence"),
    N_("control"),
    N_("controls"),
    N_("dated by"),
    N_("detail"),
    N_("distinct values"),
    N_("encrypted"),
    N_("examples"),
    N_("field"),
    N_("file"),
    N_("find"),
    N_("format"),
    N_("held"),
    N_("kind"),
    N_("known"),
    N_("line"),
    N_("mask forms"),
    N_("masked"),
    N_("next"),
    N_("not-applicable"),
    N_("not-asked"),
    N_("now"),
    N_("other content"),
    N_("past the limit"),
    N_("people"),
    N_("read"),
    N_("reason"),
    N_("row"),
    N_("rule"),
    N_("severity"),
    N_("show all"),
    N_("show only these"),
    N_("status"),
    N_("none: the same program, rules and settings"),
    N_("the whole run"),
    N_("undecided"),
    N_("units"),
    N_("values"),
    N_("violations"),
    N_("weak"),
    N_("what to do"),
    N_("why"),
    N_("zone"),
    N_("zones"),
    NULL,
};

static const char *chinese(const struct report_options *options, const char *message) {
    if (message == NULL || message[0] == '\0') {
        return "";
    }
    return options->in_chinese != NULL        ? options->in_chinese(message)
           : options->language == LANGUAGE_ZH ? translate_row(message)
                                              : "";
}

void html_both(struct json_writer *json, const struct report_options *options,
               const char *message) {
    json_open(json, '[');
    json_string(json, message == NULL ? "" : message);
    json_string(json, chinese(options, message));
    json_close(json, ']');
}

void html_both_sentence(struct json_writer *json, const struct report_options *options,
                        const char *english) {
    const translator translate = options->in_chinese != NULL ? options->in_chinese : translate_row;
    const bool speaks = options->in_chinese != NULL || options->language == LANGUAGE_ZH;
    struct text_buffer said;
    text_buffer_init(&said, 0);
    if (speaks) {
        sentence_put(&said, bytes_of_string(english), translate);
    }
    if (said.failed) {
        report_fail_memory(json->sink);
    }
    json_open(json, '[');
    json_string(json, english);
    json_string(json, text_buffer_string(&said));
    json_close(json, ']');
    text_buffer_release(&said);
}

static void put_word(struct json_writer *json, const struct report_options *options,
                     const char *message) {
    const char *text = chinese(options, message);
    if (text[0] != '\0') {
        json_member_string(json, message, text);
    }
}

/* Some codes share a reason, and some reasons and labels a word: a key stands once. */
static bool is_label(const char *message) {
    for (size_t i = 0; labels[i] != NULL; i++) {
        if (strcmp(labels[i], message) == 0) {
            return true;
        }
    }
    return false;
}

static bool met_before(int code) {
    for (int before = YINMA_E_LAST; before < code; before++) {
        if (strcmp(coverage_reason(before), coverage_reason(code)) == 0) {
            return true;
        }
    }
    return is_label(coverage_reason(code));
}

void html_words(struct json_writer *json, const struct report_options *options) {
    json_key(json, "words");
    json_open(json, '{');
    for (size_t i = 0; labels[i] != NULL; i++) {
        put_word(json, options, labels[i]);
    }
    for (unsigned severity = SEVERITY_LOW; severity <= SEVERITY_CRITICAL; severity++) {
        put_word(json, options, severity_name((enum severity)severity));
    }
    for (unsigned status = COVERAGE_SCANNED; status <= COVERAGE_WAIVED; status++) {
        put_word(json, options, coverage_status_name((enum coverage_status)status));
    }
    for (int code = YINMA_E_LAST; code <= 0; code++) {
        if (!met_before(code)) {
            put_word(json, options, coverage_reason(code));
        }
    }
    json_close(json, '}');
}
