/* How many values of a field are real people's, from how many of them meet a mark. The arithmetic
 * is explained in docs/reference-files.md. */
#include <math.h>
#include <string.h>

#include "result/reference.h"

/* One chance in a million, and no fewer than three values: of thousands of fields none is told by
 * accident. */
static const double chance_max = 1e-6;
enum { BEYOND_CHANCE_MIN = 3 };

double reference_domain(const char *kind) {
    /* letter, sex (or kind of resident), seven digits; the last one is a check digit */
    static const struct {
        const char *kind;
        double values;
    } domains[] = {
        {"tw_national_id", 26.0 * 2 * 1e7},
        {"tw_resident_id", 26.0 * 2 * 1e7},
        {"tw_resident_id_old", 26.0 * 4 * 1e7},
        {"phone_mobile", 1e8},
        {"phone_landline", 1e8},
    };
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++) {
        if (strcmp(kind, domains[i].kind) == 0) {
            return domains[i].values;
        }
    }
    return 0;
}

/* That a value nobody took from production meets a mark: the place is marked, or it happens to be a
 * value that production holds. */
static double coincidence(const struct reference_kind *kind) {
    double domain = reference_domain(kind->name);
    double place = (double)kind->marked / (double)(UINT64_C(1) << kind->bits);
    double same = domain > 0 ? (double)kind->values / domain : 0;
    return 1 - (1 - place) * (1 - fmin(same, 1));
}

/* P(X >= MET) for X binomial of ASKED trials that succeed with P. */
static double tail(uint64_t asked, uint64_t met, double p) {
    if (met == 0) {
        return 1;
    }
    double n = (double)asked, sum = 0;
    for (uint64_t k = met; k <= asked; k++) {
        double x = (double)k;
        double term = exp(lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1) + x * log(p) +
                          (n - x) * log1p(-p));
        sum += term;
        if (x > n * p && term < sum * 1e-12) {
            break;
        }
    }
    return fmin(sum, 1);
}

void overlap_estimate(const struct reference_kind *kind, const struct value_sample *sample,
                      uint64_t values, struct overlap *out) {
    *out = (struct overlap){.chance = 1};
    uint64_t below = sample->below < kind->below ? sample->below : kind->below;
    for (uint32_t i = 0; i < sample->count && sample->hashes[i] < below; i++) {
        out->asked++;
        out->met += reference_holds(kind, sample->hashes[i]);
    }
    double p = coincidence(kind);
    if (out->asked == 0 || kind->marked == 0 || p >= 1) {
        return;
    }
    double expected = (double)out->asked * p;
    out->expected = (uint64_t)(expected + 0.5);
    out->chance = tail(out->asked, out->met, p);
    out->share = fmax(((double)out->met - expected) / ((double)out->asked * (1 - p)), 0);
    out->values = (uint64_t)(out->share * (double)values + 0.5);
}

bool overlap_is_real(const struct overlap *overlap) {
    return overlap->chance < chance_max && overlap->met >= overlap->expected + BEYOND_CHANCE_MIN;
}
