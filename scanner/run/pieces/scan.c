#include "run/pieces/scan.h"

static int scan_cut(const struct piece_scan *how, struct byte_source *source,
                    const struct piece_cut *cut, struct unit_scan *scan, struct unit_facts *facts,
                    struct error *err) {
    struct bytes head;
    bool all;
    uint64_t reported = 0;
    source = input_peek(source, &head, &all, err);
    source = source == NULL ? NULL : input_unit(source, how->budget, err);
    if (source == NULL) {
        return YINMA_E_MEMORY;
    }
    const struct unit_scan_input input = {.source = source,
                                          .head = head,
                                          .whole = all,
                                          .name = how->whole->name,
                                          .cut = cut,
                                          .budget = how->budget,
                                          .sink = how->sink,
                                          .reported = &reported};
    return unit_scan_run(scan, &input, facts, err);
}

int piece_scan_run(const struct piece_scan *how, struct byte_source *source, struct unit_scan *scan,
                   struct unit_facts *facts, struct error *err) {
    struct piece_cut cut;
    struct byte_source *piece = NULL;
    const struct piece_eyes eyes = unit_scan_eyes(scan);
    const struct piece_of_file wanted = {.piece = how->piece,
                                         .file = source,
                                         .name = how->whole->name,
                                         .known = how->known,
                                         .budget = how->budget};
    int status = piece_open(&eyes, &wanted, &cut, &piece, err);
    if (status != 0 || piece == NULL) {
        facts->piece.broken = true;
        return status;
    }
    cut.count = how->numbered;
    return scan_cut(how, piece, &cut, scan, facts, err);
}
