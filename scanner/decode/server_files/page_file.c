#include "decode/server_files/page_file.h"

#include <stdlib.h>

int page_file_open(const struct decode_input *in, const struct page_format *format, void **state,
                   struct error *err) {
    struct page_file *file = calloc(1, sizeof *file);
    if (file == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for a decoder");
    }
    *state = file;
    file->format = format;
    file->feed.source = in->source;
    file->report = in->report;
    (void)byte_feed_need(&file->feed, PAGE_FILE_HEAD_BYTES);
    struct bytes head = {NULL, 0};
    if (!file->feed.no_memory) {
        head = bytes_first(bytes_of(byte_feed_at(&file->feed), byte_feed_left(&file->feed)),
                           PAGE_FILE_HEAD_BYTES);
    }
    file->page_bytes = format->page_bytes(file, head);
    return 0;
}

void page_file_close(void *state) {
    struct page_file *file = state;
    if (file != NULL) {
        record_text_release(&file->text);
        byte_feed_release(&file->feed);
        free(file);
    }
}

/* What is left of a page is text as well. */
static void finish(struct page_file *file) {
    struct decode_report *report = file->report;
    const struct bytes rest = bytes_of(byte_feed_at(&file->feed), byte_feed_left(&file->feed));
    const struct page_format *format = file->format;
    file->ended = true;
    if (rest.len > 0) {
        record_text_strings(&file->text, rest, format->wide, FIELD_FREE_TEXT);
    }
    if (file->feed.failure.code != 0) {
        report->status = file->feed.failure.code;
        report->error = file->feed.failure;
    } else if (rest.len > 0 && (format->may_end == NULL || !format->may_end(file, rest))) {
        report->status =
            error_set(&report->error, YINMA_E_TRUNCATED, "the data ends inside a page");
    } else {
        format->tell(file, report);
    }
}

static void step(struct page_file *file) {
    if (!byte_feed_need(&file->feed, file->page_bytes)) {
        finish(file);
        return;
    }
    const struct bytes page = bytes_of(byte_feed_at(&file->feed), file->page_bytes);
    memset(&file->cuts, 0, sizeof file->cuts);
    file->pages++;
    file->step = page.len;
    if (file->format->take(file, page)) {
        page_put_words(bytes_first(page, file->step), &file->cuts, file->format->wide, &file->text);
    }
    file->feed.at += file->step;
}

int page_file_next(void *state, struct segment *out, struct error *err) {
    struct page_file *file = state;
    record_text_clear(&file->text);
    while (!file->ended && !record_text_full(&file->text)) {
        step(file);
    }
    if (file->text.failed || file->feed.no_memory) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for pages of a database");
    }
    if (file->text.len == 0) {
        return 0;
    }
    record_text_segment(&file->text, out);
    return 1;
}
