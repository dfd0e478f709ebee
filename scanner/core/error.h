/* error.h - what can go wrong, as values. A function that can fail returns 0 or a negative
 * YINMA_E… code and leaves one message in the caller's record: what was being read, where, why and
 * what to do. The record copies its text, so it outlives whatever it speaks of. Text that comes
 * from data must have been concealed (conceal() of match/match.h) before it is put in. */
#ifndef YINMA_CORE_ERROR_H
#define YINMA_CORE_ERROR_H

enum yinma_error_code {
    YINMA_E_MEMORY = -1,      /* an allocation failed */
    YINMA_E_IO = -2,          /* the system refused a read or a write; os_errno is set */
    YINMA_E_MISSING = -3,     /* no such file */
    YINMA_E_PERMISSION = -4,  /* not allowed to read it */
    YINMA_E_DAMAGED = -5,     /* the data contradicts its format */
    YINMA_E_TRUNCATED = -6,   /* the data ends too early */
    YINMA_E_ENCRYPTED = -7,   /* readable only with a key */
    YINMA_E_UNSUPPORTED = -8, /* a format or a method that cannot be read here */
    YINMA_E_LIMIT = -9,       /* a limit of the run was reached; the message names the option */
    YINMA_E_TIMEOUT = -10,    /* --timeout was reached */
    YINMA_E_CHANGED = -11,    /* the file changed while it was read */
    YINMA_E_USAGE = -12,      /* the call or the configuration is wrong */
    YINMA_E_CRASHED = -13,    /* a worker died on it */
    YINMA_E_CANCELLED = -14,  /* the run was interrupted */
    YINMA_E_OWN = -15,        /* yinma wrote it itself: left out, and nothing is missing */
    YINMA_E_RAW_PAGES = -16,  /* pages of a database: their text was read, not their rows */
    YINMA_E_LAST = YINMA_E_RAW_PAGES,
};

struct error {
    int code;     /* 0 or one of the above */
    int os_errno; /* 0 where the system was not involved */
    char text[480];
};

/* Marks what is said in words elsewhere than in a format of error_set(): messages are English, as
 * records have them; who shows them to people looks for them in the catalogue (reports/sentence.h),
 * which is made of the formats and of these. No parentheses: literals stay literals. */
#define SAID(text) text

/* Store CODE and the formatted text (cut to fit), return CODE. ERR may be NULL. */
int error_set(struct error *err, int code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* What the system calls OS_ERRNO, in English whatever the locale is: records are for programs. */
const char *error_of_system(int os_errno);

/* The same for a failed system call: keeps OS_ERRNO, adds its description, and picks the code that
 * fits it (missing, permission, memory, else io). */
int error_set_errno(struct error *err, int os_errno, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
