#include "core/skeleton.h"

#include "core/block64/variant_for.h"
#include "core/skeleton_kernels.h"

const struct skeleton_ops *skeleton_ops(enum isa isa) {
    return VARIANT_FOR(isa, skeleton_ops);
}
