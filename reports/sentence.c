#include "reports/sentence.h"

#include "reports/sentence_formats.h"
#include "reports/translate.h"

enum {
    ARGUMENTS_MOST = 8,
    DEPTH_MOST = 6, /* of sentences inside sentences */
};

struct matched {
    const char *format; /* NULL: none */
    struct bytes arguments[ARGUMENTS_MOST];
    size_t weight; /* how much of the text the format itself says */
};

struct conversion {
    const char *end; /* behind it */
    bool is_text;
};

/* FORMAT points to a '%' that is not doubled. */
static struct conversion conversion_at(const char *format) {
    const char *end = format + 1;
    end += strspn(end, "0123456789.*$-+ #lhzjt");
    return (struct conversion){end + (*end != '\0'), *end == 's'};
}

static bool is_of_number(uint8_t c) {
    return byte_is_hex(c) || c == '.' || c == '-' || c == '+';
}

/* Does FORMAT fit all of TEXT? Texts take as little as they can, the last one what is left. */
static bool fits(const char *format, struct bytes text, struct bytes *arguments, size_t count) {
    for (; *format != '%' || format[1] == '%'; format++) {
        if (*format == '\0') {
            return text.len == 0;
        }
        if (text.len == 0 || text.ptr[0] != (uint8_t)*format) {
            return false;
        }
        format += *format == '%';
        text = bytes_from(text, 1);
    }
    const struct conversion place = conversion_at(format);
    if (count == ARGUMENTS_MOST) {
        return false;
    }
    for (size_t len = place.is_text ? 0 : 1; len <= text.len; len++) {
        if (!place.is_text && !is_of_number(text.ptr[len - 1])) {
            return false;
        }
        arguments[count] = bytes_first(text, len);
        if (*place.end == '\0' ? len == text.len
                               : fits(place.end, bytes_from(text, len), arguments, count + 1)) {
            return true;
        }
    }
    return false;
}

/* How much of a text FORMAT itself says; 0 when it only puts names beside each other. */
static size_t weight_of(const char *format) {
    size_t weight = 0;
    bool speaks = false;
    while (*format != '\0') {
        if (*format == '%' && format[1] != '%') {
            format = conversion_at(format).end;
            continue;
        }
        speaks = speaks || byte_is_letter((uint8_t)*format);
        weight++;
        format += *format == '%' ? 2 : 1;
    }
    return speaks ? weight : 0;
}

/* The format that says most of TEXT. */
static bool find_format(struct bytes text, struct matched *best) {
    *best = (struct matched){0};
    const char *const *const lists[] = {sentence_formats, sentences_of_libraries};
    for (size_t list = 0; list < sizeof lists / sizeof *lists; list++) {
        for (const char *const *format = lists[list]; *format != NULL; format++) {
            struct matched one = {.format = *format};
            if (fits(*format, text, one.arguments, 0)) {
                one.weight = weight_of(*format);
                *best = one.weight > best->weight ? one : *best;
            }
        }
    }
    return best->weight > 0;
}

static bool put_sentence(struct text_buffer *out, struct bytes english, translator translate,
                         unsigned depth);

/* Does an argument hold a sentence of its own, or a name with a mark in it? */
static bool is_loose(const struct matched *said) {
    size_t index = 0;
    for (const char *at = said->format; *at != '\0'; at++) {
        if (*at == '%' && at[1] == '%') {
            at++;
        } else if (*at == '%' && index < ARGUMENTS_MOST) {
            const bool quoted = at > said->format && at[-1] == '"';
            if (!quoted && bytes_find(said->arguments[index], BYTES_LIT(": ")) != SIZE_MAX) {
                return true;
            }
            index++;
        }
    }
    return false;
}

static bool find_sentence(struct bytes text, struct matched *best) {
    return find_format(text, best) && strchr(best->format, ' ') != NULL;
}

static bool find_whole(struct bytes text, struct matched *best) {
    return find_sentence(text, best) && !is_loose(best);
}

static void put_part(struct text_buffer *out, struct bytes part, translator translate,
                     unsigned depth) {
    if (!put_sentence(out, part, translate, depth + 1)) {
        text_buffer_put(out, part);
    }
}

/* Does the argument stand in quotes? */
static bool is_quoted(const char *format, size_t index) {
    for (const char *at = format; *at != '\0'; at++) {
        if (*at == '%' && at[1] == '%') {
            at++;
        } else if (*at == '%' && index-- == 0) {
            return at > format && at[-1] == '"';
        }
    }
    return false;
}

/* Words alone ("key", "header") are said in few formats: elsewhere they are names. */
static bool takes_words(const char *format) {
    static const char *const beginnings[] = {"unknown ", "the archive's ", "is version "};
    for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
        if (strncmp(format, beginnings[i], strlen(beginnings[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* What was quoted is what somebody wrote. */
static void put_argument(struct text_buffer *out, const struct matched *matched, size_t index,
                         translator translate, unsigned depth) {
    const struct bytes argument = matched->arguments[index];
    struct matched word;
    if (is_quoted(matched->format, index)) {
        text_buffer_put(out, argument);
    } else if (takes_words(matched->format) && find_format(argument, &word) &&
               strchr(word.format, '%') == NULL) {
        text_buffer_puts(out, translate(word.format));
    } else {
        put_part(out, argument, translate, depth);
    }
}

/* The arguments in the order of FORMAT, which may name them ("%2$s"). */
static void put_filled(struct text_buffer *out, const char *format, const struct matched *matched,
                       translator translate, unsigned depth) {
    size_t next = 0;
    for (const char *at = format; *at != '\0';) {
        if (*at != '%' || at[1] == '%') {
            text_buffer_putc(out, *at);
            at += *at == '%' ? 2 : 1;
            continue;
        }
        const struct conversion place = conversion_at(at);
        const bool named = at[1] >= '1' && at[1] <= '0' + ARGUMENTS_MOST && at[2] == '$';
        const size_t index = named ? (size_t)(at[1] - '1') : next++;
        if (index < ARGUMENTS_MOST) {
            put_argument(out, matched, index, translate, depth);
        }
        at = place.end;
    }
}

/* ": " and "; " part sentences from what they speak of, and from one another. */
static bool is_mark(struct bytes text, size_t at) {
    return at + 1 < text.len && text.ptr[at + 1] == ' ' &&
           (text.ptr[at] == ':' || text.ptr[at] == ';');
}

static void put_said(struct text_buffer *out, const struct matched *said, translator translate,
                     unsigned depth) {
    put_filled(out, translate(said->format), said, translate, depth);
}

/* "PLACE: SENTENCE": the longest sentence at the end, what stands before it likewise; else one at
 * the beginning, as before the words of another program. */
static bool put_parts(struct text_buffer *out, struct bytes english, translator translate,
                      unsigned depth) {
    struct matched said;
    for (size_t at = 0; at < english.len; at++) {
        if (is_mark(english, at) && find_whole(bytes_from(english, at + 2), &said)) {
            put_part(out, bytes_first(english, at), translate, depth);
            text_buffer_put(out, bytes_of(english.ptr + at, 2));
            put_said(out, &said, translate, depth);
            return true;
        }
    }
    for (size_t at = english.len; at > 0; at--) {
        if (is_mark(english, at - 1) && find_whole(bytes_first(english, at - 1), &said)) {
            put_said(out, &said, translate, depth);
            text_buffer_put(out, bytes_from(english, at - 1));
            return true;
        }
    }
    return false;
}

/* What the memory was wanted for helps nobody: one sentence for all of them. */
static const char *no_memory(struct bytes english, translator translate) {
    static const char *const beginnings[] = {"out of memory", "no memory for ", "memory ran out"};
    const char *const plain = N_("memory ran out"), *const said = translate(plain);
    for (size_t i = 0; said != plain && i < sizeof beginnings / sizeof *beginnings; i++) {
        if (bytes_starts_with(english, bytes_of_string(beginnings[i]))) {
            return said;
        }
    }
    return NULL;
}

static bool put_sentence(struct text_buffer *out, struct bytes english, translator translate,
                         unsigned depth) {
    struct matched said;
    const char *const memory = no_memory(english, translate);
    if (memory != NULL) {
        text_buffer_puts(out, memory);
        return true;
    }
    if (english.len == 0 || depth > DEPTH_MOST) {
        return false;
    }
    if (!find_whole(english, &said)) {
        if (put_parts(out, english, translate, depth)) {
            return true;
        }
        if (!find_sentence(english, &said)) {
            return false;
        }
    }
    put_said(out, &said, translate, depth);
    return true;
}

void sentence_put(struct text_buffer *out, struct bytes english, translator translate) {
    put_part(out, english, translate, 0);
}
