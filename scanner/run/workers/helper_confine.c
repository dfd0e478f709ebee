#include "run/workers/helper_confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MEMORY_BYTES = 1 << 30, FILES_MOST = 64, FILTER_MOST = 256 };

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/* Calls that a program which turns its input into text has no use for. */
static const int refused_calls[] = {
    /* network, other processes */
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_sendto,
    SYS_sendmsg,
    SYS_sendmmsg,
    SYS_clone,
    SYS_clone3,
    SYS_kill,
    SYS_tkill,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_pidfd_open,
    SYS_pidfd_getfd,
    SYS_pidfd_send_signal,
    SYS_shmget,
    SYS_msgget,
    SYS_semget,
    /* names, rights and lengths of files; openat2 hides its flags from a filter */
    SYS_openat2,
    SYS_mkdirat,
    SYS_mknodat,
    SYS_unlinkat,
    SYS_renameat,
    SYS_renameat2,
    SYS_linkat,
    SYS_symlinkat,
    SYS_fchmod,
    SYS_fchmodat,
    SYS_fchown,
    SYS_fchownat,
    SYS_truncate,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_setxattr,
    SYS_fsetxattr,
    SYS_utimensat,
    SYS_open_by_handle_at,
    SYS_memfd_create,
#ifdef SYS_open /* architectures that still have the old names */
    SYS_creat,
    SYS_mkdir,
    SYS_mknod,
    SYS_unlink,
    SYS_rmdir,
    SYS_rename,
    SYS_link,
    SYS_symlink,
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
    SYS_fork,
    SYS_vfork,
#endif
    /* the system itself */
    SYS_mount,
    SYS_umount2,
    SYS_unshare,
    SYS_setns,
    SYS_chroot,
    SYS_pivot_root,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_io_uring_setup,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_init_module,
    SYS_finit_module,
    SYS_kexec_load,
    SYS_reboot,
};

#ifdef OWN_ARCHITECTURE

enum { WRITING = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC };

struct filter {
    struct sock_filter steps[FILTER_MOST];
    unsigned short count;
};

static void add(struct filter *f, uint16_t code, uint32_t value, uint8_t yes, uint8_t no) {
    if (f->count < FILTER_MOST) {
        f->steps[f->count++] = (struct sock_filter)BPF_JUMP(code, value, yes, no);
    }
}

static void load(struct filter *f, size_t offset) {
    add(f, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void answer(struct filter *f, uint32_t what) {
    add(f, BPF_RET | BPF_K, what, 0, 0);
}

static void refuse_call(struct filter *f, int call) {
    add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
    answer(f, SECCOMP_RET_ERRNO | EPERM);
}

/* Files may be opened for reading only; FLAGS_AT is where the call has its flags. */
static void refuse_writing(struct filter *f, int call, size_t flags_at) {
    add(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
    load(f, flags_at); /* the low half: both architectures are little-endian */
    add(f, BPF_JMP | BPF_JSET | BPF_K, WRITING, 0, 1);
    answer(f, SECCOMP_RET_ERRNO | EACCES);
    answer(f, SECCOMP_RET_ALLOW);
}

static bool filter_calls(void) {
    struct filter f = {.count = 0};
    load(&f, offsetof(struct seccomp_data, arch));
    add(&f, BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0);
    answer(&f, SECCOMP_RET_KILL_PROCESS);
    load(&f, offsetof(struct seccomp_data, nr));
    add(&f, BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1); /* calls of x32 */
    answer(&f, SECCOMP_RET_ERRNO | ENOSYS);
    for (size_t i = 0; i < sizeof refused_calls / sizeof *refused_calls; i++) {
        refuse_call(&f, refused_calls[i]);
    }
    refuse_writing(&f, SYS_openat, offsetof(struct seccomp_data, args[2]));
#ifdef SYS_open
    refuse_writing(&f, SYS_open, offsetof(struct seccomp_data, args[1]));
#endif
    answer(&f, SECCOMP_RET_ALLOW);
    const struct sock_fprog program = {.len = f.count, .filter = f.steps};
    return f.count < FILTER_MOST && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

#else

static bool filter_calls(void) {
    (void)refused_calls;
    return false;
}

#endif

static bool limit(__rlimit_resource_t what, rlim_t most) {
    const struct rlimit value = {.rlim_cur = most, .rlim_max = most};
    return setrlimit(what, &value) == 0;
}

bool helper_confine(unsigned seconds) {
    if (seconds == 0 || !limit(RLIMIT_AS, MEMORY_BYTES) || !limit(RLIMIT_CPU, seconds) ||
        !limit(RLIMIT_FSIZE, 0) || !limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NOFILE, FILES_MOST)) {
        return false;
    }
    (void)alarm(seconds); /* it stays when another program takes the process over */
    return filter_calls();
}
