#include "decode/markup/xml_reader.h"

#include <expat.h>
#include <stdlib.h>

#include "core/utf8.h"

enum {
    FIRST_NON_ASCII = 0x80,
    LETTERS = 0x4E00, /* code points that are letters, for the bytes from 80 up */
    CUT_REACH = 512,
    NAME_BYTES = 512, /* of names of ended elements */
};

enum run_type { RUN_NONE, RUN_TEXT, RUN_LITERAL, RUN_ASIDE };

struct xml_reader {
    struct window *window;
    const struct xml_events *events;
    void *context;
    XML_Parser parser;
    uint64_t origin; /* place in the stream of the parser's first byte */
    uint64_t base;   /* of window.bytes[0] */
    uint64_t told;   /* end of the last event */
    size_t fed;      /* place in the window up to which expat knows the data */
    enum run_type run;
    uint64_t run_begin, run_end;
    bool run_escaped;
    bool in_literal;
    bool in_document; /* a root element was met */
    bool started;     /* the parser has seen bytes of the document */
    bool too_deep;
    bool keep_blanks;
    size_t depth;
    unsigned documents;
};

/* ---- places ---- */

static struct bytes view(const struct xml_reader *r, uint64_t begin, uint64_t end) {
    return bytes_of(r->window->bytes + (begin - r->base), (size_t)(end - begin));
}

static uint64_t event_begin(const struct xml_reader *r) {
    return r->origin + (uint64_t)XML_GetCurrentByteIndex(r->parser);
}

static uint64_t event_end(const struct xml_reader *r) {
    return event_begin(r) + (uint64_t)XML_GetCurrentByteCount(r->parser);
}

/* ---- runs of text ---- */

static void tell_run(struct xml_reader *r, uint64_t end, bool partial) {
    static const enum xml_text_type types[] = {
        [RUN_TEXT] = XML_TEXT, [RUN_LITERAL] = XML_TEXT_LITERAL, [RUN_ASIDE] = XML_TEXT_ASIDE};
    struct bytes all = view(r, r->run_begin, end);
    struct xml_text text = {.text = r->keep_blanks ? all : bytes_trim(all),
                            .type = types[r->run],
                            .escaped = r->run_escaped,
                            .partial = partial};
    if (text.text.len > 0) {
        r->events->text(r->context, &text);
    }
    r->run_begin = end;
}

static void end_run(struct xml_reader *r) {
    if (r->run != RUN_NONE) {
        tell_run(r, r->run_end, false);
        r->run = RUN_NONE;
    }
}

static void add_to_run(struct xml_reader *r, enum run_type type, bool escaped) {
    uint64_t begin = event_begin(r);
    if (r->run != type || r->run_end != begin) {
        end_run(r);
        r->run = type;
        r->run_begin = begin;
        r->run_escaped = false;
    }
    r->run_escaped |= escaped;
    r->run_end = r->told = event_end(r);
}

/* A run too long to be kept is cut at a blank, or at least between characters. */
static void shorten_run(struct xml_reader *r) {
    if (r->run == RUN_NONE || r->run_end - r->run_begin < XML_TEXT_RUN_BYTES) {
        return;
    }
    struct bytes text = view(r, r->run_begin, r->run_end);
    size_t cut = text.len;
    while (cut > text.len - CUT_REACH && text.ptr[cut - 1] > ' ') {
        cut--;
    }
    if (cut == text.len - CUT_REACH) {
        for (cut = text.len; cut > text.len - 4 && (text.ptr[cut - 1] & 0xC0) == 0x80; cut--) {
        }
        cut -= (text.ptr[cut - 1] & 0xC0) == 0xC0;
    }
    tell_run(r, r->run_begin + cut, true);
}

/* ---- what expat says ---- */

static struct bytes name_of(struct bytes tag) {
    size_t at = 1;
    while (at < tag.len && tag.ptr[at] > ' ' && tag.ptr[at] != '>' && tag.ptr[at] != '/') {
        at++;
    }
    return tag.len == 0 ? tag : bytes_of(tag.ptr + 1, at - 1);
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes) {
    struct xml_reader *r = user;
    (void)name;
    (void)attributes;
    end_run(r);
    if (r->depth == XML_DEPTH_MOST) {
        r->too_deep = true;
        (void)XML_StopParser(r->parser, XML_FALSE);
        return;
    }
    struct bytes tag = view(r, event_begin(r), event_end(r));
    r->told = event_end(r);
    r->depth++;
    r->in_document = true;
    r->events->start(r->context, name_of(tag), tag);
}

/* What a letter of every_byte_is_good was: expat says names in UTF-8. */
static struct bytes name_bytes(const XML_Char *name, uint8_t *room) {
    size_t len = 0;
    struct bytes text = bytes_of_string(name);
    while (text.len > 0 && len < NAME_BYTES) {
        uint32_t code = 0;
        text = bytes_from(text, utf8_decode(text.ptr, text.len, &code));
        room[len++] = (uint8_t)(code >= LETTERS ? code - LETTERS : code);
    }
    return bytes_of(room, len);
}

static void XMLCALL on_end(void *user, const XML_Char *name) {
    struct xml_reader *r = user;
    uint8_t room[NAME_BYTES];
    end_run(r);
    if (r->too_deep) {
        return; /* the end of the empty element that was refused */
    }
    uint64_t begin = event_begin(r);
    r->told = event_end(r);
    r->depth--;
    r->events->end(r->context, name_bytes(name, room), r->window->bytes + (begin - r->base));
}

static void XMLCALL on_text(void *user, const XML_Char *text, int len) {
    struct xml_reader *r = user;
    (void)text;
    (void)len;
    uint64_t begin = event_begin(r);
    bool escaped = !r->in_literal && r->window->bytes[begin - r->base] == '&';
    add_to_run(r, r->in_literal ? RUN_LITERAL : RUN_TEXT, escaped);
}

static void XMLCALL on_start_literal(void *user) {
    struct xml_reader *r = user;
    end_run(r);
    r->in_literal = true;
    r->told = event_end(r);
}

static void XMLCALL on_end_literal(void *user) {
    struct xml_reader *r = user;
    end_run(r);
    r->in_literal = false;
    r->told = event_end(r);
}

static void aside(struct xml_reader *r) {
    end_run(r);
    add_to_run(r, RUN_ASIDE, false);
    end_run(r);
}

static void XMLCALL on_comment(void *user, const XML_Char *text) {
    (void)text;
    aside(user);
}

static void XMLCALL on_instruction(void *user, const XML_Char *target, const XML_Char *data) {
    (void)target;
    (void)data;
    aside(user);
}

/* References to the document's own entities inside text; outside of it the document type. */
static void XMLCALL on_other(void *user, const XML_Char *text, int len) {
    struct xml_reader *r = user;
    (void)text;
    (void)len;
    add_to_run(r, r->depth > 0 ? RUN_TEXT : RUN_ASIDE, r->depth > 0);
}

static int XMLCALL every_byte_is_good(void *data, const XML_Char *name, XML_Encoding *info) {
    (void)data;
    (void)name;
    for (int i = 0; i < 256; i++) {
        bool as_it_is = i < FIRST_NON_ASCII && (i >= ' ' || i == '\t' || i == '\n' || i == '\r');
        info->map[i] = as_it_is ? i : LETTERS + i;
    }
    info->data = NULL;
    info->convert = NULL;
    info->release = NULL;
    return XML_STATUS_OK;
}

/* ---- life ---- */

static void prepare(struct xml_reader *r) {
    XML_SetUserData(r->parser, r);
    XML_SetElementHandler(r->parser, on_start, on_end);
    XML_SetCharacterDataHandler(r->parser, on_text);
    XML_SetCdataSectionHandler(r->parser, on_start_literal, on_end_literal);
    XML_SetCommentHandler(r->parser, on_comment);
    XML_SetProcessingInstructionHandler(r->parser, on_instruction);
    XML_SetDefaultHandler(r->parser, on_other);
    XML_SetUnknownEncodingHandler(r->parser, every_byte_is_good, NULL);
    (void)XML_SetParamEntityParsing(r->parser, XML_PARAM_ENTITY_PARSING_NEVER);
    (void)XML_UseForeignDTD(r->parser, XML_TRUE); /* unknown entities (&nbsp;) are no errors */
}

struct xml_reader *xml_reader_new(struct window *w, const struct xml_events *events,
                                  void *context) {
    struct xml_reader *r = calloc(1, sizeof *r);
    if (r == NULL) {
        return NULL;
    }
    *r = (struct xml_reader){.window = w, .events = events, .context = context};
    r->parser = XML_ParserCreate("x-bytes");
    if (r->parser == NULL) {
        free(r);
        return NULL;
    }
    prepare(r);
    return r;
}

void xml_reader_free(struct xml_reader *reader) {
    if (reader != NULL) {
        XML_ParserFree(reader->parser);
        free(reader);
    }
}

void xml_reader_keep_blanks(struct xml_reader *reader) {
    reader->keep_blanks = true;
}

size_t xml_reader_depth(const struct xml_reader *reader) {
    return reader->depth;
}

/* ---- reading ---- */

/* Byte order mark and blanks before a document: expat wants its prolog first. */
static void skip_to_document(struct xml_reader *r) {
    struct window *w = r->window;
    if (r->started) {
        return;
    }
    struct bytes rest = bytes_of(w->bytes + r->fed, w->end - r->fed);
    size_t skip = 0;
    if (r->documents == 0 && r->told == 0 && bytes_starts_with(rest, BYTES_LIT("\xEF\xBB\xBF"))) {
        skip = 3;
    }
    while (skip < rest.len && strchr(" \t\r\n", rest.ptr[skip]) != NULL && rest.ptr[skip] != 0) {
        skip++;
    }
    r->fed += skip;
    r->told += skip;
    r->origin = r->told;
}

/* Another document follows the one that is complete: logs and streams of messages. */
static bool next_document(struct xml_reader *r) {
    enum XML_Error code = XML_GetErrorCode(r->parser);
    uint64_t at = event_begin(r);
    bool may_be = r->in_document && r->depth == 0 && at >= r->told &&
                  at < r->base + r->window->end && r->window->bytes[at - r->base] == '<' &&
                  (code == XML_ERROR_JUNK_AFTER_DOC_ELEMENT || code == XML_ERROR_MISPLACED_XML_PI);
    if (!may_be || !XML_ParserReset(r->parser, "x-bytes")) {
        return false;
    }
    prepare(r);
    end_run(r);
    r->in_document = r->started = false;
    r->documents++;
    r->origin = r->told = at;
    r->fed = (size_t)(at - r->base);
    return true;
}

static int refuse(struct xml_reader *r, bool final) {
    enum XML_Error code = XML_GetErrorCode(r->parser);
    if (code == XML_ERROR_NO_MEMORY) {
        return YINMA_E_MEMORY;
    }
    bool cut =
        final && (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
                  code == XML_ERROR_UNCLOSED_CDATA_SECTION || code == XML_ERROR_PARTIAL_CHAR);
    end_run(r);
    return cut ? YINMA_E_TRUNCATED : YINMA_E_DAMAGED;
}

static int result(const struct xml_reader *r, int status, size_t *done, struct error *err) {
    uint64_t place = r->run != RUN_NONE ? r->run_begin : r->told;
    *done = (size_t)(place - r->base);
    if (status == YINMA_E_MEMORY) {
        error_set(err, status, "out of memory for reading XML");
    }
    return status;
}

int xml_reader_step(struct xml_reader *r, size_t *done, struct error *err) {
    struct window *w = r->window;
    if (r->fed == w->end && !w->at_end) {
        size_t moved = 0;
        if (!window_fill(w, &moved) && !w->at_end) {
            return result(r, YINMA_E_DAMAGED, done, err); /* a tag as long as the window */
        }
        r->fed -= moved;
        r->base += moved;
    }
    skip_to_document(r);
    size_t left = w->end - r->fed, len = left < XML_CHUNK_BYTES ? left : XML_CHUNK_BYTES;
    bool final = w->at_end && len == left;
    if (final && len == 0 && !r->in_document && r->documents > 0) {
        return result(r, 0, done, err); /* blanks behind the last document */
    }
    enum XML_Status status = XML_Parse(r->parser, (const char *)w->bytes + r->fed, (int)len, final);
    r->fed += len;
    r->started |= len > 0;
    if (status != XML_STATUS_OK && next_document(r)) {
        return result(r, 1, done, err);
    }
    if (status != XML_STATUS_OK) {
        return result(r, refuse(r, final), done, err);
    }
    if (final) {
        end_run(r);
        return result(r, 0, done, err);
    }
    shorten_run(r);
    return result(r, 1, done, err);
}

/* ---- attributes ---- */

static bool is_blank(uint8_t c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Expat has seen that the tag is well formed. */
bool xml_attribute_next(struct bytes tag, size_t *at, struct xml_attribute *out) {
    size_t i = *at == 0 ? name_of(tag).len + 1 : *at;
    while (i < tag.len && is_blank(tag.ptr[i])) {
        i++;
    }
    size_t name = i;
    while (i < tag.len && tag.ptr[i] != '=' && tag.ptr[i] != '>' && !is_blank(tag.ptr[i])) {
        i++;
    }
    size_t name_end = i;
    while (i < tag.len && (is_blank(tag.ptr[i]) || tag.ptr[i] == '=')) {
        i++;
    }
    if (i >= tag.len || (tag.ptr[i] != '"' && tag.ptr[i] != '\'')) {
        return false;
    }
    const uint8_t *end = memchr(tag.ptr + i + 1, tag.ptr[i], tag.len - i - 1);
    if (end == NULL) {
        return false;
    }
    *at = (size_t)(end - tag.ptr) + 1;
    *out = (struct xml_attribute){.name = bytes_of(tag.ptr + name, name_end - name),
                                  .value = bytes_of(tag.ptr + i + 1, *at - 1 - (i + 1))};
    return true;
}

bool xml_attribute_find(struct bytes tag, struct bytes name, struct bytes *value) {
    struct xml_attribute attribute;
    size_t at = 0;
    while (xml_attribute_next(tag, &at, &attribute)) {
        if (bytes_equal(xml_local_name(attribute.name), name)) {
            *value = attribute.value;
            return true;
        }
    }
    return false;
}

struct bytes xml_local_name(struct bytes name) {
    const uint8_t *colon = name.len == 0 ? NULL : memchr(name.ptr, ':', name.len);
    return colon == NULL ? name : bytes_from(name, (size_t)(colon - name.ptr) + 1);
}
