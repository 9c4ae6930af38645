/* desk/attachment.c: files and raw mail, each kept once, by what is in them. A name is never a path. */
#include "desk/message.h"
#include <sodium.h>
#include "desk/sight.h"

static const Col attachment_cols[] = {
  COL(Attachment, id), COL(Attachment, request_id), COL(Attachment, message_id), COL(Attachment, size), COL(Attachment, created_at),
  COL(Attachment, name), COL(Attachment, type), COL(Attachment, hash), COL(Attachment, cid),
};
static const Shape attachment_shape = SHAPE(Attachment, attachment_cols);
#define ATTACHMENT_COLS "x.id, x.request_id, x.message_id, x.size, x.created_at, x.name, x.type, x.hash, x.cid"

Err blob_put(Cx *cx, Str bytes, Str *ret_hash) {
  unsigned char h[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(h, (const unsigned char *)bytes.p, bytes.n);
  *ret_hash = str_hex(cx->arena, h, sizeof h);
  return db_run(cx, SQL("INSERT INTO blob(hash, size, bytes, created_at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (hash) DO NOTHING"),
                V(*ret_hash), V(bytes.n), V((Bytes){ bytes }), V(cx->now));
}

Err blob_get(Cx *cx, Str hash, Str *ret_bytes) {
  typedef struct { Bytes bytes; } Blob;
  static const Col cols[] = { COL(Blob, bytes) };
  static const Shape shape = SHAPE(Blob, cols);
  Blob b;
  Err e = db_one(cx, &shape, &b, SQL("SELECT bytes FROM blob WHERE hash = ?1"), V(hash));
  if (e == E_ABSENT) return fail(cx, e, "That file is not here.");
  TRY(e);
  *ret_bytes = b.bytes.s;
  return E_OK;
}

/* The last part of whatever path a browser or mail sent, without control bytes. */
static Str name_clean(Arena *a, Str name) {
  Str head, last;
  name = str_utf8_fix(a, name);
  if (str_cut_last(name, '/', &head, &last)) name = last;
  if (str_cut_last(name, '\\', &head, &last)) name = last;
  Buf b = { .arena = a };
  for (size_t i = 0; i < name.n; i++) if ((unsigned char)name.p[i] >= 32 && name.p[i] != 127) buf_char(&b, name.p[i]);
  name = str_utf8_head(str_trim(buf_str(&b)), 150);
  return name.n ? name : S("file");
}

Err attachment_new(Cx *cx, int64_t request_id, Str name, Str type, Str cid, Str bytes, int64_t *ret_id) {
  Str hash;
  TRY(blob_put(cx, bytes, &hash));
  return db_int(cx, ret_id,
    SQL("INSERT INTO attachment(request_id, name, type, size, hash, cid, created_at, by_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id"),
    VID(request_id), V(name_clean(cx->arena, name)), V(type.n ? str_utf8_fix(cx->arena, str_head(type, 120)) : S("application/octet-stream")), V(bytes.n), V(hash),
    V(str_utf8_fix(cx->arena, str_head(cid, 250))), V(cx->now), VID(cx->actor.party));
}

/* Only what waits here, and only for whom brought it: a number is no right to a file. */
Err attachment_take(Cx *cx, int64_t id, int64_t request, int64_t message) {
  int64_t n;
  TRY(db_run_n(cx, &n, SQL("UPDATE attachment SET request_id = ?2, message_id = ?3 WHERE id = ?1 AND message_id IS NULL"
                           " AND (request_id IS NULL OR request_id = ?2) AND (by_id IS NULL OR by_id = ?4 OR ?5 = 1)"),
               V(id), V(request), V(message), V(cx->actor.party), V(cx->actor.system)));
  return n ? E_OK : fail_field(cx, "attachments", "No file %lld of yours waits here to be sent.", (long long)id);
}

Err attachment_list(Cx *cx, int64_t message_id, Rows *ret) {
  return db_rows(cx, &attachment_shape, ret,
    SQL("SELECT " ATTACHMENT_COLS " FROM attachment x JOIN message m ON m.id = x.message_id JOIN request r ON r.id = m.request_id"
        " WHERE x.message_id = ?3 AND " SIGHT " AND (m.visibility = 'public' OR " SIGHT_NOTES ") ORDER BY x.id"), SIGHT_VALS(cx), V(message_id));
}

Err attachment_get(Cx *cx, int64_t id, Attachment *ret, Str *ret_bytes) {
  Err e = db_one(cx, &attachment_shape, ret,
    SQL("SELECT " ATTACHMENT_COLS " FROM attachment x JOIN request r ON r.id = x.request_id LEFT JOIN message m ON m.id = x.message_id"
        " WHERE x.id = ?3 AND " SIGHT " AND (m.visibility = 'public' OR (m.id IS NOT NULL AND " SIGHT_NOTES ") OR (m.id IS NULL AND x.by_id = ?1))"),
    SIGHT_VALS(cx), V(id));
  if (e == E_ABSENT) return fail(cx, e, "There is no such file that you may see.");
  TRY(e);
  return blob_get(cx, ret->hash, ret_bytes);
}
