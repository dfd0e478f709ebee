#include "cli/language.h"

#include <libgen.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <unistd.h>

static bool is_chinese(const char *tag) {
    return strncasecmp(tag, "zh", 2) == 0 && !byte_is_letter((uint8_t)tag[2]);
}

/* What the environment asks for, whether or not the system has that locale: containers often have
 * none but C.UTF-8, and our catalogue does not need one. */
static enum report_language environment_language(void) {
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = "";
    for (size_t i = 0; *locale == '\0' && i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        locale = value == NULL ? "" : value;
    }
    if (*locale == '\0' || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0) {
        return LANGUAGE_EN; /* LANGUAGE does not count then (gettext manual) */
    }
    const char *preferred = getenv("LANGUAGE");
    return is_chinese(preferred == NULL || *preferred == '\0' ? locale : preferred) ? LANGUAGE_ZH
                                                                                    : LANGUAGE_EN;
}

/* Beside the program when it runs from its build folder, in ../share of an unpacked or moved
 * installation, else where it was installed to; a package of a build for /usr/local goes to /usr.
 * The catalogue itself is looked for: /usr/bin/locale is a program. Without /proc the folder of the
 * program is not known. */
static void bind_catalogue(void) {
    static const char *const places[] = {"locale", "../share/locale", YINMA_LOCALE_DIR,
                                         "/usr/share/locale"};
    char path[PATH_MAX], folder[PATH_MAX], catalogue[PATH_MAX + 64];
    const char *found = YINMA_LOCALE_DIR;
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - 1);
    path[len > 0 ? len : 0] = '\0';
    const char *here = dirname(path); /* "." when it is not known */
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        bool known = places[i][0] == '/';
        int written = snprintf(folder, sizeof folder, "%s%s%s", known ? "" : here, known ? "" : "/",
                               places[i]);
        snprintf(catalogue, sizeof catalogue, "%s/zh_TW/LC_MESSAGES/yinma.mo", folder);
        bool whole = written > 0 && (size_t)written < sizeof folder;
        if (whole && (known || len > 0) && access(catalogue, R_OK) == 0) {
            found = folder;
            break;
        }
    }
    bindtextdomain("yinma", found);
    bind_textdomain_codeset("yinma", "UTF-8");
    textdomain("yinma");
}

enum report_language language_set(const char *wanted) {
    enum report_language language = wanted == NULL       ? environment_language()
                                    : is_chinese(wanted) ? LANGUAGE_ZH
                                                         : LANGUAGE_EN;
    if (setlocale(LC_ALL, "") == NULL) {
        setlocale(LC_ALL, "C.UTF-8");
    }
    setlocale(LC_NUMERIC, "C"); /* numbers in records have points */
    if (language == LANGUAGE_ZH) {
        /* any locale but C lets LANGUAGE choose the catalogue */
        setlocale(LC_MESSAGES, "C.UTF-8");
        setenv("LANGUAGE", "zh_TW", 1);
    } else {
        setlocale(LC_MESSAGES, "C");
    }
    bind_catalogue();
    return language;
}

const char *language_chinese(const char *message) {
    char locale[64] = "C", before[64] = "";
    const char *spoken = setlocale(LC_MESSAGES, NULL), *preferred = getenv("LANGUAGE");
    snprintf(locale, sizeof locale, "%s", spoken == NULL ? "C" : spoken);
    snprintf(before, sizeof before, "%s", preferred == NULL ? "" : preferred);
    setlocale(LC_MESSAGES, "C.UTF-8");
    setenv("LANGUAGE", "zh_TW", 1);
    const char *text = dgettext("yinma", message);
    setlocale(LC_MESSAGES, locale);
    if (preferred == NULL) {
        unsetenv("LANGUAGE");
    } else {
        setenv("LANGUAGE", before, 1);
    }
    return text;
}
