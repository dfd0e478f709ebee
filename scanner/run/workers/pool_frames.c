/* pool_frames.c - what workers say. */
#include <errno.h>
#include <stdio.h>

#include "run/workers/pool_state.h"
#include "run/workers/unlinked_file.h"

enum { STREAM_CHUNK = 16 }; /* reads from one worker before the others are asked again */

static int add_occurrences(struct pool *pool, struct ledger *ledger, struct bytes wire,
                           struct error *err) {
    if (pool->spool == NULL) {
        int rc = unlinked_file_open(&pool->spool, err);
        if (rc < 0) {
            return rc;
        }
    }
    int rc = ledger_spool(ledger, pool->spool_at, wire.len);
    if (rc < 0) {
        return rc;
    }
    if (fwrite(wire.ptr, 1, wire.len, pool->spool) != wire.len) {
        return error_set_errno(err, errno, "occurrences could not be kept (see TMPDIR)");
    }
    pool->spool_at += wire.len;
    return 0;
}

/* Pieces are put together later, and what was asked for besides is added to. */
static bool may_store(const struct pool *pool, const struct work_item *item) {
    return item->piece == NULL && pool->engine->sought == NULL && pool->engine->reference == NULL;
}

static int add_unit(struct pool *pool, size_t item, struct frame_unit place, struct bytes wire,
                    struct error *err) {
    struct unit_facts *facts = NULL;
    bool store = may_store(pool, &pool->list->items[item]);
    if (store && pool->store == NULL) {
        pool->store = facts_store_new();
        if (pool->store == NULL) {
            return YINMA_E_MEMORY;
        }
    }
    int rc =
        store ? wire_store_unit(wire, pool->store, &facts, err) : wire_get_unit(wire, &facts, err);
    return rc < 0 ? rc : ledger_commit(&pool->ledgers[item], place, facts);
}

static int take_claim(struct pool *pool, struct worker_slot *slot, struct bytes payload) {
    uint64_t item;
    if (payload.len != sizeof item) {
        return YINMA_E_DAMAGED;
    }
    memcpy(&item, payload.ptr, sizeof item);
    if (item >= pool->list->count || pool->finished[item]) {
        return YINMA_E_DAMAGED;
    }
    pool_assign(pool, slot, (size_t)item);
    return 0;
}

/* 0; YINMA_E_DAMAGED when the worker talks nonsense; other codes end the run. */
static int handle_frame(struct pool *pool, struct worker_slot *slot, uint32_t type,
                        struct bytes payload, struct error *err) {
    const bool has_item = slot->item != NO_ITEM;
    if (has_item == (type == FRAME_CLAIM || type == FRAME_END) && type != FRAME_FATAL) {
        return YINMA_E_DAMAGED;
    }
    struct ledger *ledger = has_item ? &pool->ledgers[slot->item] : NULL;
    struct frame_begin begin;
    struct frame_unit place;
    uint64_t bytes;
    switch (type) {
    case FRAME_CLAIM:
        return take_claim(pool, slot, payload);
    case FRAME_END:
        slot->ended = true;
        return 0;
    case FRAME_SHARED:
        slot->shared = true;
        return 0;
    case FRAME_AGAIN:
        slot->again = true;
        return 0;
    case FRAME_BEGIN:
        if (payload.len < sizeof begin) {
            return YINMA_E_DAMAGED;
        }
        memcpy(&begin, payload.ptr, sizeof begin);
        return ledger_begin(ledger, begin, bytes_from(payload, sizeof begin));
    case FRAME_DONE:
        if (payload.len < sizeof place) {
            return YINMA_E_DAMAGED;
        }
        memcpy(&place, payload.ptr, sizeof place);
        return add_unit(pool, slot->item, place, bytes_from(payload, sizeof place), err);
    case FRAME_OCCURRENCES:
        return add_occurrences(pool, ledger, payload, err);
    case FRAME_PROGRESS:
        if (payload.len != sizeof bytes) {
            return YINMA_E_DAMAGED;
        }
        memcpy(&bytes, payload.ptr, sizeof bytes);
        slot->bytes += bytes;
        return 0;
    case FRAME_ITEM_DONE:
        pool_finish_item(pool, slot);
        return 0;
    default: /* FRAME_FATAL; frame_next lets nothing else through */
        if (payload.len != sizeof *err) {
            return YINMA_E_DAMAGED;
        }
        memcpy(err, payload.ptr, sizeof *err);
        err->text[sizeof err->text - 1] = '\0';
        return err->code < 0 ? err->code : YINMA_E_DAMAGED;
    }
}

static int handle_frames(struct pool *pool, struct worker_slot *slot, struct error *err) {
    size_t at = 0;
    uint32_t type;
    struct bytes payload;
    int rc = 0, found;
    while ((found = frame_next(&slot->in, &at, &type, &payload)) > 0) {
        rc = handle_frame(pool, slot, type, payload, err);
        if (rc < 0 || slot->pid == 0) {
            break; /* an ended worker has emptied its buffer */
        }
    }
    if (found < 0) {
        rc = YINMA_E_DAMAGED;
    }
    if (rc == YINMA_E_DAMAGED) {
        return pool_worker_died(pool, slot, err);
    }
    if (rc == 0 && slot->pid != 0) {
        frame_discard(&slot->in, at);
    }
    return rc;
}

int pool_read_worker(struct pool *pool, struct worker_slot *slot, struct error *err) {
    for (int i = 0; i < STREAM_CHUNK && slot->pid != 0; i++) {
        switch (channel_receive(slot->channel, slot->fd, &slot->in)) {
        case FRAME_NOTHING:
            return 0;
        case FRAME_NO_MEMORY:
            return error_set(err, YINMA_E_MEMORY, "no memory for the answer of a worker");
        case FRAME_CLOSED:
            if (slot->ended) {
                pool_end_worker(pool, slot, END_BY_ITSELF);
                return 0;
            }
            return (slot->again || slot->shared) && !pool_cancelling(pool)
                       ? pool_run_again(pool, slot, err)
                       : pool_worker_died(pool, slot, err);
        case FRAME_MORE:
        default:
            break;
        }
        int rc = handle_frames(pool, slot, err);
        if (rc < 0) {
            return rc;
        }
    }
    return 0;
}
