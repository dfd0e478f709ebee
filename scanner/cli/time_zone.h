/* time_zone.h - --tz: what day it is somewhere. Changes the time zone of the process. */
#ifndef YINMA_CLI_TIME_ZONE_H
#define YINMA_CLI_TIME_ZONE_H

#include <stdint.h>

#include "core/error.h"

/* Today in ZONE as ISO date. YINMA_E_USAGE when the system does not know the zone. */
int time_zone_today(const char *zone, char out[11], struct error *err);

/* Seconds that the clocks of ZONE are ahead of UTC today; ask after time_zone_today() of it. */
int32_t time_zone_seconds(const char *zone);

#endif
