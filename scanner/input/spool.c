/* spool.c - a copy of a stream that can be read at any place. Personal data must not land on a disk
 * in clear, so what does not fit in memory goes to a file without a name, encrypted with a key that
 * nobody but this process ever knew (AES-256 in counter mode: any place can be decrypted alone). */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <nettle/aes.h>
#include <nettle/ctr.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "input/limits.h"

enum {
    MEMORY_BYTES = 16 * 1024 * 1024, /* beyond that it goes to the file */
    CHUNK_BYTES = 256 * 1024,
};

struct spool {
    struct byte_source base;
    struct input_budget *budget;
    uint64_t at;          /* read position */
    uint64_t counted;     /* in the budget */
    struct error failure; /* why the source ended early; comes behind its bytes */
    uint8_t *memory;      /* MEMORY_BYTES, while everything fits */
    int descriptor;       /* of the file, -1 without */
    uint8_t *scratch;     /* CHUNK_BYTES, with a file */
    struct aes256_ctx cipher;
};

/* En- or decrypt LEN bytes that stand at OFFSET, a multiple of the cipher's block. */
static void crypt_at(struct spool *self, uint64_t offset, size_t len, uint8_t *to,
                     const uint8_t *from) {
    uint8_t counter[AES_BLOCK_SIZE] = {0};
    uint64_t block = offset / AES_BLOCK_SIZE;
    for (size_t i = 0; i < sizeof block; i++) {
        counter[AES_BLOCK_SIZE - 1 - i] = (uint8_t)(block >> (8 * i));
    }
    ctr_crypt(&self->cipher, (nettle_cipher_func *)aes256_encrypt, AES_BLOCK_SIZE, counter, len, to,
              from);
}

static int write_all(int descriptor, const uint8_t *data, size_t len, uint64_t offset,
                     struct error *err) {
    while (len > 0) {
        ssize_t put = pwrite(descriptor, data, len, (off_t)offset);
        if (put < 0 && errno != EINTR) {
            return error_set_errno(err, errno, "cannot write the temporary file");
        }
        if (put > 0) {
            data += put;
            len -= (size_t)put;
            offset += (uint64_t)put;
        }
    }
    return 0;
}

/* Encrypt and write what stands in FROM (which may be the scratch itself). */
static int write_chunk(struct spool *self, const uint8_t *from, size_t len, uint64_t offset,
                       struct error *err) {
    crypt_at(self, offset, len, self->scratch, from);
    return write_all(self->descriptor, self->scratch, len, offset, err);
}

static int open_nameless(const char *folder) {
    int descriptor = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
    if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) {
        return descriptor;
    }
    char path[4096]; /* a file system without O_TMPFILE */
    int len = snprintf(path, sizeof path, "%s/yinma-XXXXXX", folder);
    if (len < 0 || (size_t)len >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    descriptor = mkostemp(path, O_CLOEXEC);
    if (descriptor >= 0) {
        unlink(path);
    }
    return descriptor;
}

static int open_file(struct spool *self, struct error *err) {
    const char *chosen = getenv("TMPDIR");
    const char *folders[] = {chosen != NULL && chosen[0] == '/' ? chosen : NULL, "/var/tmp",
                             "/tmp"};
    int os_errno = ENOENT;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && self->descriptor < 0; i++) {
        if (folders[i] != NULL) {
            self->descriptor = open_nameless(folders[i]);
            os_errno = self->descriptor < 0 ? errno : 0;
        }
    }
    if (self->descriptor < 0) {
        return error_set_errno(err, os_errno, "cannot make a temporary file (TMPDIR says where)");
    }
    uint8_t key[AES256_KEY_SIZE];
    if (getrandom(key, sizeof key, 0) != (ssize_t)sizeof key) {
        return error_set_errno(err, errno, "no random numbers for the temporary file's key");
    }
    aes256_set_encrypt_key(&self->cipher, key);
    explicit_bzero(key, sizeof key);
    return 0;
}

static void *private_memory(size_t len) {
    void *memory = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return NULL;
    }
    (void)madvise(memory, len, MADV_DONTDUMP); /* data stays out of core dumps */
    return memory;
}

static void release_memory(uint8_t **memory, size_t len) {
    if (*memory != NULL) {
        munmap(*memory, len);
        *memory = NULL;
    }
}

/* From memory to the file. */
static int move_to_file(struct spool *self, struct error *err) {
    int code = open_file(self, err);
    if (code < 0) {
        return code;
    }
    self->scratch = private_memory(CHUNK_BYTES);
    if (self->scratch == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    for (size_t at = 0; at < MEMORY_BYTES && code == 0; at += CHUNK_BYTES) {
        code = write_chunk(self, self->memory + at, CHUNK_BYTES, at, err);
    }
    release_memory(&self->memory, MEMORY_BYTES);
    return code;
}

/* Read up to CAPACITY bytes to BUFFER; short when the source ends. Its error is kept: what came
 * before it is worth reading. */
static size_t fill(struct spool *self, struct byte_source *source, uint8_t *buffer,
                   size_t capacity) {
    size_t have = 0;
    while (have < capacity && self->failure.code == 0) {
        int64_t got = byte_source_read(source, buffer + have, capacity - have, &self->failure);
        if (got == 0) {
            break;
        }
        if (got < 0) {
            self->failure.code = (int)got;
        } else if (budget_spool(self->budget, (uint64_t)got, &self->failure) == 0) {
            have += (size_t)got;
            self->counted += (uint64_t)got;
        }
    }
    return have;
}

/* A full chunk is written at a time, so every write starts on a cipher block. */
static int fill_file(struct spool *self, struct byte_source *source, struct error *err) {
    size_t have = CHUNK_BYTES;
    int code = 0;
    while (have == CHUNK_BYTES && code == 0) {
        have = fill(self, source, self->scratch, CHUNK_BYTES);
        code = write_chunk(self, self->scratch, have, self->base.size, err);
        self->base.size += have;
    }
    return code;
}

static int64_t read_file_at(struct spool *self, uint64_t offset, uint8_t *buffer, size_t capacity,
                            struct error *err) {
    const uint64_t start = offset - offset % AES_BLOCK_SIZE;
    const size_t skip = (size_t)(offset - start);
    size_t want = capacity > CHUNK_BYTES - skip ? CHUNK_BYTES : capacity + skip;
    size_t have = 0;
    while (have < want) {
        ssize_t got =
            pread(self->descriptor, self->scratch + have, want - have, (off_t)(start + have));
        if (got < 0 && errno != EINTR) {
            return error_set_errno(err, errno, "cannot read the temporary file");
        }
        if (got == 0) {
            return error_set(err, YINMA_E_IO, "the temporary file lost bytes");
        }
        have += got > 0 ? (size_t)got : 0;
    }
    crypt_at(self, start, have, self->scratch, self->scratch);
    memcpy(buffer, self->scratch + skip, have - skip);
    return (int64_t)(have - skip);
}

static int64_t spool_read_at(struct byte_source *source, uint64_t offset, void *buffer,
                             size_t capacity, struct error *err) {
    struct spool *self = (struct spool *)source;
    if (offset >= self->base.size) {
        if (self->failure.code != 0 && err != NULL) {
            *err = self->failure;
        }
        return self->failure.code;
    }
    if (capacity > self->base.size - offset) {
        capacity = (size_t)(self->base.size - offset);
    }
    if (self->memory != NULL) {
        memcpy(buffer, self->memory + offset, capacity);
        return (int64_t)capacity;
    }
    size_t have = 0;
    while (have < capacity) {
        int64_t got =
            read_file_at(self, offset + have, (uint8_t *)buffer + have, capacity - have, err);
        if (got < 0) {
            return got;
        }
        have += (size_t)got;
    }
    return (int64_t)have;
}

static int64_t spool_read(struct byte_source *source, void *buffer, size_t capacity,
                          struct error *err) {
    struct spool *self = (struct spool *)source;
    int64_t got = spool_read_at(source, self->at, buffer, capacity, err);
    self->at += got > 0 ? (uint64_t)got : 0;
    return got;
}

static void spool_close(struct byte_source *source) {
    struct spool *self = (struct spool *)source;
    budget_unspool(self->budget, self->counted);
    release_memory(&self->memory, MEMORY_BYTES);
    release_memory(&self->scratch, CHUNK_BYTES);
    if (self->descriptor >= 0) {
        close(self->descriptor);
    }
    explicit_bzero(&self->cipher, sizeof self->cipher);
    free(self);
}

static const struct byte_source_ops spool_ops = {
    .read = spool_read, .read_at = spool_read_at, .close = spool_close};

int input_seekable(struct byte_source *source, struct input_budget *budget,
                   struct byte_source **out, struct error *err) {
    *out = NULL;
    if (source->ops->read_at != NULL) {
        *out = source;
        return 0;
    }
    int code = 0;
    struct spool *self = calloc(1, sizeof *self);
    if (self == NULL) {
        code = error_set(err, YINMA_E_MEMORY, "out of memory");
        goto cleanup;
    }
    self->base.ops = &spool_ops;
    self->budget = budget;
    self->descriptor = -1;
    self->memory = private_memory(MEMORY_BYTES);
    if (self->memory == NULL) {
        code = error_set(err, YINMA_E_MEMORY, "out of memory");
        goto cleanup;
    }
    self->base.size = fill(self, source, self->memory, MEMORY_BYTES);
    if (self->base.size == MEMORY_BYTES) {
        code = move_to_file(self, err);
        code = code < 0 ? code : fill_file(self, source, err);
    }
    if (code == 0 && self->base.size == 0 && self->failure.code != 0) {
        code = self->failure.code; /* nothing to read before the error */
        if (err != NULL) {
            *err = self->failure;
        }
    }
cleanup:
    if (code < 0 && self != NULL) {
        spool_close(&self->base);
    } else if (self != NULL) {
        *out = &self->base;
    }
    byte_source_close(source);
    return code;
}
