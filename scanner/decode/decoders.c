#include "decode/decoder.h"

/* The rows, the surest first: of equal bids the first one wins. */
#define DECODER_ROWS(row)                                                                          \
    row(decoder_mysqldump_xml) row(decoder_mysqldump) row(decoder_html)                            \
        row(decoder_spreadsheet_xml) row(decoder_xml) row(decoder_pg_dump) row(decoder_sql)        \
            row(decoder_ndjson) row(decoder_json) row(decoder_zpl) row(decoder_edi)                \
                row(decoder_vcard) row(decoder_ldif) row(decoder_upright) row(decoder_listing)     \
                    row(decoder_csv) row(decoder_tsv) row(decoder_settings) row(decoder_log)       \
                        row(decoder_fixed) row(decoder_layout) row(decoder_raw) row(decoder_text)

/* What databases leave behind; most of it is named by what it stands in, or has a signature. */
#define DATABASE_ROWS(row)                                                                         \
    row(decoder_pg_custom) row(decoder_pg_directory) row(decoder_pg_tar) row(decoder_mysql_tab)    \
        row(decoder_mydumper) row(decoder_sqlite) row(decoder_sqlite_log) row(decoder_bson)        \
            row(decoder_mongodb_archive) row(decoder_redis) row(decoder_dbf)                       \
                row(decoder_mysql_binlog) row(decoder_innodb) row(decoder_pg_pages)                \
                    row(decoder_sqlserver_pages) row(decoder_receipt) row(decoder_bcp)             \
                        row(decoder_bacpac) row(decoder_oracle_exp) row(decoder_oracle_datapump)   \
                            row(decoder_myisam) row(decoder_avro) row(decoder_parquet)

/* What containers name. */
#define MEMBER_ROWS(row) row(decoder_mail)

/* Documents. */
#define OFFICE_ROWS(row)                                                                           \
    row(decoder_xlsx) row(decoder_xlsb) row(decoder_docx) row(decoder_pptx) row(decoder_odf)       \
        row(decoder_xls) row(decoder_ole2) row(decoder_pdf) row(decoder_rtf)

#define DECLARE(name) extern const struct decoder name;
DECODER_ROWS(DECLARE)
DATABASE_ROWS(DECLARE)
OFFICE_ROWS(DECLARE)
MEMBER_ROWS(DECLARE)

#define LIST(name) &(name),
const struct decoder *const decoders[] = {DECODER_ROWS(LIST) DATABASE_ROWS(LIST) OFFICE_ROWS(LIST)
                                              MEMBER_ROWS(LIST) NULL};

static const struct decoder *best_bidder(const struct decode_head *head, unsigned binary) {
    struct decode_head look = *head;
    const struct decoder *best = NULL;
    look.beaten = 0;
    for (size_t i = 0; decoders[i] != NULL; i++) {
        bool beaten = decoders[i]->most != 0 && decoders[i]->most <= look.beaten;
        if (beaten || (decoders[i]->traits & DECODER_BINARY) != binary) {
            continue;
        }
        unsigned bid = decoders[i]->bid(&look);
        if (bid > look.beaten) {
            best = decoders[i];
            look.beaten = bid;
        }
    }
    return best;
}

const struct decoder *decoder_choose(const struct decode_head *head) {
    const struct decoder *best = best_bidder(head, 0);
    return best != NULL ? best : &decoder_raw;
}

const struct decoder *decoder_choose_binary(const struct decode_head *head) {
    return best_bidder(head, DECODER_BINARY);
}

const struct decoder *decoder_by_name(const char *name) {
    for (size_t i = 0; decoders[i] != NULL; i++) {
        if (strcmp(decoders[i]->name, name) == 0) {
            return decoders[i];
        }
    }
    return NULL;
}
