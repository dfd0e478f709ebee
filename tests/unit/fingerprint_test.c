/* result: keys of fingerprints and what fingerprints are made of. */
#include <sys/stat.h>
#include <unistd.h>

#include "result/fingerprint.h"
#include "tests/unit/check.h"

/* ---- fingerprints and keys ---- */

static char folder[] = "/tmp/yinma-result-XXXXXX";

static void write_file(const char *name, const char *text, size_t len) {
    FILE *file = fopen(name, "we");
    CHECK(file != NULL);
    if (file != NULL) {
        CHECK_INT(fwrite(text, 1, len, file), len);
        CHECK_INT(fclose(file), 0);
    }
}

static bool same_key(const struct fingerprint_key *a, const struct fingerprint_key *b) {
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0 && strcmp(a->id, b->id) == 0 &&
           a->hash_key == b->hash_key && a->ephemeral == b->ephemeral;
}

static void keys_are_read_and_made(void) {
    CHECK(mkdtemp(folder) != NULL);
    char path[128], made[256];
    snprintf(path, sizeof path, "%s/key.txt", folder);
    struct fingerprint_key hex, raw, again;
    struct error err;
    write_file(path, "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F\r\n", 66);
    CHECK_INT(fingerprint_key_load(path, &hex, &err), 0);
    CHECK_STR(hex.id, "630dcd2966c43366"); /* sha256 of 00 01 … 1f */
    CHECK(!hex.ephemeral);
    char bytes[FINGERPRINT_KEY_BYTES];
    for (unsigned i = 0; i < sizeof bytes; i++) {
        bytes[i] = (char)i;
    }
    write_file(path, bytes, sizeof bytes);
    CHECK_INT(fingerprint_key_load(path, &raw, &err), 0);
    CHECK(same_key(&raw, &hex));
    write_file(path, bytes, sizeof bytes - 1);
    CHECK_INT(fingerprint_key_load(path, &raw, &err), YINMA_E_USAGE);
    unlink(path);
    CHECK_INT(fingerprint_key_load(path, &raw, &err), YINMA_E_MISSING);

    snprintf(made, sizeof made, "%s/config", folder);
    setenv("XDG_CONFIG_HOME", made, 1);
    CHECK_INT(fingerprint_key_load(NULL, &raw, &err), 0);
    CHECK(!raw.ephemeral);
    CHECK_INT(fingerprint_key_load(NULL, &again, &err), 0);
    CHECK(same_key(&raw, &again));
    snprintf(made, sizeof made, "%s/config/yinma/key", folder);
    struct stat status;
    CHECK_INT(stat(made, &status), 0);
    CHECK_INT(status.st_mode & 0777, 0600);
    CHECK_INT(status.st_size, FINGERPRINT_KEY_BYTES);
    write_file(made, "spoilt", 6);
    CHECK_INT(fingerprint_key_load(NULL, &again, &err), 0);
    CHECK(again.ephemeral);
    CHECK(strcmp(again.id, raw.id) != 0);
    unlink(made);
    setenv("XDG_CONFIG_HOME", "/dev/null", 1);
    CHECK_INT(fingerprint_key_load(NULL, &again, &err), 0);
    CHECK(again.ephemeral);
    snprintf(made, sizeof made, "%s/config/yinma", folder);
    rmdir(made);
    snprintf(made, sizeof made, "%s/config", folder);
    rmdir(made);
    rmdir(folder);
}

static void fingerprints_are_what_they_say(void) {
    struct fingerprint_key key = {.bytes = {1}}, other = {.bytes = {2}};
    char a[33], b[33], c[65], d[65];
    fingerprint_key_derive(&key);
    fingerprint_key_derive(&other);
    fingerprint_value(&key, "card_number", BYTES_LIT("4111111111111111"), a);
    /* HMAC-SHA-256 of "card_number\0" and the number, its first half */
    CHECK_STR(a, "9d14fa3e2775666f9ca045ab55815b4e");
    fingerprint_value(&other, "card_number", BYTES_LIT("4111111111111111"), b);
    CHECK(strcmp(a, b) != 0);
    fingerprint_value(&key, "bank_account", BYTES_LIT("4111111111111111"), b);
    CHECK(strcmp(a, b) != 0);
    fingerprint_violation("platform/5.3.6", BYTES_LIT("shop"), BYTES_LIT("orders"),
                          BYTES_LIT("card_no"), "card_number", STORAGE_LIVE, c);
    fingerprint_violation("platform/5.3.6", BYTES_LIT("shop"), BYTES_LIT("orderscard"),
                          BYTES_LIT("_no"), "card_number", STORAGE_NONE, d);
    CHECK(strcmp(c, d) != 0);
    struct bytes joined = BYTES_LIT("platform/5.3.6\0shop\0orders\0card_no\0card_number\0");
    digest_hex(joined, d);
    CHECK_STR(c, d);
    fingerprint_violation("platform/5.3.6", BYTES_LIT("shop"), BYTES_LIT("orders"),
                          BYTES_LIT("card_no"), "card_number", STORAGE_FREELIST, d);
    CHECK(strcmp(c, d) != 0);
    digest_hex(BYTES_LIT("abc"), d);
    CHECK_STR(d, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static const struct test_case cases[] = {
    {"keys_are_read_and_made", keys_are_read_and_made},
    {"fingerprints_are_what_they_say", fingerprints_are_what_they_say},
};

TEST_MAIN(cases)
