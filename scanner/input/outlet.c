/* outlet.c - see the header. */
#include "input/outlet.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "input/stream/stream_digest.h"

enum {
    QUEUE_MAX = 16, /* chunks that wait for a slow reader: 4 MiB */
    SPARE_MAX = 32,
};

struct outlet {
    int descriptor;
    enum outlet_digest wanted;
    pthread_t writer;
    pthread_mutex_t lock;   /* of what follows */
    pthread_cond_t changed; /* there is more to write, or more room */
    struct outlet_chunk *first, **last;
    unsigned queued;
    struct outlet_chunk *spare;
    unsigned spares;
    bool ended;
    int os_errno;
    /* the writer's own */
    struct stream_digest *digest; /* NULL: nobody wants it, or memory is out */
    uint64_t bytes;
};

/* ---- the writer ---- */

/* Whoever shares the pipe may have made it non-blocking. */
static int write_all(int descriptor, const uint8_t *bytes, size_t len, size_t *written) {
    *written = 0;
    while (*written < len) {
        ssize_t put = write(descriptor, bytes + *written, len - *written);
        if (put >= 0) {
            *written += (size_t)put;
        } else if (errno == EAGAIN) {
            struct pollfd ready = {.fd = descriptor, .events = POLLOUT};
            (void)poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

/* What is to be written next; NULL: nothing ever more. */
static struct outlet_chunk *next_chunk(struct outlet *outlet) {
    pthread_mutex_lock(&outlet->lock);
    while (outlet->first == NULL && !outlet->ended) {
        pthread_cond_wait(&outlet->changed, &outlet->lock);
    }
    struct outlet_chunk *chunk = outlet->first;
    if (chunk != NULL) {
        outlet->first = chunk->next;
        outlet->last = outlet->first == NULL ? &outlet->first : outlet->last;
    }
    pthread_mutex_unlock(&outlet->lock);
    return chunk;
}

/* Called with the lock held. */
static void keep_spare(struct outlet *outlet, struct outlet_chunk *chunk) {
    if (outlet->spares >= SPARE_MAX) {
        free(chunk);
        return;
    }
    chunk->next = outlet->spare;
    outlet->spare = chunk;
    outlet->spares++;
}

static void *write_chunks(void *context) {
    struct outlet *outlet = context;
    struct outlet_chunk *chunk;
    int failure = 0;
    if (outlet->wanted == OUTLET_DIGESTED) { /* made here: the reader need not wait for it */
        outlet->digest = stream_digest_new();
        failure = outlet->digest == NULL ? ENOMEM : 0;
    }
    while ((chunk = next_chunk(outlet)) != NULL) {
        size_t written = 0;
        if (failure == 0) {
            failure = write_all(outlet->descriptor, chunk->bytes + chunk->begin,
                                chunk->end - chunk->begin, &written);
            if (outlet->digest != NULL) {
                stream_digest_add(outlet->digest, chunk->bytes + chunk->begin, written);
            }
            outlet->bytes += written;
        }
        pthread_mutex_lock(&outlet->lock);
        outlet->queued--;
        outlet->os_errno = failure;
        keep_spare(outlet, chunk);
        pthread_cond_broadcast(&outlet->changed);
        pthread_mutex_unlock(&outlet->lock);
    }
    return NULL;
}

/* ---- the other side ---- */

int outlet_new(int descriptor, enum outlet_digest digest, struct outlet **out, struct error *err) {
    struct outlet *outlet = calloc(1, sizeof *outlet);
    *out = NULL;
    if (outlet == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory for the way out");
    }
    outlet->descriptor = descriptor;
    outlet->wanted = digest;
    outlet->last = &outlet->first;
    pthread_mutex_init(&outlet->lock, NULL);
    pthread_cond_init(&outlet->changed, NULL);
    int failure = pthread_create(&outlet->writer, NULL, write_chunks, outlet);
    if (failure != 0) {
        pthread_mutex_destroy(&outlet->lock);
        pthread_cond_destroy(&outlet->changed);
        free(outlet);
        return error_set_errno(err, failure, "cannot start the thread that writes");
    }
    *out = outlet;
    return 0;
}

struct outlet_chunk *outlet_chunk(struct outlet *outlet) {
    pthread_mutex_lock(&outlet->lock);
    struct outlet_chunk *chunk = outlet->spare;
    if (chunk != NULL) {
        outlet->spare = chunk->next;
        outlet->spares--;
    }
    pthread_mutex_unlock(&outlet->lock);
    chunk = chunk == NULL ? malloc(sizeof *chunk) : chunk;
    if (chunk != NULL) {
        chunk->next = NULL;
        chunk->begin = chunk->end = 0;
    }
    return chunk;
}

void outlet_drop(struct outlet *outlet, struct outlet_chunk *chunk) {
    if (chunk != NULL) {
        pthread_mutex_lock(&outlet->lock);
        keep_spare(outlet, chunk);
        pthread_mutex_unlock(&outlet->lock);
    }
}

bool outlet_send(struct outlet *outlet, struct outlet_chunk *chunk) {
    chunk->next = NULL;
    pthread_mutex_lock(&outlet->lock);
    while (outlet->queued >= QUEUE_MAX && outlet->os_errno == 0) {
        pthread_cond_wait(&outlet->changed, &outlet->lock);
    }
    bool fine = outlet->os_errno == 0;
    *outlet->last = chunk;
    outlet->last = &chunk->next;
    outlet->queued++;
    pthread_cond_broadcast(&outlet->changed);
    pthread_mutex_unlock(&outlet->lock);
    return fine;
}

static void free_chunks(struct outlet_chunk *chunk) {
    while (chunk != NULL) {
        struct outlet_chunk *next = chunk->next;
        free(chunk);
        chunk = next;
    }
}

void outlet_finish(struct outlet *outlet, struct outlet_result *result) {
    pthread_mutex_lock(&outlet->lock);
    outlet->ended = true;
    pthread_cond_broadcast(&outlet->changed);
    pthread_mutex_unlock(&outlet->lock);
    pthread_join(outlet->writer, NULL);
    *result = (struct outlet_result){.bytes = outlet->bytes, .os_errno = outlet->os_errno};
    bool made = stream_digest_end(outlet->digest, result->sha256);
    if (!made && outlet->wanted == OUTLET_DIGESTED && result->os_errno == 0) {
        result->os_errno = ENOMEM;
    }
    free_chunks(outlet->first);
    free_chunks(outlet->spare);
    pthread_mutex_destroy(&outlet->lock);
    pthread_cond_destroy(&outlet->changed);
    free(outlet);
}
