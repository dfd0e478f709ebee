/* format_fuzz.c - one fuzz target for every row of the tables of decoders and containers. The
 * environment's YINMA_FUZZ_FORMAT names the row; unset, the best bidder takes the data, as in a
 * scan; "scan" is a whole one. What it checks besides memory errors: segments lie where they
 * promise to, cells and rows are sorted, reading ends. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/arena.h"
#include "decode/decoder.h"
#include "decode/encoding/transcode.h"
#include "decode/sqlserver/bcp_types.h"
#include "fuzz.h"
#include "input/input.h"
#include "run/layouts/bcp_format.h"
#include "run/layouts/bcp_table.h"
#include "run/layouts/layout_file.h"
#include "run/layouts/sqlldr_control.h"
#include "yinma.h"

#define REQUIRE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #condition);        \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static void check_segment(const struct segment *segment, const struct field_set *fields) {
    REQUIRE(segment->begin <= segment->end && segment->end <= segment->len);
    uint64_t sum = 0;
    for (size_t i = 0; i < segment->len + SEGMENT_PADDING; i++) {
        sum += segment->bytes[i]; /* padding is readable */
    }
    uint32_t next = 0;
    for (size_t i = 0; i < segment->cell_count; i++) {
        const struct cell *cell = &segment->cells[i];
        REQUIRE(cell->offset >= next && cell->length <= segment->len - cell->offset);
        REQUIRE(cell->field < field_set_field_count(fields));
        next = cell->offset + cell->length;
        if ((cell->flags & CELL_ESCAPED) != 0 && segment->unescape != NULL && cell->length > 0) {
            uint8_t *out = malloc(cell->length);
            REQUIRE(out != NULL);
            REQUIRE(segment->unescape(bytes_of(segment->bytes + cell->offset, cell->length), out,
                                      segment->dialect) <= cell->length);
            free(out);
        }
    }
    for (size_t i = 0; i < segment->row_count; i++) {
        REQUIRE(segment->rows[i].first_cell <= segment->cell_count);
        REQUIRE(i == 0 || segment->rows[i].first_cell >= segment->rows[i - 1].first_cell);
    }
    REQUIRE(segment->gap_field < field_set_field_count(fields));
    if (sum == 1) {
        fputc(' ', stderr); /* keeps the sum alive */
    }
}

/* A header, details and a trailer that tells their number. */
static const struct record_layout *some_layout(void) {
    static struct layout_field head[] = {{BYTES_LIT("a"), {1, 7}, 1}},
                               detail[] = {{BYTES_LIT("b"), {1, 5}, 2},
                                           {BYTES_LIT("c"), {8, 10}, 3}},
                               tail[] = {{BYTES_LIT("d"), {1, 4}, 4}};
    static struct layout_record records[] = {{.name = BYTES_LIT("H"),
                                              .place = LAYOUT_FIRST,
                                              .fields = head,
                                              .field_count = 1,
                                              .width = 8},
                                             {.name = BYTES_LIT("D"),
                                              .code = {0, 1},
                                              .code_text = BYTES_LIT("2"),
                                              .fields = detail,
                                              .field_count = 2,
                                              .width = 18},
                                             {.name = BYTES_LIT("T"),
                                              .place = LAYOUT_LAST,
                                              .code = {0, 1},
                                              .code_text = BYTES_LIT("3"),
                                              .count = {1, 4},
                                              .fields = tail,
                                              .field_count = 1,
                                              .width = 5}};
    static const struct record_layout layout = {.records = records, .record_count = 3, .width = 18};
    return &layout;
}

/* A table of columns of every sort. */
static const struct record_layout *some_table(void) {
    static struct bcp_column columns[20];
    static const char *const types[] = {
        "int",  "nvarchar", "char",       "decimal",  "bit",
        "date", "money",    "datetime2",  "varchar",  "float",
        "time", "datetime", "text",       "smallint", "datetimeoffset",
        "xml",  "nvarchar", "rowversion", "real",     "uniqueidentifier"};
    static struct bcp_layout table = {.table = {(const uint8_t *)"t", 1}, .columns = columns};
    static const struct record_layout layout = {.native = &table};
    for (size_t i = 0; table.count < sizeof types / sizeof *types; i++) {
        columns[i] = (struct bcp_column){.name = bytes_of_string(types[i]), .nullable = i % 3 != 0};
        const uint32_t length = i == 16 ? BCP_LENGTH_MAX : 10;
        REQUIRE(bcp_column_of_type(&columns[i], bytes_of_string(types[i]), length));
        table.count++;
    }
    return &layout;
}

static const struct record_layout *layout_for(const struct decoder *decoder) {
    return decoder == &decoder_layout          ? some_layout()
           : strcmp(decoder->name, "bcp") == 0 ? some_table()
                                               : NULL;
}

/* Descriptions of layouts that come from somewhere else. */
static void read_descriptions(struct bytes data) {
    struct arena memory;
    struct record_layout layout;
    struct error err = {0};
    arena_init(&memory, (size_t)256 << 20);
    (void)sqlldr_read(data, &memory, &layout);
    (void)bcp_format_read(data, &memory, &layout);
    (void)bcp_table_read(data, BYTES_LIT("t"), true, &memory);
    (void)layout_text_read(data, "data", &memory, &layout, &err);
    arena_release(&memory);
}

static void decode_source(const struct decoder *decoder, struct byte_source *source,
                          struct bytes data, struct input_budget *budget);

static void decode_with(const struct decoder *decoder, struct bytes data) {
    struct byte_source *source = input_open_memory(data);
    struct input_limits limits;
    struct input_budget budget;
    input_limits_default(&limits);
    limits.timeout_seconds = 5;
    limits.max_memory = 16U << 20;
    input_budget_start(&budget, &limits);
    if ((decoder->traits & DECODER_PACKAGE) == 0) {
        decode_source(decoder, source, data, &budget);
    } else {
        struct input_package *package = NULL;
        struct error err = {0};
        if (input_package_open(source, &budget, &package, &err) == 0 && package != NULL) {
            decode_source(decoder, input_package_source(package), data, &budget);
        }
        input_package_close(package);
    }
    byte_source_close(source);
}

static void decode_source(const struct decoder *decoder, struct byte_source *source,
                          struct bytes data, struct input_budget *budget) {
    struct field_set *fields = field_set_new();
    struct decode_report report = {0};
    struct decode_input in = {
        .source = source,
        .head = {.head = bytes_first(data, INPUT_HEAD_BYTES),
                 .whole = data.len <= INPUT_HEAD_BYTES,
                 .name = BYTES_LIT("data")},
        .fields = fields,
        .blocks = input_blocks(budget),
        .ops = block64_ops(isa_best()),
        .report = &report,
        .layout = layout_for(decoder),
        .layout_values = encoding_guess(bytes_first(data, INPUT_HEAD_BYTES), false),
    };
    REQUIRE(source != NULL && fields != NULL);
    struct error err = {0};
    void *state = NULL;
    if (decoder->open(&in, &state, &err) == 0) {
        struct segment segment = {0};
        uint64_t steps = 0;
        while (decoder->next(state, &segment, &err) == 1) {
            check_segment(&segment, fields);
            REQUIRE(++steps <
                    64 + 4 * (data.len + budget->delivered_bytes)); /* a decoder must get on */
        }
        decoder->close(state);
    }
    field_set_free(fields);
}

static void read_all(struct byte_source *source) {
    uint8_t buffer[4096];
    struct error err = {0};
    while (byte_source_read(source, buffer, sizeof buffer, &err) > 0) {
    }
}

static void open_container(const struct container_format *format, struct bytes data) {
    struct input_limits limits;
    input_limits_default(&limits);
    limits.max_unit_bytes = 16u << 20;
    limits.max_entries = 1000;
    limits.max_memory = 64u << 20;
    limits.timeout_seconds = 5;
    struct input_budget budget;
    input_budget_start(&budget, &limits);
    struct byte_source *source = input_open_memory(data);
    REQUIRE(source != NULL);
    struct error err = {0};
    void *state = NULL;
    if (format->open(source, &budget, &state, &err) == 0) {
        struct container_member member = {0};
        while (format->next(state, &member, &err) == 1) {
            if (member.source != NULL) {
                read_all(member.source);
            }
        }
        format->close(state);
    }
    byte_source_close(source);
}

/* Whatever the encoding is taken for, every original byte is accounted for. */
static void transcode(struct bytes data, struct encoding_guess guess) {
    struct transcoding text;
    struct error err = {0};
    struct byte_source *source = input_open_memory(data);
    uint8_t *utf8 = malloc(4 * data.len + 64);
    REQUIRE(source != NULL && utf8 != NULL);
    if (transcode_open(&text, source, guess, block64_ops(isa_best()), &err) == 0) {
        int64_t len = byte_source_read_full(text.source, utf8, 4 * data.len + 64, &err);
        text.widths.anchor = utf8;
        REQUIRE(len >= 0);
        REQUIRE(width_before(text.widths, bytes_of(utf8, (size_t)len)) == data.len);
        REQUIRE(transcode_encoding_name(&text)[0] != '\0');
        byte_source_close(text.source);
    }
    free(utf8);
}

static void transcode_some_ways(struct bytes data) {
    transcode(data, encoding_guess(bytes_first(data, INPUT_HEAD_BYTES), false));
    transcode(data, (struct encoding_guess){.encoding = ENCODING_BIG5}); /* by region */
    enum encoding any = (enum encoding)(data.len % ENCODING_BINARY);
    transcode(data, (struct encoding_guess){.encoding = any, .settled = true});
}

static void run_best(struct bytes data) {
    transcode_some_ways(data);
    struct bytes head = bytes_first(data, INPUT_HEAD_BYTES);
    const struct container_format *container = container_detect(head);
    if (container != NULL) {
        open_container(container, data);
        return;
    }
    struct decode_head decode_head = {
        .head = head, .whole = data.len <= INPUT_HEAD_BYTES, .name = BYTES_LIT("data")};
    decode_with(decoder_choose(&decode_head), data);
}

/* ---- a whole scan ---- */

/* Of the first data; its key of fingerprints is its own, and gone at once. */
static yinma_engine *scan_engine(void) {
    static yinma_engine *engine;
    char home[] = "/tmp/yinma-fuzz-XXXXXX", key[sizeof home + 8];
    if (engine == NULL) {
        REQUIRE(mkdtemp(home) != NULL);
        snprintf(key, sizeof key, "%s/key", home);
        const struct yinma_options options = {
            .key_file = key, .min_confidence = "possible", .timeout_seconds = 5};
        FILE *file = fopen(key, "wb");
        REQUIRE(file != NULL && fputs("0123456789abcdef0123456789abcdef", file) >= 0);
        fclose(file);
        REQUIRE(chmod(key, S_IRUSR | S_IWUSR) == 0);
        REQUIRE(yinma_engine_new(&options, &engine, NULL) == 0);
        unlink(key);
        rmdir(home);
    }
    return engine;
}

/* What decoders alone do not show: values inside values, matching, judging. */
static void scan_whole(struct bytes data) {
    const struct yinma_handlers handlers = {0};
    yinma_scanner *scanner = yinma_scanner_new(scan_engine());
    REQUIRE(scanner != NULL);
    (void)yinma_scan_memory(scanner, "data", data.ptr, data.len, NULL);
    (void)yinma_finish(scanner, &handlers, NULL, NULL);
    yinma_scanner_free(scanner);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *name = getenv("YINMA_FUZZ_FORMAT");
    struct bytes input = bytes_of(data, size);
    if (name == NULL) {
        run_best(input);
        return 0;
    }
    if (strcmp(name, "layouts") == 0) {
        read_descriptions(input);
    }
    if (strcmp(name, "scan") == 0) {
        scan_whole(input);
    }
    for (size_t i = 0; decoders[i] != NULL; i++) {
        if (strcmp(decoders[i]->name, name) == 0) {
            decode_with(decoders[i], input);
        }
    }
    for (size_t i = 0; container_formats[i] != NULL; i++) {
        if (strcmp(container_formats[i]->name, name) == 0) {
            open_container(container_formats[i], input);
        }
    }
    return 0;
}

bool fuzz_is_taken(const uint8_t *data, size_t size) {
    const char *name = getenv("YINMA_FUZZ_FORMAT");
    struct bytes head = bytes_first(bytes_of(data, size), INPUT_HEAD_BYTES);
    struct decode_head decode_head = {
        .head = head, .whole = size <= INPUT_HEAD_BYTES, .name = BYTES_LIT("data")};
    bool taken = name == NULL || strcmp(name, "layouts") == 0;
    for (size_t i = 0; !taken && decoders[i] != NULL; i++) {
        taken = strcmp(decoders[i]->name, name) == 0 && decoders[i]->bid(&decode_head) > 0;
    }
    for (size_t i = 0; !taken && container_formats[i] != NULL; i++) {
        taken =
            strcmp(container_formats[i]->name, name) == 0 && container_formats[i]->bid(head) > 0;
    }
    return taken;
}

int LLVMFuzzerInitialize(int *argc, char ***argv) { // NOLINT(readability-non-const-parameter)
    if (*argc > 1 && strcmp((*argv)[1], "--list") == 0) {
        for (size_t i = 0; decoders[i] != NULL; i++) {
            puts(decoders[i]->name);
        }
        for (size_t i = 0; container_formats[i] != NULL; i++) {
            puts(container_formats[i]->name);
        }
        puts("layouts");
        puts("scan");
        exit(EXIT_SUCCESS);
    }
    return 0;
}
