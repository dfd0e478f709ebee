/* xml_reader.h - XML in pieces, for every decoder whose data is XML. Expat says what is markup;
 * what it says is handed on as places in the window, so that values keep their offsets and nothing
 * is copied.
 *
 * Expat is told that the data is in an encoding of single bytes in which every byte from 80 up is a
 * letter: the transcoder has made UTF-8 of whatever it was (also of what the prolog declared), and
 * bytes that are no UTF-8, or control characters that XML forbids (mysqldump writes them), must not
 * end the reading. Entities that the document defines itself are not expanded in text (their
 * definitions are handed on as text) and in attributes only within expat's own limits (a hundred
 * times the data after 8 MiB), nothing outside the document is ever opened, and one piece of
 * markup is at most a window long. */
#ifndef YINMA_DECODE_MARKUP_XML_READER_H
#define YINMA_DECODE_MARKUP_XML_READER_H

#include "decode/window.h"

enum {
    XML_CHUNK_BYTES = 32 * 1024,    /* what expat gets at once */
    XML_TEXT_RUN_BYTES = 64 * 1024, /* longer text comes in pieces */
    XML_DEPTH_MOST = 1024,          /* what is nested deeper is read as no XML */
};

enum xml_text_type {
    XML_TEXT,         /* of the innermost open element; may hold references (xml_unescape) */
    XML_TEXT_LITERAL, /* the same from a CDATA section: no references */
    XML_TEXT_ASIDE,   /* comments, processing instructions, the document type */
};

/* Text without the blanks around it; all views are of the window. */
struct xml_text {
    struct bytes text;
    enum xml_text_type type;
    bool escaped; /* holds references */
    bool partial; /* a piece of longer text */
};

/* What is told, in the order of the data. No member may be NULL. */
struct xml_events {
    /* TAG is the whole start tag; read its attributes with xml_attribute. */
    void (*start)(void *context, struct bytes name, struct bytes tag);
    /* AT points where the element ends. NAME is valid during the call only. */
    void (*end)(void *context, struct bytes name, const uint8_t *at);
    void (*text)(void *context, const struct xml_text *text);
};

struct xml_reader;

/* W (not owned) is initialised and at its start. NULL when memory is out. */
struct xml_reader *xml_reader_new(struct window *w, const struct xml_events *events, void *context);
void xml_reader_free(struct xml_reader *reader);
/* Tell text with the blanks around it, and blanks alone: where runs of text are joined. */
void xml_reader_keep_blanks(struct xml_reader *reader);

/* Read a chunk more. 1: there may be more; 0: the data is read to its end; YINMA_E_DAMAGED: no XML
 * from *done on; YINMA_E_TRUNCATED: the data ends inside a document; YINMA_E_MEMORY. *done is the
 * place in the window up to which everything has been told: the caller consumes up to there before
 * the next call. */
int xml_reader_step(struct xml_reader *reader, size_t *done, struct error *err);

/* The depth of open elements. */
size_t xml_reader_depth(const struct xml_reader *reader);

/* The attributes of a start tag, one after the other: *at begins with 0. False: no more. */
struct xml_attribute {
    struct bytes name;
    struct bytes value; /* as written, without quotes */
};
bool xml_attribute_next(struct bytes tag, size_t *at, struct xml_attribute *out);
/* The value of the attribute NAME (without regard to a prefix); false: there is none. */
bool xml_attribute_find(struct bytes tag, struct bytes name, struct bytes *value);

/* NAME without its prefix. */
struct bytes xml_local_name(struct bytes name);

#endif
