/* sealed_file.c - see the header. */
#include "input/sealed_file.h"

#include <errno.h>
#include <nettle/aes.h>
#include <nettle/ctr.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <unistd.h>

#include "input/nameless_file.h"

struct sealed_file {
    int descriptor;
    uint8_t *scratch; /* SEALED_CHUNK */
    struct aes256_ctx cipher;
};

uint8_t *private_memory(size_t len) {
    void *memory = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        return NULL;
    }
    (void)madvise(memory, len, MADV_DONTDUMP); /* data stays out of core dumps */
    return memory;
}

void private_memory_release(uint8_t **memory, size_t len) {
    if (*memory != NULL) {
        munmap(*memory, len);
        *memory = NULL;
    }
}

/* En- or decrypt LEN bytes that stand at OFFSET, a multiple of the cipher's block. */
static void crypt_at(struct sealed_file *self, uint64_t offset, size_t len, uint8_t *to,
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

static int open_file(struct sealed_file *self, struct error *err) {
    int descriptor = nameless_file_open(err);
    if (descriptor < 0) {
        return descriptor;
    }
    self->descriptor = descriptor;
    uint8_t key[AES256_KEY_SIZE];
    if (getrandom(key, sizeof key, 0) != (ssize_t)sizeof key) {
        return error_set_errno(err, errno, "no random numbers for the temporary file's key");
    }
    aes256_set_encrypt_key(&self->cipher, key);
    explicit_bzero(key, sizeof key);
    return 0;
}

int sealed_file_open(struct sealed_file **out, struct error *err) {
    *out = NULL;
    struct sealed_file *self = calloc(1, sizeof *self);
    if (self == NULL) {
        return error_set(err, YINMA_E_MEMORY, "out of memory");
    }
    self->descriptor = -1;
    self->scratch = private_memory(SEALED_CHUNK);
    int code = self->scratch == NULL ? error_set(err, YINMA_E_MEMORY, "out of memory")
                                     : open_file(self, err);
    if (code < 0) {
        sealed_file_close(self);
        return code;
    }
    *out = self;
    return 0;
}

void sealed_file_close(struct sealed_file *file) {
    if (file != NULL) {
        private_memory_release(&file->scratch, SEALED_CHUNK);
        if (file->descriptor >= 0) {
            close(file->descriptor);
        }
        explicit_bzero(&file->cipher, sizeof file->cipher);
        free(file);
    }
}

int sealed_file_write(struct sealed_file *file, uint64_t offset, const uint8_t *data, size_t len,
                      struct error *err) {
    crypt_at(file, offset, len, file->scratch, data);
    return write_all(file->descriptor, file->scratch, len, offset, err);
}

/* What fits in the scratch, from the start of the cipher's block on; returns the bytes read. */
static int64_t read_piece(struct sealed_file *self, uint64_t offset, uint8_t *buffer, size_t len,
                          struct error *err) {
    const uint64_t start = offset - offset % AES_BLOCK_SIZE;
    const size_t skip = (size_t)(offset - start);
    size_t want = len > SEALED_CHUNK - skip ? SEALED_CHUNK : len + skip;
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

int sealed_file_read(struct sealed_file *file, uint64_t offset, uint8_t *buffer, size_t len,
                     struct error *err) {
    for (size_t have = 0; have < len;) {
        int64_t got = read_piece(file, offset + have, buffer + have, len - have, err);
        if (got < 0) {
            return (int)got;
        }
        have += (size_t)got;
    }
    return 0;
}
