#include "run/workers/helper_text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "input/limits.h"

enum {
    SECONDS_MOST = 60, /* for one unit */
    PIECE_BYTES = 64 * 1024,
    ACCOUNT_BYTES = 4096, /* of the complaints are kept */
    TICK_MILLISECONDS = 200,
};

struct helper_text {
    struct byte_source base;
    struct input_budget *budget;
    int output, account;         /* to read from; -1 = at its end */
    uint8_t told[ACCOUNT_BYTES]; /* the first complaints */
    size_t told_len;
    uint8_t last[sizeof(int)]; /* the last bytes of the account: the wait status */
    size_t last_len;
    struct error end; /* how it ended; code 0 also when it ended well */
    bool ended;
};

/* ---- the order ---- */

static double now_seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static unsigned seconds_left(const struct input_budget *budget) {
    const double left = budget->deadline > 0 ? budget->deadline - now_seconds() : SECONDS_MOST;
    return left < 1 ? 1 : left < SECONDS_MOST ? (unsigned)left : SECONDS_MOST;
}

/* DATA in memory that has no name, from its beginning. */
static int copy_data(int file, struct byte_source *data, const struct input_budget *budget,
                     struct error *err) {
    uint8_t piece[PIECE_BYTES];
    uint64_t at = 0;
    int64_t got;
    if (data->size != UINT64_MAX && data->size > budget_memory(budget)) {
        return budget_memory_exceeded(budget, "a document for a helper program", err);
    }
    while ((got = data->ops->read_at(data, at, piece, sizeof piece, err)) > 0) {
        if (write(file, piece, (size_t)got) != got) {
            return error_set_errno(err, errno, "no memory for a helper program");
        }
        at += (uint64_t)got;
    }
    return got < 0 ? (int)got : lseek(file, 0, SEEK_SET) == 0 ? 0 : YINMA_E_IO;
}

static int send_order(int asking, const struct helper_order *order, const int *files,
                      struct error *err) {
    union {
        struct cmsghdr align;
        char room[CMSG_SPACE(HELPER_DESCRIPTORS * sizeof(int))];
    } control = {0};
    struct iovec part = {.iov_base = (void *)(uintptr_t)order, .iov_len = sizeof *order};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(HELPER_DESCRIPTORS * sizeof(int));
    memcpy(CMSG_DATA(head), files, HELPER_DESCRIPTORS * sizeof(int));
    ssize_t sent;
    do {
        sent = sendmsg(asking, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof *order
               ? 0
               : error_set_errno(err, errno, "the process for helper programs is gone");
}

static void close_both(const int *ends) {
    for (int i = 0; i < 2; i++) {
        if (ends[i] >= 0) {
            close(ends[i]);
        }
    }
}

static int place_order(struct helper_text *text, int asking, enum helper_program program,
                       struct byte_source *data, struct error *err) {
    int output[2] = {-1, -1}, account[2] = {-1, -1};
    const int file = memfd_create("document", MFD_CLOEXEC);
    int status;
    if (file < 0 || pipe2(output, O_CLOEXEC) != 0 || pipe2(account, O_CLOEXEC) != 0) {
        status = error_set_errno(err, errno, "no pipe for a helper program");
    } else {
        status = copy_data(file, data, text->budget, err);
    }
    if (status == 0) {
        const struct helper_order order = {program, seconds_left(text->budget)};
        const int files[HELPER_DESCRIPTORS] = {file, output[1], account[1]};
        status = send_order(asking, &order, files, err);
    }
    if (status == 0) {
        text->output = output[0];
        text->account = account[0];
        output[0] = account[0] = -1;
    }
    close_both(output);
    close_both(account);
    if (file >= 0) {
        close(file);
    }
    return status;
}

/* ---- what it says ---- */

static void keep_last(struct helper_text *text, const uint8_t *bytes, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if (text->last_len == sizeof text->last) {
            memmove(text->last, text->last + 1, sizeof text->last - 1);
            text->last_len--;
        }
        text->last[text->last_len++] = bytes[i];
    }
}

static void take_account(struct helper_text *text) {
    uint8_t piece[4096];
    const ssize_t got = read(text->account, piece, sizeof piece);
    if (got <= 0) {
        if (got == 0 || errno != EINTR) {
            close(text->account);
            text->account = -1;
        }
        return;
    }
    const size_t len = (size_t)got, room = sizeof text->told - text->told_len;
    memcpy(text->told + text->told_len, piece, len < room ? len : room);
    text->told_len += len < room ? len : room;
    keep_last(text, piece, len);
}

static bool complains(const struct helper_text *text, struct bytes words) {
    return bytes_find(bytes_of(text->told, text->told_len), words) != SIZE_MAX;
}

static int failed(const struct helper_text *text, int status, struct error *err) {
    if (WIFSIGNALED(status)) {
        const int number = WTERMSIG(status);
        return number == SIGALRM || number == SIGXCPU
                   ? error_set(err, YINMA_E_TIMEOUT, "pdftotext took too long and was ended")
                   : error_set(err, YINMA_E_CRASHED, "pdftotext died of signal %d", number);
    }
    switch (WEXITSTATUS(status)) {
    case 0:
        break;
    case HELPER_NOT_INSTALLED:
        return error_set(err, YINMA_E_UNSUPPORTED,
                         "PDF document: its text can be read where pdftotext is installed");
    case HELPER_NOT_CONFINED:
        return error_set(err, YINMA_E_UNSUPPORTED,
                         "PDF document: pdftotext cannot be confined on this system");
    case 3: /* pdftotext(1): an error related to PDF permissions */
        return error_set(err, YINMA_E_UNSUPPORTED,
                         "PDF document: it does not permit its text to be taken out");
    default:
        if (complains(text, BYTES_LIT("Incorrect password"))) {
            return error_set(err, YINMA_E_ENCRYPTED, "encrypted PDF document");
        }
        return error_set(err, YINMA_E_DAMAGED, "pdftotext cannot make sense of it (status %d)",
                         WEXITSTATUS(status));
    }
    return complains(text, BYTES_LIT("Syntax Error"))
               ? error_set(err, YINMA_E_DAMAGED, "pdftotext met damage in it")
               : 0;
}

static void finish(struct helper_text *text) {
    int status;
    text->ended = true;
    if (text->end.code != 0) {
        return;
    }
    if (text->last_len < sizeof status) {
        error_set(&text->end, YINMA_E_CRASHED, "the process for helper programs is gone");
        return;
    }
    memcpy(&status, text->last, sizeof status);
    (void)failed(text, status, &text->end);
}

/* ---- the source ---- */

/* Waits for text, or for both ends to be closed. Complaints are taken on the way, so that nobody
 * waits for who reads them. True: there is something at `output`. */
static bool wait_for_text(struct helper_text *text) {
    while (text->output >= 0 || text->account >= 0) {
        struct pollfd ends[2] = {{.fd = text->output, .events = POLLIN},
                                 {.fd = text->account, .events = POLLIN}};
        if (poll(ends, 2, TICK_MILLISECONDS) < 0) {
            continue; /* a signal */
        }
        if (ends[1].revents != 0) {
            take_account(text);
        }
        if (ends[0].revents != 0) {
            return true;
        }
    }
    return false;
}

static int64_t text_read(struct byte_source *self, void *buffer, size_t capacity,
                         struct error *err) {
    struct helper_text *text = (struct helper_text *)self;
    while (!text->ended && wait_for_text(text)) {
        const ssize_t got = read(text->output, buffer, capacity);
        if (got > 0) {
            if (budget_deliver(text->budget, (uint64_t)got, &text->end) != 0) {
                text->ended = true; /* the bytes stand */
            }
            return got;
        }
        if (got == 0 || errno != EINTR) {
            close(text->output);
            text->output = -1;
        }
    }
    if (!text->ended) {
        finish(text);
    }
    if (text->end.code != 0 && err != NULL) {
        *err = text->end;
    }
    return text->end.code;
}

static void text_close(struct byte_source *self) {
    struct helper_text *text = (struct helper_text *)self;
    const int ends[2] = {text->output, text->account};
    close_both(ends); /* a program that goes on writing ends by that */
    free(text);
}

static const struct byte_source_ops text_ops = {.read = text_read, .close = text_close};

struct byte_source *helper_text_open(int asking, enum helper_program program,
                                     struct byte_source *data, struct input_budget *budget,
                                     struct error *err) {
    struct helper_text *text = calloc(1, sizeof *text);
    if (text == NULL) {
        error_set(err, YINMA_E_MEMORY, "out of memory for a helper program");
        return NULL;
    }
    text->base = (struct byte_source){.ops = &text_ops, .size = UINT64_MAX};
    text->budget = budget;
    text->output = text->account = -1;
    if (place_order(text, asking, program, data, err) != 0) {
        text_close(&text->base);
        return NULL;
    }
    return &text->base;
}
