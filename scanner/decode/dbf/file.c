#include "decode/dbf/file.h"

#include "core/endian.h"

enum { END_OF_FIELDS = 0x0D, NAME_BYTES = 11 };

static bool is_version(uint8_t version) {
    static const uint8_t versions[] = {0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83,
                                       0x8B, 0x8E, 0xCB, 0xE5, 0xF5, 0xFB};
    return memchr(versions, version, sizeof versions) != NULL;
}

uint32_t dbf_header_bytes(struct bytes head) {
    if (head.len < DBF_HEADER_BYTES + DBF_FIELD_BYTES || !is_version(head.ptr[0]) ||
        head.ptr[2] > 12 || head.ptr[3] > 31) {
        return 0;
    }
    const uint32_t header = little_u16(head.ptr + 8), record = little_u16(head.ptr + 10);
    return header >= DBF_HEADER_BYTES + DBF_FIELD_BYTES && record >= 2 ? header : 0;
}

static bool read_field(struct dbf_field *field, const uint8_t *p, uint32_t offset) {
    const uint8_t *end = memchr(p, 0, NAME_BYTES);
    field->name = bytes_of(p, end == NULL ? NAME_BYTES : (size_t)(end - p));
    field->type = p[11];
    field->decimals = p[17];
    field->offset = offset;
    /* Clipper: texts of more than 255 characters carry into the decimals. */
    field->length = field->type == 'C' ? little_u16(p + 16) : p[16];
    return field->name.len > 0 &&
           byte_is_alnum(field->type) + (field->type == '@') + (field->type == '+') > 0;
}

bool dbf_file_read(struct dbf_file *file, struct bytes header) {
    *file = (struct dbf_file){.header_bytes = dbf_header_bytes(header)};
    if (file->header_bytes == 0) {
        return false;
    }
    header = bytes_first(header, file->header_bytes);
    file->version = header.ptr[0];
    file->records = little_u32(header.ptr + 4);
    file->record_bytes = little_u16(header.ptr + 10);
    file->encrypted = header.ptr[15] == 1;
    file->language = header.ptr[29];
    uint32_t offset = 1;
    size_t at = DBF_HEADER_BYTES;
    while (header.len - at >= DBF_FIELD_BYTES && header.ptr[at] != END_OF_FIELDS &&
           file->field_count < DBF_FIELDS_MAX) {
        struct dbf_field *field = &file->fields[file->field_count++];
        if (!read_field(field, header.ptr + at, offset) ||
            field->length > file->record_bytes - offset) {
            return false;
        }
        file->has_memo = file->has_memo || field->type == 'M';
        offset += field->length;
        at += DBF_FIELD_BYTES;
    }
    return file->field_count > 0 && offset == file->record_bytes && at < header.len &&
           header.ptr[at] == END_OF_FIELDS;
}
