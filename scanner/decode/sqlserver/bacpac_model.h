/* bacpac_model.h - the tables that the model of a bacpac or dacpac (model.xml) describes: columns
 * in the order of their data, types, NULL, what people call them. */
#ifndef YINMA_DECODE_SQLSERVER_BACPAC_MODEL_H
#define YINMA_DECODE_SQLSERVER_BACPAC_MODEL_H

#include "core/arena.h"
#include "core/bcp_layout.h"
#include "core/text_buffer.h"
#include "decode/markup/xml_reader.h"
#include "decode/record_text.h"

enum { BACPAC_MODEL_BYTES = 64 * 1024 * 1024 }; /* what is kept of a model */

struct model_column; /* inside */
struct model_type;
struct model_label;

struct bacpac_model {
    struct arena memory;
    struct bcp_layout *tables; /* filled by bacpac_model_finish */
    size_t table_count, table_capacity;
    struct model_column *columns; /* of all tables, one after the other */
    size_t column_count, column_capacity;
    struct model_type *types; /* of the database's own */
    size_t type_count, type_capacity;
    struct model_label *labels;
    size_t label_count, label_capacity;
    struct record_text *text;   /* not owned: scripts and values go there as running text */
    struct text_buffer scratch; /* a name, a value */
    size_t depth;               /* of open elements; those that are open, else 0: */
    size_t table_depth, column_depth, type_depth, own_type_depth, label_depth, rows_depth;
    uint64_t rows_told; /* by Origin.xml; UINT64_MAX: it does not say */
    bool over;          /* more than may be kept: the rest is not */
    bool failed;        /* memory was out */
};

void bacpac_model_init(struct bacpac_model *model, struct record_text *text);
void bacpac_model_release(struct bacpac_model *model);
/* For model.xml and Origin.xml; the context is the model. */
extern const struct xml_events bacpac_model_events;
/* Both have been read: make the tables. False: memory was out. */
bool bacpac_model_finish(struct bacpac_model *model);

/* The table whose rows the member PATH holds (Data/dbo.orders/TableData-000-00000.BCP): its number,
 * or SIZE_MAX. LIKELY: where to look first. */
size_t bacpac_model_table(struct bacpac_model *model, struct bytes path, size_t likely);

#endif
