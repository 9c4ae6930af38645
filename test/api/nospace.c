/* test/api/nospace.c: a disk that fails when told so, for LD_PRELOAD. While the file $FAULT_FILE holds "full", writes to
   regular files fail with ENOSPC; while it holds "sync", fsync and fdatasync fail with EIO. Spooled bodies too. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fault(const char *kind) {
  char got[8] = "";
  const char *path = getenv("FAULT_FILE");
  int keep = errno, fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (fd >= 0) { if (read(fd, got, sizeof got - 1) < 0) got[0] = 0; close(fd); }
  errno = keep;
  return strncmp(got, kind, strlen(kind)) == 0;
}
static int regular(int fd) { struct stat st; return fstat(fd, &st) == 0 && S_ISREG(st.st_mode); }
static int full(int fd) { return regular(fd) && fault("full"); }
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at) { if (full(fd)) { errno = ENOSPC; return -1; } return REAL(pwrite64)(fd, p, n, at); }
ssize_t pwrite(int fd, const void *p, size_t n, off_t at) { if (full(fd)) { errno = ENOSPC; return -1; } return REAL(pwrite)(fd, p, n, at); }
ssize_t write(int fd, const void *p, size_t n) { if (fd > 2 && full(fd)) { errno = ENOSPC; return -1; } return REAL(write)(fd, p, n); }
int fallocate64(int fd, int mode, off64_t at, off64_t n) { if (full(fd)) { errno = ENOSPC; return -1; } return REAL(fallocate64)(fd, mode, at, n); }
int fsync(int fd) { if (fault("sync")) { errno = EIO; return -1; } return REAL(fsync)(fd); }
int fdatasync(int fd) { if (fault("sync")) { errno = EIO; return -1; } return REAL(fdatasync)(fd); }
