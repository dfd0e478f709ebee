#include "decode/dbf/memo.h"

#include <stdlib.h>

#include "core/endian.h"

enum { NAME_BYTES_MAX = 255, DBT_BLOCK_BYTES = 512 };

static struct byte_source *open_beside(struct byte_source *source, struct bytes stem,
                                       const char *ending) {
    char name[NAME_BYTES_MAX + 8];
    if (stem.len > NAME_BYTES_MAX || memchr(stem.ptr, 0, stem.len) != NULL) {
        return NULL;
    }
    memcpy(name, stem.ptr, stem.len);
    memcpy(name + stem.len, ending, strlen(ending) + 1);
    struct byte_source *file = source->ops->sibling(source, name, NULL);
    if (file != NULL && file->ops->read_at == NULL) {
        byte_source_close(file);
        return NULL;
    }
    return file; // cppcheck-suppress returnDanglingLifetime ; the name is read, not kept
}

bool dbf_memo_open(struct dbf_memo *memo, struct byte_source *source, struct bytes name) {
    static const struct {
        const char *ending;
        bool foxpro;
    } endings[] = {{".fpt", true}, {".FPT", true}, {".dbt", false}, {".DBT", false}};
    uint8_t head[DBT_BLOCK_BYTES] = {0};
    struct error ignored = {0};
    *memo = (struct dbf_memo){0};
    text_buffer_init(&memo->text, MEMO_BYTES_MAX + 2 * DBT_BLOCK_BYTES);
    if (source->ops->sibling == NULL || name.len < 4) {
        return false;
    }
    struct bytes stem = bytes_first(name, name.len - 4);
    for (size_t i = 0; i < sizeof endings / sizeof *endings && memo->file == NULL; i++) {
        memo->file = open_beside(source, stem, endings[i].ending);
        memo->foxpro = endings[i].foxpro;
    }
    if (memo->file == NULL ||
        memo->file->ops->read_at(memo->file, 0, head, sizeof head, &ignored) < 8) {
        return false;
    }
    if (memo->foxpro) {
        memo->block_bytes = big_u16(head + 6);
    } else { /* dBase IV says it, III does not */
        const uint32_t told = little_u16(head + 20);
        memo->block_bytes = told >= 64 && told % 64 == 0 ? told : DBT_BLOCK_BYTES;
    }
    memo->block_bytes = memo->block_bytes == 0 ? 1 : memo->block_bytes;
    return true;
}

void dbf_memo_close(struct dbf_memo *memo) {
    byte_source_close(memo->file);
    text_buffer_release(&memo->text);
}

/* LEN bytes from AT on, or up to two 1A where LEN is not known (0). */
static bool read_text(struct dbf_memo *memo, uint64_t at, uint64_t len) {
    uint8_t piece[4096];
    struct error ignored = {0};
    const uint64_t most = len == 0 || len > MEMO_BYTES_MAX ? MEMO_BYTES_MAX : len;
    text_buffer_clear(&memo->text);
    while (memo->text.len < most) {
        const uint64_t left = most - memo->text.len;
        int64_t got =
            memo->file->ops->read_at(memo->file, at + memo->text.len, piece,
                                     left < sizeof piece ? (size_t)left : sizeof piece, &ignored);
        if (got <= 0) {
            break;
        }
        const uint8_t *end = len == 0 ? memchr(piece, 0x1A, (size_t)got) : NULL;
        text_buffer_put(&memo->text,
                        bytes_of(piece, end == NULL ? (size_t)got : (size_t)(end - piece)));
        if (end != NULL) {
            return true;
        }
    }
    return !memo->text.failed && (len == 0 ? memo->text.len > 0 : memo->text.len == most);
}

bool dbf_memo_read(struct dbf_memo *memo, uint32_t block, struct bytes *text) {
    uint8_t head[8];
    struct error ignored = {0};
    const uint64_t at = (uint64_t)block * memo->block_bytes;
    if (memo->file == NULL || block == 0 ||
        memo->file->ops->read_at(memo->file, at, head, sizeof head, &ignored) <
            (int64_t)sizeof head) {
        return false;
    }
    bool read;
    uint32_t len;
    if (memo->foxpro) { /* its type (1: text), its length */
        len = big_u32(head + 4);
        read = big_u32(head) <= 2 && (len == 0 || read_text(memo, at + 8, len));
    } else if (memcmp(head, "\xFF\xFF\x08\0", 4) == 0) { /* IV: the length with these bytes */
        len = little_u32(head + 4);
        read = len >= 8 && (len == 8 || read_text(memo, at + 8, len - 8));
        len = len == 8 ? 0 : len;
    } else {
        len = 1;
        read = read_text(memo, at, 0);
    }
    *text = len == 0 ? BYTES_LIT("") : text_buffer_view(&memo->text);
    return read;
}
