/* The name of a unit above what stands in it. */
#include "reports/text_closing.h"
#include "reports/translate.h"

void text_report_unit(struct text_report *report, uint32_t unit) {
    struct text_buffer *line = &report->line;
    if (unit >= report->results->unit_count) {
        text_buffer_puts(line, _("the whole run"));
        text_report_line(report);
        return;
    }
    const struct unit_result *result = &report->results->units[unit];
    const char *names[ZONE_COUNT];
    unsigned count = 0;
    for (unsigned zone = 0; zone < ZONE_COUNT; zone++) {
        if ((result->zones & ZONE_BIT(zone)) != 0) {
            names[count++] = zone_name((enum zone)zone);
        }
    }
    terminal_style(&report->terminal, STYLE_BOLD);
    terminal_safe(line, result->name);
    report_put(report->terminal.sink, text_buffer_view(line));
    text_buffer_clear(line);
    terminal_style(&report->terminal, STYLE_PLAIN);
    const char *format = result->facts->format;
    if (format[0] == '\0' && count == 0) {
        text_report_line(report);
        return;
    }
    text_buffer_printf(line, "  (%s%s", format, format[0] != '\0' && count > 0 ? "; " : "");
    for (unsigned i = 0; i < count; i++) {
        text_buffer_printf(line, "%s%s", i > 0 ? ", " : "", names[i]);
    }
    text_buffer_putc(line, ')');
    text_report_line(report);
}
