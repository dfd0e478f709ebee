#include "core/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int error_set(struct error *err, int code, const char *format, ...) {
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        err->code = code;
        err->os_errno = 0;
    }
    return code;
}

static int code_of_errno(int os_errno) {
    switch (os_errno) {
    case ENOENT:
    case ENOTDIR:
        return YINMA_E_MISSING;
    case EACCES:
    case EPERM:
        return YINMA_E_PERMISSION;
    case ENOMEM:
        return YINMA_E_MEMORY;
    default:
        return YINMA_E_IO;
    }
}

int error_set_errno(struct error *err, int os_errno, const char *format, ...) {
    int code = code_of_errno(os_errno);
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        size_t used = strlen(err->text);
        snprintf(err->text + used, sizeof err->text - used, ": %s", strerror(os_errno));
        err->code = code;
        err->os_errno = os_errno;
    }
    return code;
}
