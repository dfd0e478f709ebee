/* channel: everything that a worker wrote arrives, in order, also when it is dead. */
#include "run/workers/channel.h"

#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/check.h"

enum { FRAMES = 3000, LONGEST = 700 * 1024 };

struct ends {
    struct channel *channel;
    int mine, theirs;
};

static void open_ends(struct ends *ends) {
    int pair[2];
    CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
    *ends = (struct ends){channel_new(), pair[0], pair[1]};
    CHECK(ends->channel != NULL);
}

/* Longer than the ring now and then. */
static size_t length_of(unsigned number) {
    return number % 500 == 0 ? LONGEST : number % 97;
}

static void write_frames(const struct ends *ends, unsigned count) {
    static uint8_t body[LONGEST];
    struct text_buffer out;
    text_buffer_init(&out, 0);
    memset(body, 'x', sizeof body);
    for (unsigned i = 0; i < count; i++) {
        frame_put(&out, FRAME_BEGIN, bytes_of(&i, sizeof i), bytes_of(body, length_of(i)));
        if (!channel_send(ends->channel, ends->theirs, &out)) {
            _exit(1);
        }
    }
    text_buffer_release(&out);
}

/* How many frames came, each as it was written, until the other end was closed. */
static unsigned read_frames(const struct ends *ends) {
    struct frame_buffer buffer = {0};
    unsigned count = 0;
    while (channel_receive(ends->channel, ends->mine, &buffer) != FRAME_CLOSED) {
        size_t at = 0;
        uint32_t type;
        struct bytes payload;
        while (frame_next(&buffer, &at, &type, &payload) > 0) {
            unsigned number;
            memcpy(&number, payload.ptr, sizeof number);
            CHECK_INT(number, count);
            CHECK_INT(payload.len, sizeof number + length_of(count));
            count++;
        }
        frame_discard(&buffer, at);
    }
    frame_buffer_release(&buffer);
    return count;
}

static unsigned run(unsigned frames, int signal_of_death) {
    struct ends ends;
    open_ends(&ends);
    pid_t pid = fork();
    if (pid == 0) {
        close(ends.mine);
        write_frames(&ends, frames);
        if (signal_of_death != 0) {
            raise(signal_of_death);
        }
        _exit(0);
    }
    close(ends.theirs);
    unsigned count = read_frames(&ends);
    int status;
    waitpid(pid, &status, 0);
    close(ends.mine);
    channel_free(ends.channel);
    return count;
}

static void long_and_short_frames_arrive_in_order(void) {
    CHECK_INT(run(FRAMES, 0), FRAMES);
}

static void what_a_dead_worker_wrote_is_there(void) {
    CHECK_INT(run(400, SIGKILL), 400);
}

/* The pool has gone: a worker that waits for room must not wait for ever. */
static void a_worker_does_not_outlive_its_pool(void) {
    struct ends ends;
    open_ends(&ends);
    close(ends.mine);
    struct text_buffer out;
    text_buffer_init(&out, 0);
    static uint8_t body[LONGEST];
    frame_put(&out, FRAME_BEGIN, bytes_of(body, 4), bytes_of(body, sizeof body));
    CHECK(!channel_send(ends.channel, ends.theirs, &out));
    text_buffer_release(&out);
    close(ends.theirs);
    channel_free(ends.channel);
}

static const struct test_case cases[] = {
    {"long_and_short_frames_arrive_in_order", long_and_short_frames_arrive_in_order},
    {"what_a_dead_worker_wrote_is_there", what_a_dead_worker_wrote_is_there},
    {"a_worker_does_not_outlive_its_pool", a_worker_does_not_outlive_its_pool},
};
TEST_MAIN(cases)
