/* word_engine.h - Hyperscan's database of literal words. Private to this room. */
#ifndef YINMA_MATCH_WORD_ENGINE_H
#define YINMA_MATCH_WORD_ENGINE_H

#include <hs.h>

#include "core/bytes.h"
#include "core/error.h"

/* Compile TEXTS, upper and lower case alike; a hit's number is the place of its text. PLATFORM:
 * what it will run on; NULL: this machine. YINMA_E_MEMORY, or YINMA_E_UNSUPPORTED. */
int word_engine_compile(const struct bytes *texts, uint32_t count,
                        const hs_platform_info_t *platform, hs_database_t **out, struct error *err);

#endif
