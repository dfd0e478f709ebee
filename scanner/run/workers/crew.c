#include "run/workers/crew.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>

struct hand {
    pthread_t thread;
    struct crew *crew;
    struct unit_scan *scan;
};

struct crew {
    const struct engine *engine;
    struct hand hands[CREW_MOST];
    unsigned count;       /* hands that were ever hired; they sleep when dismissed */
    unsigned lent;        /* processors that are to be given back */
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t posted, done;
    struct crew_job *first, **last;
    size_t queued;
    bool over;
};

struct crew *crew_new(const struct engine *engine) {
    struct crew *crew = calloc(1, sizeof *crew);
    if (crew != NULL) {
        crew->engine = engine;
        crew->last = &crew->first;
        pthread_mutex_init(&crew->lock, NULL);
        pthread_cond_init(&crew->posted, NULL);
        pthread_cond_init(&crew->done, NULL);
    }
    return crew;
}

/* The lock is held. */
static struct crew_job *take_oldest(struct crew *crew) {
    struct crew_job *job = crew->first;
    if (job != NULL) {
        crew->first = job->next;
        crew->last = crew->first == NULL ? &crew->first : crew->last;
        crew->queued--;
        job->state = CREW_TAKEN;
    }
    return job;
}

/* The lock is held, and let go of meanwhile. */
static void do_job(struct crew *crew, struct crew_job *job, struct unit_scan *scan) {
    pthread_mutex_unlock(&crew->lock);
    job->work(job, scan);
    pthread_mutex_lock(&crew->lock);
    job->state = CREW_DONE;
    pthread_cond_broadcast(&crew->done);
}

static void *live(void *context) {
    struct hand *hand = context;
    struct crew *crew = hand->crew;
    pthread_mutex_lock(&crew->lock);
    while (!crew->over) {
        struct crew_job *job = take_oldest(crew);
        if (job != NULL) {
            do_job(crew, job, hand->scan);
        } else {
            pthread_cond_wait(&crew->posted, &crew->lock);
        }
    }
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

void crew_free(struct crew *crew) {
    if (crew == NULL) {
        return;
    }
    pthread_mutex_lock(&crew->lock);
    crew->over = true;
    pthread_cond_broadcast(&crew->posted);
    pthread_mutex_unlock(&crew->lock);
    for (unsigned i = 0; i < crew->count; i++) {
        pthread_join(crew->hands[i].thread, NULL);
        unit_scan_free(crew->hands[i].scan);
    }
    pthread_mutex_destroy(&crew->lock);
    pthread_cond_destroy(&crew->posted);
    pthread_cond_destroy(&crew->done);
    free(crew);
}

/* Signals are for the worker's own thread. */
static bool add_hand(struct crew *crew) {
    struct hand *hand = &crew->hands[crew->count];
    sigset_t all, before;
    *hand = (struct hand){.crew = crew, .scan = unit_scan_new(crew->engine)};
    if (hand->scan == NULL) {
        return false;
    }
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    bool made = pthread_create(&hand->thread, NULL, live, hand) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!made) {
        unit_scan_free(hand->scan);
        return false;
    }
    crew->count++;
    return true;
}

static bool take_one(_Atomic unsigned *spare) {
    unsigned have = atomic_load(spare);
    while (have > 0 && !atomic_compare_exchange_weak(spare, &have, have - 1)) {
    }
    return have > 0;
}

unsigned crew_hire(struct crew *crew, const struct crew_lease *lease) {
    while (crew->lent < CREW_MOST && take_one(lease->spare)) {
        atomic_fetch_add(lease->held, 1);
        crew->lent++;
    }
    while (crew->count < crew->lent && add_hand(crew)) {
    }
    return crew->lent < crew->count ? crew->lent : crew->count;
}

void crew_dismiss(struct crew *crew, const struct crew_lease *lease) {
    atomic_fetch_sub(lease->held, crew->lent);
    atomic_fetch_add(lease->spare, crew->lent);
    crew->lent = 0;
}

void crew_post(struct crew *crew, struct crew_job *job) {
    pthread_mutex_lock(&crew->lock);
    job->state = CREW_QUEUED;
    job->next = NULL;
    *crew->last = job;
    crew->last = &job->next;
    crew->queued++;
    pthread_cond_signal(&crew->posted);
    pthread_mutex_unlock(&crew->lock);
}

size_t crew_queued(struct crew *crew) {
    pthread_mutex_lock(&crew->lock);
    size_t queued = crew->queued;
    pthread_mutex_unlock(&crew->lock);
    return queued;
}

void crew_help(struct crew *crew, struct unit_scan *scan) {
    pthread_mutex_lock(&crew->lock);
    struct crew_job *job = take_oldest(crew);
    if (job != NULL) {
        do_job(crew, job, scan);
    }
    pthread_mutex_unlock(&crew->lock);
}

void crew_wait(struct crew *crew, struct crew_job *job, struct unit_scan *scan) {
    pthread_mutex_lock(&crew->lock);
    while (job->state != CREW_DONE) {
        struct crew_job *other = take_oldest(crew);
        if (other != NULL) {
            do_job(crew, other, scan);
        } else {
            pthread_cond_wait(&crew->done, &crew->lock);
        }
    }
    pthread_mutex_unlock(&crew->lock);
}
