#include "decode/office/office.h"

static int out_of_memory(struct error *err) {
    return error_set(err, YINMA_E_MEMORY, "out of memory for reading a document");
}

int office_open(struct office *office, const struct office_plan *plan,
                const struct decode_input *in, struct error *err) {
    *office =
        (struct office){.plan = plan, .document = in->source, .ops = in->ops, .report = in->report};
    text_buffer_init(&office->list, 0);
    text_buffer_init(&office->read, 0);
    text_buffer_putc(&office->read, '\n');
    office->grid = grid_new(in->fields);
    office_text_init(&office->text, office->grid);
    in->report->encoding = "utf-8";
    return office->grid == NULL ? out_of_memory(err)
                                : office_list(office->document, &office->list, err);
}

void office_close(struct office *office) {
    if (office->part_is_open) {
        office_part_close(&office->part);
    }
    office_text_release(&office->text);
    text_buffer_release(&office->list);
    text_buffer_release(&office->read);
    grid_free(office->grid);
}

void office_mark(struct office *office, struct bytes name) {
    text_buffer_put(&office->read, name);
    text_buffer_putc(&office->read, '\n');
}

bool office_was_read(const struct office *office, struct bytes name) {
    struct bytes read = text_buffer_view(&office->read);
    for (size_t at = 0; at < read.len;) {
        size_t found = bytes_find(bytes_from(read, at), name);
        if (found == SIZE_MAX) {
            return false;
        }
        at += found;
        if (read.ptr[at - 1] == '\n' && read.ptr[at + name.len] == '\n') {
            return true;
        }
        at++;
    }
    return false;
}

bool office_next_unread(struct office *office, struct bytes *name) {
    while (office_name(&office->list, &office->list_at, name)) {
        bool xml =
            bytes_ends_with(*name, BYTES_LIT(".xml")) || bytes_ends_with(*name, BYTES_LIT(".rels"));
        if (xml && !office_was_read(office, *name)) {
            office_mark(office, *name);
            return true;
        }
    }
    return false;
}

/* 1: a part is open, 0: none is left. */
static int open_next(struct office *office, struct error *err) {
    const struct xml_events *events = NULL;
    struct bytes name;
    void *context = NULL;
    int opened = 0;
    while (opened == 0 && office->plan->next_part(office, &name, &events, &context)) {
        opened = office_part_open(&office->part, office->document, name, office->ops, events,
                                  context, err);
        if (opened == 0) {
            if (office->part.problem.code == 0) {
                error_set(&office->part.problem, YINMA_E_DAMAGED,
                          "a part of the document is missing");
            }
            office_tell(office->report, &office->part.problem);
            office->plan->part_ended(office);
        }
    }
    office->part_is_open = opened == 1;
    return opened;
}

static int step(struct office *office, struct error *err) {
    int status = office_part_step(&office->part, err);
    if (status == 0) {
        office_tell(office->report, &office->part.problem);
        office_part_close(&office->part);
        office->part_is_open = false;
        office->plan->part_ended(office);
        return 1;
    }
    return status;
}

unsigned office_bid(const struct decode_head *head) {
    (void)head;
    return 0;
}

int office_next(struct office *office, struct segment *out, struct error *err) {
    for (;;) {
        if (grid_take(office->grid, GRID_ENOUGH, out)) {
            return 1;
        }
        int status = office->part_is_open ? step(office, err) : open_next(office, err);
        if (grid_failed(office->grid) || office->text.failed || office->read.failed) {
            return out_of_memory(err);
        }
        if (status < 0) {
            return status;
        }
        if (status == 0 && (office->plan->rest == NULL || !office->plan->rest(office))) {
            office->report->rows = grid_rows(office->grid);
            if (grid_take(office->grid, GRID_ALL, out)) {
                return 1;
            }
            sheet_hidden_tell(&office->hidden, office->report->notice,
                              sizeof office->report->notice);
            return 0;
        }
    }
}
