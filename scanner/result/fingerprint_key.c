/* The key of value fingerprints: where it is read from and how it is first made. */
#include <errno.h>
#include <fcntl.h>
#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "result/fingerprint.h"

enum {
    HEX_DIGITS = 2 * FINGERPRINT_KEY_BYTES,
    FILE_MAX = HEX_DIGITS + 2, /* and a line end */
    PATH_ROOM = 4096,
};

static bool key_from_text(struct bytes text, uint8_t *out) {
    if (text.len == FINGERPRINT_KEY_BYTES) {
        memcpy(out, text.ptr, text.len);
        return true;
    }
    text = bytes_trim(text);
    if (text.len != HEX_DIGITS) {
        return false;
    }
    for (size_t i = 0; i < FINGERPRINT_KEY_BYTES; i++) {
        int high = byte_hex_value(text.ptr[2 * i]), low = byte_hex_value(text.ptr[2 * i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        out[i] = (uint8_t)(high * 16 + low);
    }
    return true;
}

/* 0 or a negative code. May be a pipe: the key of a secret store given as /dev/fd/N. */
static int read_key(const char *path, struct fingerprint_key *out, struct error *err) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) {
        return error_set_errno(err, errno, "the key file %s cannot be opened", path);
    }
    struct stat about;
    out->exposed =
        fstat(fd, &about) == 0 && S_ISREG(about.st_mode) && (about.st_mode & S_IROTH) != 0;
    uint8_t text[FILE_MAX + 1];
    size_t len = 0;
    int status = 0;
    while (len < sizeof text) {
        ssize_t got = read(fd, text + len, sizeof text - len);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            status = error_set_errno(err, errno, "the key file %s cannot be read", path);
            break;
        }
        if (got == 0) {
            break;
        }
        len += (size_t)got;
    }
    if (status == 0 && !key_from_text(bytes_of(text, len), out->bytes)) {
        status = error_set(err, YINMA_E_USAGE,
                           "the key file %s must hold 32 bytes or 64 hexadecimal digits "
                           "(make one: head -c 32 /dev/urandom > FILE)",
                           path);
    }
    explicit_bzero(text, sizeof text);
    close(fd);
    return status;
}

static bool random_key(uint8_t *out) {
    size_t len = 0;
    while (len < FINGERPRINT_KEY_BYTES) {
        ssize_t got = getrandom(out + len, FINGERPRINT_KEY_BYTES - len, 0);
        if (got < 0 && errno != EINTR) {
            return false;
        }
        len += got < 0 ? 0 : (size_t)got;
    }
    return true;
}

/* Directory of the user's configuration, made if need be. False when there is none. */
static bool config_folder(char *out, size_t size) {
    const char *base = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    int len;
    if (base != NULL && base[0] == '/') {
        len = snprintf(out, size, "%s", base);
    } else if (home != NULL && home[0] == '/') {
        len = snprintf(out, size, "%s/.config", home);
    } else {
        return false;
    }
    if (len < 0 || (size_t)len >= size || (mkdir(out, 0700) != 0 && errno != EEXIST)) {
        return false;
    }
    int more = snprintf(out + len, size - (size_t)len, "/yinma");
    return more > 0 && (size_t)more < size - (size_t)len &&
           (mkdir(out, 0700) == 0 || errno == EEXIST);
}

static bool write_all(int fd, const uint8_t *data, size_t len) {
    while (len > 0) {
        ssize_t put = write(fd, data, len);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put <= 0) {
            return false;
        }
        data += put;
        len -= (size_t)put;
    }
    return true;
}

/* A key in a file of its own, then linked to its name: of two runs that start together one makes
 * the key, the other reads it. */
static bool make_key(const char *path) {
    char own[PATH_ROOM];
    int len = snprintf(own, sizeof own, "%s.XXXXXX", path);
    if (len < 0 || (size_t)len >= sizeof own) {
        return false;
    }
    int fd = mkostemp(own, O_CLOEXEC); /* mode 0600 */
    if (fd < 0) {
        return false;
    }
    uint8_t key[FINGERPRINT_KEY_BYTES];
    bool made = random_key(key) && write_all(fd, key, sizeof key);
    explicit_bzero(key, sizeof key);
    made = close(fd) == 0 && made;
    made = made && (link(own, path) == 0 || errno == EEXIST);
    unlink(own);
    return made;
}

static bool user_key(struct fingerprint_key *out) {
    char folder[PATH_ROOM - 16], path[PATH_ROOM];
    if (!config_folder(folder, sizeof folder)) {
        return false;
    }
    snprintf(path, sizeof path, "%s/key", folder);
    if (access(path, F_OK) != 0 && !make_key(path)) {
        return false;
    }
    return read_key(path, out, NULL) == 0;
}

_Static_assert(sizeof(struct hmac_sha256_ctx) <= sizeof(uint64_t) * FINGERPRINT_KEYED_WORDS,
               "room for the state");

void fingerprint_key_derive(struct fingerprint_key *key) {
    char hex[65];
    digest_hex(bytes_of(key->bytes, sizeof key->bytes), hex);
    memcpy(key->id, hex, sizeof key->id - 1);
    key->id[sizeof key->id - 1] = '\0';

    static const char purpose[] = "distinct";
    uint8_t digest[8];
    struct hmac_sha256_ctx context;
    hmac_sha256_set_key(&context, sizeof key->bytes, key->bytes);
    memcpy(key->keyed, &context, sizeof context);
    hmac_sha256_update(&context, sizeof purpose - 1, (const uint8_t *)purpose);
    hmac_sha256_digest(&context, sizeof digest, digest);
    key->hash_key = 0;
    for (unsigned i = 0; i < sizeof digest; i++) {
        key->hash_key |= (uint64_t)digest[i] << (8 * i);
    }
}

int fingerprint_key_load(const char *file, struct fingerprint_key *out, struct error *err) {
    *out = (struct fingerprint_key){0};
    if (file != NULL) {
        int status = read_key(file, out, err);
        if (status < 0) {
            return status;
        }
    } else if (!user_key(out)) {
        out->ephemeral = true;
        out->exposed = false;
        if (!random_key(out->bytes)) {
            return error_set(err, YINMA_E_IO, "the system gives no random bytes for a key");
        }
    }
    fingerprint_key_derive(out);
    return 0;
}
