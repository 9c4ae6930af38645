/* text/tnef.c: see tnef.h. A stream of attributes (level, id, length, data, checksum); some hold MAPI properties. */
#include "text/tnef.h"
#include "base/buf.h"
#include "base/vec.h"
#include "text/caps.h"
#include "text/charset.h"
#include "text/tidy.h"

enum {
  TNEF_SIGNATURE = 0x223E9F78,
  ATT_BODY = 0x800C, ATT_ATTACH_DATA = 0x800F, ATT_ATTACH_TITLE = 0x8010, ATT_ATTACH_START = 0x9002, ATT_MAPI = 0x9003, ATT_ATTACH_MAPI = 0x9005,
  PR_BODY = 0x1000, PR_HTML = 0x1013, PR_ATTACH_DATA = 0x3701, PR_ATTACH_LONG_NAME = 0x3707, PR_ATTACH_MIME = 0x370E, PR_ATTACH_CID = 0x3712,
  MAX_PROPERTIES = 2000,
};

/* Reads little-endian numbers and pieces; past the end it gives zeros and ok turns false. */
typedef struct { Str rest; bool ok; } Reader;

static uint32_t number(Reader *r, size_t bytes) {
  uint32_t v = 0;
  if (r->rest.n < bytes) { r->ok = false; r->rest.n = 0; return 0; }
  for (size_t i = 0; i < bytes; i++) v |= (uint32_t)(unsigned char)r->rest.p[i] << 8 * i;
  r->rest = str_from(r->rest, bytes);
  return v;
}

static Str piece(Reader *r, size_t bytes) {
  if (r->rest.n < bytes) { r->ok = false; r->rest.n = 0; return S(""); }
  Str s = str_head(r->rest, bytes);
  r->rest = str_from(r->rest, bytes);
  return s;
}

static Str padded(Reader *r, size_t bytes) {
  Str s = piece(r, bytes);
  if (bytes % 4) piece(r, 4 - bytes % 4);
  return s;
}

static Str to_nul(Str s) {
  const char *nul = s.n ? memchr(s.p, 0, s.n) : NULL;
  return nul ? str_head(s, (size_t)(nul - s.p)) : s;
}

static Str utf16(Arena *a, Str s) {
  while (s.n >= 2 && s.p[s.n - 1] == 0 && s.p[s.n - 2] == 0) s.n -= 2;
  return charset_utf8(a, str_head(s, s.n & ~(size_t)1), S("UTF-16LE"));
}

typedef struct { Str body, html, name, type, cid, data; } Found;

static void keep(Arena *a, Found *f, uint32_t id, uint32_t type, Str v) {
  Str text = type == 0x1F ? utf16(a, v) : charset_utf8(a, to_nul(v), S(""));
  switch (id) {
    case PR_BODY:             f->body = text; break;
    case PR_HTML:             f->html = charset_utf8(a, v, charset_of_html(v)); break;
    case PR_ATTACH_DATA:      if (type == 0x102) f->data = v; break;
    case PR_ATTACH_LONG_NAME: f->name = text; break;
    case PR_ATTACH_MIME:      f->type = text; break;
    case PR_ATTACH_CID:       f->cid = text; break;
    default: break;
  }
}

/* The name of a named property: a GUID, then a number or a counted text. */
static void skip_name(Reader *r) {
  piece(r, 16);
  if (number(r, 4) == 0) number(r, 4);
  else padded(r, number(r, 4));
}

static void mapi(Arena *a, Str data, Found *f) {
  Reader r = { data, true };
  uint32_t n = number(&r, 4);
  for (uint32_t i = 0; i < n && i < MAX_PROPERTIES && r.ok; i++) {
    uint32_t tag = number(&r, 4), type = tag & 0xFFFF, id = tag >> 16, values = 1;
    if (id >= 0x8000) skip_name(&r);
    bool many = type & 0x1000, counted = (type & 0xFFF) == 0x1E || (type & 0xFFF) == 0x1F || (type & 0xFFF) == 0x102 || (type & 0xFFF) == 0xD;
    type &= 0xFFF;
    if (many || counted) values = number(&r, 4);
    for (uint32_t k = 0; k < values && r.ok; k++) {
      bool eight = type == 5 || type == 6 || type == 7 || type == 0x14 || type == 0x40;
      Str v = counted ? padded(&r, number(&r, 4)) : piece(&r, type == 0x48 ? 16 : eight ? 8 : 4);
      if (r.ok && k == 0) keep(a, f, id, type, v);
    }
  }
}

bool tnef_read(Arena *a, Str bytes, Tnef *ret) {
  Reader r = { bytes, true };
  VEC(MailFile) files = { 0 };
  Found all = { 0 };
  Str body = { 0 };
  *ret = (Tnef){ 0 };
  if (number(&r, 4) != TNEF_SIGNATURE) return false;
  number(&r, 2);
  while (r.rest.n && r.ok) {
    number(&r, 1);
    uint32_t id = number(&r, 4) & 0xFFFF;
    Str data = piece(&r, number(&r, 4));
    number(&r, 2);
    MailFile *last = files.n ? &files.at[files.n - 1] : NULL;
    Found f = { 0 };
    switch (id) {
      case ATT_BODY: body = to_nul(data); break;
      case ATT_MAPI: mapi(a, data, &all); break;
      case ATT_ATTACH_START: if (files.n < CAP_ATTACHMENTS) vec_add(a, &files, (MailFile){ .type = S("application/octet-stream") }); break;
      case ATT_ATTACH_TITLE: if (last && !last->name.n) last->name = charset_utf8(a, to_nul(data), S("")); break;
      case ATT_ATTACH_DATA:  if (last) last->bytes = data; break;
      case ATT_ATTACH_MAPI:
        if (!last) break;
        mapi(a, data, &f);
        if (f.name.n) last->name = f.name;
        if (f.cid.n) last->cid = tidy_line(a, f.cid, CAP_MESSAGE_ID);
        if (f.type.n) last->type = str_lower(a, tidy_line(a, f.type, 100));
        if (!last->bytes.n) last->bytes = f.data;
        break;
      default: break;
    }
  }
  *ret = (Tnef){ .text = all.body.n ? all.body : charset_utf8(a, body, S("")), .html = all.html, .files = files.at, .n_files = files.n };
  return true;
}
