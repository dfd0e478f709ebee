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

const char *error_of_system(int os_errno) {
    const char *text = strerrordesc_np(os_errno);
    return text == NULL ? "unknown error" : text;
}

int error_set_errno(struct error *err, int os_errno, const char *format, ...) {
    int code = code_of_errno(os_errno);
    if (err != NULL) {
        va_list args;
        va_start(args, format);
        vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
        size_t used = strlen(err->text);
        const char *why = error_of_system(os_errno);
        snprintf(err->text + used, sizeof err->text - used, ": %s", why);
        err->code = code;
        err->os_errno = os_errno;
    }
    return code;
}
