/* store/sqlite_copy.c: a copy of a store that is being written to, through SQLite's own backup call. It reads one
   snapshot, so writers go on; the copy is made beside its final name, reaches the disk, and only then takes the name. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
#include "store/sqlite.h"

static Err not_written(Cx *cx, Str file, int no) {
  return fail(cx, no == ENOSPC || no == EDQUOT ? E_BUSY : E_INVALID, "The copy " STR_FMT " cannot be written: %s.",
              STR_ARG(file), no == ENOSPC || no == EDQUOT ? "the disk is full" : strerror(no));
}

static Err sync_path(Cx *cx, const char *path, int flags) {
  int fd = open(path, flags | O_CLOEXEC);
  bool ok = fd >= 0 && fsync(fd) == 0;
  int no = errno;
  if (fd >= 0) close(fd);
  return ok ? E_OK : not_written(cx, str_z(path), no);
}

static Err copy_pages(Cx *cx, SqliteDb *from, const char *part, Str file) {
  sqlite3 *to = NULL;
  int rc = sqlite3_open_v2(part, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
  sqlite3_backup *b = rc == SQLITE_OK ? sqlite3_backup_init(to, "main", from->h, "main") : NULL;
  if (b) {
    sqlite3_backup_step(b, -1);
    rc = sqlite3_backup_finish(b);
  } else if (rc == SQLITE_OK) rc = sqlite3_errcode(to);
  int no = rc == SQLITE_FULL ? ENOSPC : sqlite3_system_errno(to);
  sqlite3_close(to);
  return rc == SQLITE_OK ? E_OK : not_written(cx, file, no ? no : EIO);
}

static Err finish(Cx *cx, const char *part, Str file) {
  TRY(sync_path(cx, part, O_RDONLY));
  char *name = str_cstr(cx->arena, file);
  if (rename(part, name) != 0) return not_written(cx, file, errno);
  Str dir, base;
  if (!str_cut_last(file, '/', &dir, &base)) dir = S(".");
  return sync_path(cx, str_cstr(cx->arena, dir.n ? dir : S("/")), O_RDONLY | O_DIRECTORY);
}

Err sqlite_copy(Cx *cx, Str file) {
  char *part = str_cstr(cx->arena, str_cat(cx->arena, file, S(".part")));
  int fd = open(part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return not_written(cx, file, errno);
  close(fd);
  Err e = copy_pages(cx, (SqliteDb *)cx->db, part, file);
  if (!e) e = finish(cx, part, file);
  if (e) unlink(part);
  return e;
}
