/* vocabulary.h - the kinds and roles that packs and configurations of tests speak of. */
#ifndef YINMA_TESTS_VOCABULARY_H
#define YINMA_TESTS_VOCABULARY_H

#include "catalog/config.h"
#include "tests/unit/check.h"

static const char *const kinds[] = {"tw_national_id", "card_number", "card_security_code", "email",
                                    NULL};
static const enum legal legal[] = {LEGAL_IDENTITY, LEGAL_FINANCIAL, LEGAL_FINANCIAL, LEGAL_CONTACT};
static const char *const roles[] = {"invoice_number", NULL};
static const struct rule_vocabulary words = {kinds, legal, roles};

static inline const char *complaint_of_config(const char *yaml) {
    static struct error err;
    err = (struct error){0};
    struct config *config;
    CHECK_INT(config_parse(bytes_of_string(yaml), "yinma.yaml", &words, &config, &err),
              YINMA_E_USAGE);
    CHECK(config == NULL);
    config_free(config);
    return err.text;
}

static inline void check_starts(const char *text, const char *start) {
    if (strncmp(text, start, strlen(start)) != 0) {
        CHECK_STR(text, start);
    } else {
        CHECK(true);
    }
}

#endif
